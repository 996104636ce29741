"""What Stripe's answers mean in the contract's terms. Pure; an answer about another object is not believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from google.type.money_pb2 import Money

from adapters.sdk.calls import done, pending, refused
from adapters.sdk.http.failures import NothingDone, OutcomeUnknown, Rejected
from adapters.sdk.http.redaction import redacted
from adapters.stripe_payment.amounts import money_from
from adapters.stripe_payment.objects import Intent, Refund, StripeError, error_of
from adapters.stripe_payment.settings import Settings
from crossdock.partner.call.v1 import call_pb2

_AUTHORIZED: Final = frozenset({"requires_capture", "succeeded"})
_NOT_AUTHORIZED: Final = frozenset({"requires_payment_method", "requires_confirmation", "requires_action", "canceled"})
_NOT_REFUNDED: Final = frozenset({"failed", "canceled"})
_FORBIDDEN: Final = 403
_LONGEST_CODE: Final = 80
_IN_USE: Final = frozenset({"idempotency_key_in_use", "lock_timeout"})
_AGAIN_SECONDS: Final = 1.0


@dataclass(frozen=True)
class Outcome:
    """An answer, with the amount that was moved and when an authorization ends, where it is DONE."""

    answer: call_pb2.Answer
    amount: Money | None = None
    expires_at: datetime | None = None


def authorized(intent: Intent | None, key: str, settings: Settings) -> Outcome:
    """Return the outcome of an authorization. Raises OutcomeUnknown for the intent of another one."""
    if intent is None or intent.operation_key != key:
        raise OutcomeUnknown("authorize: Stripe answered about another payment.")
    if intent.status in _NOT_AUTHORIZED:
        code = intent.failure_code or intent.cancellation_reason or intent.status
        return Outcome(refused(code[:_LONGEST_CODE], f"The payment is not authorized: {intent.status}."))
    if intent.status not in _AUTHORIZED:
        return Outcome(pending(intent.id))
    minor = intent.capturable if intent.status == "requires_capture" else intent.amount
    amount = money_from(minor, intent.currency)
    return Outcome(done(intent.id), amount, intent.expires_at(settings.authorization_days))


def captured(intent: Intent | None, reference: str, key: str) -> Outcome | None:
    """Return the outcome of a capture; None where the intent has none of this key, and nobody captured it.

    Raises OutcomeUnknown for another intent.
    """
    intent = _same(intent, reference, "capture")
    if intent.capture_key != key:
        if intent.status == "requires_capture":
            return None
        code = "payment_intent_unexpected_state"
        return Outcome(refused(code, f"Nothing is captured under this key: the payment is {intent.status}."))
    if intent.status != "succeeded":
        return Outcome(pending(intent.charge_id or intent.id))
    return Outcome(done(intent.charge_id), money_from(intent.received, intent.currency))


def reversed_(intent: Intent | None, reference: str, asked: int) -> Outcome | None:
    """Return the outcome of a reversal; None where the amount is still reserved.

    A capture of less gave the rest back already. Raises OutcomeUnknown for another intent.
    """
    intent = _same(intent, reference, "cancel")
    if intent.status == "canceled":
        return Outcome(done(intent.id), money_from(min(asked, intent.amount), intent.currency))
    if intent.status == "succeeded":
        given_back = intent.amount - intent.received
        if asked <= given_back:
            return Outcome(done(intent.id), money_from(asked, intent.currency))
        return Outcome(refused("amount_too_large", "The payment is captured, and less than this was given back."))
    return None


def refunded(refund: Refund | None, charge_id: str, key: str) -> Outcome:
    """Return the outcome of a refund. Raises OutcomeUnknown for another one."""
    if refund is None or refund.operation_key != key or refund.charge_id != charge_id:
        raise OutcomeUnknown("refund: Stripe answered about another refund.")
    if refund.status in _NOT_REFUNDED:
        code = refund.failure_reason or refund.status
        return Outcome(refused(code[:_LONGEST_CODE], f"The refund is {refund.status}."))
    if refund.status != "succeeded":
        return Outcome(pending(refund.id))
    return Outcome(done(refund.id), money_from(refund.amount, refund.currency))


def rejected(rejection: Rejected, settings: Settings) -> Outcome:
    """Return the refusal that Stripe states, with its own code.

    Raises NothingDone where another request of the same key is under way, and the rejection where it is about our
    credential, or states no reason.
    """
    error = error_of(rejection.body)
    if error is None or rejection.status == _FORBIDDEN:
        raise rejection
    if error.code in _IN_USE:
        raise NothingDone("Stripe has a request of the same key under way.", _AGAIN_SECONDS)
    return Outcome(refused(_code(error)[:_LONGEST_CODE], redacted(error.message, [settings.api_key])))


def _code(error: StripeError) -> str:
    return error.decline_code or error.code or error.type


def _same(intent: Intent | None, reference: str, operation: str) -> Intent:
    if intent is None or intent.id != reference:
        raise OutcomeUnknown(f"{operation}: Stripe answered about another payment.")
    return intent
