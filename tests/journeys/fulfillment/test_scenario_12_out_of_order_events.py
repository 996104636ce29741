"""Scenario 12: events of shipments and payments in every order end in the same state, captured exactly once."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_PACKS, RECORD_SHIPMENTS, RECORD_SHORTS
from hub.api.orders.changes import CANCEL_LINES, REPORT_PAYMENTS
from hub.cases.case import Case
from hub.flows.money.report_payments import PaymentResult
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import (
    CarrierEvent,
    FulfillmentLine,
    ProgressKind,
    ProgressReport,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.orders.model import CancelRequest
from hub.outbox import operations as outbox
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind, TransactionState
from hub.wire.orders.timeline import entry_to_pb
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

MINUTE = timedelta(minutes=1)
TOLD = ("UnitsPacked", "ShipmentLeft", "CarrierReported", "ShipmentDelivered")
REPORTS = ("PACKED", "SHIPPED", "OUT_FOR_DELIVERY", "DELIVERED")


async def released(world: World, reference: str, units: int = 2) -> tuple[UUID, UUID]:
    """An order that its node was handed: its id, and that of its fulfillment order."""
    placed = await world.place(draft(reference, [line("SHIRT", units)], shipping="5.00"))
    await world.settle()
    (one,) = (await world.case(placed.order_id)).fulfillment_orders
    return placed.order_id, one.fulfillment_order_id


async def reported(world: World, kind: str, fulfillment_order_id: UUID, number: str) -> None:
    """One of the four reports; each happened a minute after the one before."""
    at = TUESDAY + REPORTS.index(kind) * MINUTE
    if kind == "PACKED":
        await world.ask(RECORD_PACKS, ProgressReport(fulfillment_order_id, ProgressKind.PACKED, at))
    elif kind == "SHIPPED":
        await world.ask(RECORD_SHIPMENTS, ShipmentReport(fulfillment_order_id, "P-1", at, number))
    else:
        event = CarrierEvent(ShipmentState[kind], at, number, fulfillment_order_id=fulfillment_order_id)
        await world.ask(RECORD_CARRIER_EVENTS, event)


async def timeline(world: World, order_id: UUID) -> list[tuple[str, str]]:
    """What was told of the parcel, as the timeline shows it."""
    async with world.database.reading() as tx:
        entries = [entry_to_pb(record) for record in await outbox.order_events(tx, order_id)]
    return [(one.type, one.occur_time.ToJsonString()) for one in entries if one.type in TOLD]


def state(case: Case) -> dict[str, Any]:
    """What an order has come to, its identities left out."""
    (shipment,) = case.shipments
    return {
        "order": case.order.state,
        "slices": sorted((one.state.value, one.quantity, one.node_id or "") for one in case.slices),
        "node": case.fulfillment_orders[0].state,
        "parcel": (shipment.state, shipment.reference, shipment.tracking_number, shipment.reported),
        "times": (shipment.shipped_at, shipment.delivered_at),
        "value": (shipment.value_minor, shipment.charges_minor),
        "money": sorted((one.kind.value, one.state.value, one.amount_minor) for one in case.payments.transactions),
    }


async def test_scenario_12_all_orders_of_four_shipment_events_end_alike(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 100)
    ends: list[dict[str, Any]] = []
    lines: list[list[tuple[str, str]]] = []
    for number, order in enumerate(permutations(REPORTS)):
        order_id, fulfillment_order_id = await released(world, f"R-{number}")
        for kind in order:
            await reported(world, kind, fulfillment_order_id, f"T-{number}")
        await world.settle()
        case = await world.case(order_id)
        end = state(case)
        assert end.pop("parcel")[1:] == ("P-1", f"T-{number}", True), order
        ends.append(end)
        lines.append(await timeline(world, order_id))
        captures = [one for one in case.payments.transactions if one.kind is TransactionKind.CAPTURE]
        assert [one.amount_minor for one in captures] == [2500], order

    assert len(ends) == 24
    assert all(end == ends[0] for end in ends)
    assert all(one == lines[0] for one in lines)
    assert [name for name, _ in lines[0]] == list(TOLD)
    assert world.money("payment.capture") == ["25.00"] * 24
    assert await world.on_shelf("SHIRT", "DC-NL") == (52, 0, 0)


async def test_scenario_12_reports_that_come_twice_enter_the_timeline_once(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    order_id, fulfillment_order_id = await released(world, "R-1")
    for kind in reversed(REPORTS):
        await reported(world, kind, fulfillment_order_id, "T-1")
        await reported(world, kind, fulfillment_order_id, "T-1")
    await world.settle()

    assert [name for name, _ in await timeline(world, order_id)] == list(TOLD)
    assert world.money("payment.capture") == ["25.00"]


async def test_scenario_12_all_orders_of_payment_events_end_alike(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 100)
    kinds = (PaymentEventKind.AUTHORIZED, PaymentEventKind.CAPTURED, PaymentEventKind.REVERSED)
    ends = []
    for number, order in enumerate(permutations(kinds)):
        order_id, fulfillment_order_id = await released(world, f"M-{number}", units=3)
        line_of_one = (FulfillmentLine(1, 1),)
        report = ShipmentReport(fulfillment_order_id, "P-1", TUESDAY, f"T-{number}", line_of_one)
        await world.ask(RECORD_SHIPMENTS, report)
        short = ShortReport(fulfillment_order_id, "S-1", TUESDAY, (FulfillmentLine(1, 2),), ShortReason.DAMAGED)
        await world.ask(RECORD_SHORTS, short)
        await world.ask(CANCEL_LINES, CancelRequest(order_id, "changed their mind"))
        for kind in order:
            await notified(world, order_id, kind)
            await notified(world, order_id, kind)
        await world.settle()
        ends.append(money_of(await world.case(order_id)))

    assert all(end == ends[0] for end in ends)
    assert ends[0] == [
        ("AUTHORIZATION", "SUCCEEDED", 3500),
        ("CAPTURE", "SUCCEEDED", 1500),
        ("REVERSAL", "SUCCEEDED", 2000),
    ]
    assert world.money("payment.capture") == ["15.00"] * 6
    assert world.money("payment.reverse") == ["20.00"] * 6


async def test_scenario_12_a_notification_that_contradicts_what_is_settled_is_an_exception(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    order_id, fulfillment_order_id = await released(world, "M-1")
    await reported(world, "SHIPPED", fulfillment_order_id, "T-1")
    await world.settle()
    captured = next(
        one for one in (await world.case(order_id)).payments.transactions if one.kind is TransactionKind.CAPTURE
    )

    await world.ask(REPORT_PAYMENTS, PaymentReport(captured.transaction_id, PaymentEventKind.CAPTURE_FAILED, TUESDAY))

    assert await world.exceptions() == ["PAYMENT_CONTRADICTED"]
    assert money_of(await world.case(order_id))[1] == ("CAPTURE", "SUCCEEDED", 2500)


def money_of(case: Case) -> list[tuple[str, str, int]]:
    return sorted((one.kind.value, one.state.value, one.amount_minor) for one in case.payments.transactions)


async def notified(world: World, order_id: UUID, kind: PaymentEventKind) -> None:
    """The provider's notification of a transaction, before its answer to the hub's own request is read."""
    wanted = {
        PaymentEventKind.AUTHORIZED: TransactionKind.AUTHORIZATION,
        PaymentEventKind.CAPTURED: TransactionKind.CAPTURE,
        PaymentEventKind.REVERSED: TransactionKind.REVERSAL,
    }[kind]
    (one,) = [one for one in (await world.case(order_id)).payments.transactions if one.kind is wanted]
    told = await world.ask(REPORT_PAYMENTS, PaymentReport(one.transaction_id, kind, TUESDAY, reference="psp"))
    assert isinstance(told, PaymentResult)
    assert told.transaction.state is TransactionState.SUCCEEDED
