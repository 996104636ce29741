"""Parcels that could not be delivered: back to the node they left from, and the customer's money back."""

from __future__ import annotations

from datetime import timedelta

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS
from hub.cases.case import Case
from hub.cases.returns.return_cases import ReturnResult, return_of
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent
from hub.orders.lifecycle import OrderState
from hub.returns import operations as returns
from hub.returns.model import Disposition, Reason, Verdict
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.returns import dispose, inspect, receive
from tests.support.world import World


async def turned_back(world: World) -> Case:
    """Two units that shipped and that their carrier brings back."""
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00"))
    await world.advance(timedelta(hours=8))
    case = await world.case(placed.order_id)
    assert [one.state for one in case.slices] == [SliceState.SHIPPED]
    await told(world, case, ShipmentState.RETURNING_TO_SENDER)
    await world.settle()
    return await world.case(placed.order_id)


async def told(world: World, case: Case, state: ShipmentState) -> None:
    (parcel,) = case.shipments
    event = CarrierEvent(state, await world.now(), parcel.tracking_number, parcel.shipment_id, state.value)
    await world.ask(RECORD_CARRIER_EVENTS, event)


async def returned(world: World, case: Case) -> ReturnResult:
    """The return that nobody had to ask for, with its units received."""
    async with world.database.reading() as tx:
        (rma,) = (await returns.load(tx, [case.order_id]))[case.order_id]
    assert rma.return_id == return_of(case.shipments[0].shipment_id)
    assert [(one.quantity, one.reason) for one in rma.lines] == [(2, Reason.UNDELIVERABLE)]
    return await receive(world, ReturnResult(case, rma), 2)


async def test_what_could_not_be_delivered_is_received_refunded_and_on_the_shelf_again(world: World) -> None:
    case = await turned_back(world)
    assert [one.state for one in case.slices] == [SliceState.RETURNING]
    assert await world.exceptions() == []

    back = await returned(world, case)
    await inspect(world, back, quantity=2)
    await dispose(world, back, quantity=2)
    await world.settle()

    assert world.money("payment.refund") == ["100.00"]
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 0)
    ended = await world.case(case.order_id)
    assert [one.state for one in ended.slices] == [SliceState.RETURN_CLOSED]
    assert ended.order.state is OrderState.CLOSED
    assert await world.audit() == []


async def test_the_carrier_never_moves_goods_that_come_back_anywhere_else(world: World) -> None:
    case = await turned_back(world)

    for state in (ShipmentState.DELIVERED, ShipmentState.OUT_FOR_DELIVERY, ShipmentState.RETURNING_TO_SENDER):
        await told(world, case, state)
        await world.advance(timedelta(minutes=1))

    after = await world.case(case.order_id)
    assert [one.state for one in after.slices] == [SliceState.RETURNING]
    assert after.shipments[0].state is ShipmentState.RETURNING_TO_SENDER
    assert await world.audit() == []


async def test_what_comes_back_spoiled_is_not_refunded_and_goes_where_it_is_told(world: World) -> None:
    case = await turned_back(world)
    back = await returned(world, case)

    await inspect(world, back, Verdict.REJECTED, 2)
    await dispose(world, back, Disposition.RECYCLE, 2)
    await world.settle()

    assert world.money("payment.refund") == []
    found = await world.rows("SELECT condition, on_hand FROM conditioned_stock WHERE on_hand > 0")
    assert [(row["condition"], row["on_hand"]) for row in found] == [("RECYCLING", 2)]
    assert await world.audit() == []


async def test_what_never_arrives_back_is_overdue(world: World) -> None:
    await turned_back(world)

    await world.advance(timedelta(days=22))

    assert await world.exceptions() == ["RETURN_OVERDUE"]
