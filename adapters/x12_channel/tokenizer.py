"""Bytes into segments of elements: finds each interchange and the separators it announces in its ISA.

What may be wrong around the data and means nothing is taken off: a byte order mark, the end-of-file byte of old PCs,
line ends, tabs between segments, blanks before the end of one. A line end after ISA16 is the segment terminator itself.
Counts and meaning are not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ISA_LENGTHS: Final = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
LINE_BLANKS: Final = " \t\r\n\xa0"
BLANKS: Final = LINE_BLANKS + "\x00\x1a\ufeff"
_ISA: Final = re.compile(r"ISA(?=[^A-Za-z0-9 \t\r\n\xa0])")


@dataclass(frozen=True)
class Segment:
    """A segment: its tag, its elements, and its number in the document, from 1."""

    tag: str
    elements: tuple[str, ...]
    position: int

    def element(self, number: int) -> str:
        """Answers an element by its number, from 1, blanks around it taken off; empty when it is absent."""
        return self.elements[number - 1].strip(LINE_BLANKS) if 1 <= number <= len(self.elements) else ""

    @property
    def place(self) -> str:
        """Where it stands, for people: PO1 at segment 15."""
        return f"{self.tag} at segment {self.position}"


@dataclass(frozen=True)
class Chunk:
    """A run of segments that share separators: one interchange, up to its IEA or to the next ISA."""

    segments: tuple[Segment, ...]
    is_fixed: bool


@dataclass(frozen=True)
class Unreadable:
    """Text that belongs to no interchange, and why."""

    position: int
    reason: str


def text_of(content: bytes) -> str:
    """Answers the bytes as text: UTF-8 where they are, else Windows-1252, else one character a byte."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def chunks(text: str) -> Iterator[Chunk | Unreadable]:
    """Answers the interchanges of a document in order, and what stands between them that is none."""
    at, position = 0, 0
    while at < len(text):
        start = _ISA.search(text, at)
        before = text[at : start.start() if start else len(text)]
        if before.strip(BLANKS):
            yield Unreadable(position + 1, "is no X12 segment: an interchange begins with ISA")
        if start is None:
            return
        chunk, at = _chunk(text, start.start(), position)
        if isinstance(chunk, Chunk):
            position = chunk.segments[-1].position
        yield chunk


def _chunk(text: str, start: int, position: int) -> tuple[Chunk | Unreadable, int]:
    """Answers the interchange that begins at `start`, and where the text after it begins."""
    separator = text[start + 3]
    sixteenth = start + 2
    for _ in ISA_LENGTHS:
        sixteenth = text.find(separator, sixteenth + 1)
        if sixteenth < 0:
            return Unreadable(position + 1, "is an ISA that ends before its 16th element"), len(text)
    end = sixteenth + 2
    while end < len(text) and text[end] in " \t\xa0":
        end += 1
    if end >= len(text):
        return Unreadable(position + 1, "is an ISA without a segment terminator"), len(text)
    terminator = "\n" if text.startswith("\r\n", end) else text[end]
    if terminator.isalnum():
        return Unreadable(position + 1, "is an ISA that a letter or digit ends: no segment terminator can be told"), end
    return _segments(text, start, separator, terminator, position)


def _segments(text: str, start: int, separator: str, terminator: str, position: int) -> tuple[Chunk, int]:
    segments: list[Segment] = []
    at, end_tag, begin_tag = start, f"IEA{separator}", f"ISA{separator}"
    while at < len(text):
        end = text.find(terminator, at)
        raw = text[at : end if end >= 0 else len(text)].strip(BLANKS)
        if segments and raw.startswith(begin_tag):
            break
        at = end + len(terminator) if end >= 0 else len(text)
        if not raw:
            continue
        tag, *elements = raw.split(separator)
        segments.append(Segment(tag.strip(LINE_BLANKS), tuple(elements), position + len(segments) + 1))
        if raw.startswith(end_tag):
            break
    return Chunk(tuple(segments), _is_fixed(segments[0])), at


def _is_fixed(isa: Segment) -> bool:
    return tuple(len(element) for element in isa.elements) == ISA_LENGTHS
