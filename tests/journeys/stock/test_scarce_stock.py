"""Orders that want more than there is: refused whole or waiting whole, never negative."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from hub.api.orders.changes import CANCEL_LINES
from hub.cases.case import Case
from hub.cases.intake.waiting import Planned
from hub.flows.orders import release_orders
from hub.flows.orders.hold_orders import HoldOrder, hold_orders
from hub.holds.model import HoldType
from hub.inventory.errors import InsufficientStock
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.slices.lifecycle import SliceState
from tests.support.drafts import bundle, draft, item, line
from tests.support.world import World


async def test_scenario_10_a_bundle_and_a_single_of_one_sku_are_refused_whole(world: World) -> None:
    await world.stock("X", "DC-NL", 2)
    await world.items(bundle("PAIR", {"X": 2}))

    with pytest.raises(InsufficientStock):
        await world.place(draft("W-20", [line("PAIR", 1, "18.00"), line("X", 1, "10.00")]))

    assert await world.on_shelf("X", "DC-NL") == (2, 0, 0)
    assert await world.rows("SELECT FROM orders") == []


async def test_scenario_10_a_bundle_and_a_single_of_one_sku_wait_where_policy_says_so(world: World) -> None:
    await world.stock("X", "DC-NL", 2)
    await world.items(bundle("PAIR", {"X": 2}))
    lines = [line("PAIR", 1, "18.00"), line("X", 1, "10.00")]

    placed = await world.place(draft("W-21", lines, shortage_policy=ShortagePolicy.BACKORDER))
    await world.advance(timedelta(hours=1))

    on_hand, reserved, allocated = await world.on_shelf("X", "DC-NL")
    assert on_hand == 2
    assert 0 <= reserved + allocated <= 2
    assert await world.exceptions() == ["STOCK_SHORT"]

    await world.stock("X", "DC-NL", 1)
    await world.advance(timedelta(days=3))

    case = await world.case(placed.order_id)
    assert case.order.state is OrderState.CLOSED
    assert sum(one.value_minor for one in case.shipments) == 2800
    assert await world.on_shelf("X", "DC-NL") == (0, 0, 0)
    assert await world.exceptions() == []


async def test_scenario_10_with_enough_stock_both_ship(world: World) -> None:
    await world.stock("X", "DC-NL", 3)
    await world.items(bundle("PAIR", {"X": 2}))

    placed = await world.place(draft("W-22", [line("PAIR", 1, "18.00"), line("X", 1, "10.00")]))
    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["28.00"]


async def test_an_order_that_waits_is_released_when_stock_comes(world: World) -> None:
    await world.items("Y")
    placed = await world.place(draft("W-23", [line("Y", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    case = await world.case(placed.order_id)
    assert [(one.state, one.quantity) for one in case.slices] == [(SliceState.BACKORDERED, 2)]
    assert case.order.state is OrderState.CONFIRMED

    await world.stock("Y", "ST-BER", 2)
    await world.settle()
    assert await world.on_shelf("Y", "ST-BER") == (2, 0, 2)

    await world.advance(timedelta(days=4))
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_the_oldest_of_two_waiting_orders_gets_what_comes(world: World) -> None:
    await world.items("Y")
    waits = [draft(f"W-{number}", [line("Y", 2)], shortage_policy=ShortagePolicy.BACKORDER) for number in (24, 25)]
    first = await world.place(waits[0])
    await world.advance(timedelta(hours=1))
    second = await world.place(waits[1])
    await world.settle()

    await world.stock("Y", "DC-NL", 3)
    await world.settle()

    assert {one.state for one in (await world.case(first.order_id)).slices} == {SliceState.RELEASED}
    units = {one.state: one.quantity for one in (await world.case(second.order_id)).slices}
    assert units == {SliceState.RELEASED: 1, SliceState.BACKORDERED: 1}


async def test_of_many_buyers_at_once_exactly_as_many_are_served_as_there_is(world: World) -> None:
    await world.stock("Z", "DC-NL", 10)
    drafts = [draft(f"W-3{number}", [line("Z", 1)]) for number in range(16)]

    answers = await asyncio.gather(*map(world.place, drafts), return_exceptions=True)

    refused = [one for one in answers if isinstance(one, InsufficientStock)]
    assert len(refused) == 6
    assert await world.on_shelf("Z", "DC-NL") == (10, 10, 0)


async def test_of_many_buyers_who_may_wait_those_without_stock_wait_whole(world: World) -> None:
    await world.stock("Z", "DC-NL", 3)
    drafts = [draft(f"W-4{number}", [line("Z", 2)], shortage_policy=ShortagePolicy.BACKORDER) for number in range(8)]

    placed = await asyncio.gather(*map(world.place, drafts))
    await world.settle()

    assert len({one.order_id for one in placed}) == 8
    assert await world.on_shelf("Z", "DC-NL") == (3, 0, 3)


async def test_a_catalog_price_is_taken_where_the_channel_states_none(world: World) -> None:
    await world.stock("P", "DC-NL", 3)
    await world.items(item("P", "7.25"))

    await world.place(draft("W-50", [line("P", 3, None)]))
    await world.advance(timedelta(days=2))

    assert world.money("payment.capture") == ["21.75"]


async def test_units_that_come_twice_at_one_instant_serve_all_who_wait(world: World) -> None:
    await world.items("Y")
    waits = [draft(f"W-{number}", [line("Y", 2)], shortage_policy=ShortagePolicy.BACKORDER) for number in (60, 61)]
    placed = [await world.place(one) for one in waits]
    await world.settle()

    for units in (3, 1):
        await world.stock("Y", "DC-NL", units)
        await world.settle()

    states = {one.state for order in placed for one in (await world.case(order.order_id)).slices}
    assert states == {SliceState.RELEASED}


async def test_units_that_come_are_for_who_waits_also_before_they_are_given_out(world: World) -> None:
    waiting = await waits(world, "W-70", 2)
    await world.stock("Y", "DC-NL", 2)

    with pytest.raises(InsufficientStock):
        await world.place(draft("W-71", [line("Y", 2)]))

    await world.settle()
    assert {one.state for one in (await world.case(waiting.order_id)).slices} == {SliceState.RELEASED}


async def test_a_newcomer_has_what_is_left_over_by_who_waits(world: World) -> None:
    waiting = await waits(world, "W-72", 2)
    await world.stock("Y", "DC-NL", 3)

    placed = await world.place(draft("W-73", [line("Y", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()

    units = {one.state: one.quantity for one in (await world.case(placed.order_id)).slices}
    assert units == {SliceState.RELEASED: 1, SliceState.BACKORDERED: 1}
    assert {one.state for one in (await world.case(waiting.order_id)).slices} == {SliceState.RELEASED}


async def test_an_order_that_waits_under_a_hold_keeps_nothing_from_others(world: World) -> None:
    waiting = await waits(world, "W-74", 2)
    await world.run(hold_orders, [HoldOrder(waiting.order_id, HoldType.MANUAL, "wait")])
    await world.stock("Y", "DC-NL", 2)

    placed = await world.place(draft("W-75", [line("Y", 2)]))
    await world.settle()

    assert {one.state for one in (await world.case(placed.order_id)).slices} == {SliceState.RELEASED}


async def test_an_order_sourced_again_does_not_overtake_one_that_waits_longer(world: World) -> None:
    waiting = await waits(world, "W-76", 2)
    await world.advance(timedelta(hours=1))
    later = await waits(world, "W-77", 2)
    await world.stock("Y", "DC-NL", 2)

    (plan,) = await world.run(release_orders.plan, [later.order_id])

    assert isinstance(plan, Planned)
    assert plan.plan is not None
    assert plan.plan.uncovered == 2
    await world.settle()
    assert {one.state for one in (await world.case(waiting.order_id)).slices} == {SliceState.RELEASED}


async def waits(world: World, reference: str, units: int) -> Case:
    await world.items("Y")
    placed = await world.place(draft(reference, [line("Y", units)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    return placed


@pytest.mark.parametrize("ended", ["canceled", "held"])
async def test_units_kept_for_an_order_that_waits_go_to_the_next_one_when_it_waits_no_more(
    world: World, ended: str
) -> None:
    first, second = await waits(world, "W-78", 2), await waits(world, "W-79", 2)
    await world.stock("Y", "DC-NL", 2)
    await without_retry(world)

    if ended == "canceled":
        await world.ask(CANCEL_LINES, CancelRequest(first.order_id, "changed mind", ()))
    else:
        await world.run(hold_orders, [HoldOrder(first.order_id, HoldType.MANUAL, "wait")])
    await world.settle()

    assert {one.state for one in (await world.case(second.order_id)).slices} == {SliceState.RELEASED}


async def without_retry(world: World) -> None:
    """As if the second order had been tried before the first one ended: its plan left the units to the first."""
    async with world.database.transaction() as tx:
        await tx.execute("DELETE FROM timer WHERE kind = 'retry_waiting'")
