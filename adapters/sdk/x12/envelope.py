"""Interchanges, groups and transactions, and whether what their ends count is what stands between.

A broken count keeps the level it stands at from being taken: SE its transaction, GE its group, IEA its interchange. The
others go on. A partner's profile may forgive a check by the name of its element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from adapters.sdk.documents.reading import Findings, shown
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import ISA_LENGTHS, Chunk, Segment

NO_END: Final = "no end"
WRONG_NUMBER: Final = "wrong number"
WRONG_COUNT: Final = "wrong count"
REPEATED: Final = "repeated number"


class Checks(Protocol):
    """What a profile forgives a sender."""

    @property
    def tolerate(self) -> frozenset[str]:
        """Checks that are forgiven, by element: SE01, GE02."""

    @property
    def isa_fixed_length(self) -> bool:
        """Whether the elements of ISA must have their fixed lengths."""


P = TypeVar("P", bound=Checks)


@dataclass(frozen=True)
class Transaction(Generic[P]):
    """A transaction set that may be read: ST to SE, how its sender's documents are read, and its path."""

    segments: tuple[Segment, ...]
    partner: P
    path: str

    @property
    def set_id(self) -> str:
        """Which transaction set it is, for example 850."""
        return self.segments[0].element(1)


@dataclass(frozen=True)
class StatedSet(Generic[P]):
    """A transaction set as its group states it; `fault` says why it may not be read, and is empty where it may."""

    transaction: Transaction[P]
    fault: str = ""

    @property
    def control(self) -> str:
        """Its control number (ST02)."""
        return self.transaction.segments[0].element(2)


@dataclass(frozen=True)
class Group(Generic[P]):
    """A functional group; `fault` says why none of its sets may be read, and is empty where they may."""

    start: Segment
    sets: tuple[StatedSet[P], ...]
    fault: str = ""


@dataclass(frozen=True)
class Interchange(Generic[P]):
    """An interchange, its groups, and whether they may be read at all."""

    start: Segment
    partner: P
    groups: tuple[Group[P], ...]
    fault: str = ""

    @property
    def sender(self) -> str:
        """Who sent it (ISA06)."""
        return self.start.element(6)

    @property
    def control(self) -> str:
        """Its control number (ISA13)."""
        return self.start.element(13)

    @property
    def transactions(self) -> Iterator[Transaction[P]]:
        """The transactions that its envelope allows to be taken."""
        for group in self.groups if not self.fault else ():
            yield from (stated.transaction for stated in group.sets if not group.fault and not stated.fault)


@dataclass(frozen=True)
class Span:
    """Segments from an opening one to its closing one; `end` is None when the closing one is missing."""

    start: Segment
    inner: tuple[Segment, ...]
    end: Segment | None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All of them."""
        return (self.start, *self.inner, *((self.end,) if self.end else ()))


def read_interchange(
    chunk: Chunk, number: int, partner_of: Callable[[str], P], findings: Findings
) -> Interchange[P] | None:
    """Return the interchange with this number in the document; None where its ISA cannot be believed.

    Paths have the form ISA[1]/GS[1]/ST[2]: they stay the same however often the document is read.
    """
    isa, last = chunk.segments[0], chunk.segments[-1]
    partner = partner_of(isa.element(6))
    notes = Notes(findings, f"ISA[{number}]")
    if not _isa_is_sound(chunk, partner, notes):
        return None
    is_whole = last.tag == "IEA"
    span = Span(isa, chunk.segments[1 : -1 if is_whole else None], last if is_whole else None)
    spans = _spans(span.inner, "GS", "GE", notes)
    groups = tuple(_group(group, notes.below(f"GS[{index}]"), partner) for index, group in enumerate(spans, start=1))
    return Interchange(isa, partner, groups, _fault_of_end(span, "IEA", (13, len(groups)), partner, notes))


def _group(group: Span, notes: Notes, partner: P) -> Group[P]:
    sets: list[StatedSet[P]] = []
    known: set[str] = set()
    for index, span in enumerate(_spans(group.inner, "ST", "SE", notes), start=1):
        below = notes.below(f"ST[{index}]")
        stated = Transaction(span.segments, partner, below.path)
        control = span.start.element(2)
        if control in known:
            below.refuse(span.start, 2, f"control number {shown(control)} stands twice in the group: it is not taken")
            sets.append(StatedSet(stated, REPEATED))
        else:
            sets.append(StatedSet(stated, _fault_of_end(span, "SE", (2, len(span.inner) + 2), partner, below)))
        known.add(control)
    return Group(group.start, tuple(sets), _fault_of_end(group, "GE", (6, len(sets)), partner, notes))


def _fault_of_end(span: Span, tag: str, expected: tuple[int, int], partner: Checks, notes: Notes) -> str:
    """Return what is wrong with the closing segment; empty where it is right.

    Args:
        span: What it closes.
        tag: Its tag.
        expected: The opener's element with the control number, and the count that it should state.
        partner: What is forgiven.
        notes: Where the problem is noted.
    """
    control_element, count = expected
    end = span.end
    if end is None:
        notes.refuse(span.start, 0, f"it has no {tag}: it is cut off, and nothing of it is taken")
        return NO_END
    control = span.start.element(control_element)
    counted = _number(end.element(1)) == str(count) or f"{tag}01" in partner.tolerate
    numbered = _number(end.element(2)) == _number(control) or f"{tag}02" in partner.tolerate
    if not counted:
        notes.refuse(end, 1, f"expected {count}, found {shown(end.element(1))}")
    if not numbered:
        opener = f"{span.start.tag}{control_element:02}"
        notes.refuse(end, 2, f"expected {shown(control)} as in {opener}, found {shown(end.element(2))}")
    if not numbered:
        return WRONG_NUMBER
    return "" if counted else WRONG_COUNT


def _isa_is_sound(chunk: Chunk, partner: Checks, notes: Notes) -> bool:
    if chunk.is_fixed or not partner.isa_fixed_length:
        return True
    isa = chunk.segments[0]
    for number, (length, element) in enumerate(zip(ISA_LENGTHS, isa.elements, strict=False), start=1):
        if len(element) != length:
            reason = f"it has {len(element)} characters, expected {length}"
            notes.refuse(isa, number, f"{reason}; isa_fixed_length of the profile forgives it")
            return False
    notes.refuse(isa, 0, f"it has {isa.text.count(isa.separator)} elements, expected {len(ISA_LENGTHS)}")
    return False


def _spans(segments: Sequence[Segment], opens: str, closes: str, notes: Notes) -> list[Span]:
    """Cuts segments into spans; a segment outside of any is refused, a span without an end is answered without one."""
    spans: list[Span] = []
    start: Segment | None = None
    inner: list[Segment] = []
    for segment in segments:
        if segment.tag == opens:
            if start is not None:
                spans.append(Span(start, tuple(inner), None))
            start, inner = segment, []
        elif start is None:
            notes.refuse(segment, 0, f"it stands where only {opens} may, and is not read")
        elif segment.tag == closes:
            spans.append(Span(start, tuple(inner), segment))
            start = None
        else:
            inner.append(segment)
    if start is not None:
        spans.append(Span(start, tuple(inner), None))
    return spans


def _number(text: str) -> str:
    """Answers a control number or count without leading zeros; text that is none as it is."""
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) <= 18 else text
