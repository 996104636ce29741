"""Disputes of charges: the key of the capture is read from the intent, and each outcome is reported with its money."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from google.type.money_pb2 import Money

from crossdock.partner.payment.v1 import payment_pb2
from crossdock.payments.v1 import payments_pb2 as pb
from tests.adapters.stripe_payment.contract import fixture
from tests.adapters.stripe_payment.serving import PROFILE, Served, call, served


@pytest.fixture
async def stripe(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The adapter before a Stripe that has captured one intent, `pi_1`."""
    monkeypatch.setenv("XD_STRIPE_KEY", "sk_test_key")
    async with served() as serving:
        await serving.captured()
        yield serving


def dispute(**changes: Any) -> dict[str, Any]:
    own = {"object": "dispute", "id": "dp_1", "currency": "eur", "amount": 3050, "payment_intent": "pi_1"}
    own |= {"reason": "fraudulent", "evidence_details": {"due_by": 1773136800}}
    booked = [{"currency": "eur", "fee": 1500}, {"currency": "usd", "fee": 7}]
    return {**json.loads(fixture("dispute")), **own, "balance_transactions": booked, **changes}


async def told(stripe: Served, kind: str, **changes: Any) -> list[pb.PaymentEvent]:
    envelope = json.loads(fixture("event")) | {"id": "evt_1", "type": kind, "data": {"object": dispute(**changes)}}
    request = payment_pb2.ReadDocumentRequest(call=call("D", PROFILE), content=json.dumps(envelope).encode())
    response = await stripe.stub.ReadDocument(request)
    assert not response.problems
    return [command.report_payment for command in response.commands]


@pytest.mark.parametrize(
    ("kind", "status", "reported", "fee"),
    [
        ("charge.dispute.created", "needs_response", pb.PAYMENT_EVENT_KIND_DISPUTED, None),
        ("charge.dispute.closed", "won", pb.PAYMENT_EVENT_KIND_DISPUTE_WON, None),
        ("charge.dispute.closed", "lost", pb.PAYMENT_EVENT_KIND_DISPUTE_LOST, Money(currency_code="EUR", units=15)),
    ],
)
async def test_a_dispute_is_reported_of_the_capture(
    stripe: Served, kind: str, status: str, reported: pb.PaymentEventKind, fee: Money | None
) -> None:
    (report,) = await told(stripe, kind, status=status)

    assert (report.transaction_id, report.kind, report.provider_reference) == ("capt-1", reported, "dp_1")
    assert report.amount == Money(currency_code="EUR", units=30, nanos=500_000_000)
    assert (report.failure_code, report.expire_time.seconds) == ("fraudulent", 1773136800)
    assert report.HasField("fee") == (fee is not None)
    assert fee is None or report.fee == fee


async def test_an_inquiry_and_the_dispute_of_another_systems_charge_are_passed_over(stripe: Served) -> None:
    stripe.stripe.intents["pi_2"] = {**stripe.stripe.intents["pi_1"], "id": "pi_2", "metadata": {}}

    assert await told(stripe, "charge.dispute.created", status="warning_needs_response") == []
    assert await told(stripe, "charge.dispute.closed", status="warning_closed") == []
    assert await told(stripe, "charge.dispute.created", status="needs_response", payment_intent="pi_2") == []
