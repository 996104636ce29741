"""Undoes full counts that were wrong: stock, its ledger and the count in force become as if they had not been taken."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.stock.variance import settle_variances
from hub.cases.store import stock_changed
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory.model import UndoneCount
from hub.inventory.operations import undoing
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.events.stock import StockCountUndone, StockTakenBack
from hub.outbox import operations as outbox
from hub.outbox.model import Event


async def undo_snapshot(flow: FlowContext, snapshot_ids: Sequence[UUID]) -> list[UndoneCount | Refusal]:
    """Undoes counts in order.

    Refuses SNAPSHOT_NOT_FOUND, SNAPSHOT_NOT_APPLIED, SNAPSHOT_NUMBERED, and SNAPSHOT_OUTDATED after a later count.
    """
    answers: list[UndoneCount | Refusal] = []
    for snapshot_id in snapshot_ids:
        try:
            answers.append(await _undone(flow, snapshot_id))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _undone(flow: FlowContext, snapshot_id: UUID) -> UndoneCount:
    count = await undoing.load(flow.tx, flow.scope, snapshot_id)
    await settle_variances(flow, snapshot_id, sorted(count.node_ids))
    undone = await undoing.undo(flow.tx, count, at=flow.at)
    settled = [(ExceptionReason.STOCK_DISCREPANCY, f"{node_id}/{sku}") for sku, node_id in undone.was_short]
    await exceptions.resolve(flow.tx, settled, at=flow.at)
    await exceptions.open_all(flow.tx, _discrepancies(flow, undone))
    await outbox.emit(flow.tx, [_event(flow, undone)])
    changed = undone.changed > 0
    await stock_changed(flow, freed=changed, claimed=changed, moved=changed)
    return undone


def _discrepancies(flow: FlowContext, undone: UndoneCount) -> list[ExceptionRecord]:
    return [
        raised(
            exception_id=derived(undone.count.snapshot_id, "undone", sku, node_id),
            reason=ExceptionReason.STOCK_DISCREPANCY,
            subject=f"{node_id}/{sku}",
            detail=f"Without the undone count of {undone.count.source}, {left} {sku} are left at {node_id}, but orders"
            f" claim {claimed} there.",
            suggested_command=f"crossdock bulk source-again --sku {sku} --node {node_id}" if claimed else None,
            at=flow.at,
        )
        for sku, node_id, left, claimed in undone.discrepancies
    ]


def _event(flow: FlowContext, undone: UndoneCount) -> Event:
    count, nodes = undone.count, sorted(undone.count.node_ids)
    facts = StockCountUndone(
        source=count.source,
        snapshot_id=count.snapshot_id,
        count_time=count.counted_at,
        node_ids=tuple(nodes),
        principal=flow.scope.principal,
        changed_count=undone.changed,
        changes=tuple(
            StockTakenBack(sku=row.sku, node_id=row.node_id, delta=row.delta, safety_delta=row.kept)
            for row in undone.rows
        ),
    )
    identity = undoing.undo_id(count.snapshot_id)
    return Event(identity, facts, flow.at, node_id=nodes[0] if len(nodes) == 1 else None)
