"""Tax as recorded, as values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.instant import Instant


@dataclass(frozen=True, slots=True)
class TaxRecord:
    """The tax of a line at its sale: `rate` as stated (a decimal as text), `tax_minor` of the order's currency."""

    order_id: UUID
    line_number: int
    rate: str
    tax_minor: int
    recorded_at: Instant
