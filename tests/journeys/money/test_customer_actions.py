"""A provider has the customer confirm an authorization: the channel is told where, and it does not wait for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from crossdock.partner.call.v1 import call_pb2
from hub.api.orders.changes import REPORT_PAYMENTS
from hub.cases.case import Case
from hub.kernel.instant import Instant
from hub.orders.lifecycle import OrderState
from hub.payments.model import PaymentEventKind, PaymentReport, Transaction, TransactionState
from tests.journeys.upkeep.any_partner import AnyPartner, served
from tests.support.drafts import draft, line
from tests.support.network import ACCOUNTS
from tests.support.world import World

URL = "https://bank.example/confirm/1"


@pytest.fixture
async def partner(world: World) -> AsyncIterator[AnyPartner]:
    """A provider that has every customer confirm."""
    partner = AnyPartner()
    partner.lies = {"Authorize": asks, "FindOperation": asks}
    async with served(partner) as address:
        await world.network(accounts={account_id: {"adapter": address} for account_id in ACCOUNTS})
        await world.stock("CUP", "DC-NL", 1)
        yield partner


def asks(response: Any) -> None:
    response.answer.outcome = call_pb2.OUTCOME_PENDING
    response.ClearField("amount")
    response.ClearField("expire_time")
    response.customer_action_url = URL


async def asked(world: World) -> tuple[Case, Transaction]:
    """An order whose customer has to confirm, and the authorization."""
    placed = await world.place(draft("W-3", [line("CUP", 1, "20.00")]))
    await world.settle()
    case = await world.case(placed.order_id)
    (requested,) = case.payments.transactions
    assert (requested.state, requested.action_url) == (TransactionState.REQUESTED, URL)
    return case, requested


async def report(world: World, requested: Transaction, at: Instant) -> None:
    await world.ask(REPORT_PAYMENTS, PaymentReport(requested.transaction_id, PaymentEventKind.AUTHORIZED, at, "auth-1"))
    await world.settle()


@pytest.mark.usefixtures("partner")
async def test_the_channel_is_told_where_and_the_order_goes_on_when_the_provider_reports_the_confirmation(
    world: World,
) -> None:
    case, requested = await asked(world)
    (told,) = await world.rows("SELECT facts FROM event WHERE type = 'PaymentActionRequired'")
    assert told["facts"]["url"] == URL

    await world.advance(timedelta(hours=2))
    await report(world, requested, await world.now())

    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    timers = await world.rows("SELECT FROM timer WHERE kind = 'customer_action'")
    assert timers == []


@pytest.mark.usefixtures("partner")
async def test_what_is_not_confirmed_in_twelve_hours_counts_as_declined_and_a_later_confirmation_is_named(
    world: World,
) -> None:
    case, requested = await asked(world)

    await world.advance(timedelta(hours=12, minutes=1))

    case = await world.case(case.order_id)
    (failed,) = case.payments.transactions
    assert (failed.state, failed.failure_code) == (TransactionState.FAILED, "ACTION_EXPIRED")
    assert await world.exceptions() == ["ON_HOLD"]
    await report(world, requested, await world.now())
    assert await world.exceptions() == ["ON_HOLD", "PAYMENT_CONTRADICTED"]
