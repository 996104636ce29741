"""Nodes that ship so many orders a day: who comes later goes to another node, or leaves on another day."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hub.api.orders.changes import CANCEL_LINES
from hub.cases.case import Case
from hub.kernel.errors import StateChanged
from hub.orders.model import CancelRequest
from tests.support.drafts import draft, line
from tests.support.world import World, hub_on

TODAY, TOMORROW = date(2026, 11, 17), date(2026, 11, 18)
LIMITED: dict[str, Any] = {"ST-AMS": {"daily_capacity": 10}}


async def ordered(world: World, count: int, first: int = 1) -> list[Case]:
    return [await world.place(draft(f"W-{number}", [line("MUG", 1)])) for number in range(first, first + count)]


async def used(world: World) -> dict[tuple[str, date], int]:
    rows = await world.rows("SELECT node_id, day, used FROM capacity")
    return {(row["node_id"], row["day"]): row["used"] for row in rows}


def nodes(cases: list[Case]) -> Counter[str | None]:
    return Counter(slice_.node_id for case in cases for slice_ in case.slices)


async def test_scenario_17_the_11th_order_goes_to_the_next_best_node_and_a_cancel_frees_a_place(world: World) -> None:
    await world.network(nodes=LIMITED)
    await world.stock("MUG", "ST-AMS", 50)
    await world.stock("MUG", "DC-NL", 50)

    first = await ordered(world, 10)
    eleventh = await ordered(world, 1, first=11)
    assert (nodes(first), nodes(eleventh)) == (Counter({"ST-AMS": 10}), Counter({"DC-NL": 1}))
    assert await used(world) == {("ST-AMS", TODAY): 10}

    await world.ask(CANCEL_LINES, CancelRequest(first[0].order_id, "changed my mind"))
    assert await used(world) == {("ST-AMS", TODAY): 9}
    assert nodes(await ordered(world, 2, first=12)) == Counter({"ST-AMS": 1, "DC-NL": 1})
    assert await world.audit() == []


async def test_scenario_17_50_concurrent_orders_of_two_hubs_never_put_11_on_a_node(world: World) -> None:
    await world.network(nodes=LIMITED)
    await world.stock("MUG", "ST-AMS", 50)
    await world.stock("MUG", "DC-NL", 50)
    async with hub_on(world.database, world.doubles, name="other", first_id=1_000_000) as other:
        await other.surroundings.network.refresh()
        placed = await asyncio.gather(
            *((world, other)[number % 2].place(draft(f"W-{number}", [line("MUG", 1)])) for number in range(50)),
            return_exceptions=True,
        )
    cases = [one for one in placed if isinstance(one, Case)]

    assert all(isinstance(one, Case | StateChanged) for one in placed)
    assert nodes(cases)["ST-AMS"] == 10
    assert await used(world) == {("ST-AMS", TODAY): 10}
    assert await world.audit() == []


async def test_where_no_other_node_has_the_units_they_leave_on_the_next_day_with_a_place(world: World) -> None:
    await world.network(nodes={"ST-AMS": {"daily_capacity": 1}})
    await world.stock("MUG", "ST-AMS", 5)

    first, second = await ordered(world, 2)

    assert nodes([first, second]) == Counter({"ST-AMS": 2})
    assert second.order.promises[1] - first.order.promises[1] == timedelta(days=1)
    assert await used(world) == {("ST-AMS", TODAY): 1, ("ST-AMS", TOMORROW): 1}
    await world.advance(timedelta(hours=5))
    released = await world.case(second.order_id)
    assert [one.ship_by.date() for one in released.fulfillment_orders] == [TOMORROW]
    await world.advance(timedelta(days=3))
    assert await world.audit() == []


async def test_units_that_are_sourced_again_take_a_place_where_they_go(world: World) -> None:
    await world.network(nodes=LIMITED)
    await world.stock("MUG", "DC-NL", 1, there=0)
    (case,) = await ordered(world, 1)
    await world.stock("MUG", "ST-AMS", 5)
    await world.advance(timedelta(days=2))

    sent = await world.case(case.order_id)
    assert {one.node_id for one in sent.shipments} == {"ST-AMS"}
    assert list((await used(world)).values()) == [1]
    assert await world.audit() == []
