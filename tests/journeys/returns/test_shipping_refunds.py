"""Shipping goes back once all goods of an order came back, before or after the rest of it was canceled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.fulfillment.changes import WRITE_OFF
from hub.api.orders.changes import CANCEL_LINES
from hub.cases.case import Case
from hub.fulfillment.model import WriteOff
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.returns.model import Resolution, ShippingRefund
from tests.support.drafts import draft, line
from tests.support.returns import bring_back, delivered, policy
from tests.support.world import TUESDAY, World


@pytest.fixture
async def half(world: World) -> Case:
    """An order of two units and 4.95 for shipping, of which one came and one waits for stock."""
    await policy(world, shipping=ShippingRefund.WHEN_ALL_RETURNED)
    await world.stock("MUG", "DC-NL", 1)
    await world.items("CUP")
    lines = [line("MUG", 1, "10.00"), line("CUP", 1, "10.00")]
    case = await delivered(world, draft("W-1", lines, shipping="4.95", shortage_policy=ShortagePolicy.BACKORDER))
    assert len(case.shipments) == 1
    return case


async def cancel(world: World, case: Case) -> None:
    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "changed mind", ()))
    await world.settle()


async def ends(world: World, case: Case) -> None:
    await world.advance(timedelta(days=2))
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert await world.audit() == []


async def test_what_came_back_before_the_rest_was_canceled_takes_shipping_with_it(world: World, half: Case) -> None:
    await bring_back(world, half.order_id)
    assert world.money("payment.refund") == ["10.00"]

    await cancel(world, half)

    assert world.money("payment.refund") == ["10.00", "4.95"]
    await ends(world, half)


async def test_what_comes_back_after_the_rest_was_canceled_takes_shipping_with_it(world: World, half: Case) -> None:
    await cancel(world, half)

    await bring_back(world, half.order_id)

    assert world.money("payment.refund") == ["14.95"]
    await ends(world, half)


async def test_shipping_is_credited_as_the_return_was(world: World, half: Case) -> None:
    await bring_back(world, half.order_id, resolution=Resolution.STORE_CREDIT)

    await cancel(world, half)

    kinds = [one.kind.value for one in (await world.case(half.order_id)).payments.transactions if one.credit_id]
    assert kinds == ["STORE_CREDIT", "STORE_CREDIT"]
    assert world.money("payment.refund") == []
    await ends(world, half)


async def test_no_shipping_is_given_back_where_the_policy_keeps_it_or_goods_stay(world: World, half: Case) -> None:
    await policy(world)
    await bring_back(world, half.order_id)

    await cancel(world, half)

    assert world.money("payment.refund") == ["10.00"]
    await ends(world, half)


async def test_units_canceled_at_their_latest_date_take_shipping_with_them(world: World) -> None:
    await policy(world, shipping=ShippingRefund.WHEN_ALL_RETURNED)
    await world.stock("MUG", "DC-NL", 1)
    until = TUESDAY + timedelta(days=7)
    await world.items("CUP")
    lines = [line("MUG", 1, "10.00"), line("CUP", 1, "10.00", cancel_after=until)]
    case = await delivered(world, draft("W-1", lines, shipping="4.95", shortage_policy=ShortagePolicy.BACKORDER))
    await bring_back(world, case.order_id)

    await world.advance(timedelta(days=7))

    assert world.money("payment.refund") == ["10.00", "4.95"]
    await ends(world, case)


@pytest.mark.parametrize("first", ["returned", "lost"])
async def test_goods_of_which_part_came_back_and_part_was_lost_take_shipping_with_them(
    world: World, half: Case, first: str
) -> None:
    await world.stock("CUP", "DC-NL", 1)
    await world.advance(timedelta(hours=12))
    lost = next(one.shipment_id for one in (await world.case(half.order_id)).shipments if one.delivered_at is None)

    for step in ("returned", "lost") if first == "returned" else ("lost", "returned"):
        if step == "returned":
            await bring_back(world, half.order_id)
        else:
            await world.ask(WRITE_OFF, WriteOff(lost, "the carrier lost it"))
            await world.settle()

    assert sorted(world.money("payment.refund")) == ["10.00", "14.95"]
    await ends(world, half)
