"""Text into segments of elements and components, by the signs that UNA announces, or those of the standard.

A sign after the release sign stands for itself. What may be wrong around the data and means nothing is taken off: a
byte order mark, line ends, tabs and blanks between segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from adapters.sdk.x12.tokenizer import BLANKS

MOST_SEGMENTS: Final = 500_000
UNA_SIGNS: Final = 6
_BEGIN: Final = re.compile(r"UNA[^A-Za-z0-9 \t\r\n].{5}|UNB(?=[^A-Za-z0-9 \t\r\n])", re.DOTALL)


@dataclass(frozen=True)
class Signs:
    """What parts components and elements, marks a decimal, releases the next sign, and ends a segment."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    segment: str = "'"

    @property
    def all(self) -> str:
        """The signs that must be released where they stand for themselves."""
        return self.component + self.element + self.release + self.segment


class Segment(NamedTuple):
    """A segment: its tag, its elements as components, and its number in the document, from 1 (UNA is not counted)."""

    tag: str
    elements: tuple[tuple[str, ...], ...]
    position: int

    def value(self, element: int, component: int = 1) -> str:
        """Return a component, both numbered from 1, without blanks around it; empty when it is absent."""
        components = self.elements[element - 1] if 1 <= element <= len(self.elements) else ()
        return components[component - 1].strip() if 1 <= component <= len(components) else ""

    @property
    def place(self) -> str:
        """Where it stands, for people: LIN at segment 9."""
        return f"{self.tag} at segment {self.position}"


@dataclass(frozen=True)
class Chunk:
    """The segments of one interchange, from UNB up to its UNZ or to the next UNB, and its signs."""

    segments: tuple[Segment, ...]
    signs: Signs


@dataclass(frozen=True)
class Unreadable:
    """Text that belongs to no interchange, and why."""

    position: int
    reason: str


def chunks(text: str) -> Iterator[Chunk | Unreadable]:
    """Return the interchanges of a document in order, and what stands between them that is none."""
    at, position = 0, 0
    while at < len(text):
        start = _BEGIN.search(text, at)
        if text[at : start.start() if start else len(text)].strip(BLANKS):
            yield Unreadable(position + 1, "is no EDIFACT segment: an interchange begins with UNA or UNB")
        if start is None:
            return
        signs, begin = _signs(text, start)
        if len(set(signs.all)) < len(signs.all):
            yield Unreadable(position + 1, "has a UNA that names one sign for two purposes")
            return
        part, at = _chunk(text, begin, signs, position)
        if isinstance(part, Chunk):
            position = part.segments[-1].position
        yield part


def _signs(text: str, start: re.Match[str]) -> tuple[Signs, int]:
    """Return the signs of an interchange, and where its first segment begins."""
    if not start[0].startswith("UNA"):
        return Signs(), start.start()
    stated = start[0][3:]
    return Signs(stated[0], stated[1], stated[2], stated[3], stated[5]), start.end()


def _chunk(text: str, begin: int, signs: Signs, position: int) -> tuple[Chunk | Unreadable, int]:
    segments: list[Segment] = []
    at = begin
    for stated in _segment_of(signs).finditer(text, begin):
        raw = stated[0].strip(BLANKS)
        if segments and raw.startswith(("UNB" + signs.element, "UNA" + signs.component)):
            break
        at = stated.end() + 1
        if raw:
            segments.append(_segment(raw, signs, position + len(segments) + 1))
        if segments and segments[-1].tag == "UNZ":
            break
        if position + len(segments) > MOST_SEGMENTS:
            reason = f"has more than {MOST_SEGMENTS:,} segments: have the partner send it in several documents"
            return Unreadable(position + 1, reason), len(text)
    if not segments or segments[0].tag != "UNB":
        return Unreadable(position + 1, "is a UNA without a UNB after it"), max(at, begin)
    return Chunk(tuple(segments), signs), at


def _segment(raw: str, signs: Signs, position: int) -> Segment:
    tag, *elements = _parted(raw, signs.element, signs.release)
    parts = tuple(
        tuple(_plain(component, signs.release) for component in _parted(element, signs.component, signs.release))
        for element in elements
    )
    return Segment(tag.partition(signs.component)[0].strip(), parts, position)


def _parted(text: str, sign: str, release: str) -> list[str]:
    """Return what a sign parts, where it is not released."""
    if release not in text:
        return text.split(sign)
    parts = [""]
    for piece in _piece_of(sign, release).findall(text):
        if piece == sign:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _plain(text: str, release: str) -> str:
    return re.sub(re.escape(release) + "(.)", r"\1", text, flags=re.DOTALL) if release in text else text


@cache
def _piece_of(sign: str, release: str) -> re.Pattern[str]:
    """Return the pieces of a text: a released sign, the sign itself, what stands between, a release of nothing."""
    stop, free = re.escape(sign), re.escape(release)
    return re.compile(f"{free}.|{stop}|[^{stop}{free}]+|{free}", re.DOTALL)


@cache
def _segment_of(signs: Signs) -> re.Pattern[str]:
    stop, free = re.escape(signs.segment), re.escape(signs.release)
    return re.compile(f"(?:[^{stop}{free}]+|{free}.)+", re.DOTALL)
