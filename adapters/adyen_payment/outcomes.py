"""What Adyen's answers mean in the contract's terms. Pure; an answer about another operation is not believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from google.type.money_pb2 import Money

from adapters.adyen_payment.amounts import money_from
from adapters.adyen_payment.objects import error_of, modification_of, payment_of
from adapters.adyen_payment.requests import SEPARATOR
from adapters.adyen_payment.settings import Settings
from adapters.sdk.calls import done, pending, refused
from adapters.sdk.http.failures import OutcomeUnknown, Rejected
from adapters.sdk.http.redaction import redacted
from crossdock.partner.call.v1 import call_pb2

AUTHORIZED: Final = frozenset({"Authorised", "PartiallyAuthorised"})
_DECLINED: Final = frozenset({"Refused", "Cancelled", "Error"})
_ASKING: Final = frozenset({"ChallengeShopper", "IdentifyShopper", "PresentToShopper", "RedirectShopper"})
_IN_USE: Final = "704"
"""Adyen works, or has worked, on a request of the same key."""
_FORBIDDEN: Final = 403
_LONGEST_CODE: Final = 80


@dataclass(frozen=True)
class Outcome:
    """An answer, with the amount that was moved and when an authorization ends, where it is DONE."""

    answer: call_pb2.Answer
    amount: Money | None = None
    expires_at: datetime | None = None


def authorized(body: object, key: str, at: datetime, settings: Settings) -> Outcome:
    """Return the outcome of an authorization that was asked for at `at`. Raises OutcomeUnknown for another one's."""
    payment = payment_of(body)
    if payment.merchant_reference != key or not payment.psp_reference:
        raise OutcomeUnknown("authorize: Adyen answered about another payment.")
    if payment.result in _DECLINED:
        code = payment.refusal or payment.result
        return Outcome(refused(code[:_LONGEST_CODE], f"The payment is not authorized: {payment.result}."))
    if payment.result in _ASKING:
        return Outcome(refused("authentication_required", "The card asks its holder, and nobody is there."))
    if payment.result not in AUTHORIZED:
        return Outcome(pending(payment.psp_reference))
    if not payment.amount.currency:
        raise OutcomeUnknown("authorize: Adyen does not say how much is authorized.")
    amount = money_from(payment.amount.minor, payment.amount.currency)
    return Outcome(done(payment.psp_reference), amount, at + timedelta(days=settings.authorization_days))


def taken(body: object, key: str, payment_reference: str, operation: str) -> Outcome:
    """Return that Adyen has taken a capture, reversal or refund. Raises OutcomeUnknown for another one's answer."""
    modification = modification_of(body)
    asked = (key, payment_reference)
    if (modification.merchant_reference, modification.payment_reference) != asked or not modification.psp_reference:
        raise OutcomeUnknown(f"{operation}: Adyen answered about another payment.")
    return Outcome(pending(reference_of(payment_reference, modification.psp_reference)))


def reference_of(payment_reference: str, psp_reference: str) -> str:
    """Return the reference of a modification of a payment."""
    return f"{payment_reference}{SEPARATOR}{psp_reference}"


def rejected(rejection: Rejected, settings: Settings) -> Outcome:
    """Return the refusal that Adyen states, with its own code.

    Raises OutcomeUnknown where another request of the same key is or was worked on, and the rejection where it is
    about our credential, or states no reason.
    """
    error = error_of(rejection.body)
    if error is None or rejection.status == _FORBIDDEN:
        raise rejection
    if error.code == _IN_USE:
        raise OutcomeUnknown("Adyen has a request of the same key under way.")
    return Outcome(refused(error.code[:_LONGEST_CODE], redacted(error.message, [settings.api_key])))
