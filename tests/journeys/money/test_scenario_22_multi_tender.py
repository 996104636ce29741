"""Scenario 22: an order paid by gift card and card, in two parcels; and pennies that do not divide."""

from __future__ import annotations

from datetime import timedelta

from hub.cases.case import Case
from hub.fulfillment.model import Shipment
from hub.orders.lifecycle import OrderState
from hub.orders.model import Discount, TaxDraft
from hub.payments.model import TransactionKind, TransactionState
from tests.support.drafts import card, draft, gift_card, line, minor
from tests.support.returns import authorize, bring_back, delivered, inspect, receive, request
from tests.support.world import World


async def test_scenario_22_two_parcels_draw_from_gift_card_then_card(world: World) -> None:
    case = await two_parcels(world)

    assert sorted(world.money("payment.authorize")) == ["110.00", "40.00"]
    assert sorted(world.money("payment.capture")) == ["20.00", "40.00", "90.00"]
    first, second = sorted(case.shipments, key=lambda one: one.shipped_at)
    assert drawn(case, first) == [("GIFT_CARD", 4000), ("CARD", 2000)]
    assert drawn(case, second) == [("CARD", 9000)]
    assert case.order.state is OrderState.CLOSED


async def test_a_gift_card_that_pays_at_most_more_than_the_order_pays_all_of_it_and_the_card_nothing(
    world: World,
) -> None:
    await world.stock("MUG", "DC-NL", 1)

    case = await delivered(world, draft("W-22", [line("MUG", 1, "50.00")], instruments=[gift_card("80.00"), card()]))

    assert case.holds == ()
    assert case.order.state is OrderState.CLOSED
    assert [world.money("payment.authorize"), world.money("payment.capture")] == [["50.00"], ["50.00"]]


async def test_scenario_22_what_comes_back_goes_to_the_card_first_and_never_above_what_it_paid(world: World) -> None:
    case = await two_parcels(world)

    first = await bring_back(world, case.order_id, line_number=1)
    second = await bring_back(world, case.order_id, line_number=2)

    assert [one.total_minor for one in (*first.credits, *second.credits)] == [6000, 9000]
    assert sorted(world.money("payment.refund")) == ["20.00", "30.00", "40.00", "60.00"]
    case = await world.case(case.order_id)
    assert case.order.state is OrderState.CLOSED
    given: dict[str, int] = {}
    for one in case.payments.transactions:
        if one.kind is TransactionKind.REFUND and one.state is TransactionState.SUCCEEDED:
            instrument = next(known for known in case.payments.instruments if known.instrument_id == one.instrument_id)
            given[instrument.kind] = given.get(instrument.kind, 0) + one.amount_minor
    assert given == {"GIFT_CARD": 4000, "CARD": 11000}


async def test_scenario_22_three_units_of_24_97_come_back_one_by_one_for_8_32_8_33_and_8_32(world: World) -> None:
    await world.stock("MUG", "DC-NL", 3)
    case = await delivered(world, draft("W-22", [line("MUG", 3, "9.99", discounts=(Discount(500),))]))
    assert world.money("payment.capture") == ["24.97"]

    for _ in range(3):
        await bring_back(world, case.order_id)

    assert world.money("payment.refund") == ["8.32", "8.33", "8.32"]
    assert await world.on_shelf("MUG", "DC-NL") == (3, 0, 0)
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED


async def test_parcels_of_a_line_of_fractions_of_a_cent_are_billed_by_proportion_to_customer_and_books(
    world: World,
) -> None:
    await world.stock("SCREW", "ST-AMS", 490)
    await world.stock("SCREW", "DC-NL", 510)
    await world.network(profiles={"wms": {"ship_after_minutes": 180}})
    taxes = (TaxDraft(149, included=True),)
    case = await delivered(world, draft("W-22", [line("SCREW", 1000, "0.0149", taxes=taxes)]), days=6)

    worth = {one.lines[0].quantity: one.value_minor for one in case.shipments}
    assert worth == {490: 730, 510: 760}
    posted = [one.detail for one in world.effects("double_erp", "erp.post")]
    assert sorted(str(one["total"]) for one in posted if one["kind"] == "INVOICE") == ["7.30", "7.60"]
    assert sorted(world.money("payment.capture")) == ["7.30", "7.60"]


async def test_scenario_22_an_order_is_open_while_a_refund_is_asked_for_and_closed_after_it(world: World) -> None:
    await world.stock("MUG", "DC-NL", 1)
    case = await delivered(world, draft("W-22", [line("MUG", 1, "9.99")]))
    back = await authorize(world, request(case.order_id))
    await receive(world, back)
    await inspect(world, back)

    asked = await world.case(case.order_id)
    assert asked.order.state is OrderState.CONFIRMED
    assert [one.state for one in asked.payments.transactions if one.kind is TransactionKind.REFUND] == [
        TransactionState.REQUESTED
    ]


def drawn(case: Case, shipment: Shipment) -> list[tuple[str, int]]:
    kinds = {one.instrument_id: one.kind for one in case.payments.instruments}
    captures = [one for one in case.payments.transactions if one.kind is TransactionKind.CAPTURE]
    ranked = sorted(captures, key=lambda one: kinds[one.instrument_id or case.order_id], reverse=True)
    return [
        (kinds[one.instrument_id or case.order_id], one.amount_minor)
        for one in ranked
        if one.shipment_id == shipment.shipment_id
    ]


async def two_parcels(world: World) -> Case:
    await world.network(profiles={"wms": {"ship_after_minutes": 180}})
    await world.stock("LAMP", "ST-AMS", 1)
    await world.stock("CHAIR", "DC-NL", 1)
    lines = [line("LAMP", 1, "60.00"), line("CHAIR", 1, "90.00")]
    placed = await world.place(draft("W-22", lines, instruments=[gift_card("40.00"), card()]))
    await world.advance(timedelta(days=6))
    case = await world.case(placed.order_id)
    assert sorted(one.value_minor for one in case.shipments) == [minor("60.00"), minor("90.00")]
    return case
