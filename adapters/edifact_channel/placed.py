"""Orders that were taken, as what is written about them must name them again: kept at the hub, goods only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.sdk.documents.reading import plain
from adapters.sdk.edifact.tokenizer import Segment


@dataclass(frozen=True)
class PlacedLine:
    """A line as its LIN stated it: number, product id with its type, and unit."""

    reference: str
    product: str
    kind: str
    unit: str


@dataclass(frozen=True)
class Placed:
    """An order: its number, date, the numbers of buyer and delivery party, its lines."""

    number: str
    date: str
    buyer: str
    delivery: str
    lines: tuple[PlacedLine, ...]

    def line(self, position: int, reference: str, sku: str) -> PlacedLine:
        """Return the line of this reference, else of this position from 1, else one of our SKU."""
        named = (line for line in self.lines if reference and line.reference == reference)
        ours = PlacedLine(reference or str(position), sku, "SA", "")
        return next(named, self.lines[position - 1] if 1 <= position <= len(self.lines) else ours)


def placed_of(segments: Sequence[Segment], reference: str) -> Placed:
    """Return what an order that was taken states; `reference` is its number."""
    date, parties, lines = "", dict[str, str](), list[PlacedLine]()
    for segment in segments:
        code = segment.value(1)
        if segment.tag == "DTM" and code == "137" and not lines:
            date = segment.value(1, 2)[:8]
        elif segment.tag == "NAD" and not lines:
            parties.setdefault(code, plain(segment.value(2), 35))
        elif segment.tag == "LIN":
            lines.append(PlacedLine(code or str(len(lines) + 1), segment.value(3), segment.value(3, 2), ""))
        elif segment.tag == "QTY" and code == "21" and lines:
            last = lines[-1]
            lines[-1] = PlacedLine(last.reference, last.product, last.kind, segment.value(1, 3))
    delivery = parties.get("DP") or parties.get("ST", "")
    return Placed(reference, date, parties.get("BY", ""), delivery, tuple(lines))


def placed_from(kept: Mapping[str, Any]) -> Placed:
    """Return an order that was kept."""
    return Placed(**{**kept, "lines": tuple(PlacedLine(**line) for line in kept["lines"])})
