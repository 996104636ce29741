"""Customers are credited with what they paid, in whatever ways and order: never with more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.returns.return_changes import GRANT_CREDITS
from hub.cases.case import Case
from hub.orders.model import LineDraft
from hub.returns.errors import CreditExceedsPaid
from hub.returns.model import CreditRequest, Exchange, Resolution
from tests.support.drafts import draft, line
from tests.support.returns import authorize, balance, bring_back, credited, delivered, inspect, receive, request, sold
from tests.support.world import World

Giving = Callable[[World, Case], Awaitable[object]]


async def grant(world: World, order_id: UUID, cents: int, resolution: Resolution = Resolution.REFUND) -> None:
    await world.ask(GRANT_CREDITS, CreditRequest(order_id, cents, "EUR", "late", resolution))
    await world.settle()


async def in_store_credit(world: World, case: Case) -> None:
    await grant(world, case.order_id, 5000, Resolution.STORE_CREDIT)


async def to_the_card(world: World, case: Case) -> None:
    await grant(world, case.order_id, 5000)


async def for_goods(world: World, case: Case) -> None:
    await bring_back(world, case.order_id, resolution=Resolution.STORE_CREDIT)


async def by_an_even_exchange(world: World, case: Case) -> None:
    await world.stock("HAT", "DC-NL", 1)
    wanted = Exchange((LineDraft("HAT", 1, Decimal("50.00")),))
    back = await authorize(world, request(case.order_id, resolution=Resolution.EXCHANGE, exchange=wanted))
    await world.settle()
    await receive(world, back)
    await inspect(world, back)
    await world.settle()


@pytest.mark.parametrize("resolution", [Resolution.REFUND, Resolution.STORE_CREDIT])
@pytest.mark.parametrize("given", [in_store_credit, to_the_card, for_goods, by_an_even_exchange])
async def test_who_was_credited_with_all_that_was_paid_is_granted_nothing_more(
    world: World, given: Giving, resolution: Resolution
) -> None:
    case = await sold(world, 1)
    await given(world, case)

    with pytest.raises(CreditExceedsPaid):
        await grant(world, case.order_id, 1, resolution)


async def test_what_was_granted_before_is_taken_off_what_goods_that_come_back_later_are_credited_with(
    world: World,
) -> None:
    case = await sold(world, 2)
    await grant(world, case.order_id, 3000, Resolution.STORE_CREDIT)

    first = await bring_back(world, case.order_id)
    second = await bring_back(world, case.order_id)

    assert [*credited(first), *credited(second)] == [5000, 2000]
    assert [await balance(world, one) for one in ("customer", "appeasement", "store_credit")] == [0, 0, -3000]
    assert world.money("payment.refund") == ["50.00", "20.00"]


async def test_goods_that_nobody_paid_for_bring_no_store_credit(world: World) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.REFUSE)
    await world.stock("SHIRT", "DC-NL", 1)
    case = await delivered(world, draft("W-1", [line("SHIRT", 1, "50.00")]))

    await bring_back(world, case.order_id, resolution=Resolution.STORE_CREDIT)

    assert [await balance(world, one) for one in ("store_credit", "uncollectable", "customer")] == [0, 0, 0]
