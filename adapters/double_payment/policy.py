"""What the payment stand-in declines. Amounts are billionths of the currency's unit, exact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Authorization:
    """An authorized amount, what was taken of it and what was given back."""

    reference: str
    currency: str
    amount: int
    captured: int
    reversed: int
    expires_at: datetime

    @property
    def left(self) -> int:
        """What can still be taken or given back."""
        return self.amount - self.captured - self.reversed


@dataclass(frozen=True)
class Capture:
    """A captured amount and what was refunded of it."""

    reference: str
    currency: str
    amount: int
    refunded: int = 0


@dataclass(frozen=True)
class Decline:
    """Why something is refused: the provider's code and a sentence."""

    code: str
    message: str


def authorize_decline(token: str, amount: int, declined_tokens: tuple[str, ...]) -> Decline | None:
    """Answers why an instrument is declined; None when it is not."""
    if amount <= 0:
        return Decline("amount_invalid", "The amount is not above zero.")
    if token.startswith(declined_tokens):
        return Decline("card_declined", "The card was declined.")
    return None


def captured(authorization: Authorization | None, amount: int, currency: str, at: datetime) -> Authorization | Decline:
    """Answers the authorization with the amount taken, or why it is not."""
    if authorization is not None and at >= authorization.expires_at:
        return Decline("authorization_expired", "The authorization has expired.")
    left = _with_enough_left(authorization, amount, currency)
    return replace(left, captured=left.captured + amount) if isinstance(left, Authorization) else left


def given_back(authorization: Authorization | None, amount: int, currency: str) -> Authorization | Decline:
    """Answers the authorization with the amount given back, or why it is not."""
    left = _with_enough_left(authorization, amount, currency)
    return replace(left, reversed=left.reversed + amount) if isinstance(left, Authorization) else left


def refunded(capture: Capture | None, amount: int, currency: str) -> Capture | Decline:
    """Answers the capture with the amount refunded, or why it is not."""
    if capture is None:
        return Decline("capture_unknown", "There is no capture of this reference.")
    if currency != capture.currency:
        return Decline("currency_mismatch", "The capture is in another currency.")
    if amount <= 0:
        return Decline("amount_invalid", "The amount is not above zero.")
    if amount > capture.amount - capture.refunded:
        return Decline("amount_too_large", "Less than this is left of the capture.")
    return replace(capture, refunded=capture.refunded + amount)


def _with_enough_left(authorization: Authorization | None, amount: int, currency: str) -> Authorization | Decline:
    if authorization is None:
        return Decline("authorization_unknown", "There is no authorization of this reference.")
    if currency != authorization.currency:
        return Decline("currency_mismatch", "The authorization is in another currency.")
    if amount <= 0:
        return Decline("amount_invalid", "The amount is not above zero.")
    if amount > authorization.left:
        return Decline("amount_too_large", "Less than this is left of the authorization.")
    return authorization
