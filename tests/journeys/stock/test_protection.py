"""Units kept for a channel or a demand class: a floor for everybody else, wherever stock is claimed or shown."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.double_channel.shelf import shown
from hub.api.stock.reservations import RESERVE_STOCK
from hub.api.stock.supply_changes import PUT_PROTECTIONS
from hub.cases.case import Case
from hub.cases.context import PlanStale
from hub.cases.intake.plan_orders import plan
from hub.cases.intake.reserving import ReservationDraft
from hub.flows.orders.place_orders import place_orders
from hub.flows.stock.explain_stock import Explanation, StockQuestion, explain_stock
from hub.flows.stock.project_availability import Question, project_availability
from hub.inventory.errors import InsufficientStock
from hub.inventory.model.supply import Claimant, Protection, ProtectionChange
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.errors import UnknownChannel
from hub.network.model import ShortagePolicy
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import World


async def keep(world: World, units: int, sku: str = "SHIRT", channel_id: str = "", demand_class: str = "GOLD") -> None:
    kept = Protection("DC-NL", sku, channel_id, demand_class, units)
    await world.ask(PUT_PROTECTIONS, ProtectionChange(world.identity(), kept))


async def buy(world: World, reference: str, units: int, demand_class: str = "") -> Case:
    return await world.place(draft(reference, [line("SHIRT", units)], demand_class=demand_class))


async def test_units_kept_for_a_class_are_sold_to_nobody_else(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await keep(world, 3)

    with pytest.raises(InsufficientStock):
        await buy(world, "W-1", 3)
    await buy(world, "W-2", 2)
    await buy(world, "W-3", 3, "GOLD")

    assert (await world.on_shelf("SHIRT", "DC-NL"))[0:2] == (5, 5)


async def test_what_is_kept_of_one_sku_goes_before_what_is_kept_of_all(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await keep(world, 5, "")
    await keep(world, 1, "SHIRT")

    await buy(world, "W-1", 4)

    await keep(world, 0, "SHIRT")
    with pytest.raises(InsufficientStock):
        await buy(world, "W-2", 1)
    await keep(world, 0, "")
    await buy(world, "W-3", 1)


async def test_forty_buyers_at_once_leave_what_is_kept(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 20)
    await keep(world, 5)

    answers = await asyncio.gather(*(buy(world, f"W-{n}", 1) for n in range(40)), return_exceptions=True)

    assert sum(isinstance(one, Case) for one in answers) == 15
    assert (await world.on_shelf("SHIRT", "DC-NL"))[1] == 15


async def test_reservations_leave_what_is_kept_and_one_that_stands_can_be_ordered(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    reserved = await world.ask(RESERVE_STOCK, ReservationDraft(CHANNEL, (("SHIRT", 2),)))
    await keep(world, 3)

    with pytest.raises(InsufficientStock):
        await world.ask(RESERVE_STOCK, ReservationDraft(CHANNEL, (("SHIRT", 1),)))
    lines = [line("SHIRT", 2)]
    placed = await world.place(draft("W-1", lines, reservation_ids=(reserved.reservation_id,)))

    assert [one.quantity for one in placed.slices] == [2]
    await world.settle()
    assert sum((await world.on_shelf("SHIRT", "DC-NL"))[1:]) == 2


async def test_orders_that_wait_leave_what_is_kept(world: World) -> None:
    await world.items("SHIRT")
    await keep(world, 3)
    await world.place(draft("W-1", [line("SHIRT", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()

    await world.stock("SHIRT", "DC-NL", 4)
    await world.settle()
    assert await world.on_shelf("SHIRT", "DC-NL") == (4, 0, 1)

    await world.advance(timedelta(minutes=1))
    await world.stock("SHIRT", "DC-NL", 1)
    await world.settle()
    assert await world.on_shelf("SHIRT", "DC-NL") == (5, 0, 2)


async def test_a_channel_is_told_only_what_it_may_sell(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    await world.stock("MUG", "DC-NL", 9)
    await keep(world, 2, "")
    await keep(world, 4, "SHIRT")
    await keep(world, 9, "MUG", channel_id=CHANNEL, demand_class="")
    await world.advance(timedelta(minutes=15))

    assert shown(world.doubles.file("double_channel"), "webshop") == {"MUG": 7, "SHIRT": 5}

    await keep(world, 0, "SHIRT")
    await world.advance(timedelta(minutes=15))

    assert shown(world.doubles.file("double_channel"), "webshop") == {"MUG": 7, "SHIRT": 7}
    question = StockQuestion("SHIRT", "DC-NL", claimant=Claimant(CHANNEL))
    (why,) = await world.run(explain_stock, [question])
    assert isinstance(why, Explanation)
    assert (why.explained.protected, why.explained.available) == (2, 7)


async def test_what_is_kept_counts_for_its_holder_over_time(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await keep(world, 3)

    asked = [Question((("SHIRT", 0),), claimant=Claimant(CHANNEL, name)) for name in ("", "GOLD")]
    answers = await world.run(project_availability, asked)

    found = [one[0].steps[0].available for one in answers if not isinstance(one, Refusal)]
    assert found == [2, 5]


async def test_nothing_is_kept_for_a_channel_that_is_not_there(world: World) -> None:
    with pytest.raises(UnknownChannel):
        await keep(world, 3, "", channel_id="NOWHERE")


async def test_what_is_kept_is_looked_at_under_the_lock_too(world: World) -> None:
    """Both plans are made while the two free units are there; only one of them can be claimed."""
    await world.stock("SHIRT", "DC-NL", 5)
    await keep(world, 3)
    drafts = [draft(reference, [line("SHIRT", 2)]) for reference in ("W-1", "W-2")]
    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        plans = [(await plan(flow, [one]))[0] for one in drafts]
    planned = [one for one in plans if not isinstance(one, Refusal)]
    assert len(planned) == 2

    answers = await world.run(place_orders, planned)

    assert [type(one) for one in answers] == [Case, PlanStale]
