"""What flows refuse, and that nothing is done then."""

from __future__ import annotations

from datetime import timedelta

from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.fulfillment.model import ShipmentReport
from hub.holds import operations as holds
from hub.holds.errors import BlockedByHold
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.orders.lifecycle import OrderState
from hub.payments.errors import PaymentNotFound
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World


async def test_a_hold_that_blocks_shipping_refuses_a_parcel_and_lets_it_go_once_it_ended(world: World) -> None:
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

    assert isinstance(answer, BlockedByHold)
    assert (await world.case(placed.order_id)).shipments == ()
    await world.network()
    async with world.database.transaction() as tx:
        await tx.execute("UPDATE hold SET status = 'RESOLVED'")
    await world.advance(timedelta(days=2))
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_an_answer_to_a_payment_nobody_asked_for_is_refused(world: World) -> None:
    (answer,) = await world.run(record_payments, [PaymentAnswer(world.identity(), "CAPT-1")])
    assert isinstance(answer, PaymentNotFound)
