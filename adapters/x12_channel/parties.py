"""Parties of a purchase order: N1 loops into contacts. Personal data goes there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.sdk.documents.reading import is_country, plain, shown
from adapters.x12_channel.notes import Notes
from adapters.x12_channel.segments import N1
from adapters.x12_channel.tokenizer import Segment
from crossdock.common.v1.address_pb2 import Contact, PostalAddress

READ = ("ST", "BY", "BT")


@dataclass
class _Loop:
    """An N1 with what follows it."""

    start: Segment
    below: list[Segment] = field(default_factory=list)

    def first(self, tag: str, element: int) -> str:
        """Answers an element of the first segment of that tag; empty when there is none."""
        return next((plain(segment.element(element)) for segment in self.below if segment.tag == tag), "")


def parties_of(header: Sequence[Segment], country_code: str, notes: Notes) -> Mapping[str, Contact]:
    """Answers the contacts of ship-to (ST), buyer (BY) and bill-to (BT), the first of each, as far as they are named.

    Refuses a ship-to whose address is begun but cannot be delivered to. One without N3 and N4 is named by its number.
    """
    found: dict[str, Contact] = {}
    for loop in _loops(header):
        party = N1.of(loop.start)
        if party.entity in READ and party.entity not in found:
            contact = _contact(loop, party, country_code, notes)
            if contact.name:
                found[party.entity] = contact
    return found


def _loops(header: Sequence[Segment]) -> list[_Loop]:
    loops: list[_Loop] = []
    is_open = False
    for segment in header:
        if segment.tag == "N1":
            loops.append(_Loop(segment))
            is_open = True
        elif segment.tag == "N9":
            is_open = False
        elif is_open:
            loops[-1].below.append(segment)
    return loops


def _contact(loop: _Loop, party: N1, country_code: str, notes: Notes) -> Contact:
    person, phone, email = _reached(loop)
    firm = party.name or loop.first("N2", 1)
    return Contact(
        name=(person or firm or party.number)[:200],
        company=firm[:200],
        email=email[:254],
        phone=phone[:40],
        external_id=party.number[:80],
        address=_address(loop, party, country_code, notes),
    )


def _address(loop: _Loop, party: N1, country_code: str, notes: Notes) -> PostalAddress | None:
    lines = [
        plain(segment.element(number), 200)
        for segment in loop.below
        if segment.tag == "N3"
        for number in (1, 2)
        if segment.element(number)
    ][:4]
    city = loop.first("N4", 1)[:100]
    country = loop.first("N4", 4) or country_code
    if not lines and not city:
        return None
    if lines and city and is_country(country):
        return PostalAddress(
            street_lines=lines,
            city=city,
            region_code=loop.first("N4", 2)[:50],
            postal_code=loop.first("N4", 3)[:20],
            country_code=country,
        )
    if party.entity == "ST":
        _refuse(loop, notes, has_lines=bool(lines), has_city=bool(city), country=country)
    return None


def _refuse(loop: _Loop, notes: Notes, *, has_lines: bool, has_city: bool, country: str) -> None:
    city = next((segment for segment in loop.below if segment.tag == "N4"), None)
    if not has_lines:
        notes.refuse(loop.start, 0, "the ship-to has no street (N3): the order cannot be delivered")
    if city is None:
        notes.refuse(loop.start, 0, "the ship-to has no city (N4): the order cannot be delivered")
        return
    if not has_city:
        notes.refuse(city, 1, "the ship-to has no city: the order cannot be delivered")
    if not is_country(country):
        notes.refuse(city, 4, f"{shown(country)} is no country code, and the profile's country_code gives none")


def _reached(loop: _Loop) -> tuple[str, str, str]:
    """Answers person, phone and e-mail of the first PER."""
    per = next((segment for segment in loop.below if segment.tag == "PER"), None)
    if per is None:
        return "", "", ""
    numbers = {per.element(number): plain(per.element(number + 1)) for number in (7, 5, 3)}
    return plain(per.element(2)), numbers.get("TE", ""), numbers.get("EM", "")
