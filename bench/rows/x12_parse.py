"""Interchanges read into segments and elements with their envelopes checked, against pyx12, which checks the same.

Both count the elements of every segment, and find nothing wrong. What an order means is read by neither.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyx12.x12file import X12Reader

from adapters.sdk.documents.reading import Findings
from adapters.sdk.x12.envelope import read_interchange
from adapters.sdk.x12.tokenizer import Chunk, chunks
from adapters.sdk.x12.writing import Elements, Envelope, WrittenSet, write
from bench.ratio import Row, Sides, Unmeasurable
from bench.windows import Work, repeated

LINES: Final = 20
ORDERS: Final = 200


@dataclass(frozen=True)
class Strict:
    """A sender to whom nothing is forgiven."""

    tolerate: frozenset[str] = frozenset()
    isa_fixed_length: bool = True


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Write the document, and have both read it once: it must be sound to both."""
    text = document()
    if not ours(text) or not theirs(text):
        raise Unmeasurable("a reader finds something wrong with the document")
    yield Sides(repeated(_reading(ours, text)), repeated(_reading(theirs, text)))


def document() -> str:
    """Return interchanges of one purchase order each."""
    envelope, at = Envelope(sender="BUYER", receiver="CROSSDOCK"), datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
    return "".join(
        write(envelope, number, at, WrittenSet("850", "PO", order(number))).decode() for number in range(1, ORDERS + 1)
    )


def order(number: int) -> list[Elements]:
    """Return the segments of a purchase order with so many lines."""
    segments: list[Elements] = [
        ("BEG", "00", "SA", f"PO-{number}", "", "20261103"),
        ("CUR", "BY", "EUR"),
        ("N1", "BY", "Buyer", "92", "17"),
    ]
    for line in range(1, LINES + 1):
        segments.append(("PO1", str(line), "3", "EA", "12.50", "WE", "VN", f"SKU-{line:05}", "UP", "4006381333931"))
        segments.append(("PID", "F", "", "", "", f"Stoneware mug number {line}"))
    return [*segments, ("CTT", str(LINES))]


def ours(text: str) -> int:
    """Return how many elements our reader finds; 0 where it finds a fault."""
    findings, elements = Findings(), 0
    for number, part in enumerate(chunks(text), start=1):
        interchange = read_interchange(part, number, lambda _: Strict(), findings) if isinstance(part, Chunk) else None
        for transaction in interchange.transactions if interchange else ():
            elements += sum(len(segment.elements) for segment in transaction.segments)
    return 0 if findings.problems else elements


def theirs(text: str) -> int:
    """Return how many elements pyx12's reader finds; 0 where it finds a fault."""
    reader, elements, faults = X12Reader(io.StringIO(text)), 0, 0
    for segment in reader:
        elements += len(segment)
        faults += len(reader.pop_errors())
    reader.cleanup()
    return 0 if faults or reader.pop_errors() else elements


def _reading(read: Callable[[str], int], text: str) -> Work:
    async def work() -> int:
        await asyncio.sleep(0)
        read(text)
        return len(text)

    return work


ROW: Final = Row(
    name="x12_parse",
    says="bytes/s of X12 read with envelopes checked, against pyx12's reader",
    bar=2,
    part=True,
    prepare=prepare,
)
