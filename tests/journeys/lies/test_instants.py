"""Reports of money, of stock and of goods that come back in another age: refused by name, and nothing is changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import REPORT_PAYMENTS
from hub.api.returns.return_changes import DISPOSE_RETURNS, INSPECT_RETURNS, RECEIVE_RETURNS
from hub.api.returns.tote_changes import RECEIVE_TOTES, SCAN_RETURNS, SHIP_TOTES
from hub.api.stock.changes import ADJUST_STOCK
from hub.inbox.model import SourceSequence
from hub.inventory.model import StockChange
from hub.kernel.errors import InstantImplausible
from hub.kernel.instant import Instant
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind, TransactionState
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
from hub.totes.model import ReturnScan, ToteReceipt, ToteShipment
from tests.support.drafts import draft, line
from tests.support.returns import NODE, authorize, inspect, receive, request, sold
from tests.support.totes import close, code, opened, scan, sent
from tests.support.world import TUESDAY, World

Tell = Callable[[Instant], Awaitable[object]]
"""Reports something as of an instant."""
AGES: Final = (datetime(1, 1, 2, tzinfo=UTC), TUESDAY - timedelta(days=400), datetime(9999, 12, 30, tzinfo=UTC))


async def received(world: World) -> Tell:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    units = (Received("R-1", 1, 1, 1, Outcome.AS_EXPECTED, NODE, TUESDAY),)
    return lambda at: world.ask(RECEIVE_RETURNS, Receipt(back.rma.return_id, "R-1", NODE, units, at))


async def inspected(world: World) -> Tell:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    await receive(world, back)
    units = (Inspected("I-1", 1, 1, 1, Verdict.ACCEPTED, TUESDAY),)
    return lambda at: world.ask(INSPECT_RETURNS, Inspection(back.rma.return_id, "I-1", units, at, ""))


async def disposed(world: World) -> Tell:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    await receive(world, back)
    await inspect(world, back)
    units = (Disposed("D-1", 1, 1, 1, Disposition.RESTOCK, "", TUESDAY),)
    return lambda at: world.ask(DISPOSE_RETURNS, DispositionReport(back.rma.return_id, "D-1", units, at))


async def scanned(world: World) -> Tell:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    shown, tote = await code(world, back.rma.return_id), await opened(world)
    return lambda at: world.ask(SCAN_RETURNS, ReturnScan(tote.tote_id, shown, "S-1", (), at))


async def left(world: World) -> Tell:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    tote = await scan(world, await opened(world), await code(world, back.rma.return_id))
    await close(world, tote)
    return lambda at: world.ask(SHIP_TOTES, ToteShipment(tote.tote_id, at, "T-1"))


async def unpacked(world: World) -> Tell:
    back = await authorize(world, request((await sold(world, 1)).order_id))
    tote = await sent(world, await scan(world, await opened(world), await code(world, back.rma.return_id)))
    return lambda at: world.ask(RECEIVE_TOTES, ToteReceipt(tote.tote_id, "U-1", (), at))


@pytest.mark.parametrize("prepared", [received, inspected, disposed, scanned, left, unpacked])
async def test_goods_do_not_come_back_in_another_age(
    world: World, prepared: Callable[[World], Awaitable[Tell]]
) -> None:
    tell = await prepared(world)
    for at in AGES:
        with pytest.raises(InstantImplausible):
            await tell(at)

    await tell(await world.now())
    assert await world.audit() == []


async def test_money_does_not_move_in_another_age(world: World) -> None:
    world.doubles.fault("double_payment", "Capture", FaultKind.UNAVAILABLE, times=2000)
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")]))
    await world.advance(timedelta(hours=8))
    asked = await capture(world, placed.order_id)

    now = await world.now()
    report = PaymentReport(asked, PaymentEventKind.CAPTURED, now, "P-1", amount_minor=10000, currency="EUR")
    for at in AGES:
        with pytest.raises(InstantImplausible):
            await world.ask(REPORT_PAYMENTS, replace(report, occurred_at=at))
    assert "PaymentCaptured" not in await world.events(placed.order_id)

    await world.ask(REPORT_PAYMENTS, report)
    assert "PaymentCaptured" in await world.events(placed.order_id)


async def capture(world: World, order_id: UUID) -> UUID:
    (asked,) = [
        one.transaction_id
        for one in (await world.case(order_id)).payments.transactions
        if one.kind is TransactionKind.CAPTURE and one.state is TransactionState.REQUESTED
    ]
    return asked


@pytest.mark.parametrize("at", AGES, ids=str)
async def test_stock_does_not_move_in_another_age(world: World, at: Instant) -> None:
    await world.items("VASE")
    change = StockChange("VASE", "DC-NL", "receipt", world.identity(), on_hand=5, occurred_at=at)

    with pytest.raises(InstantImplausible):
        await world.ask(ADJUST_STOCK, change)
    assert await world.on_shelf("VASE", "DC-NL") == (0, 0, 0)


async def test_a_numbered_movement_of_another_age_is_named_and_its_feed_goes_on(world: World) -> None:
    await world.items("VASE")

    def change(number: int, at: Instant) -> StockChange:
        told = SourceSequence("wms", number)
        return StockChange("VASE", "DC-NL", "receipt", world.identity(), on_hand=5, occurred_at=at, sequence=told)

    with pytest.raises(InstantImplausible):
        await world.ask(ADJUST_STOCK, change(1, AGES[-1]))
    await world.ask(ADJUST_STOCK, change(2, await world.now()))

    assert await world.exceptions() == ["EVENT_REFUSED"]
    assert await world.on_shelf("VASE", "DC-NL") == (5, 0, 0)
