"""An order as most are: placed, paid, shipped in one parcel, delivered, closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hub.cases.case import Case
from hub.kernel.errors import Refusal
from hub.observability.spans import Span
from hub.orders.lifecycle import OrderState
from hub.orders.model import DeliveryMethod, Discount, InstrumentDraft
from hub.payments.model import TransactionKind, TransactionState
from tests.support.drafts import draft, line, on_terms, prepaid
from tests.support.world import World, trace_of

WEDNESDAY = datetime(2026, 11, 18, tzinfo=UTC).date()


async def test_scenario_01_a_plain_order_is_paid_exactly_and_closed(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00"))
    assert placed.order.promises[1].date() == WEDNESDAY

    await world.settle()
    assert world.money("payment.authorize") == ["105.00"]
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 2)

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert world.money("payment.reverse") == []
    assert len(world.effects("double_warehouse", "shipped")) == 1
    (shipment,) = case.shipments
    assert shipment.delivered_at is not None
    assert shipment.delivered_at.date() == WEDNESDAY
    assert await world.on_shelf("SHIRT", "DC-NL") == (8, 0, 0)
    assert await world.exceptions() == []


async def test_scenario_01_is_told_in_one_timeline_and_one_trace(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00"))

    await world.advance(timedelta(days=2))

    assert sorted(await world.events(placed.order_id)) == sorted(
        [
            *("OrderPlaced", "PaymentAuthorized", "FraudScreened", "TaxDetermined", "OrderConfirmed"),
            *("FulfillmentOrderReleased", "FulfillmentOrderAcknowledged", "UnitsPicked", "UnitsPacked"),
            *("ShipmentLeft", "CaptureRequested", "PaymentCaptured", "CarrierReported", "CarrierReported"),
            *("ShipmentDelivered", "OrderClosed"),
        ]
    )
    traces = await world.rows(
        "SELECT DISTINCT split_part(traceparent, '-', 2) AS id FROM event WHERE order_version > 0"
    )
    assert [row["id"] for row in traces] == [trace_of(placed)]
    about_the_order = [one for one in world.recorder.spans if one.trace_id == trace_of(placed)]
    assert orphans(about_the_order) == []
    assert {"place_orders", "payment.capture", "record_shipments", "record_deliveries"} <= {
        one.name for one in about_the_order
    }


async def test_scenario_01_partners_hear_of_it_once_each(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00"))

    await world.advance(timedelta(days=2))

    assert world.notices() == ["ORDER_CONFIRMED", "ORDER_SHIPPED"]
    told = [one.detail["kind"] for one in world.effects("double_channel", "channel.progress")]
    assert told == ["CONFIRMED", "SHIPPED", "TRACKING", "TRACKING", "DELIVERED"]
    posted = [(one.detail["kind"], one.detail["total"]) for one in world.effects("double_erp", "erp.post")]
    assert posted == [("ORDER", "105.00"), ("SHIPMENT", "105.00"), ("INVOICE", "105.00")]
    assert len(world.effects("double_transport", "transport.register")) == 1


async def test_what_the_channel_was_paid_already_is_applied_and_never_captured(world: World) -> None:
    case = await shipped_with(world, prepaid())
    assert kinds(case) == [("PREPAYMENT", 10500), ("APPLICATION", 10500)]


async def test_an_order_on_terms_is_invoiced_with_its_shipment(world: World) -> None:
    case = await shipped_with(world, on_terms())
    assert kinds(case) == [("RECEIVABLE", 10500)]


async def shipped_with(world: World, instrument: InstrumentDraft) -> Case:
    await world.stock("SHIRT", "DC-NL", 10)
    lines = [line("SHIRT", 2, "50.00")]
    placed = await world.place(draft("W-1", lines, shipping="5.00", instruments=[instrument]))
    await world.advance(timedelta(days=2))
    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert world.effects("double_payment") == []
    return case


def kinds(case: Case) -> list[tuple[str, int]]:
    assert all(one.state is TransactionState.SUCCEEDED for one in case.payments.transactions)
    order = list(TransactionKind)
    found = sorted(case.payments.transactions, key=lambda one: order.index(one.kind))
    return [(one.kind.value, one.amount_minor) for one in found if one.amount_minor]


def orphans(spans: list[Span]) -> list[str]:
    """Names of the spans whose parent is not there, beside the one that begins the trace."""
    known = {one.span_id for one in spans}
    return [one.name for one in spans if one.parent_span_id and one.parent_span_id not in known]


async def test_an_order_that_costs_nothing_asks_nobody_for_money_and_ships(world: World) -> None:
    await world.stock("SAMPLE", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("SAMPLE", 1, "5.00")], discounts=(Discount(500),)))

    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.effects("double_payment") == []


async def test_an_order_to_be_collected_where_nothing_is_held_is_refused(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    collected = draft("W-9", [line("SHIRT")], delivery_method=DeliveryMethod.PICKUP, pickup_node_id="DC-NL")

    with pytest.raises(Refusal) as refused:
        await world.place(collected)

    assert refused.value.reason == "PICKUP_UNAVAILABLE"
    assert await world.rows("SELECT FROM orders") == []
