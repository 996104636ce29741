"""InventoryService: stock, its changes, full counts, and what can be sold."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.api import pages
from hub.api.availability import Availability
from hub.api.change import Asked
from hub.api.changes import ADJUST_STOCK, IMPORT_SNAPSHOT, MOST_UNKNOWN_SKUS
from hub.api.desk import Desk
from hub.api.door import Call
from hub.api.finding import Finding
from hub.inventory import operations as inventory
from hub.inventory.errors import SnapshotIncomplete
from hub.inventory.model import Snapshot, Stock
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.ids import derived
from hub.wire.inventory import Row, adjustment_from_pb, rows_from_pb, snapshot_from_pb, stock_to_pb
from hub.wire.refusals import refusal_to_pb

MOST_ROWS: Final = 2_000_000
"""Rows of one count: they are held until it is whole."""


class InventoryService:
    """Keeps stock per SKU and node."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._availability = Availability(desk)
        self._finding = Finding(desk)

    async def AdjustStock(self, request: pb.AdjustStockRequest, call: Call) -> pb.AdjustStockResponse:
        """Adds to or takes from stock on hand."""
        asked = call.asked(request, request.request_id)
        changes = [
            adjustment_from_pb(one, derived(asked.request_id, "adjust", number))
            for number, one in enumerate(request.adjustments)
        ]
        answers = await self._desk.gate.run_many(ADJUST_STOCK, asked, changes)
        results = [_result(answer) for answer in answers]
        return pb.AdjustStockResponse(results=results, position=call.receipt.position)

    async def ImportSnapshot(
        self, requests: AsyncIterator[pb.ImportSnapshotRequest], call: Call
    ) -> pb.ImportSnapshotResponse:
        """Takes a full count of some nodes, whole or not at all."""
        counting = _Counting()
        async for request in requests:
            call.refuse_flawed(request)
            counting.take(request)
        asked, snapshot = counting.asked(call)
        done = await self._desk.gate.run(IMPORT_SNAPSHOT, asked, snapshot)
        return pb.ImportSnapshotResponse(
            row_count=len(snapshot.rows),
            changed_count=done.result.changed,
            unknown_skus=done.unknown_skus[:MOST_UNKNOWN_SKUS],
        )

    async def ListStock(self, request: pb.ListStockRequest, call: Call) -> pb.ListStockResponse:
        """Lists stock by SKU and node."""
        size, after = pages.size_of(request.page), pages.by_names(request.page)
        async with self._desk.database.reading() as tx:
            found = await inventory.page(tx, call.scope, list(request.skus), list(request.node_ids), after, size + 1)
        rows, token = pages.cut(found, size, lambda one: (one.sku, one.node_id))
        return pb.ListStockResponse(stock=[stock_to_pb(one) for one in rows], next_page_token=token)

    async def GetAvailability(self, request: pb.GetAvailabilityRequest, call: Call) -> bytes:
        """Tells how many units can be sold now."""
        return await self._availability.get(request, call)

    async def FindNodes(self, request: pb.FindNodesRequest, call: Call) -> pb.FindNodesResponse:
        """Finds the nodes nearest to a place that have something."""
        return await self._finding.find(request, call)

    def WatchAvailability(self, request: pb.WatchAvailabilityRequest, call: Call) -> AsyncIterator[bytes]:
        """Sends what can be sold as it changes."""
        return self._availability.watch(request, call)


@dataclass(slots=True)
class _Counting:
    """A count as it comes in: its header first, then rows, and one hash over all that came."""

    header: pb.SnapshotHeader | None = None
    rows: list[Row] = field(default_factory=list)
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256)
    _nodes: dict[str, str] = field(default_factory=dict)

    def take(self, request: pb.ImportSnapshotRequest) -> None:
        """Takes one message. Raises InvalidField or SnapshotIncomplete."""
        self._hash.update(request.SerializeToString(deterministic=True))
        if request.WhichOneof("part") == "header":
            self._begin(request.header)
            return
        if self.header is None:
            raise InvalidField("The first message of a count is its header.", header="missing")
        if len(self.rows) + len(request.rows.rows) > self.header.row_count:
            raise _incomplete(len(self.rows) + len(request.rows.rows), self.header.row_count)
        for sku, node_id, on_hand, safety in rows_from_pb(request.rows.rows):
            if node_id not in self._nodes:
                raise InvalidField(
                    f"A row is of {node_id}, which the header does not name; name it there.", rows="node not counted"
                )
            self.rows.append((sku, self._nodes[node_id], on_hand, safety))

    def asked(self, call: Call) -> tuple[Asked, Snapshot]:
        """The request and the count, once all has come. Raises SnapshotIncomplete."""
        if self.header is None:
            raise InvalidField("The first message of a count is its header.", header="missing")
        if len(self.rows) != self.header.row_count:
            raise _incomplete(len(self.rows), self.header.row_count)
        identity, content = UUID(self.header.request_id), self._hash.digest()
        asked = Asked(call.scope, identity, content, call.deadline, call.cause, call.receipt)
        return asked, snapshot_from_pb(self.header, self.rows)

    def _begin(self, header: pb.SnapshotHeader) -> None:
        if self.header is not None:
            raise InvalidField("A count has one header, first.", header="given twice")
        if header.row_count > MOST_ROWS:
            raise InvalidField(
                f"A count has at most {MOST_ROWS} rows; count fewer nodes at once.", row_count="too large"
            )
        self.header = header
        self._nodes = {node_id: node_id for node_id in header.node_ids}


def _incomplete(rows: int, announced: int) -> SnapshotIncomplete:
    return SnapshotIncomplete(
        f"{rows} rows came where {announced} were announced; nothing was applied. Send the whole count again.",
        rows=rows,
        announced=announced,
    )


def _result(answer: Stock | Refusal) -> pb.AdjustStockResult:
    if isinstance(answer, Refusal):
        return pb.AdjustStockResult(refusal=refusal_to_pb(answer))
    return pb.AdjustStockResult(stock=stock_to_pb(answer))
