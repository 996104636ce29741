"""What flows refuse, and that nothing is done then."""

from __future__ import annotations

from hub.cases.fulfillment.reports import FulfillmentResult
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.fulfillment.model import ShipmentReport
from hub.holds import operations as holds
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.payments.errors import PaymentNotFound
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World


async def test_a_parcel_that_left_under_a_hold_is_recorded_and_named(world: World) -> None:
    await world.stock("A", "DC-NL", 2)
    placed = await world.place(draft("R-1", [line("A", 2)]))
    await world.settle()
    held = Hold(
        world.identity(),
        placed.order_id,
        HoldType.EXPORT_CONTROL,
        HoldStatus.ACTIVE,
        "papers are missing",
        frozenset({Operation.SHIP}),
        TUESDAY,
    )
    async with world.database.transaction() as tx:
        await holds.save(tx, [held])
    (order,) = (await world.case(placed.order_id)).fulfillment_orders

    (answer,) = await world.run(record_shipments, [ShipmentReport(order.fulfillment_order_id, "P1", TUESDAY)])

    assert isinstance(answer, FulfillmentResult)
    assert len((await world.case(placed.order_id)).shipments) == 1
    assert await world.exceptions() == ["PARCEL_TO_INTERCEPT"]


async def test_an_answer_to_a_payment_nobody_asked_for_is_refused(world: World) -> None:
    (answer,) = await world.run(record_payments, [PaymentAnswer(world.identity(), "CAPT-1")])
    assert isinstance(answer, PaymentNotFound)
