"""Scenario 13: a shipment event before its order is parked, then applied; after 24 hours it is an exception."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_SHIPMENTS
from hub.api.fulfillment.feeds import REPLAY_PARKED
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import NOWHERE, CarrierEvent, OrderReference, ShipmentReport
from hub.inbox.model import ParkedEvent, ParkedState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY, World


def shipped(reference: str, tracking_number: str = "T-1") -> ShipmentReport:
    """A node's report of a parcel, by the channel's reference of its order."""
    return ShipmentReport(
        NOWHERE, "P-1", TUESDAY, tracking_number, order=OrderReference(CHANNEL, reference), waits=True
    )


async def parked(world: World) -> list[ParkedState]:
    rows = await world.rows("SELECT state FROM parked_event ORDER BY parked_at, parked_event_id")
    return [ParkedState(row["state"]) for row in rows]


async def test_scenario_13_a_shipment_three_seconds_before_its_order_is_applied_when_the_order_is_there(
    world: World,
) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    waiting = await world.ask(RECORD_SHIPMENTS, shipped("W-1"))
    assert isinstance(waiting, ParkedEvent)
    assert (waiting.waits_for, waiting.state) == (f"order {CHANNEL}/W-1", ParkedState.PARKED)
    await world.advance(timedelta(seconds=3))

    placed = await world.place(draft("W-1", [line("SHIRT", 2)]))
    await world.settle()

    case = await world.case(placed.order_id)
    assert {one.state for one in case.slices} == {SliceState.SHIPPED}
    assert [one.tracking_number for one in case.shipments] == ["T-1"]
    assert world.money("payment.capture") == ["20.00"]
    assert await parked(world) == [ParkedState.APPLIED]
    assert await world.exceptions() == []


async def test_scenario_13_a_carriers_event_before_the_parcel_is_applied_when_the_parcel_has_left(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    event = CarrierEvent(ShipmentState.DELIVERED, TUESDAY + timedelta(hours=1), "T-1", waits=True)
    await world.ask(RECORD_CARRIER_EVENTS, event)
    await world.ask(RECORD_SHIPMENTS, shipped("W-1"))

    placed = await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()

    case = await world.case(placed.order_id)
    assert {one.state for one in case.slices} == {SliceState.DELIVERED}
    assert await parked(world) == [ParkedState.APPLIED] * 2


async def test_scenario_13_after_a_day_it_is_an_exception_and_still_applied_when_the_order_comes(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await world.ask(RECORD_SHIPMENTS, shipped("W-1"))
    await world.advance(timedelta(hours=24) - timedelta(seconds=1))
    assert (await world.exceptions(), await parked(world)) == ([], [ParkedState.PARKED])

    await world.advance(timedelta(seconds=1))
    assert (await world.exceptions(), await parked(world)) == (["EVENT_UNMATCHED"], [ParkedState.UNMATCHED])
    await world.place(draft("W-1", [line("SHIRT", 1)]))
    await world.settle()

    assert (await world.exceptions(), await parked(world)) == ([], [ParkedState.APPLIED])
    assert world.money("payment.capture") == ["10.00"]


async def test_scenario_13_a_replay_of_what_has_no_order_leaves_it_parked(world: World) -> None:
    waiting = await world.ask(RECORD_SHIPMENTS, shipped("W-1"))
    assert isinstance(waiting, ParkedEvent)

    await world.ask(REPLAY_PARKED, waiting.parked_event_id)
    await world.settle()

    assert await parked(world) == [ParkedState.PARKED]


@pytest.mark.parametrize("times", [2, 3])
async def test_scenario_13_an_event_that_comes_again_while_it_waits_is_parked_once(world: World, times: int) -> None:
    answers = [await world.ask(RECORD_SHIPMENTS, shipped("W-1")) for _ in range(times)]
    await world.run(record_shipments, [shipped("W-1")])

    assert len({one.parked_event_id for one in answers if isinstance(one, ParkedEvent)}) == 1
    assert await parked(world) == [ParkedState.PARKED]
