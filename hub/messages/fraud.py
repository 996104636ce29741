"""What fraud screening services are asked, and what they advise."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar
from uuid import UUID

from msgspec import Struct


class ScreenOrder(Struct, frozen=True):
    """Asks how risky an order is; `amount_minor` is its total in minor units."""

    KIND: ClassVar[str] = "fraud.screen"

    order_id: UUID
    currency: str
    amount_minor: int
    customer_party_id: UUID
    ship_to_party_id: UUID


class Advice(Enum):
    """What a screening advises; REVIEW: a person should decide."""

    APPROVE = "APPROVE"
    REVIEW = "REVIEW"
    REJECT = "REJECT"


class Screening(Struct, frozen=True):
    """The result of `fraud.screen`; `score` runs from 0 (no risk) to 100."""

    advice: Advice
    score: int
