"""What tax engines are asked."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct


class TaxLine(Struct, frozen=True):
    """An amount in minor units, and the tax that the order states in it; line 0 is a charge."""

    line_number: int
    sku: str
    amount_minor: int
    stated_tax_minor: int | None = None


class DetermineTax(Struct, frozen=True):
    """Asks for the taxes of an order's lines and charges."""

    KIND: ClassVar[str] = "tax.determine"

    order_id: UUID
    currency: str
    to_country_code: str
    lines: tuple[TaxLine, ...]
