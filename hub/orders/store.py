"""Rows of orders. What is asked for or changes has a column; the rest is one jsonb document per order.

Reads the rows of slices, shipments, parties and exceptions only to filter a listing. Writes none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from msgspec import NODEFAULT, convert, defstruct, field
from msgspec.structs import FieldInfo, fields
from sqlalchemy import Column, DateTime, Integer, Table, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets, visibility
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.sets import Form, Getter
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant, instant
from hub.kernel.scope import Scope
from hub.network.model import ShortagePolicy
from hub.network.model.carriers import DeliveryWish
from hub.orders.lifecycle import ENDED, OrderState
from hub.orders.model import (
    Charge,
    Check,
    CheckState,
    DeliveryMethod,
    Discount,
    Order,
    OrderFilter,
    OrderLine,
    PromiseChoice,
    ReservationPolicy,
    StatedTotals,
    TaxDraft,
    TaxTreatment,
)

ORDERS = Table(
    "orders",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("channel_id", Text, nullable=False),
    Column("channel_reference", Text, nullable=False),
    Column("seller_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("customer_party_id", Uuid, nullable=False),
    Column("ship_to_party_id", Uuid, nullable=False),
    Column("bill_to_party_id", Uuid, nullable=False),
    Column("ship_to_country", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("traceparent", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("checks", JSONB, nullable=False),
    Column("promises", JSONB, nullable=False),
    Column("erp_documents", Integer, nullable=False),
    Column("ship_days", JSONB, nullable=False),
    Column("document", JSONB, nullable=False),
    UniqueConstraint("channel_id", "channel_reference", name="orders_channel_reference"),
)

_BY_REFERENCE = (
    "SELECT orders.order_id, orders.channel_id, orders.channel_reference, orders.content_hash FROM orders"
    " JOIN unnest(%(channels)s, %(references)s) AS given(channel_id, channel_reference)"
    " USING (channel_id, channel_reference)"
)

_OF_BUYERS = """
SELECT orders.order_id FROM orders JOIN party ON orders.customer_party_id = party.party_id
WHERE (orders.channel_id, party.email_index) IN (
    SELECT named.channel_id, buyer.email_index FROM orders named JOIN party buyer
        ON named.customer_party_id = buyer.party_id WHERE buyer.party_id = ANY(%(ids)s)
) AND (%(all)s OR orders.channel_id = ANY(%(channels)s))
ORDER BY orders.placed_at DESC, orders.order_id DESC LIMIT %(size)s
"""

_FILTERS = {
    "channel_id": "orders.channel_id = %(channel_id)s",
    "channel_reference": "orders.channel_reference = %(channel_reference)s",
    "state": "orders.state = %(state)s",
    "live": "%(live)s AND orders.state IN ('PLACED', 'CONFIRMED')",
    "sku": "EXISTS (SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.sku = %(sku)s)",
    "node_id": "EXISTS (SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.node_id = %(node_id)s)",
    "tracking_number": "orders.order_id IN"
    " (SELECT order_id FROM shipment WHERE tracking_number = %(tracking_number)s AND tracking_number <> '')",
    "exception_reason": "EXISTS (SELECT FROM exception_record open WHERE open.order_id = orders.order_id"
    " AND open.resolved_at IS NULL AND %(exception_reason)s IN ('*', open.reason))",
    "placed_since": "orders.placed_at >= %(placed_since)s",
    "placed_before": "orders.placed_at < %(placed_before)s",
    "changed_since": "orders.updated_at >= %(changed_since)s",
    "order_ids": "orders.order_id = ANY(%(order_ids)s)",
    "party_id": "orders.order_id IN (SELECT order_id FROM orders WHERE customer_party_id = %(party_id)s UNION"
    " SELECT order_id FROM orders WHERE ship_to_party_id = %(party_id)s AND ship_to_party_id <> customer_party_id UNION"
    " SELECT order_id FROM orders WHERE bill_to_party_id = %(party_id)s"
    " AND bill_to_party_id <> customer_party_id AND bill_to_party_id <> ship_to_party_id)",
    "email_index": "orders.order_id IN (WITH known AS"
    " (SELECT party_id FROM party WHERE email_index = %(email_index)s)"
    " SELECT order_id FROM orders JOIN known ON customer_party_id = party_id UNION"
    " SELECT order_id FROM orders JOIN known ON ship_to_party_id = party_id"
    " WHERE ship_to_party_id <> customer_party_id UNION"
    " SELECT order_id FROM orders JOIN known ON bill_to_party_id = party_id"
    " WHERE bill_to_party_id <> customer_party_id AND bill_to_party_id <> ship_to_party_id)",
}
"""Field of OrderFilter -> condition."""


async def insert_new(tx: Tx, orders: Sequence[Order]) -> set[tuple[str, str]]:
    """Inserts orders whose reference is free, in the order given; answers the references inserted."""
    rows = await sets.insert_all(
        tx,
        _ORDERS,
        orders,
        on_conflict="(channel_id, channel_reference) DO NOTHING",
        returning="channel_id, channel_reference",
    )
    return {(row["channel_id"], row["channel_reference"]) for row in rows}


async def insert(tx: Tx, orders: Sequence[Order]) -> None:
    """Inserts orders, in the order given; one whose reference is not free breaks the transaction."""
    await sets.insert_all(tx, _ORDERS, orders)


async def by_reference(tx: Tx, scope: Scope, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """order_id, channel_id, channel_reference and content_hash of the orders in scope under (channel, reference)."""
    conditions, parameters = _in_scope(scope)
    return await tx.fetch(
        _BY_REFERENCE + _where(conditions),
        parameters | {"channels": texts([pair[0] for pair in pairs]), "references": texts([pair[1] for pair in pairs])},
    )


async def remove(tx: Tx, order_ids: Sequence[UUID]) -> None:
    """Takes back orders that this very transaction added."""
    await sets.delete(tx, ORDERS, [{"order_id": order_id} for order_id in order_ids])


async def load(tx: Tx, scope: Scope, order_ids: Sequence[UUID], *, lock: bool) -> dict[UUID, Order]:
    """The orders in scope among `order_ids`, by id; `lock` keeps others from changing them until the commit."""
    if not order_ids:
        return {}
    conditions, parameters = _in_scope(scope)
    sql = "SELECT orders.* FROM orders" + _where(["orders.order_id = ANY(%(ids)s)", *conditions])
    if lock:
        sql += " ORDER BY orders.order_id FOR UPDATE OF orders"
    rows = await tx.fetch(sql, parameters | {"ids": uuids(order_ids)})
    return {row["order_id"]: _order(row) for row in rows}


async def versions(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The versions of the orders that there are among `order_ids`, whoever may see them."""
    rows = await tx.fetch(
        "SELECT order_id, version FROM orders WHERE order_id = ANY(%(ids)s)", {"ids": uuids(order_ids)}
    )
    return {row["order_id"]: row["version"] for row in rows}


