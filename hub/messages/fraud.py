"""What fraud screening services are asked."""

from __future__ import annotations

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
