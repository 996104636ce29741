"""Reports under a reference that came before: the same again changes nothing, other content is refused by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from hub.api.fulfillment.changes import RECORD_SHORTS
from hub.api.returns.return_changes import DISPOSE_RETURNS, INSPECT_RETURNS, RECEIVE_RETURNS
from hub.cases.returns.return_cases import ReturnResult
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent, FulfillmentLine, ShortReason, ShortReport
from hub.kernel.errors import ReferenceReused
from hub.messages.updates import Update
from hub.returns.model import (
    Disposed,
    Disposition,
    DispositionReport,
    Inspected,
    Inspection,
    Outcome,
    Receipt,
    Received,
    Verdict,
)
from hub.tasks.partner_updates import Updates
from tests.support.drafts import draft, line
from tests.support.returns import NODE, authorize, inspect, receive, request, sold
from tests.support.world import TUESDAY, World


async def test_a_short_reported_again_is_a_repeat_only_with_the_same_content(world: World) -> None:
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")]))
    await world.settle()
    (worked,) = (await world.case(placed.order_id)).fulfillment_orders
    one = (FulfillmentLine(1, 1, "VASE"),)
    told = ShortReport(worked.fulfillment_order_id, "S-1", TUESDAY, one, ShortReason.DAMAGED)

    await world.ask(RECORD_SHORTS, told)
    await world.ask(RECORD_SHORTS, told)
    assert (await world.events(placed.order_id)).count("UnitsShort") == 1

    for other in (replace(told, lines=(FulfillmentLine(1, 2, "VASE"),)), replace(told, reason=ShortReason.MISMATCH)):
        with pytest.raises(ReferenceReused):
            await world.ask(RECORD_SHORTS, other)
    assert (await world.events(placed.order_id)).count("UnitsShort") == 1


async def returned(world: World) -> ReturnResult:
    return await authorize(world, request((await sold(world, 2)).order_id, 2))


async def test_a_receipt_reported_again_is_a_repeat_only_with_the_same_content(world: World) -> None:
    back = await returned(world)
    units = (Received("R-1", 1, 1, 1, Outcome.AS_EXPECTED, NODE, TUESDAY),)
    told = Receipt(back.rma.return_id, "R-1", NODE, units, TUESDAY)

    await world.ask(RECEIVE_RETURNS, told)
    assert len((await world.ask(RECEIVE_RETURNS, told)).rma.received) == 1
    with pytest.raises(ReferenceReused):
        await world.ask(RECEIVE_RETURNS, replace(told, units=(replace(units[0], quantity=2),)))


async def test_an_inspection_reported_again_is_a_repeat_only_with_the_same_content(world: World) -> None:
    back = await returned(world)
    await receive(world, back, 2)
    at = await world.now()
    units = (Inspected("I-1", 1, 1, 1, Verdict.ACCEPTED, at),)
    told = Inspection(back.rma.return_id, "I-1", units, at, "")

    await world.ask(INSPECT_RETURNS, told)
    assert len((await world.ask(INSPECT_RETURNS, told)).rma.inspected) == 1
    with pytest.raises(ReferenceReused):
        await world.ask(INSPECT_RETURNS, replace(told, units=(replace(units[0], verdict=Verdict.REJECTED),)))


async def test_a_disposition_reported_again_is_a_repeat_only_with_the_same_content(world: World) -> None:
    back = await returned(world)
    await receive(world, back, 2)
    await inspect(world, back, quantity=2)
    at = await world.now()
    units = (Disposed("D-1", 1, 1, 1, Disposition.RESTOCK, "", at),)
    told = DispositionReport(back.rma.return_id, "D-1", units, at)

    await world.ask(DISPOSE_RETURNS, told)
    assert len((await world.ask(DISPOSE_RETURNS, told)).rma.disposed) == 1
    with pytest.raises(ReferenceReused):
        await world.ask(DISPOSE_RETURNS, replace(told, units=(replace(units[0], disposition=Disposition.REPAIR),)))
    with pytest.raises(ReferenceReused):
        await world.ask(DISPOSE_RETURNS, replace(told, units=(replace(units[0], node_id="DC-UK"),)))


async def test_a_carrier_that_reports_the_parcel_of_another_one_is_refused(world: World) -> None:
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")]))
    await world.advance(timedelta(hours=8))
    (parcel,) = (await world.case(placed.order_id)).shipments
    event = CarrierEvent(ShipmentState.DELIVERED, await world.now(), parcel.tracking_number)

    async with world.database.transaction() as tx:
        await Updates(world.surroundings).take(tx, "courier", [Update("U-1", "EVENT", event)], await world.now())
    (said,) = await world.rows("SELECT detail FROM exception_record WHERE reason = 'UPDATE_REFUSED'")
    assert said["detail"] == "courier sent EVENT: it is about work of another account"
    assert (await world.case(placed.order_id)).shipments[0].delivered_at is None

    async with world.database.transaction() as tx:
        await Updates(world.surroundings).take(tx, "carrier", [Update("U-1", "EVENT", event)], await world.now())
    assert (await world.case(placed.order_id)).shipments[0].delivered_at is not None
