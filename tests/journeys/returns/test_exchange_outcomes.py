"""What becomes of an exchange when the old goods do not come, bring too little, or pay for nothing any more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import CANCEL_LINES
from hub.api.returns.return_changes import CANCEL_RETURNS
from hub.cases.case import Case
from hub.cases.returns.return_cases import ReturnResult
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest, InstrumentDraft, LineDraft
from hub.returns.model import Exchange, Resolution, Verdict
from hub.slices.lifecycle import SliceState
from tests.support.drafts import card, draft, line, on_terms
from tests.support.returns import authorize, balance, delivered, dispose, inspect, receive, request, states
from tests.support.world import World

Ending = Callable[[World, ReturnResult], Awaitable[object]]


async def canceled(world: World, back: ReturnResult) -> None:
    await world.ask(CANCEL_RETURNS, back.rma.return_id)


async def expired(world: World, back: ReturnResult) -> None:
    await world.advance(timedelta(days=22))


async def rejected(world: World, back: ReturnResult) -> None:
    await receive(world, back)
    await inspect(world, back, Verdict.REJECTED)
    await dispose(world, back)


async def bought(world: World, price: str, instrument: InstrumentDraft | None = None) -> Case:
    await world.network(profiles={"cards": {"authorization_days": 30}})
    await world.stock("OLD", "DC-NL", 1)
    await world.stock("NEW", "DC-NL", 1)
    return await delivered(world, draft("W-24", [line("OLD", 1, price)], instruments=[instrument or card()]))


async def exchanged(world: World, case: Case, price: str, *, advance: bool = False) -> tuple[ReturnResult, UUID]:
    wanted = Exchange((LineDraft("NEW", 1, Decimal(price)),), advance=advance)
    back = await authorize(world, request(case.order_id, resolution=Resolution.EXCHANGE, exchange=wanted))
    await world.settle()
    (row,) = await world.rows("SELECT exchange_order_id FROM return_authorization")
    return back, row["exchange_order_id"]


async def reduced(world: World, back: ReturnResult, cents: int) -> None:
    await receive(world, back)
    await inspect(world, back, Verdict.ACCEPTED_REDUCED, reduction_minor=cents)
    await dispose(world, back)
    await world.settle()


@pytest.mark.parametrize("ended", [canceled, expired, rejected])
@pytest.mark.parametrize(("old", "new"), [("80.00", "0.00"), ("0.00", "0.00"), ("0.00", "40.00"), ("80.00", "80.00")])
async def test_an_exchange_whose_old_goods_are_not_taken_back_is_canceled_whatever_they_are_worth(
    world: World, old: str, new: str, ended: Ending
) -> None:
    case = await bought(world, old)
    back, new_order = await exchanged(world, case, new)

    await ended(world, back)
    await world.advance(timedelta(days=2))

    assert (await world.case(new_order)).order.state is OrderState.CANCELED
    assert await states(world, new_order) == {SliceState.CANCELED: 1}
    assert world.money("payment.capture") == (["80.00"] if old == "80.00" else [])


async def test_goods_that_are_worth_nothing_and_came_back_release_what_they_are_exchanged_for(world: World) -> None:
    case = await bought(world, "0.00")
    back, new_order = await exchanged(world, case, "0.00")

    await receive(world, back)
    await inspect(world, back)
    await dispose(world, back)
    await world.advance(timedelta(days=2))

    assert await states(world, new_order) == {SliceState.DELIVERED: 1}


async def test_a_return_given_up_before_its_exchange_is_placed_cancels_that_too(world: World) -> None:
    case = await bought(world, "80.00")
    wanted = Exchange((LineDraft("NEW", 1, Decimal("80.00")),), advance=True)
    back = await authorize(world, request(case.order_id, resolution=Resolution.EXCHANGE, exchange=wanted))

    await canceled(world, back)
    await world.advance(timedelta(days=2))

    (row,) = await world.rows("SELECT exchange_order_id FROM return_authorization")
    assert (await world.case(row["exchange_order_id"])).order.state is OrderState.CANCELED
    assert world.money("payment.capture") == ["80.00"]


async def test_what_the_old_goods_bring_too_little_is_charged_before_the_new_ones_leave(world: World) -> None:
    case = await bought(world, "80.00")
    back, new_order = await exchanged(world, case, "80.00")

    await reduced(world, back, 3000)
    await world.advance(timedelta(days=2))

    assert await states(world, new_order) == {SliceState.DELIVERED: 1}
    assert world.money("payment.authorize") == ["80.00", "30.00"]
    assert world.money("payment.capture") == ["80.00", "30.00"]
    assert await world.exceptions() == []
    assert [await balance(world, one) for one in ("customer", "exchange", "uncollectable")] == [0, 0, 0]


async def test_on_terms_what_the_old_goods_bring_too_little_is_invoiced(world: World) -> None:
    case = await bought(world, "80.00", on_terms())
    back, new_order = await exchanged(world, case, "80.00")

    await reduced(world, back, 3000)
    await world.advance(timedelta(days=2))

    assert await states(world, new_order) == {SliceState.DELIVERED: 1}
    assert [await balance(world, one) for one in ("customer", "exchange", "uncollectable")] == [0, 0, 0]


async def test_a_declined_difference_holds_the_new_goods_and_says_so(world: World) -> None:
    case = await bought(world, "80.00")
    back, new_order = await exchanged(world, case, "80.00")
    world.doubles.fault("double_payment", "Authorize", FaultKind.REFUSE)

    await reduced(world, back, 3000)

    holds = {one.type.value: one.reason for one in (await world.case(new_order)).holds}
    assert holds["CUSTOMER_CHANGE"] == "waits for 30.00 EUR that the goods brought too little to be authorized"
    assert "PAYMENT" in holds
    assert await states(world, new_order) == {SliceState.RESERVED: 1}


async def test_goods_that_came_back_for_what_is_canceled_then_are_refunded(world: World) -> None:
    case = await bought(world, "80.00")
    back, new_order = await exchanged(world, case, "80.00")
    await receive(world, back)
    await inspect(world, back)
    await world.ask(CANCEL_LINES, CancelRequest(new_order, "the customer changed their mind"))

    await dispose(world, back)
    await world.advance(timedelta(days=1))

    assert (await world.case(new_order)).order.state is OrderState.CANCELED
    assert world.money("payment.refund") == ["80.00"]
    assert await world.exceptions() == []
    assert [await balance(world, one) for one in ("customer", "exchange")] == [0, 0]
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
