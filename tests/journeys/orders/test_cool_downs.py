"""Orders placed in one cool-down are sourced again together at its end, and released then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import time, timedelta
from typing import Any

import pytest

from hub.api.orders.changes import CANCEL_LINES, HOLD_ORDER
from hub.api.stock.changes import ADJUST_STOCK
from hub.cases.case import Case
from hub.cases.intake.together import batch_of, switches
from hub.flows.orders.hold_orders import HoldOrder
from hub.flows.orders.source_together import Together, gather, source_together
from hub.holds.model import HoldType
from hub.inventory.model import StockChange
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network.model import SourcingPolicy
from hub.orders.model import CancelRequest
from hub.sourcing.model import Decision
from hub.sourcing.operations import last_of_order
from hub.sourcing.policy.replaying import demands_of, replayed
from hub.tasks.sourcing.cool_downs import solved
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY, World

FIVE_MINUTES = timedelta(minutes=5)
END = TUESDAY + FIVE_MINUTES
POLICY = SourcingPolicy(split_cost=Money(100, "EUR"), cool_down_seconds=300)


async def two_orders(world: World, **changes: Any) -> tuple[Case, Case]:
    """The first takes the only CUP of the store, which the second would need to leave in one parcel."""
    await world.network(channel={"sourcing_policy": POLICY}, **changes)
    for sku, node_id in (("CUP", "ST-AMS"), ("CUP", "DC-NL"), ("JUG", "ST-AMS")):
        await world.stock(sku, node_id, 1)
    first = await world.place(draft("W-1", [line("CUP")]))
    second = await world.place(draft("W-2", [line("CUP"), line("JUG")]))
    await world.settle()
    assert (nodes(first), nodes(second)) == (["ST-AMS"], ["DC-NL", "ST-AMS"])
    return await world.case(first.order_id), await world.case(second.order_id)


def nodes(case: Case) -> list[str | None]:
    return sorted({slice_.node_id for slice_ in case.slices}, key=str)


async def decided(world: World, case: Case) -> Decision:
    async with world.database.reading() as tx:
        decision = await last_of_order(tx, case.order_id)
    assert decision is not None
    return decision


async def test_orders_exchange_what_they_hold_and_leave_in_fewer_parcels(world: World) -> None:
    first, second = await two_orders(world)
    assert first.fulfillment_orders == second.fulfillment_orders == ()

    await world.advance(FIVE_MINUTES)

    after = [await world.case(case.order_id) for case in (first, second)]
    assert [[one.node_id for one in case.fulfillment_orders] for case in after] == [["DC-NL"], ["ST-AMS"]]
    assert [case.order.promises for case in after] == [first.order.promises, second.order.promises]
    assert (await world.on_shelf("CUP", "ST-AMS"), await world.on_shelf("CUP", "DC-NL")) == ((1, 0, 1), (1, 0, 1))
    decision = await decided(world, second)
    assert decision.plan.explanation.startswith("Sourced together with 1 other order and saves 6.00 EUR in all: ST-AMS")
    assert await world.audit() == []


async def test_a_joint_decision_replays(world: World) -> None:
    _, second = await two_orders(world)
    await world.advance(FIVE_MINUTES)

    plan = (await decided(world, second)).plan
    demands = demands_of(plan, {one.line_number: one.sku for one in second.order.lines})

    again = replayed(plan, demands, more={}, closed=(), node_budget=100)
    assert (again.assignments, again.cost, again.terms) == (plan.assignments, plan.cost, plan.terms)


async def test_units_are_released_at_once_where_they_would_leave_later_by_it(world: World) -> None:
    cut_off = {"cut_off": time(10, 5)}

    first, second = await two_orders(world, nodes={"DC-NL": cut_off, "ST-AMS": cut_off})

    assert [one.node_id for one in first.fulfillment_orders] == ["ST-AMS"]
    assert {one.node_id for one in second.fulfillment_orders} == {"DC-NL", "ST-AMS"}


async def test_no_order_moves_to_a_node_from_which_it_arrives_late(world: World) -> None:
    first, second = await two_orders(world, nodes={"DC-NL": {"processing_days": {"": 2}}})

    await world.advance(FIVE_MINUTES)

    after = [await world.case(case.order_id) for case in (first, second)]
    assert [nodes(case) for case in after] == [["ST-AMS"], ["DC-NL", "ST-AMS"]]
    assert await world.audit() == []


async def canceled(world: World, case: Case) -> None:
    await world.ask(CANCEL_LINES, CancelRequest(case.order_id, "changed mind"))


async def on_hold(world: World, case: Case) -> None:
    await world.ask(HOLD_ORDER, HoldOrder(case.order_id, HoldType.MANUAL, "a person looks at it"))


@pytest.mark.parametrize("ended", [canceled, on_hold])
async def test_an_order_that_changed_since_the_plan_is_left_alone_and_the_others_keep_their_nodes(
    world: World, ended: Callable[[World, Case], Awaitable[None]]
) -> None:
    first, second = await two_orders(world)
    together = await planned(world)
    assert len(together.switches) == 2
    await ended(world, first)
    was = await world.case(first.order_id)

    await sourced(world, together)

    assert nodes(await world.case(second.order_id)) == ["DC-NL", "ST-AMS"]
    assert (await world.case(first.order_id)).slices == was.slices
    await world.advance(FIVE_MINUTES)
    assert (await world.case(first.order_id)).fulfillment_orders == ()
    assert await world.audit() == []


async def test_a_canceled_order_lets_its_stock_go_and_is_gathered_no_more(world: World) -> None:
    first, second = await two_orders(world)
    await canceled(world, first)

    await world.advance(FIVE_MINUTES)

    assert {one.node_id for one in (await world.case(second.order_id)).fulfillment_orders} == {"DC-NL", "ST-AMS"}
    assert await world.on_shelf("CUP", "ST-AMS") == (1, 0, 0)
    assert await world.audit() == []


async def test_all_keep_their_nodes_where_stock_that_one_needs_went(world: World) -> None:
    await world.network(channel={"sourcing_policy": POLICY})
    for sku, node_id, units in (("CUP", "ST-AMS", 2), ("BOWL", "DC-NL", 1)):
        await world.stock(sku, node_id, units)
    first = await world.place(draft("W-1", [line("CUP")]))
    second = await world.place(draft("W-2", [line("CUP"), line("BOWL")]))
    await world.stock("CUP", "DC-NL", 1)
    await world.settle()
    together = await planned(world)
    assert [(one.order_id, one.plan.node_ids) for one in together.switches] == [(second.order_id, ("DC-NL",))]
    await world.ask(ADJUST_STOCK, StockChange("CUP", "DC-NL", "loss", world.identity(), on_hand=-1))

    await sourced(world, together)

    assert nodes(await world.case(first.order_id)) == ["ST-AMS"]
    assert nodes(await world.case(second.order_id)) == ["DC-NL", "ST-AMS"]
    await world.advance(FIVE_MINUTES)
    assert await world.audit() == []


async def test_what_is_sourced_together_twice_moves_once(world: World) -> None:
    first, _ = await two_orders(world)
    together = await planned(world)

    await sourced(world, together)
    events = await world.events(first.order_id)
    await sourced(world, together)

    assert events.count("UnitsSourcedAgain") == (await world.events(first.order_id)).count("UnitsSourcedAgain") == 1
    await world.advance(FIVE_MINUTES)
    assert await world.audit() == []


async def planned(world: World) -> Together:
    """The joint plan, as the task searches it."""
    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        order_ids, gathering = await gather(flow, CHANNEL, END)
    if gathering is None:
        return Together(order_ids)
    return Together(order_ids, switches(gathering, solved(batch_of(gathering), 1, 1)))


async def sourced(world: World, together: Together) -> None:
    async with world.database.transaction() as tx:
        await source_together(await world.surroundings.flow_context(tx, HUB), together)
    await world.settle()
