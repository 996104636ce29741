"""Takes full counts of nodes: whole or not at all; what was shipped or adjusted after the count stays counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hub.cases.store import stock_changed
from hub.cases.unit import Unit
from hub.cases.variance import note_count
from hub.catalog import operations as catalog
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory import operations as inventory
from hub.inventory.model import Snapshot, SnapshotResult
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived, uuid7
from hub.kernel.instant import iso
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event


@dataclass(frozen=True, slots=True)
class Imported:
    """What a snapshot did, and the SKUs left out because the catalog does not know them."""

    result: SnapshotResult
    unknown_skus: tuple[str, ...]


async def import_snapshot(unit: Unit, snapshots: Sequence[Snapshot]) -> list[Imported | Refusal]:
    """Applies snapshots in order. Refuses UNKNOWN_NODE, SNAPSHOT_OUTDATED."""
    answers: list[Imported | Refusal] = []
    for snapshot in snapshots:
        try:
            answers.append(await _import(unit, snapshot))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _import(unit: Unit, snapshot: Snapshot) -> Imported:
    for node_id in sorted(snapshot.node_ids):
        if node_id not in unit.network.nodes or not unit.scope.sees(node_id=node_id):
            raise UnknownNode(f"{node_id} is not a node you may count.", node_id=node_id)
    skus = sorted({sku for sku, *_ in snapshot.rows})
    known = await catalog.load(unit.tx, skus)
    sound = replace(snapshot, rows=tuple(row for row in snapshot.rows if row[0] in known))
    result = await inventory.apply_snapshot(unit.tx, sound, at=unit.at)
    await exceptions.open_all(unit.tx, _discrepancies(unit, snapshot, result))
    await outbox.emit(unit.tx, [_event(unit, snapshot, result)])
    await note_count(unit, _identity(snapshot), snapshot.source, snapshot.counted_at, sorted(snapshot.node_ids))
    await stock_changed(unit, freed=result.changed > 0, claimed=result.changed > 0)
    return Imported(result, tuple(sku for sku in skus if sku not in known))


def _discrepancies(unit: Unit, snapshot: Snapshot, result: SnapshotResult) -> list[ExceptionRecord]:
    reason = ExceptionReason.STOCK_DISCREPANCY
    return [
        raised(
            exception_id=derived(uuid7(snapshot.counted_at, 0), snapshot.source, sku, node_id),
            reason=reason,
            subject=f"{node_id}/{sku}",
            detail=f"{snapshot.source} counted {counted} {sku} at {node_id}, orders hold {claimed} there.",
            suggested_command=f"crossdock orders --sku {sku} --node {node_id}",
            at=unit.at,
        )
        for sku, node_id, counted, claimed in result.discrepancies
    ]


def _identity(snapshot: Snapshot) -> UUID:
    """What the stock ledger names as the cause."""
    return derived(uuid7(snapshot.counted_at, 0), "snapshot", snapshot.source, *sorted(snapshot.node_ids))


def _event(unit: Unit, snapshot: Snapshot, result: SnapshotResult) -> Event:
    nodes = sorted(snapshot.node_ids)
    facts = {
        "source": snapshot.source,
        "counted_at": iso(snapshot.counted_at),
        "node_ids": nodes,
        "rows": result.rows,
        "changed": result.changed,
    }
    return Event(_identity(snapshot), "StockCounted", unit.at, facts, node_id=nodes[0] if len(nodes) == 1 else None)
