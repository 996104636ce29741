"""What units are worth where they lie: computed from orders and sales, counted by plans, and forgotten when too old.

A parcel costs 5.00 from ST-AMS and 6.00 from DC-NL. A buyer who leaves ST-AMS without a cup costs 12.00.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hub.api.setup.network_changes import PUT_NETWORK
from hub.api.stock.changes import ADJUST_STOCK
from hub.cases.intake.under_policy import assumed
from hub.cases.stock.stock_values import SOME_SKUS
from hub.inventory.model import StockChange
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network.model import Replacement, SourcingPolicy
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Plan, ValueRun
from hub.sourcing.operations.values import ValueMemory
from hub.sourcing.policy.stock_values import StockValue
from tests.support.drafts import draft, item, line
from tests.support.network import CHANNEL, network_of
from tests.support.world import World

VALUES = SourcingPolicy(
    split_cost=Money(0, "EUR"),
    opportunity_permille=1000,
    lost_order_cost=Money(2500, "EUR"),
    lost_buyer_cost=Money(1200, "EUR"),
    stock_days=28,
)


async def put(world: World, **terms: Any) -> None:
    await world.ask(PUT_NETWORK, Replacement(network_of(channel={"sourcing_policy": replace(VALUES, **terms)})))
    await world.surroundings.network.refresh()


async def sold(world: World, sku: str = "CUP", *, left: int = 2, units: int = 20) -> None:
    """Buyers took units from ST-AMS; DC-NL has ten."""
    await world.stock(sku, "DC-NL", 10)
    await world.stock(sku, "ST-AMS", left + units)
    await world.ask(ADJUST_STOCK, StockChange(sku, "ST-AMS", "SALE", world.identity(), on_hand=-units))


async def computed(world: World) -> None:
    """Values are whole, and known to the process that plans."""
    await world.settle()
    await world.surroundings.stock_values.refresh(world.database)


async def shipped(world: World, reference: str = "W-1", units: int = 1) -> Plan:
    case = await world.place(draft(reference, [line("CUP", units)]))
    async with world.database.reading() as tx:
        decision = await sourcing.last_of_order(tx, case.order_id)
    assert decision is not None
    return decision.plan


async def rows(world: World) -> list[tuple[Any, ...]]:
    found = await world.rows("SELECT version, sku, node_id, units, steps FROM stock_value ORDER BY sku, node_id")
    return [tuple(row.values()) for row in found]


async def test_a_unit_that_buyers_of_its_store_will_want_stays_there(world: World) -> None:
    await sold(world)
    await put(world)
    await computed(world)

    plan = await shipped(world)

    assert (plan.node_ids, plan.terms) == (("DC-NL",), {"parcel": 600_000})
    assert await rows(world) == [(1, "CUP", "ST-AMS", 2, [1_200_000, 1_200_000])]
    looks = {look.node_id: look.unit_terms for look in plan.looked_at}
    assert (looks["ST-AMS"], looks["DC-NL"]) == ({"CUP": {"opportunity": 1_200_000}}, {})
    assert await world.audit() == []


async def test_what_it_would_have_been_counts_the_value_and_says_so(world: World) -> None:
    await sold(world)
    await put(world)
    await computed(world)
    case = await world.place(draft("W-1", [line("CUP")]))

    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        decision = await sourcing.last_of_order(tx, case.order_id)
        assert decision is not None
        closed = await assumed(flow, case.order, decision, more={}, closed={"DC-NL"}, policy=None)
        halved = replace(VALUES, opportunity_permille=500)
        half = await assumed(flow, case.order, decision, more={}, closed={"DC-NL"}, policy=halved)

    assert closed.terms == {"parcel": 500_000, "opportunity": 1_200_000}
    assert (
        "ST-AMS ships 1 unit in one parcel for 17.00 EUR (parcel 5.00 EUR, opportunity 12.00 EUR)" in closed.explanation
    )
    assert half.terms == {"parcel": 500_000, "opportunity": 600_000}


@pytest.mark.parametrize("weight", [0, 50])
async def test_values_that_count_little_or_nothing_keep_no_unit(world: World, weight: int) -> None:
    await sold(world)
    await put(world, opportunity_permille=weight)
    await computed(world)

    plan = await shipped(world)

    assert plan.node_ids == ("ST-AMS",)
    assert plan.terms.get("opportunity", 0) == 1_200 * weight
    assert len(await rows(world)) == 1, "they are computed, so that a rehearsal can count them"


async def test_a_unit_that_only_a_valued_node_has_ships_all_the_same(world: World) -> None:
    await sold(world)
    await put(world)
    await computed(world)

    plan = await shipped(world, units=12)

    assert (plan.node_ids, plan.uncovered) == (("DC-NL", "ST-AMS"), 0)


async def test_orders_from_afar_give_value_to_stock_that_is_scarce(world: World) -> None:
    await world.stock("CUP", "DC-NL", 40)
    for number in range(3):
        await world.place(draft(f"W-{number}", [line("CUP", 10)]))
    await put(world)

    await computed(world)

    ((_, _, node_id, units, steps),) = await rows(world)
    assert (node_id, units) == ("DC-NL", 10)
    expected = (2_500 - 600 / 10) * 0.7 * 1_000  # every unit is wanted: a lost order less its part of a parcel
    assert steps == [round(expected)] * 10


async def test_values_that_are_two_days_old_count_nothing(world: World) -> None:
    await sold(world)
    await put(world)
    await computed(world)
    await world.advance(timedelta(days=2))
    fresh = await shipped(world, "W-1")

    await world.advance(timedelta(minutes=1))
    old = await shipped(world, "W-2")
    await world.surroundings.stock_values.refresh(world.database)
    renewed = await shipped(world, "W-3")

    assert [one.node_ids for one in (fresh, old, renewed)] == [("DC-NL",), ("ST-AMS",), ("DC-NL",)]


async def test_a_version_is_computed_in_pieces_and_counts_once_it_is_whole(world: World) -> None:
    names = [f"SKU-{number:03}" for number in range(2 * SOME_SKUS + 1)]
    await world.items(*[item(name) for name in names])
    for name in names:
        await sold(world, name)
    await put(world)
    memory = ValueMemory()
    channel = world.surroundings.network.latest.channel(CHANNEL)
    async with world.database.transaction() as tx:
        await sourcing.keep_values(
            tx, ValueRun(CHANNEL), ValueRun(CHANNEL, after_sku="A"), 1, [StockValue("A", "ST-AMS", 1, (5,))]
        )
    await memory.refresh(world.database)
    before = memory.worth(channel, "A", "ST-AMS", 1, world.surroundings.machine.now())

    await world.settle()
    await memory.refresh(world.database)

    at = (await world.rows("SELECT computed_at FROM stock_value_run"))[0]["computed_at"]
    assert before == 0
    assert len(await rows(world)) == len(names) + 1
    assert {memory.worth(channel, name, "ST-AMS", 2, at) for name in names} == {1_200_000}
    await world.advance(timedelta(hours=13))
    assert {row[0] for row in await rows(world)} == {2, 3}, "the version that counts, and the one before"


async def test_a_piece_that_is_kept_twice_counts_once(world: World) -> None:
    begun, gone_on = ValueRun(CHANNEL), ValueRun(CHANNEL, after_sku="CUP")
    async with world.database.transaction() as tx:
        await sourcing.keep_values(tx, begun, gone_on, 1, [StockValue("CUP", "ST-AMS", 1, (5,))])
    async with world.database.transaction() as tx:
        await sourcing.keep_values(tx, begun, gone_on, 1, [StockValue("CUP", "ST-AMS", 1, (7,))])

    assert await rows(world) == [(1, "CUP", "ST-AMS", 1, [5])]


async def test_channels_whose_values_do_not_count_are_named(world: World) -> None:
    await put(world)
    network = world.surroundings.network.latest

    async def stale() -> list[str]:
        async with world.database.reading() as tx:
            flow = await world.surroundings.flow_context(tx, HUB)
            return await sourcing.stale_values(tx, network, flow.at)

    before = await stale()
    await world.settle()

    assert (before, await stale()) == ([CHANNEL], [])
