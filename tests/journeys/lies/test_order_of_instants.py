"""Reports of what follows before what it follows: refused by name; clocks of two parties may differ by a day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import pytest
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import REPORT_PAYMENTS
from hub.api.returns.tote_changes import RECEIVE_TOTES, SCAN_RETURNS, SHIP_TOTES
from hub.cases.case import Case
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent
from hub.kernel.errors import InstantImplausible
from hub.kernel.instant import Instant
from hub.messages.updates import Update
from hub.payments.model import PaymentEventKind, PaymentReport
from hub.tasks.partner_updates import Updates
from hub.totes.model import ReturnScan, ToteReceipt, ToteShipment
from tests.journeys.lies import test_instants as reports
from tests.support.drafts import draft, line
from tests.support.returns import authorize, delivered, request, sold
from tests.support.totes import close, code, opened, scan, sent
from tests.support.world import World

Prepared = Callable[[World], Awaitable[tuple[reports.Tell, Instant]]]
"""Leads up to a report: how it is told as of an instant, and when what it follows happened."""
DAY: Final = timedelta(days=1)


async def _first_shipped(world: World) -> Instant:
    (row,) = await world.rows("SELECT min(shipped_at) AS at FROM shipment")
    at: Instant = row["at"]
    return at


async def received(world: World) -> tuple[reports.Tell, Instant]:
    tell = await reports.received(world)
    return tell, await _first_shipped(world)


async def scanned(world: World) -> tuple[reports.Tell, Instant]:
    tell = await reports.scanned(world)
    return tell, await _first_shipped(world)


async def inspected(world: World) -> tuple[reports.Tell, Instant]:
    return await reports.inspected(world), await world.now()


async def disposed(world: World) -> tuple[reports.Tell, Instant]:
    return await reports.disposed(world), await world.now()


async def left(world: World) -> tuple[reports.Tell, Instant]:
    return await reports.left(world), await world.now()


async def unpacked(world: World) -> tuple[reports.Tell, Instant]:
    return await reports.unpacked(world), await world.now()


@pytest.mark.parametrize("prepared", [received, scanned, inspected, disposed, left, unpacked])
async def test_what_follows_is_not_told_before_what_it_follows(world: World, prepared: Prepared) -> None:
    tell, followed_at = await prepared(world)

    with pytest.raises(InstantImplausible):
        await tell(followed_at - DAY - timedelta(seconds=1))
    await tell(followed_at - DAY)

    assert await world.audit() == []


async def test_a_receipt_of_a_tote_is_refused_whole(world: World) -> None:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    shown = await code(world, back.rma.return_id)
    tote = await sent(world, await scan(world, await opened(world), shown))

    early = ToteReceipt(tote.tote_id, "U-1", ((shown, "", 1),), await world.now() - DAY - timedelta(seconds=1))
    with pytest.raises(InstantImplausible):
        await world.ask(RECEIVE_TOTES, early)

    assert await world.rows("SELECT * FROM tote_count") == []
    await world.ask(RECEIVE_TOTES, replace(early, occurred_at=await world.now()))


async def test_a_receipt_of_a_tote_before_one_of_its_parcels_left_receives_none_of_its_returns(world: World) -> None:
    ids = [(await authorize(world, request((await bought(world, name)).order_id))).rma.return_id for name in "AB"]
    (row,) = await world.rows("SELECT max(shipped_at) AS at FROM shipment")
    tote = await opened(world)
    for number, return_id in enumerate(ids):
        shown = await code(world, return_id)
        await world.ask(SCAN_RETURNS, ReturnScan(tote.tote_id, shown, f"S-{number}", (), row["at"] - DAY))
    await close(world, tote)
    await world.ask(SHIP_TOTES, ToteShipment(tote.tote_id, row["at"] - DAY))

    units = tuple([(await code(world, return_id), "", 1) for return_id in ids])
    with pytest.raises(InstantImplausible):
        await world.ask(RECEIVE_TOTES, ToteReceipt(tote.tote_id, "U-1", units, row["at"] - 1.5 * DAY))

    assert await world.rows("SELECT * FROM slice WHERE state = 'RETURN_RECEIVED'") == []


async def bought(world: World, reference: str) -> Case:
    await world.stock("SHIRT", "DC-NL", 1)
    return await delivered(world, draft(reference, [line("SHIRT", 1, "50.00")]), days=4)


async def test_money_is_not_captured_before_it_was_asked_for(world: World) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.UNAVAILABLE, times=2000)
    placed = await shipped(world)
    asked = await reports.capture(world, placed.order_id)
    (row,) = await world.rows("SELECT created_at FROM payment_transaction WHERE kind = 'CAPTURE'")

    early = row["created_at"] - DAY - timedelta(seconds=1)
    report = PaymentReport(asked, PaymentEventKind.CAPTURED, early, "P-1", amount_minor=10000, currency="EUR")
    with pytest.raises(InstantImplausible):
        await world.ask(REPORT_PAYMENTS, report)
    assert "PaymentCaptured" not in await world.events(placed.order_id)

    await world.ask(REPORT_PAYMENTS, replace(report, occurred_at=row["created_at"] - DAY))
    assert "PaymentCaptured" in await world.events(placed.order_id)


async def test_a_polled_delivery_before_the_parcel_left_is_kept_as_an_exception(world: World) -> None:
    placed = await shipped(world)
    (parcel,) = placed.shipments
    event = CarrierEvent(ShipmentState.DELIVERED, parcel.shipped_at - timedelta(hours=2), parcel.tracking_number)

    async with world.database.transaction() as tx:
        await Updates(world.surroundings).take(tx, "carrier", [Update("U-1", "EVENT", event)], await world.now())

    assert (await world.case(placed.order_id)).shipments[0].delivered_at is None
    (said,) = await world.rows("SELECT detail FROM exception_record WHERE reason = 'UPDATE_REFUSED'")
    assert "before the parcel left" in said["detail"]


async def shipped(world: World) -> Case:
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")]))
    await world.advance(timedelta(hours=8))
    return await world.case(placed.order_id)
