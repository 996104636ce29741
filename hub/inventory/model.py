"""Stock as values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.instant import Instant

StockKey = tuple[str, str]
"""(sku, node_id)."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Units of a SKU at a node."""

    sku: str
    node_id: str
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    safety: int = 0

    @property
    def available(self) -> int:
        """Units that can be promised, at least 0."""
        return max(0, self.on_hand - self.reserved - self.allocated - self.safety)


@dataclass(frozen=True, slots=True)
class StockChange:
    """What is added to a stock row; negative takes away.

    `found_empty`: somebody looked and found nothing more, so on hand becomes what fulfillment orders hold there.
    """

    sku: str
    node_id: str
    cause: str
    cause_id: UUID
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    found_empty: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A full count of some nodes at an instant by a source: units on hand and kept back, by (sku, node)."""

    source: str
    counted_at: Instant
    node_ids: frozenset[str]
    rows: tuple[tuple[str, str, int, int], ...]
