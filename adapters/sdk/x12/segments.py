"""Typed maps of the segments that are read, and the syntax notes that their elements must keep.

A map gives elements names; it judges nothing. Syntax notes are those of release 4010: P paired, C conditional, R
required.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from adapters.sdk.documents.reading import plain
from adapters.sdk.x12.tokenizer import Segment

SYNTAX_NOTES: Final[Mapping[str, tuple[str, ...]]] = {
    "N1": ("R0203", "P0304"),
    "PO1": ("C0302", "C0504", *(f"P{first:02}{first + 1:02}" for first in range(6, 26, 2))),
    "PO4": ("P0203", "C0506", "P0607", "P0809"),
    "REF": ("R0203",),
    "SAC": ("R0203", "P0304"),
}
_SAYS: Final = {
    "P": "all of them or none must be stated",
    "C": "the first needs the others",
    "R": "one of them must be stated",
}


@dataclass(frozen=True)
class Violation:
    """A syntax note that a segment breaks: its name, the element at fault, and what is wrong."""

    note: str
    element: int
    reason: str


@dataclass(frozen=True)
class Beg:
    """Beginning of a purchase order."""

    purpose: str
    type_code: str
    number: str
    release: str
    date: str
    contract: str

    @property
    def reference(self) -> str:
        """The order's number, with that of its release where it is one of several of a blanket order."""
        return f"{self.number}/{self.release}" if self.number and self.release else self.number

    @classmethod
    def of(cls, segment: Segment) -> Beg:
        """Reads the segment."""
        return cls(*(plain(segment.element(number)) for number in (1, 2, 3, 4, 5, 6)))


@dataclass(frozen=True)
class Po1:
    """A line: its number, quantity, unit, price with its basis, and product ids by qualifier (the first of each)."""

    reference: str
    quantity: str
    unit: str
    price: str
    basis: str
    ids: Mapping[str, str]

    @classmethod
    def of(cls, segment: Segment) -> Po1:
        """Reads the segment."""
        ids: dict[str, str] = {}
        for number in range(6, 26, 2):
            if segment.element(number) and segment.element(number + 1):
                ids.setdefault(plain(segment.element(number)), plain(segment.element(number + 1)))
        reference, quantity, unit, price, basis = (plain(segment.element(number)) for number in range(1, 6))
        return cls(reference, quantity, unit, price, basis, ids)


@dataclass(frozen=True)
class N1:
    """A party: what it is to the order, its name and its number."""

    entity: str
    name: str
    number: str

    @classmethod
    def of(cls, segment: Segment) -> N1:
        """Reads the segment."""
        return cls(*(plain(segment.element(number)) for number in (1, 2, 4)))


@dataclass(frozen=True)
class Sac:
    """An allowance (A) or charge (C): its code, its amount in hundredths, and words."""

    indicator: str
    code: str
    amount: str
    words: str

    @classmethod
    def of(cls, segment: Segment) -> Sac:
        """Reads the segment."""
        return cls(*(plain(segment.element(number)) for number in (1, 2, 5, 15)))


def violations(segment: Segment) -> Iterator[Violation]:
    """Answers the syntax notes that a segment breaks."""
    for note in SYNTAX_NOTES.get(segment.tag, ()):
        numbers = [int(note[at : at + 2]) for at in range(1, len(note), 2)]
        missing = [number for number in numbers if not segment.element(number)]
        if _breaks(note[0], numbers, missing):
            reason = f"is empty; syntax note {note}: of {' and '.join(f'{n:02}' for n in numbers)} {_SAYS[note[0]]}"
            yield Violation(f"{segment.tag}.{note}", missing[0], reason)


def day_of(text: str, zone: ZoneInfo) -> datetime | None:
    """Answers the start of a day written CCYYMMDD in a zone; None when it is no day."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        start = datetime(int(text[:4]), int(text[4:6]), int(text[6:]), tzinfo=zone)
    except ValueError:
        return None
    return start if 1900 <= start.year < 9000 else None


def end_of(day: datetime) -> datetime:
    """Answers the last second of a day."""
    return (day + timedelta(days=1)).replace(hour=0, minute=0, second=0) - timedelta(seconds=1)


def _breaks(kind: str, numbers: list[int], missing: list[int]) -> bool:
    if kind == "P":
        return bool(missing) and len(missing) < len(numbers)
    if kind == "C":
        return bool(missing) and missing[0] != numbers[0]
    return len(missing) == len(numbers)
