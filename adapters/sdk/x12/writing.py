"""Writes interchanges: segments of elements, counted and numbered, in the separators that were agreed.

X12 cannot escape a separator: `words` takes them out of what people wrote, and everything else must not have any.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from adapters.sdk.documents.reading import plain
from adapters.sdk.x12.tokenizer import ISA_LENGTHS

Elements: TypeAlias = "tuple[str, ...]"
"""A segment: its tag and its elements. Empty elements at its end are not written."""
MOST_CONTROL: Final = 999_999_999


class NotWritable(ValueError):
    """A value that X12 cannot carry as it stands; the message names its segment."""


@dataclass(frozen=True)
class Separators:
    """What ends an element, a component and a segment, and what repeats an element (from release 00402 on)."""

    element: str = "*"
    component: str = ">"
    segment: str = "~"
    repetition: str = "^"

    @property
    def all(self) -> str:
        """All of them."""
        return self.element + self.component + self.segment + self.repetition


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Who writes to whom, and how.

    Attributes:
        sender: Our id (ISA06, GS02), at most 15 characters.
        sender_qualifier: What kind of id it is (ISA05).
        receiver: Their id (ISA08, GS03), at most 15 characters.
        receiver_qualifier: What kind of id it is (ISA07).
        version: Release of the documents (GS08), for example 004010.
        usage: P for production, T for test (ISA15).
        separators: Separators.
    """

    sender: str
    receiver: str
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    version: str = "004010"
    usage: str = "P"
    separators: Separators = Separators()


@dataclass(frozen=True)
class WrittenSet:
    """A transaction set to write: which it is, the group that it goes in, and its segments between ST and SE."""

    set_id: str
    functional_id: str
    segments: Sequence[Elements]


def write(envelope: Envelope, control: int, at: datetime, document: WrittenSet) -> bytes:
    """Return an interchange with one group of one transaction set, whose control numbers are all `control`.

    Raises NotWritable where an element has a separator or a control character in it, or `control` has over 9 digits.
    """
    if not 1 <= control <= MOST_CONTROL:
        raise NotWritable(f"control number {control} does not have 1 to 9 digits")
    day, minute = at.strftime("%Y%m%d"), at.strftime("%H%M")
    number = f"{control:04}"
    sides = (envelope.sender, envelope.receiver)
    segments: list[Elements] = [
        ("GS", document.functional_id, *sides, day, minute, str(control), "X", envelope.version),
        ("ST", document.set_id, number),
        *document.segments,
        ("SE", str(len(document.segments) + 2), number),
        ("GE", "1", str(control)),
        ("IEA", "1", f"{control:09}"),
    ]
    written = (_segment(segment, envelope.separators) for segment in segments)
    return "".join((_isa(envelope, control, day[2:], minute), *written)).encode()


def words(text: str, most: int, separators: Separators) -> str:
    """Return what people wrote without separators and controls, cut to `most` characters."""
    return plain("".join(" " if character in separators.all else character for character in text), most)


def day(instant: datetime) -> str:
    """Return a date as CCYYMMDD."""
    return instant.strftime("%Y%m%d")


def _isa(envelope: Envelope, control: int, day: str, minute: str) -> str:
    signs = envelope.separators
    release = envelope.version[:5]
    repetition = signs.repetition if release >= "00402" else "U"
    stated = (
        "00", "", "00", "", envelope.sender_qualifier, envelope.sender, envelope.receiver_qualifier, envelope.receiver,
        day, minute, repetition, release, f"{control:09}", "0", envelope.usage,
    )  # fmt: skip
    padded = [element.ljust(length) for element, length in zip(stated, ISA_LENGTHS, strict=False)]
    for element, length in zip(padded, ISA_LENGTHS, strict=False):
        if len(element) != length:
            raise NotWritable(f"ISA: {element.strip()!r} does not have at most {length} characters")
    _refuse_signs(("ISA", *(element for element in padded if element != signs.repetition)), signs)
    return signs.element.join(("ISA", *padded, signs.component)) + signs.segment


def _segment(elements: Elements, signs: Separators) -> str:
    _refuse_signs(elements, signs)
    return signs.element.join(_without_empty_end(elements)) + signs.segment


def _refuse_signs(elements: Iterable[str], signs: Separators) -> None:
    text = list(elements)
    for number, element in enumerate(text):
        if any(character in signs.all or not character.isprintable() for character in element):
            raise NotWritable(f"{text[0]}{number:02} has a separator or a control character in it")


def _without_empty_end(elements: Elements) -> Elements:
    kept = len(elements)
    while kept > 1 and not elements[kept - 1]:
        kept -= 1
    return elements[:kept]
