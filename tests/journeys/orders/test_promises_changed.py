"""Promises that cannot be kept: each order is promised another day once, in its turn, and nobody else's day changes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.api.orders.changes import CANCEL_LINES
from hub.api.setup.network_changes import CLOSE_NODE
from hub.api.stock.supply_changes import CANCEL_SUPPLY, RECEIVE_SUPPLY, SLIP_SUPPLY
from hub.cases.case import Case
from hub.flows.orders.release_orders import plan as plan_releases
from hub.flows.stock.repromise_orders import repromise_orders
from hub.inventory.model import Condition
from hub.inventory.model.supply import Cancellation, Receipt, Slip, SupplyKey
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.network.model import PromiseTerms, ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from tests.journeys.orders.test_promised_orders import freeze, order
from tests.journeys.orders.test_quotes import DAY, ORDER, expect
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

LATER_ORDER = SupplyKey("erp", "PO-2", "10")
TIERS = {"channel": {"promise_terms": PromiseTerms(demand_tiers=("GOLD", "SILVER"))}}


async def changes(world: World) -> list[dict[str, Any]]:
    """What was told of changed promises, in order."""
    return await world.rows(
        "SELECT order_id, facts->>'promised_time' AS promised, facts->>'new_time' AS new FROM event"
        " WHERE type = 'PromiseChanged' ORDER BY order_id, order_version"
    )


async def promised(world: World, case: Case) -> Instant | None:
    """The day by which the first line of an order is promised now."""
    return (await world.case(case.order_id)).order.promises.get(1)


async def test_scenario_15_a_slip_is_told_once_before_the_promised_day_and_the_customer_may_go(world: World) -> None:
    await world.network(nodes={"DC-NL": {"inbound_processing_days": 1}})
    await world.stock("SHIRT", "DC-NL", 4)
    await expect(world, 10, TUESDAY + 7 * DAY)
    placed = await order(world, (await freeze(world, 8)).quote_id, units=8, option=2)
    await world.settle()

    slip = Slip(world.identity(), ORDER, TUESDAY + 17 * DAY, "vessel late")
    await world.ask(SLIP_SUPPLY, slip)
    await world.ask(SLIP_SUPPLY, slip)
    await world.settle()

    assert [(row["promised"], row["new"]) for row in await changes(world)] == [
        ("2026-11-26T22:59:59Z", "2026-12-08T22:59:59Z")
    ]
    assert await promised(world, placed) == datetime(2026, 12, 8, 22, 59, 59, tzinfo=UTC)
    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"]
    assert await world.now() < placed.order.promises[1]

    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "too late for me"))
    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.CANCELED
    assert (world.money("payment.capture"), world.money("payment.reverse")) == ([], ["80.00"])
    assert await world.on_shelf("SHIRT", "DC-NL") == (4, 0, 0)


async def test_scenario_18_what_comes_short_goes_by_tier_then_time_and_the_rest_gets_a_new_day(world: World) -> None:
    await world.network(**TIERS)
    await expect(world, 500, TUESDAY + 7 * DAY)
    chunks = [range(start, start + 50) for start in range(0, 500, 50)]
    cases = [
        case for chunk in chunks for case in await asyncio.gather(*(preordered(world, number) for number in chunk))
    ]
    cases.sort(
        key=lambda case: (
            {"GOLD": 0, "SILVER": 1}.get(case.order.demand_class, 2),
            case.order.placed_at,
            case.order_id,
        )
    )
    first_day = cases[0].order.promises[1]
    await expect(world, 500, TUESDAY + 14 * DAY, key=LATER_ORDER)
    await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), ORDER, "R-1", 300, final=True))

    counts = [await run(world), await run(world)]

    assert counts == [200, 0], "once"
    told = await changes(world)
    assert [row["order_id"] for row in told] == sorted(case.order_id for case in cases[300:])
    assert len({row["new"] for row in told}) == 1
    days = [await promised(world, case) for case in cases]
    assert days[:300] == [first_day] * 300
    assert len(set(days[300:])) == 1
    assert days == sorted(days, key=lambda day: day or first_day)
    plans = await world.run(plan_releases, [case.order_id for case in cases])
    served = [not isinstance(one, Refusal) and one.plan is not None and not one.plan.uncovered for one in plans]
    assert served == [True] * 300 + [False] * 200


async def preordered(world: World, number: int) -> Case:
    """Order a shirt that is to come, as a buyer of one of some classes."""
    demand_class = ["", "GOLD", "SILVER", "BRONZE", ""][number % 5]
    quote = await freeze(world, 1, demand_class=demand_class)
    return await order(world, quote.quote_id, f"W-{number:03}", 1, demand_class=demand_class)


async def run(world: World) -> int:
    """Looks at the orders that wait for shirts; returns how many are promised another day."""
    async with world.database.transaction() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        return await repromise_orders(flow, ["SHIRT"])


@pytest.mark.parametrize("how", ["damaged", "canceled"])
async def test_an_order_for_which_nothing_comes_any_more_is_told_so_and_promised_again_when_something_does(
    world: World, how: str
) -> None:
    await expect(world, 2, TUESDAY + 7 * DAY)
    placed = await order(world, (await freeze(world)).quote_id)
    if how == "damaged":
        receipt = Receipt(world.identity(), ORDER, "R-1", 2, condition=Condition.DAMAGED)
        await world.ask(RECEIVE_SUPPLY, receipt)
    else:
        await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), ORDER, "supplier out of stock"))
    await world.settle()
    gone = await promised(world, placed)

    await expect(world, 2, TUESDAY + 14 * DAY, key=LATER_ORDER)
    await world.settle()

    assert gone is None
    assert [(row["promised"], row["new"]) for row in await changes(world)] == [
        ("2026-11-25T22:59:59Z", None),
        (None, "2026-12-02T22:59:59Z"),
    ]
    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"] * 2


async def test_supply_that_comes_sooner_or_beside_changes_no_promise(world: World) -> None:
    await expect(world, 4, TUESDAY + 7 * DAY)
    await world.place(draft("W-0", [line("SHIRT", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    placed = await order(world, (await freeze(world)).quote_id)

    await world.ask(SLIP_SUPPLY, Slip(world.identity(), ORDER, TUESDAY + 3 * DAY))
    await expect(world, 4, TUESDAY + 30 * DAY, key=LATER_ORDER)
    await world.settle()

    assert await changes(world) == []
    assert await promised(world, placed) == placed.order.promises[1]


async def test_supply_that_is_late_without_a_word_is_told_when_units_should_have_left(world: World) -> None:
    await expect(world, 2, TUESDAY + 7 * DAY)
    placed = await order(world, (await freeze(world)).quote_id)
    day = placed.order.promises[1]

    await world.advance(7 * DAY)
    assert await changes(world) == []
    await world.advance(timedelta(hours=6))
    late = await changes(world)
    await world.advance(2 * DAY)

    assert [(row["promised"], row["new"]) for row in late] == [("2026-11-25T22:59:59Z", "2026-11-27T22:59:59Z")]
    assert TUESDAY + 7 * DAY + timedelta(hours=6) < day
    assert len(await changes(world)) == 2
    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"] * 2


async def test_a_later_node_is_named_to_an_order_that_was_promised_a_sooner_day(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 2)
    placed = await order(world, (await freeze(world)).quote_id)
    await world.stock("SHIRT", "DC-UK", 2)
    await world.ask(CLOSE_NODE, ("DC-NL", True))
    await world.settle()

    (told,) = await changes(world)
    assert (told["promised"], told["order_id"]) == ("2026-11-18T22:59:59Z", placed.order_id)
    assert world.notices("ORDER_DELAYED") == ["ORDER_DELAYED"]
