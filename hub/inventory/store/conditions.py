"""Rows of stock that is not sold as new, by condition, and of its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import BigInteger, Column, DateTime, Identity, Table, Text, Uuid

from hub.database import sets, visibility
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.model import Condition, ConditionedChange, ConditionedStock, ConditionKey
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

CONDITIONED_STOCK = Table(
    "conditioned_stock",
    METADATA,
    Column("sku", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("condition", Text, primary_key=True),
    Column("on_hand", BigInteger, nullable=False),
)

CONDITIONED_MOVE = Table(
    "conditioned_move",
    METADATA,
    Column("move_id", BigInteger, Identity(always=True), primary_key=True),
    Column("sku", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("on_hand_delta", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
    Column("cause_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

_LOCK = (
    "SELECT conditioned_stock.* FROM conditioned_stock"
    " JOIN unnest(%(skus)s, %(nodes)s, %(conditions)s) AS given(sku, node_id, condition)"
    " USING (sku, node_id, condition) ORDER BY sku, node_id, condition FOR UPDATE OF conditioned_stock"
)


async def lock(tx: Tx, keys: Iterable[ConditionKey]) -> dict[ConditionKey, int]:
    """Makes the rows of keys where there are none, locks all, and answers their units."""
    ordered = sorted({(sku, node_id, condition.value) for sku, node_id, condition in keys})
    if not ordered:
        return {}
    made = [{"sku": sku, "node_id": node_id, "condition": name} for sku, node_id, name in ordered]
    await sets.insert(tx, CONDITIONED_STOCK, made, on_conflict="(sku, node_id, condition) DO NOTHING")
    parameters = {
        "skus": texts([sku for sku, *_ in ordered]),
        "nodes": texts([node_id for _, node_id, _ in ordered]),
        "conditions": texts([name for *_, name in ordered]),
    }
    return {_key(row): row["on_hand"] for row in await tx.fetch(_LOCK, parameters)}


async def save(tx: Tx, rows: Mapping[ConditionKey, int]) -> None:
    """Writes the units of rows that exist and are locked."""
    written = [
        {"sku": sku, "node_id": node_id, "condition": condition.value, "on_hand": units}
        for (sku, node_id, condition), units in rows.items()
    ]
    await sets.update(tx, CONDITIONED_STOCK, written, key=("sku", "node_id", "condition"))


async def record_moves(tx: Tx, moves: Sequence[ConditionedChange], *, at: Instant) -> None:
    """Appends rows to the ledger of conditions."""
    rows = [
        {
            "sku": move.sku,
            "node_id": move.node_id,
            "condition": move.condition.value,
            "on_hand_delta": move.delta,
            "cause": move.cause,
            "cause_id": move.cause_id,
            "at": at,
        }
        for move in moves
    ]
    await sets.insert(tx, CONDITIONED_MOVE, rows)


async def page(
    tx: Tx, scope: Scope, skus: Sequence[str], node_ids: Sequence[str], after: tuple[str, ...] | None, size: int
) -> list[ConditionedStock]:
    """What is there at nodes in scope by SKU, node and condition, at most `size` rows, from behind the key `after`.

    Empty `skus` or `node_ids` ask for all; rows without units are left out.
    """
    conditions, parameters = visibility.columns_seen(scope, nodes="node_id")
    conditions.append("on_hand > 0")
    if skus:
        conditions.append("sku = ANY(%(skus)s)")
        parameters["skus"] = texts(skus)
    if node_ids:
        conditions.append("node_id = ANY(%(nodes)s)")
        parameters["nodes"] = texts(node_ids)
    if after is not None:
        conditions.append("(sku, node_id, condition) > (%(after_sku)s, %(after_node)s, %(after_condition)s)")
        parameters |= dict(zip(("after_sku", "after_node", "after_condition"), after, strict=True))
    rows = await tx.fetch(
        f"SELECT * FROM conditioned_stock WHERE {' AND '.join(conditions)}"
        " ORDER BY sku, node_id, condition LIMIT %(size)s",
        parameters | {"size": size},
    )
    return [ConditionedStock(*_key(row), row["on_hand"]) for row in rows]


def _key(row: Row) -> ConditionKey:
    return row["sku"], row["node_id"], Condition(row["condition"])
