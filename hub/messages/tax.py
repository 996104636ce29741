"""What tax engines are asked, and what they determine."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.money import Money


class TaxLine(Struct, frozen=True):
    """An amount in minor units, and the tax that the order states in it; line 0 is a charge."""

    line_number: int
    sku: str
    amount_minor: int
    stated_tax_minor: int | None = None


class StatedTax(Struct, frozen=True, omit_defaults=True):
    """A tax as the order states it, in minor units; line 0 is the order as a whole, or the charge of a code."""

    line_number: int
    amount_minor: int
    title: str = ""
    rate: str = ""
    charge_code: str = ""


class DetermineTax(Struct, frozen=True, omit_defaults=True):
    """Asks for the taxes of an order's lines and charges."""

    KIND: ClassVar[str] = "tax.determine"

    order_id: UUID
    currency: str
    to_country_code: str
    lines: tuple[TaxLine, ...]
    stated_taxes: tuple[StatedTax, ...] = ()


class DeterminedTax(Struct, frozen=True):
    """A tax on a line as the engine stated it; line 0 is a charge. `rate` is a decimal number in text."""

    line_number: int
    rate: str
    tax: Money


class Determination(Struct, frozen=True):
    """The result of `tax.determine`, in the engine's order; a line may have several taxes."""

    taxes: tuple[DeterminedTax, ...]
