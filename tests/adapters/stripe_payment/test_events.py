"""Stripe's events become reports about payments, with their amounts; what is not acted on is said."""

from __future__ import annotations

import hmac
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe
from google.type.money_pb2 import Money

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged
from adapters.stripe_payment.amounts import NotRepresentable, minor_of, money_from
from adapters.stripe_payment.notifications import read_event
from adapters.stripe_payment.signatures import verify
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.payments.v1 import payments_pb2 as pb
from tests.adapters.stripe_payment.contract import fixture
from tests.adapters.stripe_payment.serving import NOON, Served, call

KEY = "018f0000-0000-7000-8000-000000000001"
CAPTURE_KEY = "018f0000-0000-7000-8000-000000000002"
PROFILE = Profile({"webhook_secret": "env:XD_WHSEC", "previous_webhook_secret": "env:XD_OLD_WHSEC"})


def event(kind: str, value: dict[str, Any]) -> bytes:
    envelope = json.loads(fixture("event")) | {"id": "evt_1", "type": kind, "data": {"object": value}}
    return json.dumps(envelope).encode()


def intent(**changes: Any) -> dict[str, Any]:
    own = {"object": "payment_intent", "id": "pi_1", "currency": "eur", "amount": 5000, "amount_capturable": 0}
    own |= {"metadata": {"crossdock_operation": KEY}, "latest_charge": "ch_1", "cancellation_reason": None}
    return {**json.loads(fixture("payment_intent")), **own, **changes}


def refund(**changes: Any) -> dict[str, Any]:
    own = {"object": "refund", "id": "re_1", "currency": "eur", "amount": 1000, "charge": "ch_1"}
    return {**json.loads(fixture("refund")), **own, "metadata": {"crossdock_operation": KEY}, **changes}


def report(content: bytes) -> pb.PaymentEvent:
    reading = read_event(content, frozenset())
    assert reading.problems == ()
    (command,) = reading.commands
    assert command.event_id == "evt_1"
    return command.report_payment


def test_an_authorization_is_reported_with_what_can_be_captured() -> None:
    told = report(event("payment_intent.amount_capturable_updated", intent(amount_capturable=5000)))
    assert told == pb.PaymentEvent(
        transaction_id=KEY,
        kind=pb.PAYMENT_EVENT_KIND_AUTHORIZED,
        provider_reference="pi_1",
        amount=Money(currency_code="EUR", units=50),
    )


def test_a_capture_is_reported_under_its_own_key_with_what_was_received() -> None:
    keys = {"crossdock_operation": KEY, "crossdock_capture": CAPTURE_KEY}
    told = report(event("payment_intent.succeeded", intent(metadata=keys, amount_received=3050)))
    assert (told.transaction_id, told.kind, told.provider_reference) == (
        CAPTURE_KEY,
        pb.PAYMENT_EVENT_KIND_CAPTURED,
        "ch_1",
    )
    assert told.amount == Money(currency_code="EUR", units=30, nanos=500_000_000)


def test_a_decline_is_reported_with_stripes_code() -> None:
    why = {"code": "card_declined", "decline_code": "insufficient_funds"}
    told = report(event("payment_intent.payment_failed", intent(last_payment_error=why)))
    assert (told.kind, told.failure_code) == (pb.PAYMENT_EVENT_KIND_DECLINED, "insufficient_funds")
    assert not told.HasField("amount")


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        ("succeeded", pb.PAYMENT_EVENT_KIND_REFUNDED, ""),
        ("failed", pb.PAYMENT_EVENT_KIND_REFUND_FAILED, "lost_or_stolen_card"),
        ("canceled", pb.PAYMENT_EVENT_KIND_REFUND_FAILED, "lost_or_stolen_card"),
    ],
)
def test_a_refund_is_reported_when_it_is_decided(status: str, kind: pb.PaymentEventKind, code: str) -> None:
    told = report(event("charge.refund.updated", refund(status=status, failure_reason="lost_or_stolen_card")))
    assert (told.transaction_id, told.kind, told.failure_code) == (KEY, kind, code)
    assert told.HasField("amount") == (not code)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("charge.captured", {"object": "charge"}),
        ("payment_intent.succeeded", intent(metadata={"shop": "another"})),
        ("payment_intent.canceled", intent(cancellation_reason="requested_by_customer")),
        ("refund.updated", refund(status="pending")),
    ],
)
def test_what_tells_nothing_new_or_is_another_ones_is_passed_over(kind: str, value: dict[str, Any]) -> None:
    reading = read_event(event(kind, value), frozenset())
    assert (reading.commands, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("payment_intent.succeeded", intent(), "not by the hub"),
        ("payment_intent.canceled", intent(cancellation_reason="automatic"), "'automatic'"),
        ("refund.created", refund(metadata={}), "not by the hub"),
        ("refund.updated", refund(status="a_newer_one"), "'a_newer_one' is not known"),
        ("refund.updated", {"object": "payout"}, "no refund"),
        ("payment_intent.succeeded", {"object": "charge"}, "no payment intent"),
        ("charge.dispute.created", {"object": "charge"}, "no dispute"),
        ("charge.dispute.updated", {"object": "dispute"}, "'charge.dispute.updated' is not acted on"),
    ],
)
def test_what_a_person_must_know_is_a_problem(kind: str, value: dict[str, Any], said: str) -> None:
    reading = read_event(event(kind, value), frozenset())
    assert reading.commands == ()
    assert said in reading.problems[0].reason


