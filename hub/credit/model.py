"""Credit accounts and what orders take of them, as values. Amounts are minor units of the account's currency."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant

AccountKey = tuple[str, str]
"""Seller, and the name of a credit account with them."""


class CreditStatus(QuickEnum):
    """Whether orders may go on against an account."""

    OPEN = "OPEN"
    STOPPED = "STOPPED"
    CLOSED = "CLOSED"


class CreditAccount(Struct, frozen=True):
    """How much a customer may owe a seller, and what of that is taken.

    `exposure_minor` is what is invoiced and not settled, and what orders that went on are still to ship.
    """

    seller_id: str
    credit_account_id: str
    currency: str
    limit_minor: int
    status: CreditStatus
    created_at: Instant
    version: int = 0
    exposure_minor: int = 0

    @property
    def key(self) -> AccountKey:
        """Seller and name."""
        return self.seller_id, self.credit_account_id


class CreditUse(Struct, frozen=True):
    """What an order takes of an account: `owed_minor` is invoiced and not settled, `open_minor` still to be invoiced.

    Of what is open, `granted_minor` counts towards the exposure: all of it, unless the order waits for the limit.
    It was `told` that it waits once it is on hold for that.
    """

    order_id: UUID
    seller_id: str
    credit_account_id: str
    currency: str
    placed_at: Instant
    owed_minor: int = 0
    open_minor: int = 0
    granted_minor: int = 0
    waits: bool = False
    told: bool = False

    @property
    def key(self) -> AccountKey:
        """Seller and name of the account."""
        return self.seller_id, self.credit_account_id

    @property
    def counted_minor(self) -> int:
        """What counts towards the exposure."""
        return self.owed_minor + self.granted_minor

    @property
    def needed_minor(self) -> int:
        """What it waits for."""
        return self.open_minor - self.granted_minor


class Waiting(Struct, frozen=True):
    """How many orders wait for an account, and what they need together."""

    orders: int = 0
    needed_minor: int = 0
