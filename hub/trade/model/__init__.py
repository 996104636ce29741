"""Tax as recorded, as values."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class TaxRecord(Struct, frozen=True):
    """The tax of a line at its sale: `rate` as stated (a decimal as text), `tax_minor` of the order's currency."""

    order_id: UUID
    line_number: int
    rate: str
    tax_minor: int
    recorded_at: Instant
