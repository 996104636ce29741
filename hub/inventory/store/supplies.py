"""Rows of dated supply and of what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Table, Text, Uuid

from hub.database import sets, visibility
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.lifecycle import SupplyAction, SupplyState
from hub.inventory.model import Condition
from hub.inventory.model.supply import Supply, SupplyKey, SupplyKind, SupplyMove
from hub.kernel.scope import Scope

SUPPLY = Table(
    "supply",
    METADATA,
    Column("supply_id", Uuid, primary_key=True),
    Column("source", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("expected_at", DateTime(timezone=True)),
    Column("state", Text, nullable=False),
)

SUPPLY_MOVE = Table(
    "supply_move",
    METADATA,
    Column("move_id", BigInteger, Identity(always=True), primary_key=True),
    Column("change_id", Uuid, nullable=False),
    Column("supply_id", Uuid, nullable=False),
    Column("action", Text, nullable=False),
    Column("quantity_delta", BigInteger, nullable=False),
    Column("received_delta", BigInteger, nullable=False),
    Column("expected_at", DateTime(timezone=True)),
    Column("reason", Text, nullable=False),
    Column("receipt_reference", Text),
    Column("condition", Text),
    Column("at", DateTime(timezone=True), nullable=False),
)

_MUTABLE = ("kind", "sku", "node_id", "quantity", "received", "expected_at", "state")
_ON_CONFLICT = "(supply_id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _MUTABLE)

_WAIT = "SELECT pg_advisory_xact_lock(hashtextextended(document, 0)) FROM unnest(%(documents)s) AS document"
_LOCK = (
    "SELECT supply.* FROM supply JOIN unnest(%(references)s, %(lines)s) AS given(reference, line)"
    " USING (reference, line) ORDER BY supply.supply_id FOR UPDATE OF supply"
)
_EARLIER = (
    "SELECT supply_move.* FROM supply_move JOIN unnest(%(ids)s, %(references)s) AS given(supply_id, receipt_reference)"
    " USING (supply_id, receipt_reference)"
)


async def lock(tx: Tx, keys: Iterable[SupplyKey]) -> list[Supply]:
    """The supplies of all sources under the references and lines of keys, locked.

    Whoever else comes with one of these waits, also where there is no supply yet.
    """
    documents = sorted({(key.reference, key.line) for key in keys})
    if not documents:
        return []
    await tx.fetch(_WAIT, {"documents": texts([f"supply/{reference}/{line}" for reference, line in documents])})
    found = await tx.fetch(
        _LOCK, {"references": texts([one for one, _ in documents]), "lines": texts([line for _, line in documents])}
    )
    return [_supply(row) for row in found]


async def receipts(tx: Tx, keys: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], SupplyMove]:
    """What came under (supply, receipt's reference) before."""
    if not keys:
        return {}
    found = await tx.fetch(
        _EARLIER, {"ids": uuids([one for one, _ in keys]), "references": texts([name for _, name in keys])}
    )
    return {(row["supply_id"], row["receipt_reference"]): _move(row) for row in found}


async def save(tx: Tx, supplies: Iterable[Supply]) -> None:
    """Writes supplies, new or changed."""
    rows = [
        {
            "supply_id": supply.supply_id,
            "source": supply.key.source,
            "reference": supply.key.reference,
            "line": supply.key.line,
            "kind": supply.kind.value,
            "sku": supply.sku,
            "node_id": supply.node_id,
            "quantity": supply.quantity,
            "received": supply.received,
            "expected_at": supply.expected_at,
            "state": supply.state.value,
        }
        for supply in supplies
    ]
    await sets.insert(tx, SUPPLY, rows, on_conflict=_ON_CONFLICT)


async def record_moves(tx: Tx, moves: Sequence[SupplyMove]) -> None:
    """Appends to the history of supplies."""
    rows = [
        {
            "change_id": move.change_id,
            "supply_id": move.supply_id,
            "action": move.action.value,
            "quantity_delta": move.quantity,
            "received_delta": move.received,
            "expected_at": move.expected_at,
            "reason": move.reason,
            "receipt_reference": move.receipt_reference,
            "condition": move.condition.value if move.condition else None,
            "at": move.at,
        }
        for move in moves
    ]
    await sets.insert(tx, SUPPLY_MOVE, rows)


async def load(tx: Tx, scope: Scope, ids: Sequence[UUID]) -> dict[UUID, Supply]:
    """Supplies at nodes in scope, by id."""
    conditions, parameters = visibility.columns_seen(scope, nodes="node_id")
    where = " AND ".join(["supply_id = ANY(%(ids)s)", *conditions])
    found = await tx.fetch(f"SELECT * FROM supply WHERE {where}", parameters | {"ids": uuids(ids)})
    return {row["supply_id"]: _supply(row) for row in found}


async def history(tx: Tx, supply_id: UUID) -> list[SupplyMove]:
    """All that happened to a supply, oldest first."""
    found = await tx.fetch("SELECT * FROM supply_move WHERE supply_id = %(id)s ORDER BY move_id", {"id": supply_id})
    return [_move(row) for row in found]


async def expected(tx: Tx, skus: Sequence[str], node_ids: Sequence[str] | None) -> list[Supply]:
    """Supplies of SKUs of which more will come; `node_ids` None means every node."""
    sql = "SELECT * FROM supply WHERE state = 'EXPECTED' AND quantity > received AND sku = ANY(%(skus)s)"
    parameters = {"skus": texts(skus)}
    if node_ids is not None:
        sql += " AND node_id = ANY(%(nodes)s)"
        parameters["nodes"] = texts(node_ids)
    return [_supply(row) for row in await tx.fetch(sql, parameters)]


async def page(
    tx: Tx,
    scope: Scope,
    after: UUID | None,
    size: int,
    *,
    skus: Sequence[str] = (),
    node_ids: Sequence[str] = (),
    reference: str = "",
    state: SupplyState | None = None,
) -> list[Supply]:
    """Supplies at nodes in scope by id, at most `size`, from behind `after`; what is empty asks for all."""
    conditions, parameters = visibility.columns_seen(scope, nodes="node_id")
    wanted = {
        "sku = ANY(%(skus)s)": ("skus", texts(skus) if skus else None),
        "node_id = ANY(%(nodes)s)": ("nodes", texts(node_ids) if node_ids else None),
        "reference = %(reference)s": ("reference", reference or None),
        "state = %(state)s": ("state", state.value if state else None),
        "supply_id > %(after)s": ("after", after),
    }
    for condition, (name, value) in wanted.items():
        if value is not None:
            conditions.append(condition)
            parameters[name] = value
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    found = await tx.fetch(
        f"SELECT * FROM supply{where} ORDER BY supply_id LIMIT %(size)s", parameters | {"size": size}
    )
    return [_supply(row) for row in found]


def _supply(row: Row) -> Supply:
    return Supply(
        supply_id=row["supply_id"],
        key=SupplyKey(row["source"], row["reference"], row["line"]),
        kind=SupplyKind(row["kind"]),
        sku=row["sku"],
        node_id=row["node_id"],
        quantity=row["quantity"],
        expected_at=row["expected_at"],
        received=row["received"],
        state=SupplyState(row["state"]),
    )


def _move(row: Row) -> SupplyMove:
    return SupplyMove(
        change_id=row["change_id"],
        supply_id=row["supply_id"],
        action=SupplyAction(row["action"]),
        at=row["at"],
        quantity=row["quantity_delta"],
        received=row["received_delta"],
        expected_at=row["expected_at"],
        reason=row["reason"],
        receipt_reference=row["receipt_reference"],
        condition=Condition(row["condition"]) if row["condition"] else None,
    )


async def supply_to_come(tx: Tx, node_ids: Sequence[str]) -> dict[str, int]:
    """Units of supply that are still to come to nodes, by node; nodes without any are left out."""
    rows = await tx.fetch(
        "SELECT node_id, sum(quantity - received)::bigint AS units FROM supply"
        " WHERE state = 'EXPECTED' AND node_id = ANY(%(nodes)s) GROUP BY node_id",
        {"nodes": texts(node_ids)},
    )
    return {row["node_id"]: row["units"] for row in rows}
