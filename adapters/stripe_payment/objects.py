"""Stripe's objects as far as they are acted on. What is missing or of another form reads as empty; nothing is raised.

A status that is not known here stays the text that it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.sdk.documents.json_values import at, text_at

OPERATION: Final = "crossdock_operation"
"""Name in the metadata under which an intent and a refund have the key of their operation."""
CAPTURE: Final = "crossdock_capture"
"""Name in the metadata under which an intent has the key of its capture: Stripe captures an intent once."""


_LARGEST: Final = 2**53
"""A larger number is no amount of Stripe's."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """A payment intent. Amounts are Stripe's minor units of `currency`."""

    id: str
    status: str
    amount: int
    capturable: int
    received: int
    currency: str
    metadata: Mapping[str, str]
    charge_id: str
    failure_code: str
    cancellation_reason: str
    created: int
    capture_before: int

    @property
    def operation_key(self) -> str:
        """The key under which the hub authorized; empty where the hub did not."""
        return self.metadata.get(OPERATION, "")

    @property
    def capture_key(self) -> str:
        """The key under which the hub captured; empty where the hub did not."""
        return self.metadata.get(CAPTURE, "")

    def expires_at(self, days: int) -> datetime:
        """When the authorization ends: as Stripe says, else so many days after it was made."""
        if self.capture_before:
            return datetime.fromtimestamp(self.capture_before, UTC)
        return datetime.fromtimestamp(self.created, UTC) + timedelta(days=days)


@dataclass(frozen=True, kw_only=True)
class Refund:
    """A refund. The amount is Stripe's minor units of `currency`."""

    id: str
    status: str
    amount: int
    currency: str
    operation_key: str
    charge_id: str
    failure_reason: str


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """A dispute of a charge. Amounts are Stripe's minor units of `currency`; `evidence_until` is seconds, or 0."""

    id: str
    status: str
    amount: int
    fee: int
    currency: str
    intent_id: str
    reason: str
    evidence_until: int


@dataclass(frozen=True, kw_only=True)
class StripeError:
    """Why Stripe refused; `intent` is the intent as it stands, None where Stripe does not show it."""

    type: str
    code: str
    decline_code: str
    message: str
    intent: Intent | None


def intent_of(value: object) -> Intent | None:
    """Return the payment intent in a JSON value; None where it is none."""
    if text_at(value, "object") != "payment_intent" or not text_at(value, "id"):
        return None
    charge = at(value, "latest_charge")
    return Intent(
        id=text_at(value, "id"),
        status=text_at(value, "status"),
        amount=_whole(value, "amount"),
        capturable=_whole(value, "amount_capturable"),
        received=_whole(value, "amount_received"),
        currency=text_at(value, "currency"),
        metadata=_texts(value, "metadata"),
        charge_id=charge if isinstance(charge, str) else text_at(charge, "id"),
        failure_code=text_at(value, "last_payment_error", "decline_code")
        or text_at(value, "last_payment_error", "code"),
        cancellation_reason=text_at(value, "cancellation_reason"),
        created=_whole(value, "created"),
        capture_before=_whole(charge, "payment_method_details", "card", "capture_before"),
    )


def refund_of(value: object) -> Refund | None:
    """Return the refund in a JSON value; None where it is none."""
    if text_at(value, "object") != "refund" or not text_at(value, "id"):
        return None
    charge = at(value, "charge")
    return Refund(
        id=text_at(value, "id"),
        status=text_at(value, "status"),
        amount=_whole(value, "amount"),
        currency=text_at(value, "currency"),
        operation_key=_texts(value, "metadata").get(OPERATION, ""),
        charge_id=charge if isinstance(charge, str) else text_at(charge, "id"),
        failure_reason=text_at(value, "failure_reason"),
    )


def dispute_of(value: object) -> Dispute | None:
    """Return the dispute in a JSON value; None where it is none."""
    if text_at(value, "object") != "dispute" or not text_at(value, "id"):
        return None
    intent, currency = at(value, "payment_intent"), text_at(value, "currency")
    booked = at(value, "balance_transactions")
    return Dispute(
        id=text_at(value, "id"),
        status=text_at(value, "status"),
        amount=_whole(value, "amount"),
        fee=sum(
            max(0, _whole(one, "fee"))
            for one in (booked if isinstance(booked, list) else ())
            if text_at(one, "currency") == currency
        ),
        currency=currency,
        intent_id=intent if isinstance(intent, str) else text_at(intent, "id"),
        reason=text_at(value, "reason"),
        evidence_until=_whole(value, "evidence_details", "due_by"),
    )


def error_of(value: object) -> StripeError | None:
    """Return the error in the body of a refusal; None where it is none."""
    if not text_at(value, "error", "type"):
        return None
    return StripeError(
        type=text_at(value, "error", "type"),
        code=text_at(value, "error", "code"),
        decline_code=text_at(value, "error", "decline_code"),
        message=text_at(value, "error", "message"),
        intent=intent_of(at(value, "error", "payment_intent")),
    )


def listed(value: object) -> list[object]:
    """Return the elements of a list or of a search result."""
    data = at(value, "data")
    return data if isinstance(data, list) else []


def has_more(value: object) -> bool:
    """Whether a list goes on after its elements."""
    return at(value, "has_more") is True


def _whole(value: object, *path: str) -> int:
    found = at(value, *path)
    is_whole = isinstance(found, int) and not isinstance(found, bool)
    return found if is_whole and abs(found) <= _LARGEST else 0


def _texts(value: object, *path: str) -> Mapping[str, str]:
    found = at(value, *path)
    return {name: text for name, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}
