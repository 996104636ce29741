"""Slots of delivery: wished with a day, counted as orders are placed, given back where all of an order is canceled.

A slot has a `begin` and an `end` in its `time_zone`, maybe a `to_zone_id`, and a `daily_capacity`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from hub.api.orders.changes import CANCEL_LINES
from hub.api.setup.network_changes import PUT_NETWORK
from hub.cases.case import Case
from hub.kernel.errors import StateChanged
from hub.network.errors import NetworkPartInUse
from hub.network.model import Network, Replacement
from hub.network.model.carriers import CarrierService, DeliverySlot, DeliveryWish, Zone, ZoneArea, Zones
from hub.orders.model import CancelRequest
from hub.promising.errors import PromiseLost, WishNotKept
from hub.promising.model import WishOutcome
from tests.journeys.orders.test_promised_orders import freeze, order
from tests.journeys.orders.test_quotes import DAY, quote
from tests.support.drafts import draft, line
from tests.support.network import network_of
from tests.support.world import World, hub_on

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
EVENING = DeliveryWish(FRIDAY, "EVENING")
PLACE = "slot:STANDARD/EVENING"


def sloted(capacity: int = 2) -> Network:
    """The test network, where the carrier delivers from six to ten in the evening, for so many orders a day."""
    slots = (
        DeliverySlot("LATE", time(22), time(23), "Europe/Amsterdam", to_zone_id="ISLANDS"),
        DeliverySlot("MORNING", time(8), time(12), "Europe/Amsterdam"),
        DeliverySlot("EVENING", time(18), time(22), "Europe/Amsterdam", daily_capacity=capacity),
    )
    service = CarrierService("carrier", "STANDARD", slots=slots)
    zones = Zones({"ISLANDS": Zone("ISLANDS", (ZoneArea("NL", postal_prefix="8899"),))})
    return replace(network_of(), services={service.key: service}, zones=zones)


async def opened(world: World, capacity: int = 2) -> None:
    await world.ask(PUT_NETWORK, Replacement(sloted(capacity)))
    await world.stock("SHIRT", "DC-NL", 100)


async def wished(world: World, number: int, wish: DeliveryWish = EVENING) -> Case:
    return await world.place(draft(f"W-{number}", [line("SHIRT", 1)], wish=wish))


async def used(world: World) -> dict[date, int]:
    """Orders in the evening, by day."""
    rows = await world.rows("SELECT day, used FROM capacity WHERE node_id = %(place)s AND used > 0", place=PLACE)
    return {row["day"]: row["used"] for row in rows}


async def test_a_wished_slot_decides_from_when_to_when_goods_arrive(world: World) -> None:
    await opened(world)

    (option,) = (await quote(world, ("SHIRT", 1), wish=EVENING)).options
    placed = await wished(world, 1)
    await world.advance(5 * DAY)

    evening = datetime(2026, 11, 20, 17, tzinfo=UTC), datetime(2026, 11, 20, 21, tzinfo=UTC)
    assert (option.deliver_from, option.deliver_by) == evening
    case = await world.case(placed.order_id)
    assert case.order.promises == placed.order.promises == {1: evening[1]}
    assert case.order.wish == EVENING
    assert "PromiseChanged" not in await world.events(placed.order_id)
    assert await world.audit() == []


async def test_a_full_slot_is_refused_until_an_order_in_it_is_canceled(world: World) -> None:
    await opened(world)
    first = await wished(world, 1)
    await wished(world, 2)
    frozen = await freeze(world, 1, wish=replace(EVENING, day=MONDAY))

    full = await quote(world, ("SHIRT", 1), wish=EVENING)
    with pytest.raises(WishNotKept, match="slot EVENING of STANDARD is full on 2026-11-20") as refused:
        await wished(world, 3)
    morning = await wished(world, 4, replace(EVENING, slot_id="MORNING"))

    assert full.wish_answer is not None
    assert full.wish_answer.outcome is WishOutcome.CAPACITY
    assert [option.wish for option in full.options] == [
        replace(EVENING, day=date(2026, 11, 19)),
        replace(EVENING, day=MONDAY),
    ]
    assert refused.value.metadata["nearest_days"] == "2026-11-19,2026-11-23"
    assert morning.order.wish == DeliveryWish(FRIDAY, "MORNING")
    await world.ask(CANCEL_LINES, CancelRequest(first.order_id, "changed my mind"))
    assert await used(world) == {FRIDAY: 1}
    await wished(world, 5)
    for number in (6, 7):
        await wished(world, number, replace(EVENING, day=MONDAY))
    with pytest.raises(PromiseLost):
        await order(world, frozen.quote_id, "W-8", 1)
    assert await used(world) == {FRIDAY: 2, MONDAY: 2}
    assert await world.audit() == []


async def test_many_clients_of_two_hubs_never_take_more_places_than_a_slot_has(world: World) -> None:
    await opened(world, 5)
    async with hub_on(world.database, world.doubles, name="other", first_id=1_000_000) as other:
        await other.surroundings.network.refresh()
        placed = await asyncio.gather(
            *(wished((world, other)[number % 2], number) for number in range(20)), return_exceptions=True
        )

    kinds = Counter(type(one) for one in placed)
    assert kinds[Case] == 5
    assert kinds.keys() <= {Case, WishNotKept, StateChanged}
    assert await used(world) == {FRIDAY: 5}
    assert await world.audit() == []


async def test_a_service_without_the_slot_keeps_no_such_wish(world: World) -> None:
    await opened(world)

    found = [await quote(world, ("SHIRT", 1), wish=replace(EVENING, slot_id=name)) for name in ("NIGHT", "LATE")]

    for name, one in zip(("NIGHT", "LATE"), found, strict=True):
        assert one.wish_answer is not None
        assert (one.wish_answer.outcome, one.options) == (WishOutcome.NO_SLOT, ())
        assert one.wish_answer.detail == f"STANDARD from DC-NL has no slot {name} to NL"


async def test_a_capacity_below_what_is_wished_is_refused_unless_the_slot_is_named(world: World) -> None:
    await opened(world)
    for number in (1, 2):
        await wished(world, number)
    fewer = Replacement(sloted(1))

    with pytest.raises(NetworkPartInUse, match=f"{PLACE} with 2 orders promised for 2026-11-20, above 1"):
        await world.ask(PUT_NETWORK, fewer)
    await world.ask(PUT_NETWORK, replace(fewer, overbooked_nodes=frozenset({PLACE})))

    with pytest.raises(WishNotKept):
        await wished(world, 3)
    await world.advance(timedelta(days=5))
    assert await world.audit() == []
