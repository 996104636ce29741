"""No promise gets worse without a word, whatever happens to supply; a place that nobody serves is promised nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from msgspec.structs import replace

from hub.api.setup.network_changes import PUT_NETWORK
from hub.api.stock.supply_changes import CANCEL_SUPPLY, RECEIVE_SUPPLY, SLIP_SUPPLY
from hub.inventory.model.supply import Cancellation, Receipt, Slip
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.model import Replacement, ShortagePolicy
from hub.network.model.carriers import Zone, ZoneArea, Zones
from hub.orders.errors import NoRoute
from hub.promising.model import ExclusionReason
from tests.journeys.orders.test_promises_changed import LATER_ORDER, TIERS, changes, preordered
from tests.journeys.orders.test_quotes import DAY, ORDER, expect, quote
from tests.support.drafts import draft, line
from tests.support.network import network_of
from tests.support.world import TUESDAY, World

Promises = dict[UUID, Instant | None]


@pytest.mark.parametrize("seed", range(20 if "CROSSDOCK_TEST_FULL" in os.environ else 2))
async def test_no_promise_gets_worse_without_a_word(world: World, seed: int) -> None:
    random = Random(seed)
    await world.network(**TIERS)
    await expect(world, 6, TUESDAY + 5 * DAY)
    await expect(world, 6, TUESDAY + 9 * DAY, key=LATER_ORDER)
    placed = [await preordered(world, number) for number in range(6)]
    known: Promises = {case.order_id: case.order.promises[1] for case in placed}
    worse = 0

    for step in range(6):
        told = len(await changes(world))
        await something(world, random, step)
        await world.advance(timedelta(hours=9))
        now = await promises(world, known)
        named = {row["order_id"]: row["new"] for row in (await changes(world))}
        for order_id, before in known.items():
            if later(now[order_id], before):
                worse += 1
                assert named[order_id] == text(now[order_id]), f"seed {seed}, step {step}"
        assert len(await changes(world)) - told <= len(known), "once each"
        known = now

    assert worse, f"seed {seed} delays nobody"


async def something(world: World, random: Random, step: int) -> None:
    """Something of what happens: supply slips, is canceled, or comes short; somebody else orders."""
    key = random.choice((ORDER, LATER_ORDER))
    with suppress(Refusal):
        match random.randrange(4):
            case 0:
                due = TUESDAY + random.randint(3, 25) * DAY
                await world.ask(SLIP_SUPPLY, Slip(world.identity(), key, due, "late"))
            case 1:
                receipt = Receipt(world.identity(), key, f"R-{step}", random.randint(1, 4), final=random.random() < 0.5)
                await world.ask(RECEIVE_SUPPLY, receipt)
            case 2:
                await world.ask(CANCEL_SUPPLY, Cancellation(world.identity(), key, "gone"))
            case _:
                lines = [line("SHIRT", random.randint(1, 3))]
                await world.place(draft(f"N-{step}", lines, shortage_policy=ShortagePolicy.BACKORDER))


async def promises(world: World, order_ids: Promises) -> Promises:
    return {order_id: (await world.case(order_id)).order.promises.get(1) for order_id in order_ids}


def later(now: Instant | None, before: Instant | None) -> bool:
    return before is not None and (now is None or now > before)


def text(day: Instant | None) -> str | None:
    return None if day is None else f"{day:%Y-%m-%dT%H:%M:%SZ}"


async def test_a_postal_code_that_nobody_serves_is_promised_nothing(world: World) -> None:
    network = network_of()
    lanes = [
        replace(lane, to_country_code="", to_zone_id="MAINLAND") if lane.to_country_code == "NL" else lane
        for lane in network.lanes.values()
    ]
    zones = Zones({"MAINLAND": Zone("MAINLAND", (ZoneArea("NL", postal_prefix="1"),))})
    served = replace(network, lanes={lane.key: lane for lane in lanes}, zones=zones)
    await world.ask(PUT_NETWORK, Replacement(served))
    await world.stock("SHIRT", "DC-NL", 5)

    near = await quote(world, ("SHIRT", 1), postal_code="1015 AA")
    far = await quote(world, ("SHIRT", 1), postal_code="9166 SJ")

    assert (len(near.options), far.options) == (1, ())
    assert {nodes.exclusion for nodes in far.nodes} == {ExclusionReason.NO_ROUTE}
    await world.place(draft("W-1", [line("SHIRT", 1)]))
    elsewhere = draft("W-2", [line("SHIRT", 1)])
    address = elsewhere.customer.address
    assert address is not None
    moved = replace(elsewhere.customer, address=replace(address, postal_code="9166 SJ"))
    with pytest.raises(NoRoute):
        await world.place(replace(elsewhere, customer=moved))
