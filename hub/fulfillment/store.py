"""Rows of fulfillment orders, shipments and carrier events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, DateTime, Table, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets, visibility
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.fulfillment.lifecycle import FulfillmentState, ShipmentState
from hub.fulfillment.model import (
    Carriage,
    CarrierEvent,
    FulfillmentFilter,
    FulfillmentLine,
    FulfillmentOrder,
    Label,
    NodeRequest,
    NumberedParcel,
    Package,
    Pickup,
    Shipment,
)
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.slices.lifecycle import AT_NODE

FULFILLMENT_ORDER = Table(
    "fulfillment_order",
    METADATA,
    Column("fulfillment_order_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("ship_by", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("partner_reference", Text, nullable=False),
    Column("reports", JSONB, nullable=False),
    Column("requests", JSONB, nullable=False),
    Column("adopted", Boolean, nullable=False),
    Column("pickup", JSONB),
    Column("labels", JSONB, nullable=False),
)

SHIPMENT = Table(
    "shipment",
    METADATA,
    Column("shipment_id", Uuid, primary_key=True),
    Column("fulfillment_order_id", Uuid, nullable=False),
    Column("order_id", Uuid, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("tracking_number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("charges_minor", BigInteger, nullable=False),
    Column("shipped_at", DateTime(timezone=True), nullable=False),
    Column("delivered_at", DateTime(timezone=True)),
    Column("packages", JSONB, nullable=False),
    Column("adopted", Boolean, nullable=False),
    Column("reported", Boolean, nullable=False),
    Column("carriage", JSONB, nullable=False),
    UniqueConstraint("fulfillment_order_id", "reference", name="shipment_reference"),
)

CARRIER_EVENT = Table(
    "carrier_event",
    METADATA,
    Column("shipment_id", Uuid, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("occurred_at", DateTime(timezone=True), primary_key=True),
)


def _upsert(key: str, columns: Sequence[str]) -> str:
    return f"({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in columns)


_FULFILLMENT_ORDER_CHANGES = _upsert(
    "fulfillment_order_id",
    ("state", "lines", "ship_by", "partner_reference", "reports", "requests", "pickup", "labels"),
)
_SHIPMENT_CHANGES = _upsert(
    "shipment_id",
    ("reference", "tracking_number", "state", "shipped_at", "delivered_at", "packages", "reported", "carriage"),
)


async def load(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[FulfillmentOrder, ...]]:
    """The fulfillment orders of orders, oldest first."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM fulfillment_order WHERE order_id = ANY(%(ids)s) ORDER BY created_at, fulfillment_order_id",
        {"ids": uuids(order_ids)},
    )
    found: dict[UUID, list[FulfillmentOrder]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(_fulfillment_order(row))
    return {order_id: tuple(ones) for order_id, ones in found.items()}


async def load_shipments(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[Shipment, ...]]:
    """The shipments of orders, in the order in which they left."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM shipment WHERE order_id = ANY(%(ids)s) ORDER BY shipped_at, shipment_id",
        {"ids": uuids(order_ids)},
    )
    found: dict[UUID, list[Shipment]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(_shipment(row))
    return {order_id: tuple(ones) for order_id, ones in found.items()}


async def save(tx: Tx, fulfillment_orders: Sequence[FulfillmentOrder]) -> None:
    """Inserts fulfillment orders, or writes what changed in them."""
    rows = [_fulfillment_order_row(fulfillment_order) for fulfillment_order in fulfillment_orders]
    await sets.insert(tx, FULFILLMENT_ORDER, rows, on_conflict=_FULFILLMENT_ORDER_CHANGES)


async def save_shipments(tx: Tx, shipments: Sequence[Shipment]) -> None:
    """Inserts shipments, or writes what changed in them: their names, state, when they left and were delivered."""
    await sets.insert(tx, SHIPMENT, [_shipment_row(shipment) for shipment in shipments], on_conflict=_SHIPMENT_CHANGES)


async def record_carrier_events(tx: Tx, events: Sequence[tuple[UUID, CarrierEvent]]) -> list[bool]:
    """Keeps events of shipments (shipment id, event); answers, one per element, whether it was not known before."""
    rows = [
        {
            "shipment_id": shipment_id,
            "reference": event.reference,
            "state": event.state.value,
            "occurred_at": event.occurred_at,
        }
        for shipment_id, event in events
    ]
    keys = [tuple(row.values()) for row in rows]
    ordered = [row for _, row in sorted(dict(zip(keys, rows, strict=True)).items())]
    returned = await sets.insert(
        tx,
        CARRIER_EVENT,
        ordered,
        on_conflict="DO NOTHING",
        returning="shipment_id, reference, state, occurred_at",
    )
    new = {tuple(row.values()) for row in returned}
    answers = []
    for key in keys:
        answers.append(key in new)
        new.discard(key)
    return answers


async def carrier_events(tx: Tx, shipment_ids: Sequence[UUID]) -> dict[UUID, list[CarrierEvent]]:
    """What carriers told of shipments, by when it happened."""
    if not shipment_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM carrier_event WHERE shipment_id = ANY(%(ids)s) ORDER BY occurred_at, state, reference",
        {"ids": uuids(shipment_ids)},
    )
    found: dict[UUID, list[CarrierEvent]] = {}
    for row in rows:
        event = CarrierEvent(
            ShipmentState(row["state"]),
            row["occurred_at"],
            shipment_id=row["shipment_id"],
            reference=row["reference"],
        )
        found.setdefault(row["shipment_id"], []).append(event)
    return found


async def orders_of(tx: Tx, scope: Scope, fulfillment_order_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The orders of fulfillment orders in scope: fulfillment order id -> order id."""
    if not fulfillment_order_ids:
        return {}
    conditions, parameters = _in_scope(scope, "fulfillment_order")
    where = " AND ".join(["fulfillment_order_id = ANY(%(ids)s)", *conditions])
    rows = await tx.fetch(
        f"SELECT fulfillment_order_id, order_id FROM fulfillment_order WHERE {where}",
        parameters | {"ids": uuids(fulfillment_order_ids)},
    )
    return {row["fulfillment_order_id"]: row["order_id"] for row in rows}


async def accounts_of(tx: Tx, fulfillment_order_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The partner accounts that were told of fulfillment orders, by fulfillment order id."""
    rows = await tx.fetch(
        "SELECT fulfillment_order_id, account_id FROM fulfillment_order WHERE fulfillment_order_id = ANY(%(ids)s)",
        {"ids": uuids(fulfillment_order_ids)},
    )
    return {row["fulfillment_order_id"]: row["account_id"] for row in rows}


async def orders_of_parcels(
    tx: Tx, scope: Scope, shipment_ids: Sequence[UUID], tracking_numbers: Sequence[str]
) -> tuple[dict[UUID, UUID], dict[str, list[NumberedParcel]]]:
    """The orders of shipments in scope: shipment id -> order id; tracking number -> all its parcels, oldest first."""
    numbers = [number for number in tracking_numbers if number]
    if not shipment_ids and not numbers:
        return {}, {}
    conditions, parameters = _in_scope(scope, "shipment")
    where = " AND ".join(
        ["(shipment_id = ANY(%(ids)s) OR (tracking_number = ANY(%(numbers)s) AND tracking_number <> ''))", *conditions]
    )
    rows = await tx.fetch(
        f"SELECT shipment_id, order_id, tracking_number, shipped_at FROM shipment WHERE {where}"
        " ORDER BY shipped_at, shipment_id",
        parameters | {"ids": uuids(shipment_ids), "numbers": texts(numbers)},
    )
    wanted_ids, wanted_numbers = set(shipment_ids), set(numbers)
    by_number: dict[str, list[NumberedParcel]] = {}
    for row in rows:
        if row["tracking_number"] in wanted_numbers:
            parcel = NumberedParcel(row["order_id"], row["shipment_id"], row["shipped_at"])
            by_number.setdefault(row["tracking_number"], []).append(parcel)
    return {row["shipment_id"]: row["order_id"] for row in rows if row["shipment_id"] in wanted_ids}, by_number


_UNDER_WAY = "state IN ('RELEASED', 'ACKNOWLEDGED')"
_AT_NODE = (
    "EXISTS (SELECT FROM slice WHERE slice.order_id = fulfillment_order.order_id"
    " AND slice.fulfillment_order_id = fulfillment_order.fulfillment_order_id AND slice.state = ANY(%(at_node)s))"
)
_READY = _AT_NODE.replace("%(at_node)s", "'{READY_FOR_PICKUP}'")
_BEGUN = _AT_NODE.replace("%(at_node)s", "'{PICKED,PACKED}'")
_LEFT = (
    "(SELECT coalesce(sum((line->>'quantity')::bigint), 0) FROM shipment, jsonb_array_elements(shipment.lines) AS line"
    " WHERE shipment.order_id = fulfillment_order.order_id"
    " AND shipment.fulfillment_order_id = fulfillment_order.fulfillment_order_id)"
)
_RELEASED = "(SELECT sum((line->>'quantity')::bigint) FROM jsonb_array_elements(fulfillment_order.lines) AS line)"
_UNTOUCHED = f"state = %(state)s AND {_AT_NODE} AND NOT ({_BEGUN} OR {_READY} OR {_LEFT} > 0)"
_SEEN = {
    FulfillmentState.RELEASED: _UNTOUCHED,
    FulfillmentState.ACKNOWLEDGED: _UNTOUCHED,
    FulfillmentState.IN_PROGRESS: f"{_UNDER_WAY} AND {_AT_NODE} AND NOT {_READY} AND ({_BEGUN} OR {_LEFT} > 0)",
    FulfillmentState.SHIPPED: f"{_UNDER_WAY} AND NOT {_AT_NODE} AND {_LEFT} >= {_RELEASED} AND pickup IS NULL",
    FulfillmentState.READY_FOR_PICKUP: f"{_UNDER_WAY} AND {_READY}",
    FulfillmentState.COLLECTED: f"{_UNDER_WAY} AND NOT {_AT_NODE} AND {_LEFT} >= {_RELEASED} AND pickup IS NOT NULL",
    FulfillmentState.NOT_COLLECTED: "state = 'CANCELED' AND pickup ? 'expired_at'",
    FulfillmentState.CANCELED: "state = 'CANCELED' AND NOT coalesce(pickup ? 'expired_at', false)",
    FulfillmentState.CLOSED_SHORT: f"{_UNDER_WAY} AND NOT {_AT_NODE} AND {_LEFT} < {_RELEASED}",
}
"""State as seen from outside -> condition; all others are stored as they are seen."""


async def page(
    tx: Tx, scope: Scope, wanted: FulfillmentFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[FulfillmentOrder]:
    """Fulfillment orders in scope that match, newest first, at most `size`, from behind `after` (created_at, id)."""
    conditions, parameters = _in_scope(scope, "fulfillment_order")
    if wanted.order_id is not None:
        conditions.append("order_id = %(order_id)s")
        parameters["order_id"] = wanted.order_id
    if wanted.node_id:
        conditions.append("node_id = %(node_id)s")
        parameters["node_id"] = wanted.node_id
    if wanted.state is not None:
        conditions.append(_SEEN.get(wanted.state, "state = %(state)s"))
        parameters |= {"state": wanted.state.value, "at_node": texts([state.value for state in AT_NODE])}
    if after is not None:
        conditions.append("(created_at, fulfillment_order_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT * FROM fulfillment_order{where} ORDER BY created_at DESC, fulfillment_order_id DESC LIMIT %(size)s",
        parameters | {"size": size},
    )
    return [_fulfillment_order(row) for row in rows]


def _in_scope(scope: Scope, table: str) -> visibility.Conditions:
    nodes, parameters = visibility.columns_seen(scope, nodes=f"{table}.node_id")
    header, more = visibility.header_seen(scope, f"{table}.order_id")
    return nodes + header, parameters | more


def _lines_document(lines: Sequence[FulfillmentLine]) -> list[dict[str, Any]]:
    return [{"line_number": line.line_number, "quantity": line.quantity, "sku": line.sku} for line in lines]


def _lines(stored: Sequence[Mapping[str, Any]]) -> tuple[FulfillmentLine, ...]:
    return tuple(FulfillmentLine(**line) for line in stored)


def _fulfillment_order_row(order: FulfillmentOrder) -> dict[str, Any]:
    return {
        "fulfillment_order_id": order.fulfillment_order_id,
        "order_id": order.order_id,
        "node_id": order.node_id,
        "account_id": order.account_id,
        "state": order.state.value,
        "lines": _lines_document(order.lines),
        "service_code": order.service_code,
        "ship_by": order.ship_by,
        "created_at": order.created_at,
        "partner_reference": order.partner_reference,
        "reports": list(order.reports),
        "requests": msgspec.to_builtins(order.requests),
        "adopted": order.adopted,
        "pickup": None if order.pickup is None else msgspec.to_builtins(order.pickup),
        "labels": msgspec.to_builtins(order.labels),
    }


def _fulfillment_order(row: Row) -> FulfillmentOrder:
    values = row | {
        "state": FulfillmentState(row["state"]),
        "lines": _lines(row["lines"]),
        "reports": tuple(row["reports"]),
        "requests": msgspec.convert(row["requests"], tuple[NodeRequest, ...]),
        "pickup": msgspec.convert(row["pickup"], Pickup | None),
        "labels": msgspec.convert(row["labels"], tuple[Label, ...]),
    }
    return FulfillmentOrder(**values)


def _shipment_row(shipment: Shipment) -> dict[str, Any]:
    return {
        "shipment_id": shipment.shipment_id,
        "fulfillment_order_id": shipment.fulfillment_order_id,
        "order_id": shipment.order_id,
        "node_id": shipment.node_id,
        "reference": shipment.reference,
        "tracking_number": shipment.tracking_number,
        "state": shipment.state.value,
        "lines": _lines_document(shipment.lines),
        "value_minor": shipment.value_minor,
        "charges_minor": shipment.charges_minor,
        "shipped_at": shipment.shipped_at,
        "delivered_at": shipment.delivered_at,
        "packages": [_package_document(package) for package in shipment.packages],
        "adopted": shipment.adopted,
        "reported": shipment.reported,
        "carriage": msgspec.to_builtins(shipment.carriage),
    }


def _shipment(row: Row) -> Shipment:
    values = row | {
        "state": ShipmentState(row["state"]),
        "lines": _lines(row["lines"]),
        "packages": tuple(Package(**(one | {"lines": _lines(one["lines"])})) for one in row["packages"]),
        "carriage": msgspec.convert(row["carriage"], Carriage),
    }
    return Shipment(**values)


def _package_document(package: Package) -> dict[str, Any]:
    return {
        "reference": package.reference,
        "kind": package.kind,
        "tracking_number": package.tracking_number,
        "lines": _lines_document(package.lines),
    }
