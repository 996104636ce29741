"""Parcels with more than was released to their node: named as what they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.cases.case import Case
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.model import FulfillmentLine, ShipmentReport
from tests.support.drafts import draft, line
from tests.support.world import World


async def test_a_parcel_with_more_units_than_were_released_is_named_as_that(world: World) -> None:
    placed = await released(world)

    with pytest.raises(FulfillmentActionNotAllowed):
        await left(world, placed, "P-1", 6)

    assert await details(world) == [
        ("PARCEL_OVERSHIPPED", "DC-NL shipped parcel P-1 with 1 more than were released. Have it brought back.")
    ]


@pytest.mark.parametrize("units", [2, 0])
async def test_a_parcel_after_all_units_left_is_named_as_one_too_many(world: World, units: int) -> None:
    placed = await released(world)
    await left(world, placed, "P-1", 5)

    with pytest.raises(FulfillmentActionNotAllowed):
        await left(world, placed, "P-2", units)

    assert await world.exceptions() == ["PARCEL_OVERSHIPPED"]
    await world.advance(timedelta(days=2))


async def released(world: World) -> Case:
    await world.stock("CUP", "DC-NL", 9)
    placed = await world.place(draft("W-1", [line("CUP", 5, "20.00")]))
    await world.settle()
    return await world.case(placed.order_id)


async def left(world: World, case: Case, reference: str, units: int) -> None:
    lines = (FulfillmentLine(1, units),) if units else ()
    work = case.fulfillment_orders[0].fulfillment_order_id
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, reference, await world.now(), f"T-{reference}", lines))


async def details(world: World) -> list[tuple[str, str]]:
    rows = await world.rows("SELECT reason, detail FROM exception_record WHERE resolved_at IS NULL")
    return [(row["reason"], row["detail"]) for row in rows]
