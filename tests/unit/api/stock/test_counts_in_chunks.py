"""Full counts over gRPC as streams: progress, streams that break and go on, what is wrong named, what stops ended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import uuid4

import grpc
import pytest

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.api.stock import snapshots
from hub.api.stock.changes import IMPORT_SNAPSHOT
from hub.inventory.errors import CountedTwice
from hub.inventory.model import Snapshot
from tests.unit.api.serving import Served, refusal


async def header(hub: Served, rows: int, source: str = "wms") -> pb.ImportSnapshotRequest:
    made = pb.SnapshotHeader(request_id=str(uuid4()), source=source, node_ids=["DC-NL"], row_count=rows)
    made.count_time.FromDatetime(await hub.world.now())
    return pb.ImportSnapshotRequest(header=made)


def chunk(first: int, *units: int, sku: str = "") -> pb.ImportSnapshotRequest:
    """Rows of a SKU, or of SHIRT as the first row of the count and of SKUs that the catalog lacks behind it."""
    skus = [sku or (f"HAT-{number}" if number else "SHIRT") for number in range(first, first + len(units))]
    rows = [pb.SnapshotRow(sku=name, node_id="DC-NL", on_hand=one) for name, one in zip(skus, units, strict=True)]
    return pb.ImportSnapshotRequest(rows=pb.SnapshotRows(rows=rows, first_row=first))


async def sent(hub: Served, *parts: pb.ImportSnapshotRequest) -> list[pb.ImportSnapshotResponse]:
    return [one async for one in hub.rpc("InventoryService.ImportSnapshot", "warehouse")(_stream(parts))]


async def listed(hub: Served) -> list[pb.Snapshot]:
    answer = await hub.rpc("InventoryService.ListSnapshots")(pb.ListSnapshotsRequest())
    return list(answer.snapshots)


async def on_hand(hub: Served) -> int:
    return (await hub.world.on_shelf("SHIRT", "DC-NL"))[0]


async def test_progress_is_told_while_rows_are_kept_and_at_last_what_was_applied(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "CHUNK_ROWS", 2)
    answers = await sent(hub, await header(hub, 5), chunk(0, 1, 2), chunk(2, 3, 4), chunk(4, 5))

    received = [one.progress.received_count for one in answers[:-1]]
    assert (received[0], received[-1], received == sorted(received)) == (0, 5, True)
    assert (answers[-1].applied.row_count, answers[-1].applied.changed_count) == (5, 1)
    assert await on_hand(hub) == 1
    assert [(one.state, one.received_count) for one in await listed(hub)] == [(pb.SNAPSHOT_STATE_APPLIED, 5)]


async def test_a_stream_that_stops_half_way_applies_nothing_and_goes_on_where_it_stopped(hub: Served) -> None:
    begun = await header(hub, 3)
    with pytest.raises(grpc.aio.AioRpcError) as stopped:
        await sent(hub, begun, chunk(0, 1, 2))
    assert refusal(stopped.value)[1] == "SNAPSHOT_INCOMPLETE"
    assert await on_hand(hub) == 20
    assert [(one.state, one.received_count) for one in await listed(hub)] == [(pb.SNAPSHOT_STATE_RECEIVING, 2)]

    resumed = await sent(hub, begun, chunk(2, 4))
    again = await sent(hub, begun)

    assert resumed[0].progress.received_count == 2
    assert resumed[-1].applied.changed_count == 1
    assert again[-1].applied == resumed[-1].applied
    assert await on_hand(hub) == 1


async def test_two_rows_of_one_sku_are_refused_by_their_numbers_and_the_count_ends(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "CHUNK_ROWS", 2)
    begun = await header(hub, 4)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sent(hub, begun, chunk(0, 10, 3), chunk(2, 7), chunk(3, 10, sku="SHIRT"))
    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await sent(hub, begun)

    assert refusal(refused.value)[1] == "COUNTED_TWICE"
    assert "Rows 0 and 3 (from 0) both count SHIRT at DC-NL" in (refused.value.details() or "")
    assert refusal(ended.value)[1] == "SNAPSHOT_OUTDATED"
    assert await on_hand(hub) == 20
    assert [one.state for one in await listed(hub)] == [pb.SNAPSHOT_STATE_ABANDONED]


async def test_two_rows_of_one_sku_in_a_document_are_refused_by_the_same_rule(hub: Served) -> None:
    rows = (("HAT", "DC-NL", 1, 0), ("SHIRT", "DC-NL", 10, 0), ("SHIRT", "DC-NL", 10, 0))
    counted = Snapshot("wms", await hub.world.now(), frozenset({"DC-NL"}), rows)

    with pytest.raises(CountedTwice, match="Rows 1 and 2"):
        await hub.world.ask(IMPORT_SNAPSHOT, counted)

    assert await on_hand(hub) == 20


async def test_rows_that_leave_a_gap_or_come_twice_are_refused_and_nothing_is_applied(hub: Served) -> None:
    for first in (1, 7):
        begun = await header(hub, 3)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await sent(hub, begun, chunk(first, 9))
        assert refusal(refused.value)[1] == "SNAPSHOT_INCOMPLETE"

    assert await on_hand(hub) == 20


@pytest.mark.parametrize("units", [-1, 1_000_000_001])
async def test_an_absurd_quantity_is_refused_by_its_row(hub: Served, units: int) -> None:
    begun = await header(hub, 2)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sent(hub, begun, chunk(0, 3, units))

    assert refusal(refused.value)[1:] == ("INVALID_FIELD", ["rows"])
    assert "Row 1" in (refused.value.details() or "")
    assert await on_hand(hub) == 20


async def test_a_count_that_does_not_end_within_a_day_is_given_up_and_named(hub: Served) -> None:
    begun = await header(hub, 3)
    with pytest.raises(grpc.aio.AioRpcError):
        await sent(hub, begun, chunk(0, 1))
    await hub.world.advance(timedelta(hours=24))

    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await sent(hub, begun, chunk(1, 1, 1))

    assert await hub.world.exceptions() == ["SNAPSHOT_ABANDONED"]
    assert [one.state for one in await listed(hub)] == [pb.SNAPSHOT_STATE_ABANDONED]
    assert refusal(ended.value)[1] == "SNAPSHOT_OUTDATED"
    assert await hub.world.rows("SELECT FROM pg_class WHERE relname LIKE 'count\\_%%' AND relpersistence = 'u'") == []


async def test_a_count_that_a_newer_one_overtook_is_superseded(hub: Served) -> None:
    begun = await header(hub, 2)
    with pytest.raises(grpc.aio.AioRpcError):
        await sent(hub, begun, chunk(0, 1))
    await hub.world.advance(timedelta(minutes=1))

    await sent(hub, await header(hub, 1), chunk(0, 8))

    states = [one.state for one in await listed(hub)]
    assert states == [pb.SNAPSHOT_STATE_APPLIED, pb.SNAPSHOT_STATE_SUPERSEDED]
    assert await on_hand(hub) == 8


async def test_another_source_may_not_count_a_node(hub: Served) -> None:
    await sent(hub, await header(hub, 1), chunk(0, 8))
    other = await header(hub, 1, source="erp")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sent(hub, other, chunk(0, 3))

    assert refusal(refused.value)[1] == "NODE_SOURCE_TAKEN"
    assert await hub.world.exceptions() == ["NODE_CONTESTED"]


async def _stream(requests: Sequence[pb.ImportSnapshotRequest]) -> AsyncIterator[pb.ImportSnapshotRequest]:
    for request in requests:
        yield request
