"""Builders of the rooms' values with good defaults; a test states only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.fulfillment.lifecycle import FulfillmentState, ShipmentState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Shipment
from hub.holds.model import BEFORE_RELEASE, Hold, HoldStatus, HoldType
from hub.kernel.ids import uuid7
from hub.kernel.scope import Role, Scope
from hub.orders.lifecycle import OrderState
from hub.orders.model import Charge, Order, OrderLine
from hub.payments.model import Holder, Instrument, Transaction, TransactionKind, TransactionState
from hub.slices.lifecycle import SliceState
from hub.slices.model import Slice

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def identity(number: int) -> UUID:
    """The identity of a number; a higher one is younger."""
    return uuid7(AT + number * timedelta(milliseconds=1), number)


def seen_by(**limits: Any) -> Scope:
    """A principal limited to some channels, nodes or sellers."""
    return Scope("somebody", frozenset(Role), **limits)


def order(number: int = 1, **changes: Any) -> Order:
    """An order of 2 x 50.00 and 5.00 for shipping, placed `number` minutes after nine."""
    values: dict[str, Any] = {
        "order_id": identity(number),
        "channel_id": "shop",
        "channel_reference": f"ref-{number}",
        "seller_id": "seller",
        "state": OrderState.CONFIRMED,
        "version": 1,
        "currency": "EUR",
        "lines": (OrderLine(1, "SHIRT", 2, Decimal("50.00"), discount_minor=0, tax_minor=1736, total_minor=10000),),
        "charges": (Charge("SHIPPING", 500, 87),),
        "customer_party_id": identity(number + 1000),
        "ship_to_party_id": identity(number + 2000),
        "bill_to_party_id": identity(number + 1000),
        "ship_to_country": "NL",
        "placed_at": AT + number * MINUTE,
        "updated_at": AT + number * MINUTE,
        "traceparent": f"00-{number:032x}-{number:016x}-01",
        "content_hash": f"hash-{number}",
    }
    return Order(**(values | changes))


def slice_of(order_number: int, slice_number: int = 1, **changes: Any) -> Slice:
    """Two units reserved at DC-NL."""
    values: dict[str, Any] = {
        "order_id": identity(order_number),
        "line_number": 1,
        "slice_number": slice_number,
        "sku": "SHIRT",
        "state": SliceState.RESERVED,
        "quantity": 2,
        "node_id": "DC-NL",
    }
    return Slice(**(values | changes))


def fulfillment_order(order_number: int = 1, number: int = 1, **changes: Any) -> FulfillmentOrder:
    """Two units released to DC-NL."""
    values: dict[str, Any] = {
        "fulfillment_order_id": identity(3000 + number),
        "order_id": identity(order_number),
        "node_id": "DC-NL",
        "account_id": "wms",
        "state": FulfillmentState.RELEASED,
        "lines": (FulfillmentLine(1, 2, "SHIRT"),),
        "service_code": "STANDARD",
        "ship_by": AT + 60 * MINUTE,
        "created_at": AT + number * MINUTE,
    }
    return FulfillmentOrder(**(values | changes))


def shipment(order_number: int = 1, number: int = 1, **changes: Any) -> Shipment:
    """A parcel with two units and the charges."""
    values: dict[str, Any] = {
        "shipment_id": identity(4000 + number),
        "fulfillment_order_id": identity(3001),
        "order_id": identity(order_number),
        "node_id": "DC-NL",
        "reference": f"parcel-{number}",
        "tracking_number": f"3S{number}",
        "state": ShipmentState.IN_TRANSIT,
        "lines": (FulfillmentLine(1, 2, "SHIRT"),),
        "value_minor": 10500,
        "charges_minor": 500,
        "shipped_at": AT + number * MINUTE,
    }
    return Shipment(**(values | changes))


def hold(order_number: int = 1, number: int = 1, **changes: Any) -> Hold:
    """A MANUAL hold before release."""
    values: dict[str, Any] = {
        "hold_id": identity(5000 + number),
        "order_id": identity(order_number),
        "type": HoldType.MANUAL,
        "status": HoldStatus.ACTIVE,
        "reason": "Totals differ by 1.00 EUR.",
        "blocks": BEFORE_RELEASE,
        "created_at": AT + number * MINUTE,
    }
    return Hold(**(values | changes))


def exception(number: int = 1, **changes: Any) -> ExceptionRecord:
    """An order whose stock is short."""
    values: dict[str, Any] = {
        "exception_id": identity(6000 + number),
        "reason": ExceptionReason.STOCK_SHORT,
        "subject": f"subject-{number}",
        "detail": "2 units of SHIRT are not in stock.",
        "owner": "inventory",
        "deadline_at": AT + (600 + number) * MINUTE,
        "suggested_command": "crossdock order",
        "created_at": AT + number * MINUTE,
        "order_id": identity(1),
    }
    return ExceptionRecord(**(values | changes))


def instrument(order_number: int = 1, number: int = 1, **changes: Any) -> Instrument:
    """A card whose money the hub holds."""
    values: dict[str, Any] = {
        "instrument_id": identity(7000 + number),
        "order_id": identity(order_number),
        "rank": number,
        "holder": Holder.HUB,
        "kind": "card",
        "amount_minor": 10500,
        "account_id": "psp",
        "token": "tok_1",
    }
    return Instrument(**(values | changes))


def transaction(order_number: int = 1, number: int = 1, **changes: Any) -> Transaction:
    """The authorization of all of it."""
    values: dict[str, Any] = {
        "transaction_id": identity(8000 + number),
        "order_id": identity(order_number),
        "instrument_id": identity(7001),
        "kind": TransactionKind.AUTHORIZATION,
        "state": TransactionState.SUCCEEDED,
        "amount_minor": 10500,
        "created_at": AT + number * MINUTE,
    }
    return Transaction(**(values | changes))
