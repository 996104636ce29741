"""Interchanges and messages, and whether what their ends count is what stands between.

A wrong UNT keeps its message from being taken, a wrong UNZ its interchange. A profile may forgive a check by its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from adapters.sdk.documents.reading import Findings, shown
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.edifact.tokenizer import Chunk, Segment, Signs

GROUPING: Final = frozenset({"UNG", "UNE"})


@dataclass(frozen=True)
class Message:
    """A message from UNH to UNT, its path, and whether it may be taken."""

    segments: tuple[Segment, ...]
    path: str
    is_sound: bool

    @property
    def kind(self) -> str:
        """Which message it is, for example ORDERS."""
        return self.segments[0].value(2)

    @property
    def reference(self) -> str:
        """Its number in the interchange."""
        return self.segments[0].value(1)


@dataclass(frozen=True)
class Interchange:
    """An interchange with its messages; `is_sound` says whether any of them may be taken."""

    start: Segment
    signs: Signs
    messages: tuple[Message, ...]
    is_sound: bool

    @property
    def sender(self) -> str:
        """Who sent it."""
        return self.start.value(2)

    @property
    def receiver(self) -> str:
        """Whom it is for."""
        return self.start.value(3)

    @property
    def control(self) -> str:
        """Its control reference."""
        return self.start.value(5)

    @property
    def taken(self) -> Iterator[Message]:
        """The messages that may be taken."""
        yield from (message for message in self.messages if self.is_sound and message.is_sound)


def read_interchange(chunk: Chunk, number: int, tolerate: AbstractSet[str], findings: Findings) -> Interchange:
    """Return the interchange with this number in the document; `findings` say what is wrong with it."""
    start, last = chunk.segments[0], chunk.segments[-1]
    notes = Notes(findings, f"UNB[{number}]")
    is_whole = last.tag == "UNZ"
    inner = [segment for segment in chunk.segments[1 : -1 if is_whole else None] if segment.tag not in GROUPING]
    messages = tuple(_messages(inner, notes, tolerate))
    groups = sum(segment.tag == "UNG" for segment in chunk.segments)
    is_sound = _end_is_right(start, last if is_whole else None, ("UNZ", groups or len(messages), 5), tolerate, notes)
    return Interchange(start, chunk.signs, messages, is_sound)


def _messages(segments: list[Segment], notes: Notes, tolerate: AbstractSet[str]) -> Iterator[Message]:
    open_at: list[Segment] = []
    number = 0
    known: set[str] = set()
    for segment in segments:
        if segment.tag == "UNH":
            if open_at:
                yield _message(open_at, notes.below(f"UNH[{number}]"), known, tolerate)
            open_at, number = [segment], number + 1
        elif not open_at:
            notes.refuse(segment, 0, "it stands where only UNH may, and is not read")
        else:
            open_at.append(segment)
            if segment.tag == "UNT":
                yield _message(open_at, notes.below(f"UNH[{number}]"), known, tolerate)
                open_at = []
    if open_at:
        yield _message(open_at, notes.below(f"UNH[{number}]"), known, tolerate)


def _message(segments: list[Segment], notes: Notes, known: set[str], tolerate: AbstractSet[str]) -> Message:
    start, last = segments[0], segments[-1]
    end = last if last.tag == "UNT" else None
    is_sound = _end_is_right(start, end, ("UNT", len(segments), 1), tolerate, notes)
    reference = start.value(1)
    if reference in known and "UNH01" not in tolerate:
        notes.refuse(start, 1, f"message {shown(reference)} stands twice in the interchange: it is not taken")
        is_sound = False
    known.add(reference)
    return Message(tuple(segments), notes.path, is_sound)


def _end_is_right(
    start: Segment, end: Segment | None, expected: tuple[str, int, int], tolerate: AbstractSet[str], notes: Notes
) -> bool:
    """Check a closing segment against its tag, the count that it should state, and the opener's element it repeats."""
    tag, count, element = expected
    if end is None:
        if tag in tolerate:
            return True
        notes.refuse(start, 0, f"it has no {tag}: it is cut off, and nothing of it is taken")
        return False
    reference = start.value(element)
    counted = _number(end.value(1)) == str(count) or f"{tag}01" in tolerate
    named = _number(end.value(2)) == _number(reference) or f"{tag}02" in tolerate
    if not counted:
        notes.refuse(end, 1, f"expected {count}, found {shown(end.value(1))}")
    if not named:
        opener = f"{start.tag}{element:02}"
        notes.refuse(end, 2, f"expected {shown(reference)} as in {opener}, found {shown(end.value(2))}")
    return counted and named


def _number(text: str) -> str:
    """Return a count or reference without leading zeros; text that is no number as it is."""
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) <= 18 else text
