"""Orders that were taken, as what is written about them must name them again: kept at the hub, goods only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from adapters.sdk.documents.reading import plain
from adapters.sdk.edifact.tokenizer import Segment
from adapters.sdk.state.client import AdapterState


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


async def remember(state: AdapterState, account_id: str, placed: Placed) -> None:
    """Keep an order; the first of its number stays."""
    await state.update(account_id, _key(placed.number), lambda kept: kept or json.dumps(asdict(placed)).encode())


async def recall(state: AdapterState, account_id: str, reference: str) -> Placed | None:
    """Return the order that the hub knows by a reference; None where it did not come as a document."""
    entry = await state.get(account_id, _key(reference))
    if not entry.version:
        return None
    kept = json.loads(entry.value)
    return Placed(**{**kept, "lines": tuple(PlacedLine(**line) for line in kept["lines"])})


def _key(reference: str) -> str:
    return f"placed/{reference}"
