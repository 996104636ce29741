"""Purchase orders that were taken, as what is written about them must name them again: kept at the hub, goods only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adapters.sdk.x12.envelope import Transaction
from adapters.sdk.x12.segments import Beg
from adapters.x12_channel.settings import Partner

MOST_PAIRS: Final = 20


@dataclass(frozen=True)
class PlacedLine:
    """A line as its PO1 stated it: number, unit, price, and the qualifiers and ids of the product."""

    reference: str
    unit: str
    price: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A purchase order: who sent it, its number, release and date, its lines."""

    sender: str
    number: str
    release: str
    date: str
    lines: tuple[PlacedLine, ...]

    @property
    def reference(self) -> str:
        """The number by which the hub knows it."""
        return f"{self.number}/{self.release}" if self.release else self.number

    def line(self, position: int, reference: str) -> PlacedLine:
        """Return the line of this reference, else of this position from 1; an empty one where there is none."""
        named = (line for line in self.lines if reference and line.reference == reference)
        at = self.lines[position - 1] if 1 <= position <= len(self.lines) else PlacedLine(str(position), "", "", ())
        return next(named, at)


def placed_of(transaction: Transaction[Partner], sender: str) -> Placed:
    """Return what a purchase order that was taken states."""
    begin = next(Beg.of(segment) for segment in transaction.segments if segment.tag == "BEG")
    lines = tuple(
        PlacedLine(
            segment.element(1),
            segment.element(3),
            segment.element(4),
            tuple(segment.element(number) for number in range(6, 6 + MOST_PAIRS)),
        )
        for segment in transaction.segments
        if segment.tag == "PO1"
    )
    return Placed(sender, begin.number, begin.release, begin.date, lines)


def placed_from(kept: Mapping[str, Any]) -> Placed:
    """Return an order that was kept."""
    return Placed(
        **{**kept, "lines": tuple(PlacedLine(**{**line, "ids": tuple(line["ids"])}) for line in kept["lines"])}
    )