def test_an_account_may_ignore_events_that_nothing_is_done_about() -> None:
    reading = read_event(event("charge.dispute.updated", {"object": "dispute"}), frozenset({"charge.dispute.updated"}))
    assert (reading.commands, reading.problems) == ((), ())


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"7", b'{"id": "e", "type": "refund.updated"}', b'{"id": 1, "type": 2, "data": []}'],
)
def test_what_is_no_event_is_a_problem(content: bytes) -> None:
    assert read_event(content, frozenset()).problems


async def test_the_adapter_reads_an_event_by_the_accounts_profile(served: Served) -> None:
    content = event("charge.dispute.updated", {"object": "dispute"})
    profiles = ("{}", '{"ignored_events": ["charge.dispute.updated"]}', "{")
    problems = [
        len(
            (
                await served.stub.ReadDocument(payment_pb2.ReadDocumentRequest(call=call("D", one), content=content))
            ).problems
        )
        for one in profiles
    ]
    assert problems == [1, 0, 1]


# -- signatures


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XD_WHSEC", "whsec_new")
    monkeypatch.setenv("XD_OLD_WHSEC", "whsec_old")


def signed(body: bytes, secret: str, at: int) -> str:
    made: str = stripe.WebhookSignature._compute_signature(f"{at}.{body.decode()}", secret)
    return f"t={at},v1={made},v0=00"


BODY = event("charge.captured", {"object": "charge", "spaced": "  ü "})
AT = int(NOON.timestamp())


@pytest.mark.parametrize("secret", ["whsec_new", "whsec_old"])
def test_a_signature_of_stripes_own_library_is_known(secrets: None, secret: str) -> None:
    verify(Delivery({"stripe-signature": signed(BODY, secret, AT)}, BODY, NOON), PROFILE)


def test_what_is_taken_here_stripes_own_library_takes_too(secrets: None) -> None:
    at = int(time.time())
    digest = hmac.new(b"whsec_new", f"{at}.".encode() + BODY, "sha256").hexdigest()
    header = f"t={at},v1={digest}"
    verify(Delivery({"stripe-signature": header}, BODY, datetime.fromtimestamp(at, UTC)), PROFILE)
    assert stripe.Webhook.construct_event(BODY, header, "whsec_new")["id"] == "evt_1"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        f"t={AT}",
        f"t={AT},v1=zz",
        f"t=soon,v1={'00' * 32}",
        f"t={10**30},v1={'00' * 32}",
        signed(BODY, "whsec_other", AT),
        signed(BODY + b" ", "whsec_new", AT),
        signed(BODY, "whsec_new", AT - 301),
        signed(BODY, "whsec_new", AT + 301),
        signed(BODY, "whsec_new", AT - 400).replace(f"t={AT - 400}", f"t={AT}"),
    ],
)
def test_every_other_delivery_is_refused(secrets: None, header: str) -> None:
    with pytest.raises(Forged):
        verify(Delivery({"stripe-signature": header}, BODY, NOON), PROFILE)


def test_an_account_without_secrets_takes_no_webhook(secrets: None) -> None:
    with pytest.raises(Forged, match="no secret"):
        verify(Delivery({"stripe-signature": signed(BODY, "", AT)}, BODY, NOON), Profile({}))


def test_a_signature_is_good_for_five_minutes(secrets: None) -> None:
    verify(Delivery({"stripe-signature": signed(BODY, "whsec_new", AT)}, BODY, NOON + timedelta(seconds=300)), PROFILE)


# -- amounts


@pytest.mark.parametrize(
    ("currency", "units", "nanos", "minor"),
    [
        ("EUR", 12, 340_000_000, 1234),
        ("JPY", 1234, 0, 1234),
        ("KWD", 1, 230_000_000, 1230),
        ("ISK", 5, 0, 500),
        ("UGX", 5, 0, 500),
        ("MGA", 5, 0, 5),
    ],
)
def test_amounts_are_counted_as_stripe_counts_them(currency: str, units: int, nanos: int, minor: int) -> None:
    money = Money(currency_code=currency, units=units, nanos=nanos)
    assert minor_of(money) == minor
    assert money_from(minor, currency.lower()) == money


@pytest.mark.parametrize(
    ("currency", "nanos"), [("EUR", 1_000_000), ("JPY", 500_000_000), ("KWD", 1_000_000), ("ISK", 10_000_000)]
)
def test_a_part_that_stripe_cannot_take_is_never_rounded(currency: str, nanos: int) -> None:
    with pytest.raises(NotRepresentable):
        minor_of(Money(currency_code=currency, units=1, nanos=nanos))


def test_what_is_no_amount_is_no_call() -> None:
    with pytest.raises(BadCall):
        minor_of(Money(currency_code="euro", units=1))
