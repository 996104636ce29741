"""Why stock is what it is, as values: figures, and the rows of the ledger that they are the sum of."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from hub.inventory.model import ConditionedStock
from hub.kernel.instant import Instant


class Figures(Struct, frozen=True):
    """Units of a SKU at a node, or what a row adds to them."""

    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    safety: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.on_hand + other.on_hand,
            self.reserved + other.reserved,
            self.allocated + other.allocated,
            self.safety + other.safety,
        )


class LedgerRow(Struct, frozen=True):
    """A row of the stock ledger."""

    number: int
    at: Instant
    delta: Figures
    cause: str
    cause_id: UUID


class Explained(Struct, frozen=True):
    """The stock of a SKU at a node as of an instant: (row, figures after it) newest first, and rows in all.

    `protected` counts units kept for others than who asks; `more` says whether there are rows behind the last.
    """

    at: Instant
    figures: Figures
    protected: int
    conditioned: tuple[ConditionedStock, ...]
    row_count: int
    rows: tuple[tuple[LedgerRow, Figures], ...]
    more: bool

    @property
    def last(self) -> tuple[Instant, int]:
        """(instant, number) of the last row; there is one where `more` is true."""
        row, _ = self.rows[-1]
        return row.at, row.number

    @property
    def available(self) -> int:
        """Units that could be promised, at least 0."""
        figures = self.figures
        return max(0, figures.on_hand - figures.reserved - figures.allocated - figures.safety - self.protected)
