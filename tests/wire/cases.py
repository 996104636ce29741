"""Cases as tests show them on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.fulfillment.lifecycle import FulfillmentState, ShipmentState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Shipment
from hub.orders.lifecycle import OrderState
from hub.orders.model import Charge, Order, OrderLine
from hub.payments.model import Holder, Instrument, Payments, Transaction, TransactionKind, TransactionState
from hub.slices.lifecycle import SliceState
from hub.slices.model import Slice

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
ORDER = UUID(int=1)
WORK = UUID(int=2)
PARCEL = UUID(int=3)
CARD = UUID(int=4)


def case(*slices: tuple[SliceState, int], transactions: Sequence[Transaction] = (), **changes: Any) -> Case:
    """An order of 3 units at 9.99 and 5.00 of shipping, paid by card; its slices as given."""
    line = OrderLine(1, "A", 3, Decimal("9.99"), discount_minor=0, tax_minor=521, total_minor=2997)
    order = Order(
        order_id=ORDER,
        channel_id="WEB",
        channel_reference="R1",
        seller_id="SHOP",
        state=OrderState.CONFIRMED,
        version=4,
        currency="EUR",
        lines=(line,),
        charges=(Charge("SHIPPING", 500, 87),),
        customer_party_id=UUID(int=11),
        ship_to_party_id=UUID(int=12),
        bill_to_party_id=UUID(int=11),
        ship_to_country="NL",
        placed_at=AT,
        updated_at=AT,
        traceparent=f"00-{ORDER.hex}-00000000000000aa-01",
    )
    states = [
        Slice(ORDER, 1, number, "A", state, quantity, "DC-NL", WORK) for number, (state, quantity) in enumerate(slices)
    ]
    card = Instrument(CARD, ORDER, 1, Holder.HUB, "CARD", 3497)
    payments = Payments("EUR", (card,), tuple(transactions))
    return Case(order=replace(order, **changes), slices=tuple(states), payments=payments)


def transaction(
    kind: TransactionKind, amount: int, state: TransactionState = TransactionState.SUCCEEDED, number: int = 100
) -> Transaction:
    """A step of money on the card."""
    return Transaction(UUID(int=number), ORDER, CARD, kind, state, amount, AT)


def fulfillment_order(state: FulfillmentState = FulfillmentState.RELEASED, **changes: Any) -> FulfillmentOrder:
    """Three units released to DC-NL."""
    made = FulfillmentOrder(
        WORK, ORDER, "DC-NL", "wms", state, (FulfillmentLine(1, 3, "A"),), "STANDARD", ship_by=AT, created_at=AT
    )
    return replace(made, **changes)


def shipment(units: int, **changes: Any) -> Shipment:
    """A parcel of so many units."""
    made = Shipment(
        PARCEL,
        WORK,
        ORDER,
        "DC-NL",
        "P1",
        "T1",
        ShipmentState.TENDERED,
        (FulfillmentLine(1, units, "A"),),
        value_minor=999 * units,
        charges_minor=0,
        shipped_at=AT,
    )
    return replace(made, **changes)
