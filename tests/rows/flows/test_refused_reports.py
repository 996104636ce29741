"""Reports and answers that cannot be taken, and why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hub.cases.fulfillment.reports import FulfillmentResult
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.fulfillment.model import ShipmentReport
from hub.holds import operations as holds
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.payments.errors import PaymentNotFound
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, opened


async def test_a_parcel_of_an_order_that_may_not_ship_has_really_left_and_is_named(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path) as world:
        await world.stock("SHIRT", "DC-NL", 5)
        placed = await world.place(draft("W-1", [line("SHIRT", 2)]))
        await world.settle()
        (work,) = (await world.case(placed.order_id)).fulfillment_orders
        held = Hold(
            hold_id=world.identity(),
            order_id=placed.order_id,
            type=HoldType.EXPORT_CONTROL,
            status=HoldStatus.ACTIVE,
            reason="goods need a license",
            blocks=frozenset({Operation.SHIP}),
            created_at=TUESDAY,
        )
        async with world.database.transaction() as tx:
            await holds.save(tx, [held])
        report = ShipmentReport(work.fulfillment_order_id, "P-1", TUESDAY + timedelta(minutes=1))

        (taken,) = await world.run(record_shipments, [report])

        assert isinstance(taken, FulfillmentResult)
        assert await world.exceptions() == ["PARCEL_TO_INTERCEPT"]
        assert await world.on_shelf("SHIRT", "DC-NL") == (3, 0, 0)


async def test_an_answer_to_a_payment_nobody_asked_for_is_refused(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world:
        unknown = world.identity()

        (refused,) = await world.run(record_payments, [PaymentAnswer(unknown, "ref")])

        assert isinstance(refused, PaymentNotFound)
        assert refused.metadata == {"transaction_id": str(unknown)}
