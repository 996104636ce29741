"""Holds of part of an order: each operation waits for that part alone, and goes on when the hold ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES, PLACE_HOLD, RESOLVE_HOLD
from hub.cases.case import Case
from hub.flows.orders.hold_orders import HoldOrder
from hub.flows.orders.resolve_holds import HoldDecision
from hub.fulfillment.model import FulfillmentLine, ShipmentReport
from hub.holds.errors import HoldScopeNotFound, HoldTypeReserved
from hub.holds.model import THE_ORDER, HoldPart, HoldScope, HoldStatus, HoldType, Operation
from hub.kernel.errors import InvalidField
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.slices.lifecycle import SliceState
from tests.support.drafts import card, draft, line
from tests.support.returns import authorize, inspect, receive, request
from tests.support.world import World

DAY = timedelta(days=1)
ONE_UNIT = HoldPart(HoldScope.LINE, line_number=1, quantity=1)


@pytest.mark.parametrize("operation", [Operation.ALLOCATE, Operation.RELEASE])
async def test_units_of_a_held_line_wait_and_the_others_go_on(world: World, operation: Operation) -> None:
    await world.items("HAT")
    placed = await world.place(draft("W-1", [line("HAT", 3)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    await hold(world, placed, operation, part=ONE_UNIT)

    await world.stock("HAT", "DC-NL", 3)
    await world.settle()
    assert await counted(world, placed) == {SliceState.BACKORDERED: 1, SliceState.RELEASED: 2}

    await ended(world, placed)
    assert await counted(world, placed) == {SliceState.RELEASED: 3}


async def test_what_ships_of_held_units_is_named_and_captured_when_the_hold_ends(world: World) -> None:
    placed = await released(world)
    await hold(world, placed, Operation.SHIP, Operation.CAPTURE, Operation.NOTIFY, part=ONE_UNIT)

    await left(world, placed, 2)
    await world.settle()
    assert (world.money("payment.capture"), await world.exceptions()) == (["45.00"], ["ON_HOLD"])
    await left(world, placed, 1, "P-2")
    await world.settle()
    assert world.money("payment.capture") == ["45.00"]
    assert sorted(await world.exceptions()) == ["ON_HOLD", "PARCEL_TO_INTERCEPT"]

    await ended(world, placed)
    assert world.money("payment.capture") == ["45.00", "20.00"]
    assert world.notices("ORDER_SHIPPED") == ["ORDER_SHIPPED"] * 2
    assert await world.exceptions() == []


async def test_a_held_fulfillment_order_is_captured_told_and_refunded_when_its_hold_ends(world: World) -> None:
    placed = await released(world)
    work = placed.fulfillment_orders[0].fulfillment_order_id
    part = HoldPart(HoldScope.FULFILLMENT_ORDER, fulfillment_order_id=work)
    await hold(world, placed, Operation.SHIP, Operation.CAPTURE, Operation.NOTIFY, Operation.REFUND, part=part)

    await left(world, placed, 3)
    await world.advance(3 * DAY)
    assert world.money("payment.capture") == world.notices("ORDER_SHIPPED") == []
    assert sorted(await world.exceptions()) == ["ON_HOLD", "PARCEL_TO_INTERCEPT"]

    await ended(world, placed)
    assert (world.money("payment.capture"), world.notices("ORDER_SHIPPED")) == (["65.00"], ["ORDER_SHIPPED"])

    back = await authorize(world, request(placed.order_id, 1))
    await hold(world, placed, Operation.REFUND, part=part)
    await receive(world, back, 1)
    await inspect(world, back, quantity=1)
    await world.settle()
    assert world.money("payment.refund") == []
    await ended(world, placed)
    assert world.money("payment.refund") == ["20.00"]


async def test_captures_and_refunds_of_a_held_instrument_wait_and_the_other_pays_its_share(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    instruments = [card("40.00", token="tok_a"), card("25.00", token="tok_b")]
    placed = await world.place(draft("W-1", [line("HAT", 3, "20.00")], shipping="5.00", instruments=instruments))
    await hold(world, placed, Operation.CAPTURE, Operation.REFUND, instrument=1)

    await world.advance(3 * DAY)
    assert world.money("payment.capture") == ["25.00"]

    await ended(world, placed)
    assert world.money("payment.capture") == ["25.00", "40.00"]


async def test_a_hold_of_a_line_shrinks_with_its_units_and_a_rejected_one_cancels_them(world: World) -> None:
    await world.items("HAT")
    placed = await world.place(draft("W-1", [line("HAT", 3)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    await hold(world, placed, Operation.RELEASE, part=HoldPart(HoldScope.LINE, line_number=1, quantity=2))
    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "fewer", ((1, 2),)))
    assert [one.quantity for one in (await world.case(placed.order_id)).holds] == [1]

    await ended(world, placed, HoldStatus.REJECTED)
    case = await world.case(placed.order_id)
    assert (case.order.state, await world.exceptions()) == (OrderState.CANCELED, [])


async def test_a_hold_that_time_does_not_answer_stays_after_its_time_and_is_named_to_its_owner(world: World) -> None:
    placed = await released(world)
    until = await world.now() + DAY
    asked = HoldOrder(
        placed.order_id, HoldType.FRAUD, "odd", frozenset({Operation.REFUND}), owner="risk", expires_at=until
    )
    await world.ask(PLACE_HOLD, asked)

    await world.advance(2 * DAY)

    (held,) = (await world.case(placed.order_id)).holds
    assert (held.status, held.owner) == (HoldStatus.ACTIVE, "risk")
    assert (await world.exceptions()).count("ON_HOLD") == 2
    await ended(world, placed)
    assert "ON_HOLD" not in await world.exceptions()


async def test_a_hold_of_what_the_order_has_not_is_refused(world: World) -> None:
    placed = await released(world)
    other = HoldPart(HoldScope.FULFILLMENT_ORDER, fulfillment_order_id=world.identity())
    for part in (other, HoldPart(HoldScope.LINE, line_number=9), HoldPart(HoldScope.LINE, line_number=1, quantity=4)):
        with pytest.raises(HoldScopeNotFound):
            await hold(world, placed, Operation.SHIP, part=part)
    with pytest.raises(HoldScopeNotFound):
        await hold(world, placed, Operation.SHIP, instrument=2)
    with pytest.raises(InvalidField):
        await hold(world, placed)
    past = await world.now() - DAY
    ended_before = HoldOrder(placed.order_id, HoldType.MANUAL, "x", frozenset({Operation.SHIP}), expires_at=past)
    with pytest.raises(InvalidField):
        await world.ask(PLACE_HOLD, ended_before)
    with pytest.raises(HoldTypeReserved):
        await world.ask(PLACE_HOLD, HoldOrder(placed.order_id, HoldType.TAX, "x"))
    assert (await world.case(placed.order_id)).holds == ()


async def released(world: World) -> Case:
    profile = dict.fromkeys(
        ["acknowledge_after_minutes", "pick_after_minutes", "pack_after_minutes", "ship_after_minutes"], 6000
    )
    await world.network(profiles={"wms": profile})
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-1", [line("HAT", 3, "20.00")], shipping="5.00"))
    await world.settle()
    return await world.case(placed.order_id)


async def hold(
    world: World, case: Case, *operations: Operation, part: HoldPart = THE_ORDER, instrument: int = 0
) -> None:
    blocks = frozenset(operations)
    asked = HoldOrder(case.order_id, HoldType.MANUAL, "wait", blocks, part=part, instrument_number=instrument)
    await world.ask(PLACE_HOLD, asked)


async def ended(world: World, case: Case, status: HoldStatus = HoldStatus.RESOLVED) -> None:
    held = next(one for one in (await world.case(case.order_id)).holds if one.status is HoldStatus.ACTIVE)
    await world.ask(RESOLVE_HOLD, HoldDecision(case.order_id, held.hold_id, status))
    await world.settle()


async def left(world: World, case: Case, units: int, reference: str = "P-1") -> None:
    work: UUID = case.fulfillment_orders[0].fulfillment_order_id
    lines = (FulfillmentLine(1, units),)
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, reference, await world.now(), f"T-{reference}", lines))


async def counted(world: World, case: Case) -> dict[SliceState, int]:
    found: dict[SliceState, int] = {}
    for one in (await world.case(case.order_id)).slices:
        found[one.state] = found.get(one.state, 0) + one.quantity
    return found
