"""What is known of the VAT number of a buyer who owes the tax, as values."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class VatNumberState(Enum):
    """What is known of a VAT number: nothing was asked, the register is asked, or what it said."""

    NOT_ASKED = "NOT_ASKED"
    PENDING = "PENDING"
    IN_FORCE = "IN_FORCE"
    NOT_IN_FORCE = "NOT_IN_FORCE"


class VatNumberCheck(Struct, frozen=True):
    """The check of the number that a party has, for an order.

    `attempt` counts how often a register was asked, 0 where none was; only the answer to the last counts.
    `consultation_number` proves the enquiry (Council Implementing Regulation (EU) 282/2011, article 18).
    """

    order_id: UUID
    party_id: UUID
    state: VatNumberState
    attempt: int = 0
    checked_at: Instant | None = None
    consultation_number: str = ""