async def save(tx: Tx, orders: Sequence[Order]) -> None:
    """Writes what changes in an order's life: state, version, when, checks, promises, ERP documents, ship days."""
    await sets.update_all(tx, _LIVES, orders, key=("order_id",))


async def save_lines(tx: Tx, orders: Sequence[Order]) -> None:
    """Writes the document, the recipient and the payer of orders that changed, or of which lines were completed."""
    await sets.update_all(tx, _DOCUMENTS, orders, key=("order_id",))


async def find(
    tx: Tx, scope: Scope, wanted: OrderFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[UUID]:
    """Ids of the orders in scope that match every field given, newest first, at most `size`, from behind `after`.

    `after` is (placed_at, order_id) of the last order seen; None begins.
    """
    conditions, parameters = _in_scope(scope)
    for name, condition in _FILTERS.items():
        value = getattr(wanted, name)
        if value:
            conditions.append(condition)
            parameters[name] = _parameter(value)
    if after is not None:
        conditions.append("(orders.placed_at, orders.order_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    rows = await tx.fetch(
        f"SELECT orders.order_id FROM orders{_where(conditions)}"
        " ORDER BY orders.placed_at DESC, orders.order_id DESC LIMIT %(size)s",
        parameters | {"size": size},
    )
    return [row["order_id"] for row in rows]


async def of_buyers(tx: Tx, party_ids: Sequence[UUID], *, channels: Sequence[str] | None, size: int) -> list[UUID]:
    """Ids of the orders that the persons behind parties bought, newest first, at most `size`.

    They are the buyers of orders; their other orders are those of the same channel under the same e-mail address.
    """
    parameters = {"ids": uuids(party_ids), "all": channels is None, "channels": texts(channels or ()), "size": size}
    return [row["order_id"] for row in await tx.fetch(_OF_BUYERS, parameters)]


async def placed_after(tx: Tx, channel_id: str, after: tuple[Instant, UUID], size: int) -> list[tuple[Instant, UUID]]:
    """When orders of a channel were placed, and their ids, oldest first, at most `size`, from behind `after`."""
    rows = await tx.fetch(
        "SELECT placed_at, order_id FROM orders WHERE channel_id = %(channel_id)s"
        " AND (placed_at, order_id) > (%(after_at)s, %(after_id)s) ORDER BY placed_at, order_id LIMIT %(size)s",
        {"channel_id": channel_id, "after_at": after[0], "after_id": after[1], "size": size},
    )
    return [(row["placed_at"], row["order_id"]) for row in rows]


def _parameter(value: Any) -> Any:
    if isinstance(value, OrderState):
        return value.value
    return uuids(value) if isinstance(value, tuple) else value


def _in_scope(scope: Scope) -> tuple[list[str], dict[str, Any]]:
    columns, parameters = visibility.columns_seen(scope, channels="orders.channel_id", sellers="orders.seller_id")
    nodes, more = visibility.nodes_seen(scope, "orders.order_id")
    own, mine = visibility.own_seen(scope, "orders.order_id")
    return columns + nodes + own, parameters | more | mine


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


_IN_DOCUMENT: Final = tuple(name for name in Order.__struct_fields__ if name not in ORDERS.columns)
"""The fields of an order that have no column."""


def _as_in_order(info: FieldInfo) -> tuple[str, Any, Any]:
    default = info.default if info.default_factory is NODEFAULT else field(default_factory=info.default_factory)
    return info.name, info.type, default


async def open_of(tx: Tx, channel_ids: Sequence[str]) -> dict[str, int]:
    """Orders of channels that have not ended, counted by channel; channels without any are left out."""
    rows = await tx.fetch(
        "SELECT channel_id, count(*) AS orders FROM orders"
        " WHERE channel_id = ANY(%(channels)s) AND state <> ALL(%(ended)s) GROUP BY channel_id",
        {"channels": texts(channel_ids), "ended": texts([state.value for state in ENDED])},
    )
    return {row["channel_id"]: row["orders"] for row in rows}


async def unended_after(tx: Tx, channel_ids: Sequence[str], after: UUID, size: int) -> list[UUID]:
    """Return the orders of channels that have not ended, by id, at most `size`, from behind `after`."""
    rows = await tx.fetch(
        "SELECT order_id FROM orders WHERE channel_id = ANY(%(channels)s) AND state <> ALL(%(ended)s)"
        " AND order_id > %(after)s ORDER BY order_id LIMIT %(size)s",
        {
            "channels": texts(channel_ids),
            "ended": texts([state.value for state in ENDED]),
            "after": after,
            "size": size,
        },
    )
    return [row["order_id"] for row in rows]


async def unreleased(tx: Tx, order_ids: Sequence[UUID]) -> list[UUID]:
    """Return those orders of which units are with no node yet, by id."""
    rows = await tx.fetch(
        "SELECT order_id FROM orders WHERE order_id = ANY(%(ids)s) AND EXISTS (SELECT FROM slice"
        " WHERE slice.order_id = orders.order_id AND slice.state IN ('OPEN', 'BACKORDERED', 'RESERVED'))"
        " ORDER BY order_id",
        {"ids": uuids(order_ids)},
    )
    return [row["order_id"] for row in rows]


_Document: Final = defstruct(
    "_Document",
    [_as_in_order(one) for one in fields(Order) if one.name in _IN_DOCUMENT],
    frozen=True,
    omit_defaults=True,
)
"""What is stored of an order as one document, without what is as by default in an Order."""
_of_document: Final = attrgetter(*_Document.__struct_fields__)


def _document(order: Order) -> Any:
    return _Document(*_of_document(order))


_LIFE: Final[Mapping[str, Getter]] = {
    "order_id": "order_id",
    "state": "state._value_",
    "version": "version",
    "updated_at": "updated_at",
    "checks": lambda order: {check._value_: state._value_ for check, state in order.checks.items()},
    "promises": "promises",
    "erp_documents": "erp_documents",
    "ship_days": "ship_days",
}
_LIVES: Final[Form[Order]] = Form(ORDERS, **_LIFE)
_ORDERS: Final[Form[Order]] = Form(
    ORDERS,
    **_LIFE,
    channel_id="channel_id",
    channel_reference="channel_reference",
    seller_id="seller_id",
    placed_at="placed_at",
    customer_party_id="customer_party_id",
    ship_to_party_id="ship_to_party_id",
    bill_to_party_id="bill_to_party_id",
    ship_to_country="ship_to_country",
    currency="currency",
    traceparent="traceparent",
    content_hash="content_hash",
    document=_document,
)
_DOCUMENTS: Final[Form[Order]] = Form(
    ORDERS,
    order_id="order_id",
    ship_to_party_id="ship_to_party_id",
    bill_to_party_id="bill_to_party_id",
    document=_document,
)


def _line(stored: Mapping[str, Any]) -> OrderLine:
    values = dict(stored)
    values["unit_price"] = Decimal(values["unit_price"])
    for name in ("ship_not_before", "cancel_after", "ship_not_after"):
        values[name] = instant(values[name]) if values.get(name) else None
    if values.get("bundle_price") is not None:
        values["bundle_price"] = Decimal(values["bundle_price"])
    multi_buys = values.pop("multi_buys", ())
    return OrderLine(**{"discounts": tuple(_multi_buys(multi_buys))} | values | _stated(values))


def _multi_buys(stored: Sequence[tuple[int, int]]) -> Iterator[Discount]:
    """The discounts of a line stored when only those of several units together were kept."""
    return (Discount(amount, units_needed=units) for amount, units in stored)


def _stated(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Discounts, taxes and services of a document, where it has any."""
    kinds: dict[str, Any] = {"discounts": tuple[Discount, ...], "taxes": tuple[TaxDraft, ...]}
    kinds["value_added_services"] = tuple[str, ...]
    return {name: convert(stored[name], kind) for name, kind in kinds.items() if name in stored}


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "delivery_method": DeliveryMethod,
    "shortage_policy": ShortagePolicy,
    "reservation_policy": ReservationPolicy,
    "reservation_ids": lambda ids: tuple(map(UUID, ids)),
    "promise": lambda stated: convert(stated, PromiseChoice),
    "wish": lambda stated: convert(stated, DeliveryWish),
    "stated": lambda totals: StatedTotals(**totals),
    "tax_treatment": TaxTreatment,
}
"""How fields of a document become values again; those that it lacks are as by default."""


def _order(row: Row) -> Order:
    values = dict(row)
    document: dict[str, Any] = values.pop("document")
    values |= document | {
        "state": OrderState(values["state"]),
        "lines": tuple(_line(line) for line in document["lines"]),
        "charges": tuple(Charge(**charge | _stated(charge)) for charge in document["charges"]),
        "checks": {Check(check): CheckState(state) for check, state in values["checks"].items()},
        "promises": {int(line): instant(at) for line, at in values["promises"].items()},
        "ship_days": {node_id: date.fromisoformat(day) for node_id, day in values["ship_days"].items()},
    }
    values |= _stated(document)
    for name, read in _READ.items():
        if name in document:
            values[name] = read(document[name])
    return Order(**values)
