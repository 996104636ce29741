"""Whatever bytes come as an event or a signature: an answer, never an error, and never a report that names nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged
from adapters.stripe_payment.notifications import read_event
from adapters.stripe_payment.signatures import verify
from tests.adapters.stripe_payment.serving import NOON

KINDS = (
    "payment_intent.amount_capturable_updated",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
    "payment_intent.canceled",
    "refund.updated",
    "charge.captured",
    "charge.dispute.created",
    "charge.dispute.closed",
)
NAMES = st.sampled_from((
    "object", "id", "status", "amount", "currency", "metadata", "crossdock_operation", "crossdock_capture", "charge",
    "latest_charge", "amount_received", "amount_capturable", "cancellation_reason", "failure_reason",
))  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(("payment_intent", "refund"))
)
VALUES = st.recursive(LEAVES, lambda some: st.lists(some, max_size=3) | st.dictionaries(NAMES, some, max_size=8))


@given(kind=st.sampled_from(KINDS) | st.text(), value=VALUES)
@settings(max_examples=200, deadline=None)
def test_any_event_is_read(kind: str, value: Any) -> None:
    reading = read_event(json.dumps({"id": "evt_1", "type": kind, "data": {"object": value}}).encode(), frozenset())

    assert all(command.report_payment.transaction_id for command in reading.commands)
    assert not (reading.commands and reading.problems)


@given(content=st.binary())
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read(content: bytes) -> None:
    assert not read_event(content, frozenset()).commands


@pytest.fixture(scope="module", autouse=True)
def secret() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XD_WHSEC", "whsec_new")
        yield


@given(header=st.text() | st.from_regex(r"t=[0-9]{0,30},(v1=[0-9a-f]{0,70},?)*", fullmatch=True), content=st.binary())
@settings(max_examples=200, deadline=None)
def test_any_signature_but_the_right_one_is_refused(header: str, content: bytes) -> None:
    with pytest.raises(Forged):
        verify(Delivery({"stripe-signature": header}, content, NOON), Profile({"webhook_secret": "env:XD_WHSEC"}))


@pytest.mark.parametrize(
    "change",
    [{"id": "\ud800"}, {"currency": "\ud800"}, {"metadata": {"crossdock_operation": "\ud800"}}],
    ids=["id", "currency", "metadata"],
)
def test_half_a_character_is_a_problem(change: dict[str, Any]) -> None:
    own = {"object": "payment_intent", "id": "pi_1", "currency": "eur", "metadata": {"crossdock_operation": "k"}}
    told = {"id": "evt_1", "type": KINDS[0], "data": {"object": {**own, **change}}}
    reading = read_event(json.dumps(told).encode(), frozenset())

    assert (len(reading.problems), reading.commands) == (1, ())


def test_what_is_nested_without_end_is_a_problem() -> None:
    assert len(read_event(b"[" * 200_000, frozenset()).problems) == 1


def test_a_number_that_is_no_amount_is_told_as_none_moved() -> None:
    own = {"object": "payment_intent", "id": "pi_1", "currency": "eur", "metadata": {"crossdock_operation": "k"}}
    told = {"id": "evt_1", "type": KINDS[0], "data": {"object": {**own, "amount_capturable": 10**30}}}
    (command,) = read_event(json.dumps(told).encode(), frozenset()).commands

    assert (command.report_payment.amount.units, command.report_payment.amount.nanos) == (0, 0)
