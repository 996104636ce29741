"""What payment providers are asked, and what they say.

Amounts are minor units of `currency`; `transaction_id` is the operation key.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class AuthorizePayment(Struct, frozen=True):
    """Reserves an amount on an instrument; `token` is the provider's name of it."""

    KIND: ClassVar[str] = "payment.authorize"

    order_id: UUID
    transaction_id: UUID
    amount_minor: int
    currency: str
    token: str


class CapturePayment(Struct, frozen=True):
    """Takes part or all of an authorized amount."""

    KIND: ClassVar[str] = "payment.capture"

    order_id: UUID
    transaction_id: UUID
    amount_minor: int
    currency: str
    authorization_reference: str


class ReversePayment(Struct, frozen=True, omit_defaults=True):
    """Gives back what was authorized and not taken; `partial`: some of it is to stay reserved."""

    KIND: ClassVar[str] = "payment.reverse"

    order_id: UUID
    transaction_id: UUID
    amount_minor: int
    currency: str
    authorization_reference: str
    partial: bool = False


class RefundPayment(Struct, frozen=True):
    """Gives back part or all of a captured amount."""

    KIND: ClassVar[str] = "payment.refund"

    order_id: UUID
    transaction_id: UUID
    amount_minor: int
    currency: str
    capture_reference: str


class Moved(Struct, frozen=True):
    """The result of what was asked about money: minor units of the currency asked that were moved, 0 unless DONE.

    `expires_at` is when an authorization ends, None where the provider does not say it; until when the customer may
    confirm it at `action_url`, where there is one.
    """

    amount_minor: int
    expires_at: Instant | None = None
    action_url: str = ""
