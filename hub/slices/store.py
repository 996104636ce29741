"""Rows of slices and of their moves. A slice is updated in place and never deleted; moves are insert-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Integer, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.slices.lifecycle import SliceState
from hub.slices.model import Move, Slice

SLICE = Table(
    "slice",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("slice_number", Integer, primary_key=True),
    Column("line_number", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("node_id", Text),
    Column("fulfillment_order_id", Uuid),
    Column("shipment_id", Uuid),
    Column("return_id", Uuid),
)

SLICE_MOVE = Table(
    "slice_move",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("move_id", BigInteger, Identity(always=True), primary_key=True),
    Column("line_number", Integer, nullable=False),
    Column("slice_number", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("action", Text),
    Column("from_state", Text),
    Column("to_state", Text, nullable=False),
    Column("from_node", Text),
    Column("to_node", Text),
    Column("event_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

_SLICES: Form[Slice] = Form(
    SLICE,
    order_id="order_id",
    slice_number="slice_number",
    line_number="line_number",
    sku="sku",
    state="state._value_",
    quantity="quantity",
    node_id="node_id",
    fulfillment_order_id="fulfillment_order_id",
    shipment_id="shipment_id",
    return_id="return_id",
)
_MOVES: Form[Move] = Form(
    SLICE_MOVE,
    order_id="order_id",
    line_number="line_number",
    slice_number="slice_number",
    sku="sku",
    quantity="quantity",
    action=lambda move: None if move.action is None else move.action._value_,
    from_state=lambda move: None if move.from_state is None else move.from_state._value_,
    to_state="to_state._value_",
    from_node="from_node",
    to_node="to_node",
    event_id="event_id",
    at="at",
)

_MUTABLE = ("state", "quantity", "node_id", "fulfillment_order_id", "shipment_id", "return_id")
_ON_CONFLICT = "(order_id, slice_number) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _MUTABLE)

_RESERVED_AT = (
    "SELECT DISTINCT slice.order_id FROM unnest(%(skus)s, %(nodes)s) AS given(sku, node_id)"
    " JOIN slice USING (sku, node_id) WHERE slice.state = 'RESERVED' ORDER BY slice.order_id"
)
_IN_WORK = (
    "SELECT node_id, sum(quantity)::bigint AS units FROM slice WHERE node_id = ANY(%(nodes)s)"
    " AND state NOT IN ('SHIPPED', 'DELIVERED', 'CANCELED', 'RETURN_CLOSED', 'KEPT', 'LOST') GROUP BY node_id"
)
_WAITING = (
    "SELECT orders.order_id FROM orders WHERE orders.order_id IN"
    " (SELECT slice.order_id FROM slice WHERE slice.sku = ANY(%(skus)s) AND slice.state IN ('OPEN', 'BACKORDERED'))"
    " ORDER BY orders.placed_at, orders.order_id"
)


async def load(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[Slice, ...]]:
    """The slices of orders, in the order of their numbers."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM slice WHERE order_id = ANY(%(ids)s) ORDER BY order_id, slice_number", {"ids": uuids(order_ids)}
    )
    found: dict[UUID, list[Slice]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(_slice(row))
    return {order_id: tuple(slices) for order_id, slices in found.items()}


async def save(tx: Tx, before: Sequence[Slice], after: Sequence[Slice]) -> None:
    """Writes the slices of `after` that are new or differ from `before`.

    Raises ValueError where a slice of `before` is missing from `after`: units never vanish.
    """
    if not before:
        await sets.insert_all(tx, _SLICES, after)
        return
    was = {(one.order_id, one.slice_number): one for one in before}
    missing = was.keys() - {(one.order_id, one.slice_number) for one in after}
    if missing:
        raise ValueError(f"slices vanished: {sorted(missing)}")
    changed = [one for one in after if was.get((one.order_id, one.slice_number)) != one]
    await sets.insert_all(tx, _SLICES, changed, on_conflict=_ON_CONFLICT)


async def record_moves(tx: Tx, moves: Sequence[Move]) -> None:
    """Appends moves to the history of slices, in order."""
    await sets.insert_all(tx, _MOVES, moves)


_ORDERED: Final = """
SELECT slice.sku, orders.ship_to_country AS country_code, orders.document ->> 'ship_to_zone' AS zone_id,
    sum(slice.quantity)::bigint AS units
FROM slice JOIN orders USING (order_id)
WHERE slice.sku = ANY(%(skus)s) AND orders.channel_id = %(channel_id)s AND orders.placed_at >= %(since)s
GROUP BY 1, 2, 3
"""
_BASKET: Final = """
SELECT sum(slice.quantity)::float8 / count(DISTINCT order_id) AS units FROM slice
WHERE order_id IN (
    SELECT order_id FROM orders WHERE channel_id = %(channel_id)s AND placed_at >= %(since)s
    ORDER BY placed_at DESC, order_id DESC LIMIT %(size)s
)
"""


async def units_ordered(
    tx: Tx, channel_id: str, skus: Sequence[str], since: Instant
) -> dict[tuple[str, str, str], int]:
    """Units that a channel's orders wanted since an instant, by SKU, country and zone of the address."""
    rows = await tx.fetch(_ORDERED, {"skus": texts(skus), "channel_id": channel_id, "since": since})
    return {(row["sku"], row["country_code"], row["zone_id"] or ""): row["units"] for row in rows}


async def mean_basket(tx: Tx, channel_id: str, since: Instant, size: int) -> float:
    """Units of an order on average, of the last `size` orders of a channel since an instant; 1 where there is none."""
    (row,) = await tx.fetch(_BASKET, {"channel_id": channel_id, "since": since, "size": size})
    return max(1.0, row["units"] or 1.0)


async def orders_reserved_at(tx: Tx, keys: Sequence[tuple[str, str]]) -> list[UUID]:
    """Orders with RESERVED units of a SKU at a node, for keys (sku, node_id), by id."""
    if not keys:
        return []
    parameters = {"skus": texts([key[0] for key in keys]), "nodes": texts([key[1] for key in keys])}
    return [row["order_id"] for row in await tx.fetch(_RESERVED_AT, parameters)]


async def waiting_skus(tx: Tx) -> list[str]:
    """SKUs of which units wait for stock."""
    rows = await tx.fetch("SELECT DISTINCT sku FROM slice WHERE state IN ('OPEN', 'BACKORDERED') ORDER BY sku")
    return [row["sku"] for row in rows]


async def waiting_units(tx: Tx, skus: Sequence[str]) -> dict[str, int]:
    """Units of SKUs that wait for stock, by SKU; SKUs for which nobody waits are left out."""
    rows = await tx.fetch(
        "SELECT sku, sum(quantity)::bigint AS units FROM slice"
        " WHERE sku = ANY(%(skus)s) AND state IN ('OPEN', 'BACKORDERED') GROUP BY sku",
        {"skus": texts(skus)},
    )
    return {row["sku"]: row["units"] for row in rows}


async def units_in_work(tx: Tx, node_ids: Sequence[str]) -> dict[str, int]:
    """Units that nodes still have to work, or to take back, by node; nodes without any are left out."""
    rows = await tx.fetch(_IN_WORK, {"nodes": texts(node_ids)})
    return {row["node_id"]: row["units"] for row in rows}


async def waiting_orders(tx: Tx, skus: Sequence[str]) -> list[UUID]:
    """Orders with OPEN or BACKORDERED units of any of the SKUs, oldest first."""
    if not skus:
        return []
    return [row["order_id"] for row in await tx.fetch(_WAITING, {"skus": texts(skus)})]


def _slice(row: Row) -> Slice:
    return Slice(**(row | {"state": SliceState(row["state"])}))
