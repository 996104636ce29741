"""Plans are made before the transaction: what changed meanwhile is noticed inside it, and nothing is half done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from hub.cases.case import Case
from hub.cases.context import PlanContested, PlanStale
from hub.cases.intake.plan_orders import Planned
from hub.cases.stock import stock
from hub.flows.orders.place_orders import place_orders
from hub.flows.orders.place_orders import plan as plan_places
from hub.flows.orders.release_orders import plan as plan_releases
from hub.flows.orders.release_orders import release_orders
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.model import ShortagePolicy
from hub.orders.errors import OrderNotFound
from hub.orders.model import Draft
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.world import World


async def planned(world: World, drafts: Sequence[Draft]) -> list[Any]:
    async with world.database.reading() as tx:
        return list(await plan_places(await world.surroundings.flow_context(tx, HUB), drafts))


async def placed(world: World, plans: Sequence[Any], *, last: bool) -> list[Case | Refusal]:
    async with world.database.transaction() as tx:
        return await place_orders(await world.surroundings.flow_context(tx, HUB, last=last), plans)


async def test_stock_that_went_meanwhile_makes_a_plan_stale(world: World) -> None:
    await world.stock("A", "DC-NL", 1)
    plans = await planned(world, [draft("P-1", [line("A")])])
    await world.place(draft("P-2", [line("A")]))

    (answer,) = await placed(world, plans, last=False)

    assert isinstance(answer, PlanStale)
    assert await world.rows("SELECT FROM orders WHERE channel_reference = 'P-1'") == []


async def test_stock_that_went_for_good_refuses_the_order_and_leaves_its_neighbors(world: World) -> None:
    await world.stock("A", "DC-NL", 1)
    await world.stock("B", "DC-NL", 1)
    plans = await planned(world, [draft("P-1", [line("A")]), draft("P-3", [line("B")])])
    await world.place(draft("P-2", [line("A")]))

    refused, kept = await placed(world, plans, last=True)

    assert isinstance(refused, InsufficientStock)
    assert isinstance(kept, Case)
    assert await world.on_shelf("B", "DC-NL") == (1, 1, 0)


async def test_what_was_made_ready_for_an_order_without_stock_is_not_recorded(world: World) -> None:
    await world.stock("A", "DC-NL", 1)
    await world.stock("B", "DC-NL", 1)
    plans = await planned(world, [draft("P-1", [line("A")]), draft("P-3", [line("B")])])
    await world.place(draft("P-2", [line("A")]))

    async with world.database.transaction() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        stale, kept = await place_orders(flow, plans)

    assert isinstance(stale, PlanStale)
    assert isinstance(kept, Case)
    assert [one.order_id for one in flow.touched] == [kept.order_id]
    orders = {row["order_id"] for row in await world.rows("SELECT order_id FROM orders")}
    for table in ("slice", "instrument", "event", "decision", "message"):
        found = await world.rows(f"SELECT order_id FROM {table} WHERE order_id IS NOT NULL")
        assert {row["order_id"] for row in found} <= orders, table
    assert await world.audit() == []


async def test_stock_that_went_for_good_lets_the_order_wait_where_it_may(world: World) -> None:
    await world.stock("A", "DC-NL", 1)
    waits = draft("P-1", [line("A")], shortage_policy=ShortagePolicy.BACKORDER)
    plans = await planned(world, [waits])
    await world.place(draft("P-2", [line("A")]))

    (answer,) = await placed(world, plans, last=True)

    assert isinstance(answer, Case)
    case = await world.case(answer.order_id)
    assert [one.state for one in case.slices] == [SliceState.BACKORDERED]
    assert case.order == answer.order
    assert case.order.promises == {}
    assert await world.exceptions() == ["STOCK_SHORT"]


async def test_an_order_that_changed_meanwhile_makes_its_release_stale(world: World) -> None:
    await world.stock("A", "DC-NL", 2)
    order = await world.place(draft("P-1", [line("A", 2)]))
    async with world.database.reading() as tx:
        plans = await plan_releases(await world.surroundings.flow_context(tx, HUB), [order.order_id, world.identity()])
    await world.settle()
    async with world.database.reading() as tx:
        old, unknown = plans
        assert isinstance(unknown, OrderNotFound)
        assert not isinstance(old, Refusal)

    (answer,) = await world.run(release_orders, [old])

    assert isinstance(answer, PlanStale)
    assert len((await world.case(order.order_id)).fulfillment_orders) == 1


@pytest.mark.parametrize("many", [2, 4])
async def test_the_same_reference_several_times_in_one_batch_is_one_order(world: World, many: int) -> None:
    await world.stock("A", "DC-NL", 9)
    stated = draft("P-1", [line("A", 2)])

    answers = await placed(world, await planned(world, [stated] * many), last=True)

    ids = {one.order_id for one in answers if isinstance(one, Case)}
    assert len(answers) == many
    assert len(ids) == 1
    assert await world.on_shelf("A", "DC-NL") == (9, 2, 0)


async def test_a_twin_of_an_order_that_finds_no_stock_is_answered_like_it(world: World) -> None:
    await world.stock("A", "DC-NL", 2)
    stated = draft("P-1", [line("A", 1)])
    plans = await planned(world, [stated, stated])
    await world.place(draft("P-2", [line("A", 2)]))

    answers = await placed(world, plans, last=True)

    assert [type(one) for one in answers] == [InsufficientStock, InsufficientStock]


async def test_a_repeat_of_an_order_that_took_all_there_was_is_answered_with_it(world: World) -> None:
    await world.stock("A", "DC-NL", 2)
    stated = draft("P-1", [line("A", 2)])
    first = await world.place(stated)

    again = await world.place(stated)

    assert again.order_id == first.order_id
    assert await world.on_shelf("A", "DC-NL") == (2, 2, 0)


async def test_repeats_at_once_of_an_order_that_takes_all_there_is_are_answered_with_it(world: World) -> None:
    await world.stock("A", "DC-NL", 2)
    stated = draft("P-1", [line("A", 2)])

    answers = await asyncio.gather(*[world.place(stated) for _ in range(8)])

    assert len({one.order_id for one in answers}) == 1
    assert await world.on_shelf("A", "DC-NL") == (2, 2, 0)


async def test_who_lacks_units_only_because_of_those_before_is_planned_after_them(world: World) -> None:
    await world.stock("LAST", "DC-NL", 2)
    drafts = [draft(f"W-{number}", [line("LAST", units)]) for number, units in enumerate((2, 1, 3), 90)]

    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        plans = await plan_places(flow, drafts)

    assert [type(one) for one in plans] == [Planned, PlanContested, InsufficientStock]
    answers = await asyncio.gather(*(world.place(one) for one in drafts), return_exceptions=True)
    assert [type(one) for one in answers] == [Case, InsufficientStock, InsufficientStock]
    assert await world.on_shelf("LAST", "DC-NL") == (2, 2, 0)


async def test_units_that_come_while_others_are_placed_are_not_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.stock("LAST", "DC-NL", 1)
    await world.items("OTHER")
    claim, came = stock.claim, asyncio.Event()

    async def later(*given: Any) -> Any:
        if not came.is_set():
            came.set()
            await world.stock("LAST", "DC-NL", 1)
        return await claim(*given)

    monkeypatch.setattr(stock, "claim", later)
    drafts = [draft(f"W-{number}", [line("LAST", 1)]) for number in (95, 96, 97)]

    answers = await asyncio.gather(*(world.place(one) for one in drafts), return_exceptions=True)

    assert sorted(type(one).__name__ for one in answers) == ["Case", "Case", "InsufficientStock"]
