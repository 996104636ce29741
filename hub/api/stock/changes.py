"""The rpcs that change and count what is on hand, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.flows.stock.adjust_stock import adjust_stock
from hub.flows.stock.import_snapshot import Imported, import_snapshot
from hub.flows.stock.undo_snapshot import undo_snapshot
from hub.gate import waiting
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.inbox.model import ParkedEvent
from hub.inventory import operations as inventory
from hub.inventory.model import Snapshot, SnapshotResult, StagedCount, Stock, StockChange, UndoneCount
from hub.inventory.operations import counting
from hub.kernel.errors import Refusal


async def _stocked(flow: FlowContext, stored: Sequence[Stored]) -> list[Stock | ParkedEvent | Refusal]:
    async def standing(flow: FlowContext, rest: Sequence[Stored]) -> Sequence[Stock | Refusal]:
        keys = [(one["sku"], one["node_id"]) for one in rest]
        rows = await inventory.read(flow.tx, set(keys))
        return [rows.get(key) or Stock(*key) for key in keys]

    return await waiting.rebuilt(flow, stored, standing)


async def _counted(_: FlowContext, stored: Sequence[Stored]) -> list[Imported | Refusal]:
    return [
        Imported(UUID(one["snapshot_id"]), SnapshotResult(one["rows"], one["changed"]), tuple(one["unknown_skus"]))
        for one in stored
    ]


async def _undone(flow: FlowContext, stored: Sequence[Stored]) -> list[UndoneCount | Refusal]:
    found = [(await counting.load(flow.tx, UUID(one["snapshot_id"])), one["changed"]) for one in stored]
    return [UndoneCount(count, changed) for count, changed in found if count is not None]


def _stock(stock: Stock | ParkedEvent) -> Stored:
    if isinstance(stock, ParkedEvent):
        return waiting.outcome(stock)
    return {"sku": stock.sku, "node_id": stock.node_id}


def _count(imported: Imported) -> Stored:
    return {
        "snapshot_id": str(imported.snapshot_id),
        "rows": imported.result.rows,
        "changed": imported.result.changed,
        "unknown_skus": list(imported.unknown_skus),
    }


def _undo(undone: UndoneCount) -> Stored:
    return {"snapshot_id": str(undone.count.snapshot_id), "changed": undone.changed}


ADJUST_STOCK: Final[Change[StockChange, Stock | ParkedEvent]] = Change("AdjustStock", adjust_stock, _stock, _stocked)
IMPORT_SNAPSHOT: Final[Change[Snapshot | StagedCount, Imported]] = Change(
    "ImportSnapshot", import_snapshot, _count, _counted
)
UNDO_SNAPSHOT: Final[Change[UUID, UndoneCount]] = Change("UndoSnapshot", undo_snapshot, _undo, _undone)
