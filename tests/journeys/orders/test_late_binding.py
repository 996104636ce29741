"""Dated lines are bound as their day comes: from where they ship for least by then, with their promise kept.

A parcel costs 6.00 from DC-NL, where the cup lies as the order is placed, and 5.00 from ST-AMS, where one comes later.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hub.api.orders.changes import HOLD_ORDER
from hub.cases.case import Case
from hub.flows.orders.hold_orders import HoldOrder
from hub.holds.model import HoldType
from hub.sourcing.operations import last_of_order
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

WEEK = timedelta(days=7)


async def dated(world: World, **changes: Any) -> Case:
    """An order of a cup that may leave in a week, and a cup that came to a cheaper node meanwhile."""
    await world.network(**changes)
    await world.stock("CUP", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("CUP", ship_not_before=TUESDAY + WEEK)]))
    await world.advance(timedelta(days=1))
    await world.stock("CUP", "ST-AMS", 1)
    assert (placed.slices[0].node_id, (await world.case(placed.order_id)).fulfillment_orders) == ("DC-NL", ())
    return placed


async def test_a_dated_order_ships_from_the_node_that_is_cheapest_as_its_day_comes(world: World) -> None:
    placed = await dated(world)

    await world.advance(WEEK)

    after = await world.case(placed.order_id)
    assert [one.node_id for one in after.fulfillment_orders] == ["ST-AMS"]
    assert after.order.promises == placed.order.promises
    assert (await world.events(placed.order_id)).count("UnitsSourcedAgain") == 1
    assert (await world.on_shelf("CUP", "DC-NL"))[:2] == (1, 0)
    async with world.database.reading() as tx:
        decision = await last_of_order(tx, placed.order_id)
    assert decision is not None
    assert decision.plan.explanation.startswith("Sourced again as it could leave, for 5.00 EUR instead of 6.00 EUR")
    assert await world.audit() == []


async def test_of_two_orders_that_want_one_unit_one_moves_and_both_ship(world: World) -> None:
    first = await dated(world)
    await world.stock("CUP", "DC-NL", 1)
    later = [line("CUP", ship_not_before=TUESDAY + WEEK)]
    await world.stock("CUP", "ST-AMS", -1)
    second = await world.place(draft("W-2", later))
    await world.stock("CUP", "ST-AMS", 1)

    await world.advance(WEEK)

    after = [await world.case(case.order_id) for case in (first, second)]
    assert sorted(one.node_id for case in after for one in case.fulfillment_orders) == ["DC-NL", "ST-AMS"]
    assert await world.audit() == []


async def test_it_stays_where_the_cheaper_node_would_break_its_promise(world: World) -> None:
    placed = await dated(world, nodes={"ST-AMS": {"processing_days": {"": 3}}})

    await world.advance(WEEK)

    after = await world.case(placed.order_id)
    assert [one.node_id for one in after.fulfillment_orders] == ["DC-NL"]
    assert "UnitsSourcedAgain" not in await world.events(placed.order_id)
    assert await world.audit() == []


async def test_it_stays_where_no_node_is_cheaper(world: World) -> None:
    placed = await dated(world, nodes={"ST-AMS": {"closed": True}})

    await world.advance(WEEK)

    assert [one.node_id for one in (await world.case(placed.order_id)).fulfillment_orders] == ["DC-NL"]


async def test_an_order_on_hold_is_not_moved(world: World) -> None:
    placed = await dated(world)
    await world.ask(HOLD_ORDER, HoldOrder(placed.order_id, HoldType.MANUAL, "a person looks at it"))

    await world.advance(WEEK)

    after = await world.case(placed.order_id)
    assert (after.fulfillment_orders, after.slices[0].node_id) == ((), "DC-NL")
    assert await world.audit() == []
