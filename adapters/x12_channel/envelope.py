"""Interchanges, groups and transactions, and whether what their ends count is what stands between.

A broken count keeps the level it stands at from being taken: SE its transaction, GE its group, IEA its interchange. The
others go on. A partner's profile may forgive a check by the name of its element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.sdk.documents.reading import Findings, shown
from adapters.x12_channel.notes import Notes
from adapters.x12_channel.settings import Partner, Settings
from adapters.x12_channel.tokenizer import ISA_LENGTHS, Chunk, Segment


@dataclass(frozen=True)
class Transaction:
    """A transaction set that may be read: ST to SE, how its sender's documents are read, and its path."""

    segments: tuple[Segment, ...]
    partner: Partner
    path: str

    @property
    def set_id(self) -> str:
        """Which transaction set it is, for example 850."""
        return self.segments[0].element(1)


@dataclass(frozen=True)
class Span:
    """Segments from an opening one to its closing one; `end` is None when the closing one is missing."""

    start: Segment
    inner: tuple[Segment, ...]
    end: Segment | None


def transactions(chunk: Chunk, number: int, settings: Settings, findings: Findings) -> Iterator[Transaction]:
    """Answers the transactions of the interchange with this number that its envelope allows to be taken.

    Paths have the form ISA[1]/GS[1]/ST[2]: they stay the same however often the document is read.
    """
    isa, last = chunk.segments[0], chunk.segments[-1]
    partner = settings.partner_of(isa.element(6))
    notes = Notes(findings, f"ISA[{number}]")
    if not _isa_is_sound(chunk, partner, notes):
        return
    is_whole = last.tag == "IEA"
    interchange = Span(isa, chunk.segments[1 : -1 if is_whole else None], last if is_whole else None)
    groups = _spans(interchange.inner, "GS", "GE", notes)
    found = [
        transaction
        for index, group in enumerate(groups, start=1)
        for transaction in _group(group, notes.below(f"GS[{index}]"), partner)
    ]
    if _end_is_right(interchange, "IEA", (13, len(groups)), partner, notes):
        yield from found


def _group(group: Span, notes: Notes, partner: Partner) -> list[Transaction]:
    sets = _spans(group.inner, "ST", "SE", notes)
    known: set[str] = set()
    found = []
    for index, one in enumerate(sets, start=1):
        below = notes.below(f"ST[{index}]")
        control = one.start.element(2)
        if control in known:
            below.refuse(one.start, 2, f"control number {shown(control)} stands twice in the group: it is not taken")
        elif _end_is_right(one, "SE", (2, len(one.inner) + 2), partner, below) and one.end:
            found.append(Transaction((one.start, *one.inner, one.end), partner, below.path))
        known.add(control)
    return found if _end_is_right(group, "GE", (6, len(sets)), partner, notes) else []


def _end_is_right(span: Span, tag: str, expected: tuple[int, int], partner: Partner, notes: Notes) -> bool:
    """Checks the closing segment. `expected`: the opener's element with the control number, and the count."""
    control_element, count = expected
    end = span.end
    if end is None:
        notes.refuse(span.start, 0, f"it has no {tag}: it is cut off, and nothing of it is taken")
        return False
    control = span.start.element(control_element)
    counted = _number(end.element(1)) == str(count) or f"{tag}01" in partner.tolerate
    numbered = _number(end.element(2)) == _number(control) or f"{tag}02" in partner.tolerate
    if not counted:
        notes.refuse(end, 1, f"expected {count}, found {shown(end.element(1))}")
    if not numbered:
        opener = f"{span.start.tag}{control_element:02}"
        notes.refuse(end, 2, f"expected {shown(control)} as in {opener}, found {shown(end.element(2))}")
    return counted and numbered


def _isa_is_sound(chunk: Chunk, partner: Partner, notes: Notes) -> bool:
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
