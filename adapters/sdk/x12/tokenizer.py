"""Bytes into segments of elements: finds each interchange and the separators it announces in its ISA.

What may be wrong around the data and means nothing is taken off: a byte order mark, the end-of-file byte of old PCs,
line ends, tabs between segments, blanks before the end of one. A line end after ISA16 is the segment terminator itself.
Counts and meaning are not looked at here. Time and memory grow with the length alone, whatever stands in it: blanks and
line ends are passed over at once, elements are cut out when they are asked for, and segments are limited in number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import Final, NamedTuple

ISA_LENGTHS: Final = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
LINE_BLANKS: Final = " \t\r\n\xa0"
BLANKS: Final = LINE_BLANKS + "\x00\x1a\ufeff"
MOST_ELEMENTS: Final = 100
MOST_SEGMENTS: Final = 500_000
"""Segments that a document has at most."""
_ISA: Final = re.compile(r"ISA(?=[^A-Za-z0-9 \t\r\n\xa0])")


class Segment(NamedTuple):
    """A segment: its tag, its text with the separator of its elements, and its number in the document, from 1."""

    tag: str
    text: str
    separator: str
    position: int

    @property
    def elements(self) -> tuple[str, ...]:
        """Its elements; where there are more than 100, the last one holds the rest."""
        return tuple(self.text.split(self.separator, MOST_ELEMENTS)[1:])

    def element(self, number: int) -> str:
        """Return an element by its number, from 1, without blanks around it; empty when it is absent."""
        elements = self.elements
        return elements[number - 1].strip(LINE_BLANKS) if 1 <= number <= len(elements) else ""

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


def _segments(text: str, start: int, separator: str, terminator: str, position: int) -> tuple[Chunk | Unreadable, int]:
    segments: list[Segment] = []
    at, end_tag, begin_tag = start, f"IEA{separator}", f"ISA{separator}"
    for stated in _segment_of(terminator).finditer(text, start):
        raw = stated[0].rstrip(BLANKS)
        if segments and raw.startswith(begin_tag):
            at = stated.start()
            break
        at = stated.end() + 1
        tag = raw.partition(separator)[0].strip(LINE_BLANKS)
        segments.append(Segment(intern(tag), raw, separator, position + len(segments) + 1))
        if raw.startswith(end_tag):
            break
        if position + len(segments) > MOST_SEGMENTS:
            reason = f"has more than {MOST_SEGMENTS:,} segments: have the partner send it in several documents"
            return Unreadable(position + 1, reason), len(text)
    return Chunk(tuple(segments), tuple(map(len, segments[0].elements)) == ISA_LENGTHS), at


@cache
def _segment_of(terminator: str) -> re.Pattern[str]:
    """Return what a segment with this terminator is: from the first character that is no blank up to the terminator."""
    return re.compile(f"[^{re.escape(terminator + BLANKS)}][^{re.escape(terminator)}]*")
