"""Parcels that are late, lost or found, share a number, or are written off: none is under way for ever unseen."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_SHIPMENTS, WRITE_OFF
from hub.cases.case import Case
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent, FulfillmentLine, ShipmentReport, WriteOff
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.world import World

DAY = timedelta(days=1)


async def test_two_parcels_under_one_tracking_number_are_both_delivered(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 1), ("P-2", 2))

    await told(world, placed, ShipmentState.DELIVERED)
    await world.settle()

    case = await world.case(placed.order_id)
    assert {one.state for one in case.shipments} == {ShipmentState.DELIVERED}
    assert case.order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["20.00", "40.00"]


async def test_a_number_used_again_weeks_later_names_the_later_parcel(world: World) -> None:
    earlier = await shipped(world, "W-1", ("P-1", 3), ago=30 * DAY)
    later = await shipped(world, "W-2", ("P-1", 3))

    await told(world, later, ShipmentState.DELIVERED)

    assert (await states(world, later), await states(world, earlier)) == ({SliceState.DELIVERED}, {SliceState.SHIPPED})


async def test_a_parcel_of_which_nobody_tells_is_named_within_a_month(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")

    await world.advance(30 * DAY)
    assert await world.exceptions() == ["PARCEL_OVERDUE"]

    await told(world, placed, ShipmentState.DELIVERED)
    assert await world.exceptions() == []


async def test_a_parcel_that_was_lost_and_is_delivered_the_next_day_is_delivered(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    await told(world, placed, ShipmentState.LOST)
    assert await world.exceptions() == ["PARCEL_TROUBLE"]
    await world.advance(DAY)

    await told(world, placed, ShipmentState.DELIVERED)
    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert await world.exceptions() == []


@pytest.mark.parametrize("lost", [True, False], ids=["lost", "silent"])
async def test_a_parcel_written_off_ends_with_the_customer_credited(world: World, lost: bool) -> None:  # noqa: FBT001
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    if lost:
        await told(world, placed, ShipmentState.LOST)
    await world.advance(30 * DAY)

    for _ in range(2):
        await world.ask(WRITE_OFF, WriteOff(parcel(placed), "the carrier lost it"))
    await world.settle()

    assert await states(world, placed) == {SliceState.LOST}
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert (world.money("payment.capture"), world.money("payment.refund")) == (["60.00"], ["60.00"])
    assert await world.exceptions() == []


async def test_a_parcel_written_off_that_is_delivered_after_all_is_named(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    await world.ask(WRITE_OFF, WriteOff(parcel(placed), "the carrier lost it"))

    await told(world, placed, ShipmentState.DELIVERED)

    assert await world.exceptions() == ["PARCEL_TROUBLE"]


async def test_a_parcel_that_was_delivered_cannot_be_written_off(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    await told(world, placed, ShipmentState.DELIVERED)

    with pytest.raises(FulfillmentActionNotAllowed):
        await world.ask(WRITE_OFF, WriteOff(parcel(placed), "lost"))


async def shipped(
    world: World, reference: str, *parcels: tuple[str, int], number: str = "3S-ONE", ago: timedelta = timedelta()
) -> Case:
    """Three cups that left DC-NL in parcels under one number; without a number no carrier follows them."""
    later = {f"{step}_after_minutes": 900_000 for step in ("acknowledge", "pick", "pack", "ship")}
    await world.network(profiles={"wms": later})
    await world.stock("CUP", "DC-NL", 3)
    placed = await world.place(draft(reference, [line("CUP", 3, "20.00")]))
    await world.settle()
    work = (await world.case(placed.order_id)).fulfillment_orders[0].fulfillment_order_id
    for name, units in parcels:
        lines = (FulfillmentLine(1, units),)
        await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, name, await world.now() - ago, number, lines))
    await world.settle()
    return await world.case(placed.order_id)


async def told(world: World, case: Case, state: ShipmentState) -> None:
    shipment = case.shipments[0]
    named = None if shipment.tracking_number else shipment.shipment_id
    await world.ask(RECORD_CARRIER_EVENTS, CarrierEvent(state, await world.now(), shipment.tracking_number, named))


async def states(world: World, case: Case) -> set[SliceState]:
    return {one.state for one in (await world.case(case.order_id)).slices}


def parcel(case: Case) -> UUID:
    return case.shipments[0].shipment_id
