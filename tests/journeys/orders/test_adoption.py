"""Orders of an old system, taken over in mid-life: no partner hears of it, and what is left goes on under the hub."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.orders.changes import ADOPT_ORDERS, RESOLVE_HOLD
from hub.cases.adoption.adoption import AdoptedHold, Adoption
from hub.cases.case import Case
from hub.flows.orders.resolve_holds import HoldDecision
from hub.fulfillment.model import FulfillmentLine, ShipmentReport
from hub.holds.model import HoldStatus, HoldType
from hub.kernel.errors import InvalidField, Refusal
from hub.network.errors import UnknownNode
from hub.orders.errors import (
    AdoptedMoneyMismatch,
    AdoptedStockMissing,
    AdoptedUnitsMismatch,
    ChannelReferenceTaken,
)
from hub.orders.lifecycle import OrderState
from hub.orders.model import UnreadFact
from hub.payments.model import TransactionKind
from hub.slices.lifecycle import SliceState
from tests.support.adopting import heard, left, money, provider_knows, standing, units
from tests.support.drafts import card, draft, gift_card, line, on_terms, prepaid
from tests.support.world import TUESDAY, World

S = SliceState
DAY = timedelta(days=1)


async def stocked(world: World, quantity: int = 10) -> None:
    await world.stock("SHIRT", "DC-NL", quantity)
    await world.advance(timedelta(minutes=15))


def mid_life(reference: str = "OLD-1") -> Adoption:
    """Two delivered, one under way, one reserved, one canceled; captured for what has left."""
    return standing(
        reference,
        [units(S.RESERVED, 1, "DC-NL"), units(S.CANCELED, 1)],
        [left("P1", 2, delivered=True), left("P2", 1)],
        card=money("104.95", "64.95"),
    )


def placed(case: Case) -> dict[SliceState, int]:
    counted: dict[SliceState, int] = {}
    for one in case.slices:
        counted[one.state] = counted.get(one.state, 0) + one.quantity
    return counted


async def resume(world: World, case: Case) -> None:
    for held in case.holds:
        await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, held.hold_id, HoldStatus.RESOLVED))


async def test_an_order_in_mid_life_is_taken_as_it_stands_and_no_partner_hears_of_it(world: World) -> None:
    await stocked(world)
    before = heard(world)

    case = await world.ask(ADOPT_ORDERS, mid_life())
    await world.settle()

    assert placed(case) == {S.DELIVERED: 2, S.SHIPPED: 1, S.RESERVED: 1, S.CANCELED: 1}
    assert [one.value_minor for one in case.shipments] == [4495, 2000], "charges left with the first parcel"
    assert case.order.state is OrderState.CONFIRMED
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 1, 0), "what has left was never on the hub's shelf"
    assert heard(world) == before
    assert await world.rows("SELECT kind FROM message WHERE account_id <> '' AND kind <> 'channel.stock'") == []
    assert await world.exceptions() == ["ON_HOLD"], "it waits until the old system works it no more"
    assert await world.audit() == []


async def test_what_has_not_left_goes_on_under_the_hub(world: World) -> None:
    await stocked(world)
    provider_knows(world, "104.95", "64.95")
    case = await world.ask(ADOPT_ORDERS, mid_life())

    await resume(world, case)
    await world.advance(2 * DAY)

    assert world.money("payment.capture") == ["20.00"]
    case = await world.case(case.order_id)
    assert placed(case) == {S.DELIVERED: 3, S.SHIPPED: 1, S.CANCELED: 1}
    assert [one["kind"] for one in reports(world)] == ["SHIPPED", "TRACKING", "TRACKING", "DELIVERED"]
    posted = [(one.detail["kind"], one.detail["total"]) for one in world.effects("double_erp", "erp.post")]
    assert posted == [("SHIPMENT", "20.00"), ("INVOICE", "20.00")]


async def test_an_order_resumes_by_itself_when_it_is_said_to(world: World) -> None:
    await stocked(world)
    provider_knows(world, "104.95", "0")
    adoption = standing("OLD-1", [units(S.RESERVED, 5, "DC-NL")], card=money("104.95"), resume_at=TUESDAY + DAY)
    before = heard(world)
    case = await world.ask(ADOPT_ORDERS, adoption)
    await world.advance(timedelta(hours=20))
    assert heard(world) == [*before, "channel.stock"], "what it claims is not for sale any more"

    await world.advance(3 * DAY)

    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["104.95"]


async def test_units_worked_at_a_node_are_reported_under_the_hub(world: World) -> None:
    await stocked(world)
    provider_knows(world, "104.95", "0")
    at_work = [units(S.PICKED, 3, "DC-NL", "OLD-FO"), units(S.RELEASED, 2, "DC-NL", "OLD-FO")]
    case = await world.ask(ADOPT_ORDERS, standing("OLD-1", at_work, card=money("104.95")))
    (work,) = case.fulfillment_orders
    assert (work.partner_reference, await world.on_shelf("SHIRT", "DC-NL")) == ("OLD-FO", (10, 0, 5))

    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work.fulfillment_order_id, "P1", TUESDAY))
    await world.settle()

    assert await world.on_shelf("SHIRT", "DC-NL") == (5, 0, 0)
    assert world.money("payment.capture") == ["104.95"]
    assert world.effects("double_warehouse", "warehouse.release") == []


async def test_an_order_that_is_over_is_taken_as_closed(world: World) -> None:
    await stocked(world)

    done = await world.ask(
        ADOPT_ORDERS, standing("OLD-1", [], [left("P1", 5, delivered=True)], card=money("104.95", "104.95"))
    )
    dropped = await world.ask(ADOPT_ORDERS, standing("OLD-2", [units(S.CANCELED, 5)]))

    assert (done.order.state, dropped.order.state) == (OrderState.CLOSED, OrderState.CANCELED)
    assert await world.exceptions() == []


async def test_every_kind_of_payment_pays_for_what_has_left(world: World) -> None:
    await stocked(world)
    several = draft(
        "OLD-1",
        [line("SHIRT", 5, "20.00")],
        instruments=[gift_card("30.00"), card("20.00"), prepaid("30.00"), on_terms()],
    )
    gift, visa = money("30.00", "30.00"), money("20.00", "20.00", number=2)
    adoption = replace(
        standing("OLD-1", [units(S.BACKORDERED, 1)], [left("P1", 2), left("P2", 2)], order=several), money=(gift, visa)
    )

    case = await world.ask(ADOPT_ORDERS, adoption)

    paid = [
        (one.kind, one.amount_minor)
        for one in case.payments.transactions
        if one.kind is not TransactionKind.AUTHORIZATION
    ]
    kinds = TransactionKind
    assert paid == [
        (kinds.PREPAYMENT, 3000),
        (kinds.CAPTURE, 3000),
        (kinds.CAPTURE, 1000),
        (kinds.CAPTURE, 1000),
        (kinds.APPLICATION, 3000),
    ]
    assert await world.exceptions() == ["ON_HOLD", "STOCK_SHORT"]


async def test_the_same_order_is_adopted_once_and_another_under_its_reference_is_refused(world: World) -> None:
    await stocked(world)
    first = await world.ask(ADOPT_ORDERS, mid_life())

    again = await world.ask(ADOPT_ORDERS, mid_life())

    assert again.order_id == first.order_id
    other = draft("OLD-1", [line("SHIRT", 1, "20.00")])
    with pytest.raises(ChannelReferenceTaken):
        await world.ask(ADOPT_ORDERS, standing("OLD-1", [units(S.CANCELED, 1)], order=other))
    assert len(await world.rows("SELECT order_id FROM orders")) == 1


@pytest.mark.parametrize(
    ("adoption", "refusal", "said"),
    [
        (standing("X", [units(S.RESERVED, 4, "DC-NL")]), AdoptedUnitsMismatch, "5 units ordered, 4 are stated"),
        (standing("X", [units(S.OPEN, 5), units(S.OPEN, 1, line_number=2)]), AdoptedUnitsMismatch, "Line 2 has 0"),
        (standing("X", [units(S.RESERVED, 5)]), InvalidField, "name their node"),
        (standing("X", [units(S.RESERVED, 5, "NOWHERE")]), UnknownNode, "NOWHERE"),
        (standing("X", [units(S.PICKED, 5, "DC-NL")]), InvalidField, "name the work"),
        (standing("X", [units(S.CANCELED, 5, "DC-NL")]), InvalidField, "at no node"),
        (
            standing("X", [units(S.RESERVED, 5, "DC-NL")], card=money("104.95", "64.95")),
            AdoptedMoneyMismatch,
            "64.95 EUR is captured although nothing has left",
        ),
        (
            standing("X", [units(S.RESERVED, 5, "DC-NL")], card=money("10.00", "20.00")),
            AdoptedMoneyMismatch,
            "captured 20.00 EUR <= authorized 10.00 EUR",
        ),
        (standing("X", [units(S.OPEN, 5)], card=money(number=2)), InvalidField, "holder HUB"),
        (
            standing("X", [units(S.RESERVED, 5, "ST-AMS")]),
            AdoptedStockMissing,
            "0 units of SHIRT free, the order claims 5",
        ),
    ],
)
async def test_an_order_that_does_not_add_up_is_refused_with_what_to_do(
    world: World, adoption: Adoption, refusal: type[Refusal], said: str
) -> None:
    await stocked(world)

    with pytest.raises(refusal, match=said):
        await world.ask(ADOPT_ORDERS, adoption)

    assert await world.rows("SELECT order_id FROM orders") == []
    assert await world.exceptions() == [], "nothing has left, so nobody need look for goods"


async def test_a_refused_order_of_which_goods_have_left_is_named_until_it_is_adopted(world: World) -> None:
    await stocked(world)
    with pytest.raises(AdoptedUnitsMismatch):
        await world.ask(ADOPT_ORDERS, standing("OLD-1", [], [left("P1", 3)], card=money("104.95", "64.95")))
    assert await world.exceptions() == ["ADOPTION_REFUSED"]
    (row,) = await world.rows("SELECT detail, subject FROM exception_record")
    assert row["subject"] == "WEB-NL/OLD-1"
    assert "its goods have left (P1)" in row["detail"]

    mended = standing("OLD-1", [units(S.CANCELED, 2)], [left("P1", 3)], card=money("104.95", "64.95"))
    await world.ask(ADOPT_ORDERS, mended)

    assert await world.exceptions() == []


@pytest.mark.parametrize(
    ("captured", "said", "named"),
    [
        ("44.95", "20.00 EUR has left and was not captured", ["CAPTURE_FAILED", "ON_HOLD"]),
        ("84.95", "20.00 EUR captured beyond what has left", ["ON_HOLD"]),
    ],
)
async def test_money_that_does_not_fit_goods_that_left_is_held_and_named(
    world: World, captured: str, said: str, named: list[str]
) -> None:
    await stocked(world)
    shipped = [left("P1", 3)]

    case = await world.ask(
        ADOPT_ORDERS, standing("OLD-1", [units(S.CANCELED, 2)], shipped, card=money("104.95", captured))
    )

    (held,) = case.holds
    assert (held.type, held.reason) == (HoldType.MANUAL, said)
    assert await world.exceptions() == named


@pytest.mark.parametrize(
    ("captured", "refunded", "authorized", "paid"),
    [
        ("84.95", "20.00", 8495, [(TransactionKind.CAPTURE, 6495)]),
        (
            "84.95",
            "30.00",
            8495,
            [(TransactionKind.CAPTURE, 6495), (TransactionKind.CREDIT, 1000), (TransactionKind.REFUND, 1000)],
        ),
        (
            "64.95",
            "64.95",
            10495,
            [(TransactionKind.CAPTURE, 6495), (TransactionKind.CREDIT, 6495), (TransactionKind.REFUND, 6495)],
        ),
    ],
)
async def test_what_was_given_back_is_a_fact_too(
    world: World, captured: str, refunded: str, authorized: int, paid: list[tuple[TransactionKind, int]]
) -> None:
    await stocked(world)
    card_ = money("104.95", captured, refunded)

    case = await world.ask(
        ADOPT_ORDERS, standing("OLD-1", [units(S.CANCELED, 2)], [left("P1", 3, delivered=True)], card=card_)
    )

    assert (case.order.state, case.holds) == (OrderState.CLOSED, ())
    steps = {(one.kind, one.amount_minor) for one in case.payments.transactions}
    assert steps == {(TransactionKind.AUTHORIZATION, authorized), *paid}
    assert heard(world) == ["channel.stock"]


async def test_what_nobody_acts_on_holds_an_adopted_order_too(world: World) -> None:
    await stocked(world)
    adoption = standing("OLD-1", [units(S.RESERVED, 5, "DC-NL")], card=money("104.95"))
    fact = UnreadFact("$.wish", "", "no list names it")

    case = await world.ask(ADOPT_ORDERS, replace(adoption, draft=replace(adoption.draft, unread_facts=(fact,))))

    assert [one.reason for one in case.holds if one.type is HoldType.UNREAD_FACT] == ["$.wish: no list names it"]


async def test_what_is_not_authorized_is_held_and_asked_for_once_resolved(world: World) -> None:
    await stocked(world)
    case = await world.ask(ADOPT_ORDERS, standing("OLD-1", [units(S.RESERVED, 5, "DC-NL")]))
    assert [one.type for one in case.holds] == [HoldType.PAYMENT, HoldType.MANUAL]

    await resume(world, case)
    await world.advance(2 * DAY)

    assert world.money("payment.authorize") == ["104.95"]
    assert world.money("payment.capture") == ["104.95"]


async def test_holds_of_the_old_system_hold_here(world: World) -> None:
    await stocked(world)
    held = AdoptedHold(HoldType.FRAUD, "screening scored 91")
    adoption = standing(
        "OLD-1", [units(S.RESERVED, 5, "DC-NL")], card=money("104.95"), holds=(held,), resume_at=TUESDAY
    )

    case = await world.ask(ADOPT_ORDERS, adoption)
    await world.advance(DAY)

    assert placed(await world.case(case.order_id)) == {S.RESERVED: 5}


async def test_parcels_of_an_adopted_order_are_followed_by_their_tracking_numbers(world: World) -> None:
    await stocked(world)
    case = await world.ask(ADOPT_ORDERS, mid_life())

    assert FulfillmentLine(1, 1, "SHIRT") in case.shipments[1].lines
    (row,) = await world.rows("SELECT order_id FROM shipment WHERE tracking_number = 'OLD-P2'")
    assert row["order_id"] == case.order_id


def reports(world: World) -> list[dict[str, object]]:
    return [dict(one.detail) for one in world.effects("double_channel", "channel.progress")]
