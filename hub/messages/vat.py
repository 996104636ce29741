"""What registers of VAT numbers are asked, and what they say."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct


class CheckVatNumber(Struct, frozen=True):
    """Asks whether the VAT number of a party is in force; `attempt` counts the questions of an order, from 1."""

    KIND: ClassVar[str] = "vat.check"

    order_id: UUID
    party_id: UUID
    attempt: int


class Consultation(Struct, frozen=True):
    """What a register says; its number of the enquiry proves it, and is empty where it gives none."""

    in_force: bool
    consultation_number: str
