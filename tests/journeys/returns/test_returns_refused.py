"""Goods that may not come back: never shipped, twice, too late, of somebody else, not as agreed; each says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from hub.kernel.errors import CurrencyMismatch, Refusal
from hub.orders.errors import OrderLineNotFound, OrderNotFound
from hub.returns.errors import (
    CustomerMismatch,
    ReductionTooLarge,
    ReturnNotPermitted,
    ReturnPreviewOutdated,
    ReturnWindowClosed,
    UnitsAlreadyReturned,
    UnitsNotDelivered,
    UnitsNotExpected,
    UnitsNotReceived,
)
from hub.returns.lifecycle import ReturnState
from hub.returns.model import (
    ItemCondition,
    RefusalRule,
    Verdict,
)
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.returns import (
    NODE,
    authorize,
    dispose,
    inspect,
    policy,
    receive,
    request,
    sold,
    states,
)
from tests.support.world import World


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (3, UnitsNotDelivered),
        (2, UnitsAlreadyReturned),
    ],
)
async def test_what_was_never_shipped_and_what_came_back_already_is_refused(
    world: World, asked: int, refusal: type[Refusal]
) -> None:
    case = await sold(world, 2)
    await authorize(world, request(case.order_id))

    with pytest.raises(refusal) as refused:
        await authorize(world, request(case.order_id, asked))

    assert refused.value.metadata["possible"] == "1"


async def test_what_is_not_of_the_order_is_refused(world: World) -> None:
    case = await sold(world, 1)

    with pytest.raises(OrderLineNotFound):
        await authorize(world, request(case.order_id, line_number=2))
    with pytest.raises(OrderNotFound):
        await authorize(world, request(world.identity()))
    with pytest.raises(CustomerMismatch):
        await authorize(world, request(case.order_id, customer_email="eve@example.com"))
    known = await authorize(world, request(case.order_id, customer_email=" ADA@example.com "))
    assert known.rma.state is ReturnState.AUTHORIZED


async def test_after_the_window_a_return_is_refused_and_a_credit_is_offered_instead(world: World) -> None:
    await policy(world, window_days=14)
    case = await sold(world, 1)
    await world.advance(timedelta(days=15))

    with pytest.raises(ReturnWindowClosed, match="GrantCredits"):
        await authorize(world, request(case.order_id))


@pytest.mark.parametrize(("at_sale", "later", "days"), [(30, 5, 30), (5, 30, 30), (None, 5, 30), (14, 7, 14)])
async def test_the_window_promised_at_the_sale_holds_unless_a_later_one_is_longer(
    world: World, at_sale: int | None, later: int, days: int
) -> None:
    if at_sale is not None:
        await policy(world, window_days=at_sale)
    await world.stock("SHIRT", NODE, 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")]))
    await world.advance(timedelta(minutes=1))
    await policy(world, window_days=later)
    await world.advance(timedelta(days=2))
    (shipment,) = (await world.case(placed.order_id)).shipments
    assert shipment.delivered_at is not None
    last = shipment.delivered_at + timedelta(days=days)

    await world.advance(last - await world.now())
    assert (await authorize(world, request(placed.order_id))).rma.state is ReturnState.AUTHORIZED
    await world.advance(timedelta(minutes=1))
    with pytest.raises(ReturnWindowClosed, match=f"{days} days after"):
        await authorize(world, request(placed.order_id))


async def test_an_order_of_today_has_the_window_of_today(world: World) -> None:
    await policy(world, window_days=30)
    await world.advance(timedelta(days=1))
    await policy(world, window_days=5)
    await world.advance(timedelta(days=1))
    case = await sold(world, 1)
    await world.advance(timedelta(days=6))

    with pytest.raises(ReturnWindowClosed, match="5 days after"):
        await authorize(world, request(case.order_id))


async def test_a_rule_refuses_with_its_own_words(world: World) -> None:
    rule = RefusalRule("returned.condition == 'USED' && returned.sku == 'SHIRT'", "Worn shirts cannot come back.")
    await policy(world, refusals=(rule,))
    case = await sold(world, 1)
    worn = request(case.order_id)

    with pytest.raises(ReturnNotPermitted, match="Worn shirts"):
        await authorize(world, replace(worn, lines=(replace(worn.lines[0], condition=ItemCondition.USED),)))
    assert (await authorize(world, worn)).rma.policy_id == "usual"


async def test_another_amount_than_agreed_to_is_refused_and_so_is_another_currency(world: World) -> None:
    case = await sold(world, 1)

    with pytest.raises(ReturnPreviewOutdated, match=r"50\.00 EUR"):
        await authorize(world, request(case.order_id, agreed_minor=4000, agreed_currency="EUR"))
    with pytest.raises(CurrencyMismatch):
        await authorize(world, request(case.order_id, agreed_minor=5000, agreed_currency="GBP"))
    agreed = await authorize(world, request(case.order_id, agreed_minor=5000, agreed_currency="EUR"))
    assert agreed.rma.state is ReturnState.AUTHORIZED


async def test_units_are_not_decided_on_before_they_came_and_were_looked_at(world: World) -> None:
    case = await sold(world, 2)
    back = await authorize(world, request(case.order_id, 2))

    with pytest.raises(UnitsNotReceived):
        await inspect(world, back)
    await receive(world, back)
    with pytest.raises(UnitsNotReceived):
        await dispose(world, back)
    with pytest.raises(UnitsNotReceived):
        await inspect(world, back, quantity=2)
    with pytest.raises(ReductionTooLarge):
        await inspect(world, back, Verdict.ACCEPTED_REDUCED, reduction_minor=5001)
    with pytest.raises(CurrencyMismatch):
        await inspect(world, back, Verdict.ACCEPTED_REDUCED, reduction_minor=100, currency="GBP")


async def test_goods_that_came_and_are_not_expected_are_refused_and_kept_as_an_exception(world: World) -> None:
    case = await sold(world, 2)
    back = await authorize(world, request(case.order_id))

    with pytest.raises(UnitsNotExpected):
        await receive(world, back, 2)

    assert await world.exceptions() == ["RETURN_UNEXPECTED"]
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.RETURN_AUTHORIZED: 1}
