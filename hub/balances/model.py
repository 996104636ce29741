"""Balances and their movements as values. Amounts are minor units of the balance's currency."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant


class BalanceKind(QuickEnum):
    """Whose a balance is: of whoever has its code, or of a person to whom it is owed."""

    GIFT_CARD = "GIFT_CARD"
    STORE_CREDIT = "STORE_CREDIT"


class MovementKind(QuickEnum):
    """What moved on a balance."""

    ISSUED = "ISSUED"
    ADJUSTED = "ADJUSTED"
    RESERVED = "RESERVED"
    RELEASED = "RELEASED"
    CAPTURED = "CAPTURED"
    REFUNDED = "REFUNDED"
    EXPIRED = "EXPIRED"


class Balance(Struct, frozen=True):
    """A gift card or store credit: what is free of it, what is reserved for orders, and how many movements it had.

    `balance_id` is a keyed hash of the code or the owner. What is free at `expires_at` can be spent no more.
    What comes back after that is good for `lasts_seconds`, as the balance was when it was issued.
    """

    balance_id: UUID
    kind: BalanceKind
    seller_id: str
    currency: str
    created_at: Instant
    expires_at: Instant | None = None
    lasts_seconds: int = 0
    free_minor: int = 0
    reserved_minor: int = 0
    movements: int = 0


class Cause(Struct, frozen=True):
    """What a movement is about, and who made it: a transaction of an order, or a person with a reason."""

    at: Instant
    principal: str = ""
    reason: str = ""
    order_id: UUID | None = None
    transaction_id: UUID | None = None


class Movement(Struct, frozen=True):
    """One movement, double entry: by how much what is free, what is reserved and what is outside changed; they sum to
    zero.
    """

    balance_id: UUID
    number: int
    kind: MovementKind
    free_minor: int
    reserved_minor: int
    outside_minor: int
    at: Instant
    principal: str = ""
    reason: str = ""
    order_id: UUID | None = None
    transaction_id: UUID | None = None
