"""UndoSnapshot over gRPC: who may, what is answered, and what is read back."""

from __future__ import annotations

from uuid import uuid4

import grpc
import pytest

from crossdock.events.v1 import events_pb2
from crossdock.inventory.v1 import inventory_pb2 as pb
from tests.unit.api.serving import Served, refusal
from tests.unit.api.stock.test_inventory_service import header, rows, sent, stock


async def a_count(hub: Served) -> str:
    """The id of a count that found 90 shirts where 20 are."""
    applied = await sent(hub, await header(hub, 1, "DC-NL"), rows(("SHIRT", "DC-NL", 90)))
    return applied.snapshot_id


async def states(hub: Served) -> list[tuple[str, int]]:
    listed = await hub.rpc("InventoryService.ListSnapshots")(pb.ListSnapshotsRequest())
    return [(one.snapshot_id, one.state) for one in listed.snapshots]


@pytest.mark.parametrize("principal", ["warehouse", "service", "admin"])
async def test_a_count_is_undone_and_read_back(hub: Served, principal: str) -> None:
    snapshot_id = await a_count(hub)
    request = pb.UndoSnapshotRequest(request_id=str(uuid4()), snapshot_id=snapshot_id)

    answer = await hub.rpc("InventoryService.UndoSnapshot", principal)(request)
    again = await hub.rpc("InventoryService.UndoSnapshot", principal)(request)

    assert (answer.snapshot.state, answer.changed_count) == (pb.SNAPSHOT_STATE_UNDONE, 1)
    assert again == answer
    assert await stock(hub) == {("SHIRT", "DC-NL"): 20}
    assert await states(hub) == [(snapshot_id, pb.SNAPSHOT_STATE_UNDONE)]
    await hub.world.settle()
    wanted = events_pb2.ListEventsRequest(types=["StockCountUndone"])
    (event,) = (await hub.rpc("EventService.ListEvents")(wanted)).events
    facts = event.stock_count_undone
    assert (facts.principal, facts.snapshot_id, facts.changed_count) == (principal, snapshot_id, 1)
    assert [(row.sku, row.node_id, row.delta) for row in facts.changes] == [("SHIRT", "DC-NL", -70)]


@pytest.mark.parametrize(
    ("principal", "reason"),
    [("other-node", "SNAPSHOT_NOT_FOUND"), ("stranger", "SNAPSHOT_NOT_FOUND"), ("viewer", "PERMISSION_DENIED")],
)
async def test_who_may_not_undoes_nothing(hub: Served, principal: str, reason: str) -> None:
    snapshot_id = await a_count(hub)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("InventoryService.UndoSnapshot", principal)(
            pb.UndoSnapshotRequest(request_id=str(uuid4()), snapshot_id=snapshot_id)
        )

    assert refusal(refused.value)[1] == reason
    assert await states(hub) == [(snapshot_id, pb.SNAPSHOT_STATE_APPLIED)]
    assert await stock(hub) == {("SHIRT", "DC-NL"): 90}


async def test_another_request_for_a_count_undone_is_refused(hub: Served) -> None:
    snapshot_id = await a_count(hub)
    undo = hub.rpc("InventoryService.UndoSnapshot")
    await undo(pb.UndoSnapshotRequest(request_id=str(uuid4()), snapshot_id=snapshot_id))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await undo(pb.UndoSnapshotRequest(request_id=str(uuid4()), snapshot_id=snapshot_id))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "SNAPSHOT_NOT_APPLIED")
    assert await stock(hub) == {("SHIRT", "DC-NL"): 20}


async def test_a_count_that_still_comes_in_is_not_undone(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError):
        await sent(hub, await header(hub, 2, "DC-NL"), rows(("SHIRT", "DC-NL", 1)))
    ((snapshot_id, state),) = await states(hub)
    assert state == pb.SNAPSHOT_STATE_RECEIVING

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("InventoryService.UndoSnapshot")(
            pb.UndoSnapshotRequest(request_id=str(uuid4()), snapshot_id=snapshot_id)
        )

    assert refusal(refused.value)[1] == "SNAPSHOT_NOT_APPLIED"
