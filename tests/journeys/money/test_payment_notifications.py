"""What a provider notifies comes as a document of its account: kept, read, and applied once per event."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from crossdock.inbox.v1 import inbox_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.payments.v1 import payments_pb2
from hub.inbox.model import DocumentState
from hub.network.model import PartnerKind
from hub.orders.lifecycle import OrderState
from hub.payments.model import Transaction, TransactionKind, TransactionState
from tests.journeys.upkeep.any_partner import AnyPartner, served
from tests.journeys.upkeep.documents import read
from tests.support.drafts import draft, line
from tests.support.network import ACCOUNTS
from tests.support.world import World

CAPTURED = payments_pb2.PAYMENT_EVENT_KIND_CAPTURED
FAILED = payments_pb2.PAYMENT_EVENT_KIND_CAPTURE_FAILED


@pytest.fixture
async def partner(world: World) -> AsyncIterator[AnyPartner]:
    """A provider that takes every capture for later, and never tells by itself."""
    partner = AnyPartner()

    def pending(response: Any) -> None:
        response.answer.outcome = call_pb2.OUTCOME_PENDING
        response.ClearField("amount")

    partner.lies = {"Capture": pending, "FindOperation": pending}
    async with served(partner) as address:
        await world.network(accounts={account_id: {"adapter": address} for account_id in ACCOUNTS})
        await world.stock("CUP", "DC-NL", 2)
        yield partner


async def asked(world: World) -> Transaction:
    """The capture of an order that left, not answered yet."""
    placed = await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.advance(timedelta(hours=12))
    payments = (await world.case(placed.order_id)).payments
    (capture,) = [one for one in payments.transactions if one.kind is TransactionKind.CAPTURE]
    assert capture.state is TransactionState.REQUESTED
    return capture


def says(partner: AnyPartner, capture: Transaction, kind: payments_pb2.PaymentEventKind, event: str) -> None:
    """Has every document read as this event about a capture."""

    def told(response: Any) -> None:
        report = payments_pb2.PaymentEvent(transaction_id=str(capture.transaction_id), kind=kind)
        report.provider_reference = "cap-1"
        response.commands.append(inbox_pb2.Command(report_payment=report, location="$.event", event_id=event))

    partner.lies["ReadDocument"] = told


async def captured(world: World) -> tuple[OrderState, TransactionState]:
    (row,) = await world.rows("SELECT order_id FROM orders")
    case = await world.case(row["order_id"])
    (capture,) = [one for one in case.payments.transactions if one.kind is TransactionKind.CAPTURE]
    return case.order.state, capture.state


async def test_a_notification_settles_what_was_promised_for_later(world: World, partner: AnyPartner) -> None:
    says(partner, await asked(world), CAPTURED, "evt_1")

    document = await read(world, "cards", json.dumps({"n": 1}).encode(), "application/json")

    assert (document.state, document.problems) == (DocumentState.TAKEN, ())
    assert await captured(world) == (OrderState.CLOSED, TransactionState.SUCCEEDED)


async def test_an_event_in_two_documents_is_applied_once_and_another_event_by_itself(
    world: World, partner: AnyPartner
) -> None:
    capture = await asked(world)
    says(partner, capture, CAPTURED, "evt_1")
    await read(world, "cards", b"first", "application/json")

    says(partner, capture, FAILED, "evt_1")
    again = await read(world, "cards", b"second", "application/json")
    assert (again.state, await world.exceptions()) == (DocumentState.TAKEN, [])

    says(partner, capture, FAILED, "evt_2")
    await read(world, "cards", b"third", "application/json")
    assert await world.exceptions() == ["PAYMENT_CONTRADICTED"]


async def test_a_provider_reports_about_its_own_account_alone(world: World, partner: AnyPartner) -> None:
    says(partner, await asked(world), CAPTURED, "evt_1")
    address = world.surroundings.network.latest.accounts["cards"].adapter
    served_here = {account_id: {"adapter": address} for account_id in ACCOUNTS}
    await world.network(accounts={**served_here, "counts": {"adapter": address, "kind": PartnerKind.PAYMENT}})

    await read(world, "counts", b"first", "application/json")

    assert await captured(world) == (OrderState.CONFIRMED, TransactionState.REQUESTED)
