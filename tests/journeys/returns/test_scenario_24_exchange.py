"""Scenario 24: a shoe of 80.00 is exchanged for one of 95.00, sent first; and exchanges that wait for the old goods."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hub.cases.case import Case
from hub.cases.returns.return_cases import ReturnResult
from hub.orders.lifecycle import OrderState
from hub.orders.model import LineDraft
from hub.returns.lifecycle import ReturnState
from hub.returns.model import Exchange, Resolution, Verdict
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.returns import authorize, balance, delivered, dispose, inspect, receive, request, states
from tests.support.world import World


async def test_scenario_24_the_difference_is_collected_and_the_rest_charged_on_day_21_and_refunded_on_day_22(
    world: World,
) -> None:
    case = await bought(world)
    back, new = await exchanged(world, case, "95.00", advance=True)

    await world.advance(timedelta(days=3))
    assert world.money("payment.authorize") == ["80.00", "95.00"]
    assert world.money("payment.capture") == ["80.00", "15.00"]
    assert await states(world, new) == {SliceState.DELIVERED: 1}
    assert (await world.case(new)).order.state is OrderState.CONFIRMED

    await world.advance(timedelta(days=17, hours=23))
    assert world.money("payment.capture") == ["80.00", "15.00"]
    await world.advance(timedelta(hours=1))
    assert world.money("payment.capture") == ["80.00", "15.00", "80.00"]
    assert (await world.case(new)).order.state is OrderState.CLOSED

    await world.advance(timedelta(days=1))
    await receive(world, back)
    await inspect(world, back)
    await dispose(world, back)
    await world.settle()
    assert world.money("payment.refund") == ["80.00"]
    assert world.money("payment.reverse") == []
    assert await world.on_shelf("SHOE-80", "DC-NL") == (1, 0, 0)
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert [await balance(world, one) for one in ("customer", "exchange")] == [0, 0]


async def test_scenario_24_back_in_time_the_old_pair_pays_and_the_hold_on_the_card_is_given_back(world: World) -> None:
    case = await bought(world)
    back, new = await exchanged(world, case, "95.00", advance=True)
    await world.advance(timedelta(days=5))

    await receive(world, back)
    await inspect(world, back)
    closed = await dispose(world, back)
    await world.settle()

    assert closed.rma.state is ReturnState.CLOSED
    assert world.money("payment.capture") == ["80.00", "15.00"]
    assert world.money("payment.refund") == []
    assert world.money("payment.reverse") == ["80.00"]
    assert (await world.case(new)).order.state is OrderState.CLOSED
    assert [await balance(world, one) for one in ("customer", "exchange")] == [0, 0]


async def test_an_old_pair_taken_back_for_less_leaves_the_difference_to_the_card(world: World) -> None:
    case = await bought(world)
    back, new = await exchanged(world, case, "95.00", advance=True)
    await world.advance(timedelta(days=5))

    await receive(world, back)
    await inspect(world, back, Verdict.ACCEPTED_REDUCED, reduction_minor=3000)
    await dispose(world, back)
    await world.settle()

    assert world.money("payment.capture") == ["80.00", "15.00", "30.00"]
    assert world.money("payment.reverse") == ["50.00"]
    assert (await world.case(new)).order.state is OrderState.CLOSED


async def test_an_even_exchange_waits_for_the_old_goods_and_costs_nothing(world: World) -> None:
    case = await bought(world)
    back, new = await exchanged(world, case, "80.00")
    await world.advance(timedelta(days=2))
    assert await states(world, new) == {SliceState.RESERVED: 1}

    await receive(world, back)
    await inspect(world, back)
    await dispose(world, back)
    await world.settle()
    assert await states(world, new) == {SliceState.RELEASED: 1}
    assert (await world.case(new)).order.promises == {1: datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)}
    await world.advance(timedelta(days=4))

    assert await states(world, new) == {SliceState.DELIVERED: 1}
    assert [world.money("payment.capture"), world.money("payment.refund")] == [["80.00"], []]
    assert (await world.case(new)).order.state is OrderState.CLOSED
    assert [await balance(world, one) for one in ("customer", "exchange")] == [0, 0]


async def test_an_exchange_for_something_cheaper_refunds_the_difference(world: World) -> None:
    case = await bought(world)
    back, new = await exchanged(world, case, "60.00")

    await receive(world, back)
    await inspect(world, back)
    await dispose(world, back)
    await world.advance(timedelta(days=2))

    assert await states(world, new) == {SliceState.DELIVERED: 1}
    assert world.money("payment.refund") == ["20.00"]


async def test_what_never_came_back_cancels_the_new_goods_that_waited_for_it(world: World) -> None:
    case = await bought(world)
    _, new = await exchanged(world, case, "95.00")

    await world.advance(timedelta(days=21))

    assert (await world.case(new)).order.state is OrderState.CANCELED
    assert world.money("payment.capture") == ["80.00"]


async def test_without_stock_for_it_an_exchange_becomes_a_refund_and_a_person_is_told(world: World) -> None:
    case = await bought(world, new_stock=0)
    asked = Exchange((LineDraft("SHOE-95", 1, Decimal("95.00")),))
    back = await authorize(world, request(case.order_id, resolution=Resolution.EXCHANGE, exchange=asked))
    await world.settle()
    assert await world.exceptions() == ["RETURN_TO_DECIDE"]

    await receive(world, back)
    await inspect(world, back)
    await world.settle()

    assert world.money("payment.refund") == ["80.00"]


async def bought(world: World, *, new_stock: int = 1) -> Case:
    await world.network(profiles={"cards": {"authorization_days": 30}})
    await world.stock("SHOE-80", "DC-NL", 1)
    await world.items("SHOE-95")
    if new_stock:
        await world.stock("SHOE-95", "DC-NL", new_stock)
    return await delivered(world, draft("W-24", [line("SHOE-80", 1, "80.00")]))


async def exchanged(world: World, case: Case, price: str, *, advance: bool = False) -> tuple[ReturnResult, UUID]:
    asked = Exchange((LineDraft("SHOE-95", 1, Decimal(price)),), advance=advance)
    back = await authorize(world, request(case.order_id, resolution=Resolution.EXCHANGE, exchange=asked))
    await world.settle()
    rows = await world.rows("SELECT exchange_order_id FROM return_authorization")
    new: UUID = rows[0]["exchange_order_id"]
    return back, new
