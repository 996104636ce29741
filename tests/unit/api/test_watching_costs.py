"""Watchers cost the database what one of them does: however many there are, each change is looked at once for all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from crossdock.events.v1 import events_pb2
from crossdock.orders.v1 import order_service_pb2 as pb
from tests.support.watching import Watch, watched
from tests.support.world import opened
from tests.unit.api.serving import Served, serving
from tests.unit.api.setup.test_reading_services import positions_given

WATCHERS = 60
FEED = "FROM event WHERE position >"
VERSIONS = "SELECT order_id, version FROM orders"
CASES = "SELECT orders.* FROM orders"


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[tuple[Served, Watch]]:
    """A hub whose statements are counted."""
    watch = Watch()
    async with opened(database_url, tmp_path, database_class=watched(watch)) as world, serving(world) as served:
        await world.stock("SHIRT", "DC-NL", 200)
        yield served, watch


async def subscribed(hub: Served, request: events_pb2.SubscribeEventsRequest, principal: str = "admin") -> Any:
    """A subscription that was told how far the feed is."""
    call = aiter(hub.rpc("EventService.SubscribeEvents", principal)(request))
    await anext(call)
    return call


async def told(call: Any, position: int) -> list[events_pb2.Event]:
    """All that a subscription is sent up to a position."""
    events: list[events_pb2.Event] = []
    async for message in call:
        events += message.events
        if message.last_position >= position:
            return events
    raise AssertionError("the subscription ended")


async def test_watchers_who_see_nothing_cost_no_reading_of_the_feed_of_their_own(hub: tuple[Served, Watch]) -> None:
    served, watch = hub
    await served.place(reference="0")
    await positions_given(served)
    blind = events_pb2.SubscribeEventsRequest(types=["SupplyPut"])
    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(subscribed(served, blind)) for _ in range(WATCHERS)]
    messages = [asyncio.ensure_future(anext(call.result())) for call in calls]
    seeing = await subscribed(served, events_pb2.SubscribeEventsRequest())

    with watch.counting() as statements:
        for number in range(1, 4):
            await served.place(reference=str(number))
            await positions_given(served)
        position = (await served.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest())).last_position
        await told(seeing, position)

    for message in messages:
        message.cancel()
    assert not any(message.done() and not message.cancelled() for message in messages)
    # one reading for all after each change, and a few by the clock; that of ListEvents beside
    assert 2 <= sum(FEED in statement for statement in statements) <= 3 + 3 + 1


async def test_watchers_who_see_all_are_sent_what_a_listing_shows(hub: tuple[Served, Watch]) -> None:
    served, _ = hub
    await served.place(reference="0")
    await positions_given(served)
    placed = events_pb2.SubscribeEventsRequest(types=["OrderPlaced"])
    everything, some, elsewhere = [
        await subscribed(served, request, principal)
        for request, principal in (
            (events_pb2.SubscribeEventsRequest(), "admin"),
            (placed, "channel"),
            (events_pb2.SubscribeEventsRequest(), "other-shop"),
        )
    ]
    nothing = asyncio.ensure_future(anext(elsewhere))
    listing = served.rpc("EventService.ListEvents")
    before = (await listing(events_pb2.ListEventsRequest())).last_position
    for number in range(1, 6):
        await served.place(reference=str(number))
        await positions_given(served)

    listed = await listing(events_pb2.ListEventsRequest(after_position=before))
    orders = [event for event in listed.events if event.type == "OrderPlaced"]

    assert await told(everything, listed.last_position) == list(listed.events)
    assert await told(some, orders[-1].position) == orders
    assert not nothing.done()
    nothing.cancel()


async def test_subscribers_who_begin_at_the_same_place_read_it_once(hub: tuple[Served, Watch]) -> None:
    served, watch = hub
    for number in range(3):
        await served.place(reference=str(number))
    await positions_given(served)

    with watch.counting() as statements:
        request = events_pb2.SubscribeEventsRequest()
        principals = ("admin", "channel", "service", "viewer") * (WATCHERS // 4)
        calls = await asyncio.gather(*(subscribed(served, request, principal) for principal in principals))

    assert len(calls) == WATCHERS
    # a page for all who see the same, again only after a second
    assert 1 <= sum(FEED in statement for statement in statements) <= 4


async def test_a_watcher_that_begins_far_back_goes_on_from_memory_without_a_gap(hub: tuple[Served, Watch]) -> None:
    served, _ = hub
    await served.place(reference="0")
    await positions_given(served)
    first = await subscribed(served, events_pb2.SubscribeEventsRequest())
    await served.place(reference="1")
    await positions_given(served)
    late = aiter(served.rpc("EventService.SubscribeEvents")(events_pb2.SubscribeEventsRequest()))
    await served.place(reference="2")
    await positions_given(served)

    listed = await served.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest())

    assert await told(late, listed.last_position) == list(listed.events)
    assert (await told(first, listed.last_position))[-1] == listed.events[-1]


async def test_watchers_of_orders_that_stand_still_are_asked_about_together(hub: tuple[Served, Watch]) -> None:
    served, watch = hub
    order = await served.place(reference="0")
    calls = [
        aiter(served.rpc("OrderService.WatchOrder")(pb.WatchOrderRequest(order_id=order.order_id)))
        for _ in range(WATCHERS)
    ]
    await asyncio.gather(*(anext(call) for call in calls))

    with watch.counting() as statements:
        for number in range(1, 4):
            await served.place(reference=str(number))
            await asyncio.sleep(0.1)

    assert 1 <= sum(VERSIONS in statement for statement in statements) <= 3 * 4
    assert sum(CASES in statement for statement in statements) < WATCHERS
    cancel = pb.CancelLinesRequest(request_id=str(uuid4()), order_id=order.order_id, reason="changed their mind")
    canceled = (await served.rpc("OrderService.CancelLines", "channel")(cancel)).order
    changed = await asyncio.gather(*(anext(call) for call in calls))
    assert {message.order.version for message in changed} == {canceled.version}
