"""Orders that may not go on by themselves: a person decides, and stock and money follow."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from hub.api.orders.changes import RESOLVE_HOLD
from hub.cases.case import Case
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.errors import HoldAlreadyEnded
from hub.holds.model import HoldStatus, HoldType
from hub.orders.lifecycle import OrderState
from hub.orders.model import StatedTotals, UnreadFact
from tests.support.drafts import card, contact, draft, line
from tests.support.world import World


async def test_an_order_under_review_keeps_its_stock_and_ships_once_approved(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    placed = await world.place(draft("W-60", [line("RING", 1, "80.00")], customer=contact("Review Me")))
    await world.advance(timedelta(minutes=25))
    assert await world.on_shelf("RING", "DC-NL") == (1, 1, 0)
    assert await world.exceptions() == ["ON_HOLD"]

    case = await resolve(world, placed.order_id, HoldType.FRAUD, HoldStatus.RESOLVED)
    assert case.order.state is OrderState.PLACED
    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["80.00"]
    assert await world.exceptions() == []


async def test_an_order_whose_hold_is_rejected_gives_back_stock_and_money(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    placed = await world.place(draft("W-61", [line("RING", 1, "80.00")], customer=contact("Review Me")))
    await world.settle()

    await resolve(world, placed.order_id, HoldType.FRAUD, HoldStatus.REJECTED)
    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.REJECTED
    assert world.money("payment.reverse") == ["80.00"]
    assert await world.on_shelf("RING", "DC-NL") == (1, 0, 0)
    assert await world.exceptions() == []
    with pytest.raises(HoldAlreadyEnded):
        await resolve(world, placed.order_id, HoldType.FRAUD, HoldStatus.RESOLVED)


async def test_an_order_that_screening_rejects_gives_back_stock_and_money(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    placed = await world.place(draft("W-62", [line("RING", 1, "80.00")], customer=contact("Fraud Ster")))

    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.REJECTED
    assert world.money("payment.authorize") == world.money("payment.reverse") == ["80.00"]
    assert await world.on_shelf("RING", "DC-NL") == (1, 0, 0)
    assert world.effects("double_warehouse", "warehouse.release") == []


async def test_an_order_whose_source_states_what_nobody_acts_on_waits_for_a_person(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    facts = [UnreadFact(f"$.wish[{number}]", "'gift'", "no list names wishes") for number in range(3)]
    facts += [UnreadFact(f"$.fact_{number}", "", f"no list names fact_{number}") for number in range(21)]
    placed = await world.place(replace(draft("W-66", [line("RING", 1, "80.00")]), unread_facts=tuple(facts)))
    await world.advance(timedelta(days=1))

    (hold,) = (await world.case(placed.order_id)).holds
    assert (hold.type, hold.status) == (HoldType.UNREAD_FACT, HoldStatus.ACTIVE)
    assert hold.reason.startswith(
        "$.wish[0] 'gift': no list names wishes (and at 2 more places); $.fact_0: no list names fact_0; "
    )
    assert hold.reason.endswith("$.fact_18: no list names fact_18; and 2 more")
    assert world.effects("double_warehouse", "warehouse.release") == []

    await resolve(world, placed.order_id, HoldType.UNREAD_FACT, HoldStatus.RESOLVED)
    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_a_declined_card_holds_the_order_with_its_stock_and_names_it(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    placed = await world.place(draft("W-63", [line("RING", 1, "80.00")], instruments=[card(token="tok_declined_1")]))

    await world.advance(timedelta(days=1))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.PLACED
    assert [one.type for one in case.holds] == [HoldType.PAYMENT]
    assert await world.exceptions() == ["ON_HOLD"]
    assert await world.on_shelf("RING", "DC-NL") == (1, 1, 0)


async def test_a_payment_hold_resolved_asks_the_provider_again(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    declining = {"cards": {"declined_tokens": ["tok_visa"]}}
    await world.network(profiles=declining)
    placed = await world.place(draft("W-64", [line("RING", 1, "80.00")]))
    await world.settle()
    await resolve(world, placed.order_id, HoldType.PAYMENT, HoldStatus.RESOLVED)
    await world.settle()
    assert await world.exceptions() == ["ON_HOLD"]

    await world.network()
    await resolve(world, placed.order_id, HoldType.PAYMENT, HoldStatus.RESOLVED)
    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.authorize") == ["80.00"]
    assert world.money("payment.capture") == ["80.00"]
    assert await world.exceptions() == []


async def test_totals_that_do_not_add_up_are_named_and_the_order_ships_once_a_person_agrees(world: World) -> None:
    await world.stock("RING", "DC-NL", 2)
    stated = StatedTotals(grand_minor=16500)
    placed = await world.place(draft("W-65", [line("RING", 2, "80.00")], shipping="4.00", stated=stated))
    (held,) = placed.holds
    assert held.type is HoldType.MANUAL
    assert "stated 165.00 EUR" in held.reason
    assert "difference 1.00 EUR" in held.reason
    await world.settle()
    assert world.effects("double_warehouse") == []

    await resolve(world, placed.order_id, HoldType.MANUAL, HoldStatus.RESOLVED)
    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["164.00"]


async def test_what_no_instrument_covers_is_shipped_and_named(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    placed = await world.place(draft("W-66", [line("RING", 1, "80.00")], instruments=[card("70.00")]))
    await resolve(world, placed.order_id, HoldType.MANUAL, HoldStatus.RESOLVED)

    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["70.00"]
    assert await world.exceptions() == ["CAPTURE_FAILED"]


async def test_a_rule_of_the_channel_can_ask_for_a_person(world: World) -> None:
    await world.network(channel={"hold_rule": "order.grand_total_minor > 5000"})
    await world.stock("RING", "DC-NL", 2)

    large = await world.place(draft("W-67", [line("RING", 1, "80.00")]))
    small = await world.place(draft("W-68", [line("RING", 1, "20.00")]))

    assert [one.type for one in large.holds] == [HoldType.MANUAL]
    assert small.holds == ()


async def resolve(world: World, order_id: UUID, hold_type: HoldType, status: HoldStatus) -> Case:
    """A person's word on the newest hold of a type."""
    case = await world.case(order_id)
    held = [one for one in case.holds if one.type is hold_type]
    newest = next((one for one in held if one.status is HoldStatus.ACTIVE), held[-1])
    return await world.ask(RESOLVE_HOLD, HoldDecision(order_id, newest.hold_id, status))
