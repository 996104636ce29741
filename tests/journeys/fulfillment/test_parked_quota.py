"""A principal has only so many events parked; what is refused for that may come again, and nothing else is held up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.stock.changes import ADJUST_STOCK
from hub.inbox.errors import ParkedEventLimitReached
from hub.inbox.model import ParkedEvent, SourceSequence
from hub.inventory.model import StockChange
from tests.journeys.fulfillment.test_scenario_13_unknown_order import parked, shipped
from tests.support.drafts import draft, line
from tests.support.world import World


@pytest.fixture(autouse=True)
def room_for_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.inbox.operations.parked.MOST_PARKED", 2)


async def test_one_too_many_is_refused_and_taken_once_there_is_room(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    for number in (1, 2):
        assert await waits(world, f"W-{number}")
    request_id = world.identity()
    with pytest.raises(ParkedEventLimitReached, match="2 events parked"):
        await world.ask(RECORD_SHIPMENTS, shipped("W-3", "T-W-3"), request_id=request_id)
    assert len(await parked(world)) == 2

    assert await waits(world, "W-2"), "what is parked has its place"

    await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()
    again = await world.ask(RECORD_SHIPMENTS, shipped("W-3", "T-W-3"), request_id=request_id)
    assert isinstance(again, ParkedEvent)


async def test_events_that_are_given_up_make_room(world: World) -> None:
    for number in (1, 2):
        assert await waits(world, f"W-{number}")
    await world.advance(timedelta(hours=24))

    assert await waits(world, "W-3")


async def test_a_number_that_closes_a_gap_is_taken_though_there_is_no_room(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    for number in (2, 3):
        assert await is_ahead(world, number)
    with pytest.raises(ParkedEventLimitReached):
        await is_ahead(world, 4)

    assert not await is_ahead(world, 1)
    await world.settle()
    assert not await is_ahead(world, 4)
    assert await world.on_shelf("SHIRT", "DC-NL") == (9, 0, 0)


async def waits(world: World, reference: str) -> bool:
    """Whether a shipment of an order is parked."""
    answer = await world.ask(RECORD_SHIPMENTS, shipped(reference, f"T-{reference}"))
    return isinstance(answer, ParkedEvent)


async def is_ahead(world: World, number: int) -> bool:
    """Whether the numbered event of a warehouse, one unit more, is parked."""
    change = StockChange("SHIRT", "DC-NL", "MOVED", world.identity(), 1, sequence=SourceSequence("wms", number))
    answer = await world.ask(ADJUST_STOCK, change)
    return isinstance(answer, ParkedEvent)
