"""InventoryService over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.inventory.v1 import inventory_pb2 as pb
from tests.unit.api.serving import Served, refusal


async def sent(hub: Served, *parts: pb.ImportSnapshotRequest, principal: str = "warehouse") -> pb.SnapshotApplied:
    """What was applied at the end of a stream; each chunk goes on behind the ones before."""
    numbered, first = list(parts), 0
    for part in numbered:
        if part.HasField("rows"):
            part.rows.first_row = first
            first += len(part.rows.rows)
    answers = [one async for one in hub.rpc("InventoryService.ImportSnapshot", principal)(_stream(numbered))]
    assert [one.WhichOneof("part") for one in answers[:-1]] == ["progress"] * (len(answers) - 1)
    applied: pb.SnapshotApplied = answers[-1].applied
    return applied


async def header(hub: Served, rows: int, *node_ids: str, hours_ago: int = 0) -> pb.ImportSnapshotRequest:
    made = pb.SnapshotHeader(request_id=str(uuid4()), source="wms", node_ids=node_ids, row_count=rows)
    made.count_time.FromDatetime(await hub.world.now() - timedelta(hours=hours_ago))
    return pb.ImportSnapshotRequest(header=made)


def rows(*counted: tuple[str, str, int]) -> pb.ImportSnapshotRequest:
    found = [pb.SnapshotRow(sku=sku, node_id=node_id, on_hand=units) for sku, node_id, units in counted]
    return pb.ImportSnapshotRequest(rows=pb.SnapshotRows(rows=found))


async def stock(hub: Served) -> dict[tuple[str, str], int]:
    listed = await hub.rpc("InventoryService.ListStock", "viewer")(pb.ListStockRequest())
    return {(one.sku, one.node_id): one.on_hand for one in listed.stock}


async def test_adjustments_are_answered_one_by_one_and_done_once(hub: Served) -> None:
    request = pb.AdjustStockRequest(request_id=str(uuid4()))
    request.adjustments.add(sku="SHIRT", node_id="DC-NL", delta=5, cause="RECEIPT")
    request.adjustments.add(sku="TROUSERS", node_id="DC-NL", delta=5, cause="RECEIPT")
    request.adjustments.add(sku="SHIRT", node_id="MOON", delta=5, cause="RECEIPT")
    request.adjustments.add(sku="SHIRT", node_id="ST-AMS", delta=-1, cause="DAMAGE")

    first = await hub.rpc("InventoryService.AdjustStock", "warehouse")(request)
    second = await hub.rpc("InventoryService.AdjustStock", "warehouse")(request)

    assert first.results[0].stock.on_hand == 25
    assert [one.refusal.reason for one in first.results[1:]] == [
        errors_pb2.ERROR_REASON_UNKNOWN_SKU,
        errors_pb2.ERROR_REASON_UNKNOWN_NODE,
        errors_pb2.ERROR_REASON_STOCK_WOULD_BE_NEGATIVE,
    ]
    assert list(second.results) == list(first.results)
    assert second.position >= first.position > 0


async def test_a_count_is_applied_whole(hub: Served) -> None:
    await hub.world.items("HAT")
    answer = await sent(
        hub,
        await header(hub, 3, "DC-NL", "ST-AMS"),
        rows(("SHIRT", "DC-NL", 18)),
        rows(("HAT", "ST-AMS", 4), ("UNHEARD-OF", "DC-NL", 1)),
    )

    assert (answer.row_count, answer.changed_count, list(answer.unknown_skus)) == (3, 2, ["UNHEARD-OF"])
    assert await stock(hub) == {("SHIRT", "DC-NL"): 18, ("HAT", "ST-AMS"): 4}


@pytest.mark.parametrize("announced", [1, 3])
async def test_a_count_that_is_not_whole_changes_nothing(hub: Served, announced: int) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sent(hub, await header(hub, announced, "DC-NL"), rows(("SHIRT", "DC-NL", 1)), rows(("SHIRT", "DC-NL", 2)))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "SNAPSHOT_INCOMPLETE")
    assert await stock(hub) == {("SHIRT", "DC-NL"): 20}


async def test_an_older_count_than_the_one_in_force_is_refused(hub: Served) -> None:
    await sent(hub, await header(hub, 1, "DC-NL"), rows(("SHIRT", "DC-NL", 18)))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sent(hub, await header(hub, 1, "DC-NL", hours_ago=1), rows(("SHIRT", "DC-NL", 99)))

    assert refusal(refused.value)[1] == "SNAPSHOT_OUTDATED"


async def test_a_stream_that_is_no_count_is_refused_by_what_is_wrong(hub: Served) -> None:
    begun, other = await header(hub, 1, "DC-NL"), rows(("SHIRT", "DC-UK", 1))
    wrong = [([other], "header"), ([begun, begun], "header"), ([], "header"), ([begun, other], "rows")]

    for parts, field in wrong:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await sent(hub, *parts)
        assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", [field])


async def test_stock_is_listed_page_by_page_and_in_scope_only(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-LON", 3)
    await hub.world.stock("HAT", "DC-NL", 1)
    seen, token = [], ""
    for _ in range(3):
        listed = await hub.rpc("InventoryService.ListStock")(
            pb.ListStockRequest(page=PageRequest(page_size=1, page_token=token))
        )
        seen += [(one.sku, one.node_id) for one in listed.stock]
        token = listed.next_page_token
    scoped = await hub.rpc("InventoryService.ListStock", "other-node")(pb.ListStockRequest())

    assert seen == [("HAT", "DC-NL"), ("SHIRT", "DC-NL"), ("SHIRT", "ST-LON")]
    assert token == ""
    assert [(one.sku, one.node_id) for one in scoped.stock] == [("SHIRT", "ST-LON")]


async def _stream(requests: Sequence[pb.ImportSnapshotRequest]) -> AsyncIterator[pb.ImportSnapshotRequest]:
    for request in requests:
        yield request
