"""InventoryService: stock, its changes, full counts, and what can be sold."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.pages import Page
from hub.api.stock import snapshots
from hub.api.stock.availability import Availability
from hub.api.stock.changes import ADJUST_STOCK, UNDO_SNAPSHOT
from hub.api.stock.finding import Finding
from hub.inbox.model import ParkedEvent
from hub.inventory import operations as inventory
from hub.inventory.model import Stock
from hub.inventory.operations import counting as counts
from hub.kernel.errors import Refusal
from hub.wire.feeds import parked_event_to_pb
from hub.wire.refusals import refusal_to_pb
from hub.wire.stock.inventory import COUNT_STATES, adjustment_from_pb, count_to_pb, stock_to_pb


class InventoryService:
    """Keeps stock per SKU and node."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps
        self._availability = Availability(deps)
        self._finding = Finding(deps)

    async def AdjustStock(self, request: pb.AdjustStockRequest, call: Call) -> pb.AdjustStockResponse:
        """Adds to or takes from stock on hand."""
        asked = call.asked(request, request.request_id)
        new_id = self._deps.new_id
        changes = read_each("adjustments", request.adjustments, lambda stated: adjustment_from_pb(stated, new_id()))
        answers = await self._deps.gate.run_many(ADJUST_STOCK, asked, changes)
        results = [_result(answer) for answer in answers]
        return pb.AdjustStockResponse(results=results, position=call.receipt.position)

    def ImportSnapshot(
        self, requests: AsyncIterator[pb.ImportSnapshotRequest], call: Call
    ) -> AsyncIterator[pb.ImportSnapshotResponse]:
        """Takes a full count of some nodes, whole or not at all."""
        return snapshots.take(self._deps, requests, call)

    async def ListSnapshots(self, request: pb.ListSnapshotsRequest, call: Call) -> pb.ListSnapshotsResponse:
        """Lists counts, newest first."""
        page = Page(request)
        after = page.by_instant()
        state = COUNT_STATES.optional(request.state, "state")
        async with self._deps.database.reading() as tx:
            found = await counts.page(tx, call.scope.node_list(), state, after, page.size + 1)
        rows, token = page.cut(found, lambda one: (one.created_at, one.snapshot_id))
        return pb.ListSnapshotsResponse(snapshots=[count_to_pb(row) for row in rows], next_page_token=token)

    async def UndoSnapshot(self, request: pb.UndoSnapshotRequest, call: Call) -> pb.UndoSnapshotResponse:
        """Undoes an applied count that was wrong."""
        asked = call.asked(request, request.request_id)
        undone = await self._deps.gate.run_aside(UNDO_SNAPSHOT, asked, UUID(request.snapshot_id))
        return pb.UndoSnapshotResponse(snapshot=count_to_pb(undone.count), changed_count=undone.changed)

    async def ListStock(self, request: pb.ListStockRequest, call: Call) -> pb.ListStockResponse:
        """Lists stock by SKU and node."""
        page = Page(request)
        after = page.by_names()
        async with self._deps.database.reading() as tx:
            found = await inventory.page(
                tx, call.scope, list(request.skus), list(request.node_ids), after, page.size + 1
            )
        rows, token = page.cut(found, lambda one: (one.sku, one.node_id))
        return pb.ListStockResponse(stock=[stock_to_pb(row) for row in rows], next_page_token=token)

    async def GetAvailability(self, request: pb.GetAvailabilityRequest, call: Call) -> bytes:
        """Tells how many units can be sold now."""
        return await self._availability.get(request, call)

    async def FindNodes(self, request: pb.FindNodesRequest, call: Call) -> pb.FindNodesResponse:
        """Finds the nodes nearest to a place that have something."""
        return await self._finding.find(request, call)

    def WatchAvailability(self, request: pb.WatchAvailabilityRequest, call: Call) -> AsyncIterator[bytes]:
        """Sends what can be sold as it changes."""
        return self._availability.watch(request, call)


def _result(answer: Stock | ParkedEvent | Refusal) -> pb.AdjustStockResult:
    if isinstance(answer, ParkedEvent):
        return pb.AdjustStockResult(parked_event=parked_event_to_pb(answer))
    if isinstance(answer, Refusal):
        return pb.AdjustStockResult(refusal=refusal_to_pb(answer))
    return pb.AdjustStockResult(stock=stock_to_pb(answer))
