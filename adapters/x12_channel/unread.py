"""Facts of a purchase order that nobody acts on: a segment with such facts holds the order, by the first of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adapters.sdk.documents.facts import Facts, why_held
from adapters.sdk.documents.reading import plain, shown
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Segment
from adapters.x12_channel.facts import FACTS, GOODS, PERSONAL, QUALIFIERS
from adapters.x12_channel.header_850 import Parts
from adapters.x12_channel.parties import READ
from adapters.x12_channel.settings import Partner

_TAGS: Final = {
    facts.settled: {element[:-2] for name in facts.settled if (element := name.partition("=")[0])[-2:].isdigit()}
    for facts in FACTS.values()
}
"""The segments of which lists settle elements, by the facts of a part that are settled."""
_CODED: Final = {
    facts.settled: {name.partition("=")[0] for name in facts.settled if "=" in name} for facts in FACTS.values()
}
"""The elements that lists settle by their codes."""


def hold_unread(parts: Parts, partner: Partner, notes: Notes) -> None:
    """Hold the order for each segment with a fact that neither a list nor the profile settles."""
    for area, segment in segments_of(parts):
        if segment.tag in partner.tolerate:
            continue
        for number, fact in unsettled(segment, FACTS[area], partner.sku_qualifiers):
            ignored = {f"{area}.{name}" for name in (segment.tag, fact, fact.partition("=")[0])}
            if not ignored & partner.ignored_facts:
                is_personal = bool(PERSONAL & {segment.tag, fact})
                value = "" if is_personal or not number else shown(segment.element(number))
                notes.hold(segment, number, value, why_held(f"{area}.{fact}"))
                break


def segments_of(parts: Parts) -> Iterator[tuple[str, Segment]]:
    """Return each segment of an order with its area; of parties that are not read, only what names them."""
    is_read = True
    for segment in parts.header:
        if segment.tag == "N1":
            is_read = segment.element(1) in READ
        elif segment.tag in {"N9", "PO1"}:
            is_read = True
        if is_read or segment.tag == "N1":
            yield "header", segment
    for loop in parts.lines:
        yield from (("line", segment) for segment in loop)
    yield from (("summary", segment) for segment in parts.summary)


def unsettled(segment: Segment, facts: Facts, sku_qualifiers: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Return the facts of a segment that its area's list does not settle: number of the element, and name.

    The element is 0 where no list names the segment or any of its elements.
    """
    tag = plain(segment.tag, 20)
    if tag in facts.settled or not any(map(str.strip, segment.elements)):
        return
    if tag not in _TAGS[facts.settled]:
        yield 0, tag
        return
    for number in range(1, len(segment.elements) + 1):
        code = segment.element(number)
        if code and not _settles(tag, number, code, facts, sku_qualifiers):
            name = f"{tag}{number:02}"
            is_code = name in _CODED[facts.settled] or (tag == "PO1" and number in QUALIFIERS)
            yield number, f"{name}={plain(code, 20)}" if is_code else name


def _settles(tag: str, number: int, code: str, facts: Facts, sku_qualifiers: tuple[str, ...]) -> bool:
    name = f"{tag}{number:02}"
    if tag == "PO1" and number in QUALIFIERS:
        return code in GOODS or code in sku_qualifiers
    return name in facts.settled or f"{name}={code}" in facts.settled
