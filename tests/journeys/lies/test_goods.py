"""Nodes and carriers that report what cannot be: the one update is refused by name, and the goods go on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sdk.doubles.faults import FOR_EVER, FaultKind
from hub.api.fulfillment.changes import RECORD_DELIVERIES, RECORD_SHIPMENTS
from hub.cases.case import Case
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent, FulfillmentLine, ShipmentReport
from hub.kernel.errors import InstantImplausible, ReferenceReused
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

PULL = "PullUpdates"


async def ordered(world: World, reference: str = "W-80") -> Case:
    await world.stock("VASE", "DC-NL", 5)
    return await world.place(draft(reference, [line("VASE", 2, "50.00")], shipping="5.00"))


async def refusals(world: World) -> list[str]:
    found = await world.rows("SELECT detail FROM exception_record WHERE reason = 'UPDATE_REFUSED' ORDER BY detail")
    return [row["detail"] for row in found]


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ("updates.shipment.tracking_number=T\\0", "U+0000"),
        ("updates.shipment.occur_time.seconds=10000000000000", "occur_time"),
        ("updates.shipment.occur_time.seconds=86400", "long before the order was placed"),
        ("updates.shipment.occur_time.seconds=4000000000", "in the future"),
        ("updates.shipment.lines.quantity=-2", "quantity"),
        ("updates.shipment.fulfillment_order_id=nobody", "fulfillment_order_id"),
        ("updates.shipment=", "not known to this version"),
    ],
)
async def test_a_shipment_that_cannot_be_is_refused_and_the_account_goes_on(world: World, lie: str, said: str) -> None:
    world.doubles.fault("double_warehouse", PULL, FaultKind.SAY, lie, times=FOR_EVER)
    await ordered(world)
    await world.advance(timedelta(hours=8))
    told = await refusals(world)
    assert any(said in one for one in told)

    world.doubles.honest("double_warehouse")
    other = await ordered(world, "W-81")
    await world.advance(timedelta(days=3))

    assert (await world.case(other.order_id)).order.state is OrderState.CLOSED


async def test_good_updates_beside_a_bad_one_are_taken_in(world: World) -> None:
    world.doubles.fault("double_warehouse", PULL, FaultKind.SAY, "updates.pick.occur_time.nanos=-1", times=FOR_EVER)
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert await world.exceptions() == ["UPDATE_REFUSED"]


@pytest.mark.parametrize("lie", ["events.occur_time.seconds=60", "events.occur_time.seconds=4000000000"])
async def test_a_parcel_delivered_in_another_age_is_not_delivered(world: World, lie: str) -> None:
    world.doubles.fault("double_transport", PULL, FaultKind.SAY, lie, times=FOR_EVER)
    placed = await ordered(world)

    await world.advance(timedelta(days=2))

    case = await world.case(placed.order_id)
    assert (case.order.state, case.shipments[0].delivered_at) == (OrderState.CONFIRMED, None)
    assert await world.exceptions() == ["UPDATE_REFUSED"] * 3


async def test_an_account_that_reports_the_work_of_another_one_is_refused(world: World) -> None:
    mine = await ordered(world)
    await world.settle()
    (worked,) = (await world.case(mine.order_id)).fulfillment_orders
    await world.stock("LAMP", "ST-BER", 5)
    lie = f"updates.shipment.fulfillment_order_id={worked.fulfillment_order_id}"
    world.doubles.fault("double_warehouse", PULL, FaultKind.SAY, lie, account_id="stores", times=FOR_EVER)
    await world.place(draft("W-82", [line("LAMP", 1, "9.00")]))

    await world.advance(timedelta(days=3))

    assert (await world.case(mine.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert await refusals(world) == ["stores sent SHIPMENT: it is about work of another account"]


@pytest.mark.parametrize(
    ("tracking_number", "quantity", "repeats"), [("", 2, True), ("T-2", 2, False), ("T-1", 1, False)]
)
async def test_a_parcel_reported_again_is_a_repeat_only_with_the_same_content(
    world: World,
    tracking_number: str,
    quantity: int,
    repeats: bool,  # noqa: FBT001 - a value of the table
) -> None:
    placed = await ordered(world)
    await world.settle()
    (worked,) = (await world.case(placed.order_id)).fulfillment_orders

    def report(number: str, units: int) -> ShipmentReport:
        lines = (FulfillmentLine(1, units, "VASE"),)
        return ShipmentReport(worked.fulfillment_order_id, "P-1", TUESDAY, tracking_number=number, lines=lines)

    await world.ask(RECORD_SHIPMENTS, report("T-1", 2))
    if repeats:
        await world.ask(RECORD_SHIPMENTS, report(tracking_number, quantity))
    else:
        with pytest.raises(ReferenceReused):
            await world.ask(RECORD_SHIPMENTS, report(tracking_number, quantity))

    (shipment,) = (await world.case(placed.order_id)).shipments
    assert (shipment.tracking_number, shipment.lines[0].quantity) == ("T-1", 2)


@pytest.mark.parametrize("hours", [-2, 2])
async def test_a_delivery_before_the_parcel_left_or_in_the_future_is_refused(world: World, hours: int) -> None:
    placed = await ordered(world)
    await world.settle()
    (worked,) = (await world.case(placed.order_id)).fulfillment_orders
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(worked.fulfillment_order_id, "P-1", TUESDAY))
    (shipment,) = (await world.case(placed.order_id)).shipments

    told = CarrierEvent(ShipmentState.DELIVERED, TUESDAY + timedelta(hours=hours), shipment_id=shipment.shipment_id)
    with pytest.raises(InstantImplausible):
        await world.ask(RECORD_DELIVERIES, told)

    assert (await world.case(placed.order_id)).shipments[0].delivered_at is None
