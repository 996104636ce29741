"""Adyen's answers as far as they are acted on. What is missing or of another form reads as empty; nothing is raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from adapters.sdk.documents.json_values import at, text_at

_LARGEST: Final = 2**53
"""A larger number is no amount of Adyen's."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount in Adyen's minor units; no currency where Adyen states none."""

    minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class Payment:
    """The answer to a request for a payment."""

    psp_reference: str
    merchant_reference: str
    result: str
    refusal: str
    amount: Amount


@dataclass(frozen=True, kw_only=True)
class Modification:
    """The answer to a request for a capture, a cancellation or a refund: it is taken, and its result comes later."""

    psp_reference: str
    payment_reference: str
    merchant_reference: str


@dataclass(frozen=True, kw_only=True)
class AdyenError:
    """Why Adyen refused a request."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """What a notification tells of one event.

    Attributes:
        psp_reference: Of the payment, or of the modification that the event is about.
        original_reference: Of the payment, where the event is about a modification.
        merchant_reference: What the hub or another system named it.
        code: What happened.
        success: Whether it went well; None where Adyen does not say it.
        reason: Why not; why a payment is disputed.
        evidence_until: Until when a dispute may be defended, RFC 3339; empty where Adyen does not say it.
    """

    psp_reference: str
    original_reference: str
    merchant_account: str
    merchant_reference: str
    code: str
    success: bool | None
    reason: str
    amount: Amount
    evidence_until: str


def payment_of(value: object) -> Payment:
    """Return the payment in a JSON value."""
    return Payment(
        psp_reference=text_at(value, "pspReference"),
        merchant_reference=text_at(value, "merchantReference"),
        result=text_at(value, "resultCode"),
        refusal=text_at(value, "refusalReason"),
        amount=amount_of(at(value, "amount")),
    )


def modification_of(value: object) -> Modification:
    """Return the modification in a JSON value."""
    return Modification(
        psp_reference=text_at(value, "pspReference"),
        payment_reference=text_at(value, "paymentPspReference"),
        merchant_reference=text_at(value, "reference"),
    )


def error_of(value: object) -> AdyenError | None:
    """Return the error in the body of a refusal; None where it is none."""
    code = text_at(value, "errorCode")
    return AdyenError(code=code, message=text_at(value, "message")) if code else None


def item_of(value: object) -> Item:
    """Return the event in a JSON value."""
    return Item(
        psp_reference=text_at(value, "pspReference"),
        original_reference=text_at(value, "originalReference"),
        merchant_account=text_at(value, "merchantAccountCode"),
        merchant_reference=text_at(value, "merchantReference"),
        code=text_at(value, "eventCode"),
        success={"true": True, "false": False}.get(text_at(value, "success")),
        reason=text_at(value, "reason"),
        amount=amount_of(at(value, "amount")),
        evidence_until=text_at(value, "additionalData", "defensePeriodEndsAt"),
    )


def items_of(value: object) -> list[Any]:
    """Return the events of a notification as JSON values, signatures included."""
    wrapped = at(value, "notificationItems")
    return [at(wrapper, "NotificationRequestItem") for wrapper in wrapped] if isinstance(wrapped, list) else []


def amount_of(value: object) -> Amount:
    """Return the amount in a JSON value."""
    minor, currency = at(value, "value"), text_at(value, "currency")
    is_whole = isinstance(minor, int) and not isinstance(minor, bool) and 0 <= minor <= _LARGEST
    is_code = len(currency) == 3 and currency.isascii() and currency.isupper()
    return Amount(minor=minor, currency=currency) if is_whole and is_code else Amount(minor=0, currency="")
