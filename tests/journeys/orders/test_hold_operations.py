"""Holds by what they block: each operation that a hold names waits, or is refused, until the hold ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES, RESOLVE_HOLD
from hub.cases.case import Case
from hub.flows.money.refund_orders import grant_credits
from hub.flows.orders.hold_orders import HoldOrder, hold_orders, resume_orders
from hub.flows.orders.resolve_holds import HoldDecision
from hub.fulfillment.model import FulfillmentLine, ShipmentReport
from hub.holds.errors import BlockedByHold
from hub.holds.model import BEFORE_RELEASE, HoldStatus, HoldType, Operation
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.returns.model import CreditRequest, Resolution
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.returns import authorize, balance, inspect, receive, request
from tests.support.world import World

DAY = timedelta(days=1)


@pytest.mark.parametrize("operation", [Operation.ALLOCATE, Operation.RELEASE])
async def test_units_that_wait_are_not_claimed_nor_handed_over_under_a_hold(world: World, operation: Operation) -> None:
    await world.items("HAT")
    placed = await world.place(draft("W-1", [line("HAT", 2)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    await held(world, placed, operation)

    await world.stock("HAT", "DC-NL", 2)
    await world.settle()
    assert {one.state for one in (await world.case(placed.order_id)).slices} == {SliceState.BACKORDERED}

    await resumed(world, placed)
    assert {one.state for one in (await world.case(placed.order_id)).slices} == {SliceState.RELEASED}


@pytest.mark.parametrize("status", [HoldStatus.RESOLVED, HoldStatus.REJECTED])
async def test_a_parcel_that_left_under_a_hold_is_recorded_and_named_until_a_person_agrees(
    world: World, status: HoldStatus
) -> None:
    placed = await released(world)
    await held(world, placed, Operation.SHIP)

    assert len((await left(world, placed)).shipments) == 1
    assert sorted(await world.exceptions()) == ["ON_HOLD", "PARCEL_TO_INTERCEPT"]
    await world.settle()
    assert world.money("payment.capture") == ["65.00"]

    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, await hold_of(world, placed), status))
    assert await world.exceptions() == ([] if status is HoldStatus.RESOLVED else ["PARCEL_TO_INTERCEPT"])


@pytest.mark.parametrize("status", [HoldStatus.RESOLVED, HoldStatus.REJECTED])
async def test_what_ships_under_a_hold_is_captured_when_it_ends_and_only_then_the_order_closes(
    world: World, status: HoldStatus
) -> None:
    placed = await released(world)
    await held(world, placed, *BEFORE_RELEASE)

    await world.advance(3 * DAY)

    case = await world.case(placed.order_id)
    assert {one.state for one in case.slices} == {SliceState.DELIVERED}
    assert (case.order.state, world.money("payment.capture"), world.money("payment.reverse")) == (
        OrderState.CONFIRMED,
        [],
        [],
    )

    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, case.holds[0].hold_id, status))
    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["65.00"]
    assert await world.exceptions() == []


async def test_of_an_order_partly_canceled_what_its_capture_waits_for_is_not_given_back(world: World) -> None:
    placed = await released(world)
    await held(world, placed, Operation.CAPTURE)
    await left(world, placed, 2)
    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "changed mind"))
    await world.advance(3 * DAY)
    assert (world.money("payment.capture"), world.money("payment.reverse")) == ([], ["20.00"])

    await resumed(world, placed)

    assert world.money("payment.capture") == ["45.00"]
    assert world.money("payment.reverse") == ["20.00"]


async def test_two_holds_that_block_captures_both_have_to_end(world: World) -> None:
    placed = await released(world)
    await held(world, placed, Operation.CAPTURE)
    await world.run(hold_orders, [HoldOrder(placed.order_id, HoldType.FRAUD, "stolen card")])
    await world.advance(3 * DAY)

    await resumed(world, placed)
    assert world.money("payment.capture") == []

    await world.run(resume_orders, [HoldOrder(placed.order_id, HoldType.FRAUD, "")])
    await world.settle()
    assert world.money("payment.capture") == ["65.00"]
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_a_credit_is_refused_under_a_hold_that_blocks_refunds(world: World) -> None:
    placed = await released(world)
    await left(world, placed)
    await world.settle()
    await held(world, placed, Operation.REFUND)
    credit = CreditRequest(placed.order_id, 500, "EUR", "late")

    (refused,) = await world.run(grant_credits, [credit])
    assert isinstance(refused, BlockedByHold)

    await resumed(world, placed)
    await world.run(grant_credits, [credit])
    await world.settle()
    assert world.money("payment.refund") == ["5.00"]


@pytest.mark.parametrize("status", [HoldStatus.RESOLVED, HoldStatus.REJECTED])
async def test_store_credit_waits_as_a_refund_does_until_the_hold_ends(world: World, status: HoldStatus) -> None:
    placed = await released(world)
    await left(world, placed)
    await world.advance(3 * DAY)
    back = await authorize(world, request(placed.order_id, 2, resolution=Resolution.STORE_CREDIT))
    await held(world, placed, Operation.REFUND)
    await receive(world, back, 2)
    await inspect(world, back, quantity=2)
    assert await balance(world, "store_credit") == 0

    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, await hold_of(world, placed), status))
    await world.settle()

    assert await balance(world, "store_credit") == -4000
    assert world.money("payment.refund") == []


async def test_what_is_owed_is_refunded_when_a_hold_that_blocks_refunds_is_rejected(world: World) -> None:
    placed = await released(world)
    await left(world, placed)
    await world.advance(3 * DAY)
    back = await authorize(world, request(placed.order_id))
    await held(world, placed, Operation.REFUND)
    await receive(world, back)
    await inspect(world, back)
    await world.settle()
    assert world.money("payment.refund") == []

    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, await hold_of(world, placed), HoldStatus.REJECTED))
    await world.settle()

    assert world.money("payment.refund") == ["20.00"]


async def test_the_customer_is_told_what_happened_when_the_hold_that_blocks_notices_ends(world: World) -> None:
    placed = await released(world)
    await held(world, placed, Operation.NOTIFY)
    await left(world, placed, 2)
    await left(world, placed, 1, "P-2")
    await world.settle()
    assert world.notices("ORDER_SHIPPED") == []
    assert (await world.events(placed.order_id)).count("NoticeWithheld") == 2

    await resumed(world, placed)

    assert world.notices("ORDER_SHIPPED") == ["ORDER_SHIPPED"] * 2
    await world.advance(3 * DAY)
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_of_two_holds_that_block_notices_the_last_one_tells_and_a_rejected_one_does_not(world: World) -> None:
    placed = await released(world)
    await held(world, placed, Operation.NOTIFY)
    both = HoldOrder(placed.order_id, HoldType.FRAUD, "stolen card", frozenset({Operation.NOTIFY}))
    await world.run(hold_orders, [both])
    await left(world, placed, 2)

    await resumed(world, placed)
    assert world.notices("ORDER_SHIPPED") == []
    await world.run(resume_orders, [both])
    await world.settle()
    assert world.notices("ORDER_SHIPPED") == ["ORDER_SHIPPED"]

    await held(world, placed, Operation.NOTIFY)
    await left(world, placed, 1, "P-2")
    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, await hold_of(world, placed), HoldStatus.REJECTED))
    await world.settle()
    assert world.notices("ORDER_SHIPPED") == ["ORDER_SHIPPED"]


async def test_a_hold_put_for_a_time_ends_by_itself_and_the_order_goes_on(world: World) -> None:
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-1", [line("HAT", 3, "20.00")]))
    await world.run(hold_orders, [HoldOrder(placed.order_id, HoldType.MANUAL, "wait", ttl=2 * DAY)])

    await world.advance(DAY)
    assert (await world.case(placed.order_id)).holds[0].status is HoldStatus.ACTIVE
    assert await world.exceptions() == ["ON_HOLD"]

    await world.advance(5 * DAY)
    case = await world.case(placed.order_id)
    assert (case.holds[0].status, case.order.state) == (HoldStatus.EXPIRED, OrderState.CLOSED)
    assert await world.exceptions() == []


async def test_a_hold_that_a_person_ended_in_time_is_not_ended_again(world: World) -> None:
    placed = await released(world)
    await world.run(hold_orders, [HoldOrder(placed.order_id, HoldType.MANUAL, "wait", ttl=DAY)])

    await resumed(world, placed)
    await world.advance(2 * DAY)

    assert [one.status for one in (await world.case(placed.order_id)).holds] == [HoldStatus.RESOLVED]
    assert (await world.events(placed.order_id)).count("HoldEnded") == 1


async def released(world: World) -> Case:
    await world.network(
        profiles={
            "wms": {
                "acknowledge_after_minutes": 600,
                "pick_after_minutes": 600,
                "pack_after_minutes": 600,
                "ship_after_minutes": 600,
            }
        }
    )
    await world.stock("HAT", "DC-NL", 3)
    placed = await world.place(draft("W-1", [line("HAT", 3, "20.00")], shipping="5.00"))
    await world.settle()
    return await world.case(placed.order_id)


async def held(world: World, case: Case, *operations: Operation) -> None:
    await world.run(hold_orders, [HoldOrder(case.order_id, HoldType.MANUAL, "wait", frozenset(operations))])


async def resumed(world: World, case: Case) -> None:
    await world.run(resume_orders, [HoldOrder(case.order_id, HoldType.MANUAL, "")])
    await world.settle()


async def hold_of(world: World, case: Case) -> UUID:
    """The order's active hold."""
    holds = (await world.case(case.order_id)).holds
    return next(one.hold_id for one in holds if one.status is HoldStatus.ACTIVE)


async def left(world: World, case: Case, units: int = 3, reference: str = "P-1") -> Case:
    work = case.fulfillment_orders[0].fulfillment_order_id
    lines = (FulfillmentLine(1, units),)
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, reference, await world.now(), f"T-{reference}", lines))
    return await world.case(case.order_id)
