"""The header of a purchase order: how a transaction is cut, terms, service, and facts that rules may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from adapters.sdk.documents.reading import plain, shown
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Segment
from adapters.x12_channel.settings import MOST_TERMS, Partner

INCOTERMS: Final = frozenset(
    ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DAT", "DPU", "DDP", "DAF", "DES", "DEQ", "DDU")
)


REFERENCES: Final = frozenset(
    "11 12 19 BM CN CO CR CT DP IA IT IV LI MR OQ PD PK PO Q1 SI ST VN VR ZA".split()  # noqa: SIM905 (a list of codes)
)
"""Codes of REF01 whose number names an order, goods, a place or a party: it is carried whole, whatever its digits."""


@dataclass(frozen=True)
class Parts:
    """A transaction cut up: header, one run of segments per line, and what follows the lines."""

    header: tuple[Segment, ...]
    lines: tuple[tuple[Segment, ...], ...]
    summary: tuple[Segment, ...]

    def first(self, tag: str) -> Segment | None:
        """Answers the first segment of the header with that tag."""
        return next((segment for segment in self.header if segment.tag == tag), None)


def parts_of(segments: Sequence[Segment]) -> Parts:
    """Cuts a transaction, ST and SE left out, into header, lines and summary."""
    inner = segments[1:-1]
    starts = [index for index, segment in enumerate(inner) if segment.tag == "PO1"]
    end = next((index for index, segment in enumerate(inner) if segment.tag == "CTT"), len(inner))
    starts = [index for index in starts if index < end]
    bounds = [*starts, end]
    lines = tuple(tuple(inner[first:last]) for first, last in pairwise(bounds))
    return Parts(tuple(inner[: bounds[0]]), lines, tuple(inner[end:]))


def terms_of(parts: Parts, partner: Partner, notes: Notes) -> str:
    """Answers the payment terms: net days, else the words, else those of the profile."""
    segment = parts.first("ITD")
    if segment is None:
        return partner.terms
    days = segment.element(7)
    return f"NET{days}" if days.isdigit() else notes.words(segment, 12, MOST_TERMS) or partner.terms


def service_of(parts: Parts, partner: Partner, notes: Notes) -> str:
    """Answers the carrier service that TD5 asks for; an unknown code is reported where the profile maps any."""
    segment = parts.first("TD5")
    codes = [code for code in (segment.element(3), segment.element(5)) if code] if segment else []
    service = next((partner.services[code] for code in codes if code in partner.services), "")
    if segment and codes and partner.services and not service:
        notes.report(segment, 3, f"{shown(codes[0])} is not in the profile's services: the channel's own is used")
    return service


def incoterm_of(parts: Parts, notes: Notes) -> str:
    """Answers the incoterm of FOB; a code that is none holds the order."""
    fob = parts.first("FOB")
    code = fob.element(5) if fob else ""
    if fob and code and code not in INCOTERMS:
        notes.hold(fob, 5, shown(code), "it is no incoterm that the hub knows")
        return ""
    return code


def may_wait(parts: Parts) -> bool:
    """Answers whether CSH says that units which stock does not cover may wait."""
    csh = parts.first("CSH")
    return csh is not None and csh.element(1) == "Y"


def attributes_of(parts: Parts, notes: Notes) -> dict[str, str]:
    """Answers facts that rules may read: references, order type, contract, carrier, dates that have no field."""
    stated: dict[str, str] = {}
    for name, segment, element in _facts(parts.header):
        is_reference = name == "x12.contract" or name.removeprefix("x12.ref.") in REFERENCES
        value = (notes.whole if is_reference else notes.words)(segment, element, 200)
        if value and stated.setdefault(name, value) != value:
            notes.hold(segment, element, shown(value), f"{name} is stated twice, and the first is carried")
    itd = parts.first("ITD")
    if itd and (percent := notes.words(itd, 3, 80)):
        stated["x12.terms.discount"] = f"{percent}% {notes.words(itd, 5, 80)} days"
    return stated


def _facts(header: Sequence[Segment]) -> Iterator[tuple[str, Segment, int]]:
    """Answers the attribute that a fact becomes, and the segment and element that state it."""
    for segment in header:
        code = plain(segment.element(1), 20)
        if segment.tag == "BEG":
            yield from (("x12.order_type", segment, 2), ("x12.contract", segment, 6))
        elif segment.tag == "REF" and code:
            yield f"x12.ref.{code}", segment, 2
        elif segment.tag == "DTM" and code:
            yield f"x12.dtm.{code}", segment, 2
        elif segment.tag == "TD5":
            yield "x12.carrier", segment, 3 if segment.element(3) else 5
        elif segment.tag == "FOB":
            yield from ((f"x12.fob.{element:02}", segment, element) for element in (1, 3, 7))
