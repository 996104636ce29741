"""Parties of a purchase order: N1 loops into contacts. Personal data goes there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.sdk.documents.reading import is_country, plain, shown, street_lines_of
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.segments import N1
from adapters.sdk.x12.tokenizer import Segment
from crossdock.common.v1.address_pb2 import Contact, PostalAddress

READ = ("ST", "BY", "BT")


@dataclass
class _Loop:
    """An N1 with what follows it."""

    start: Segment
    notes: Notes
    below: list[Segment] = field(default_factory=list)

    def first(self, tag: str, element: int, most: int) -> str:
        """Answers an element of the first segment of that tag; empty when there is none, refused above `most`."""
        segment = next((segment for segment in self.below if segment.tag == tag), None)
        return self.notes.whole(segment, element, most) if segment else ""


def parties_of(header: Sequence[Segment], country_code: str, notes: Notes) -> Mapping[str, Contact]:
    """Answers the contacts of ship-to (ST), buyer (BY) and bill-to (BT), the first of each, as far as they are named.

    Refuses a ship-to whose address is begun but cannot be delivered to. One without N3 and N4 is named by its number.
    """
    found: dict[str, Contact] = {}
    for loop in _loops(header, notes):
        party = N1.of(loop.start)
        if party.entity in READ:
            contact = _contact(loop, party, country_code)
            if contact.name and found.setdefault(party.entity, contact) != contact:
                notes.refuse(loop.start, 1, f"a second party is {shown(party.entity)}: which one counts cannot be told")
    return found


def _loops(header: Sequence[Segment], notes: Notes) -> list[_Loop]:
    loops: list[_Loop] = []
    is_open = False
    for segment in header:
        if segment.tag == "N1":
            loops.append(_Loop(segment, notes))
            is_open = True
        elif segment.tag == "N9":
            is_open = False
        elif is_open:
            loops[-1].below.append(segment)
    return loops


def _contact(loop: _Loop, party: N1, country_code: str) -> Contact:
    """Answers a party: a person named by PER, else the firm of N1 with what N2 adds to it, else its number."""
    person, phone, email = _reached(loop)
    notes, start = loop.notes, loop.start
    parts = (notes.whole(start, 2, 200), loop.first("N2", 1, 200), loop.first("N2", 2, 200))
    firm = " ".join(part for part in parts if part)
    if len(firm) > 200:
        notes.refuse(start, 2, "with N2 it has more than 200 characters")
    return Contact(
        name=person or firm[:200] or notes.whole(start, 4, 80),
        company=firm[:200],
        email=email,
        phone=phone,
        external_id=notes.whole(start, 4, 80),
        address=_address(loop, party, country_code),
    )


def _address(loop: _Loop, party: N1, country_code: str) -> PostalAddress | None:
    lines, city = _street_lines(loop), loop.first("N4", 1, 100)
    country = loop.first("N4", 4, 3) or country_code
    if not lines and not city:
        return None
    if lines and city and is_country(country):
        return PostalAddress(
            street_lines=lines,
            city=city,
            region_code=loop.first("N4", 2, 50),
            postal_code=loop.first("N4", 3, 20),
            country_code=country,
        )
    if party.entity == "ST":
        _refuse(loop, loop.notes, has_lines=bool(lines), has_city=bool(city), country=country)
    return None


def _street_lines(loop: _Loop) -> list[str]:
    """Answers the street lines of all N3, a long one broken at blanks; refuses a street that four lines do not hold."""
    segments = [segment for segment in loop.below if segment.tag == "N3"]
    lines = street_lines_of(plain(segment.element(number)) for segment in segments for number in (1, 2))
    if lines is None:
        loop.notes.refuse(segments[0], 1, "the street does not fit four lines of 200 characters")
    return lines or []


def _refuse(loop: _Loop, notes: Notes, *, has_lines: bool, has_city: bool, country: str) -> None:
    city = next((segment for segment in loop.below if segment.tag == "N4"), None)
    if not has_lines and not any(segment.tag == "N3" for segment in loop.below):
        notes.refuse(loop.start, 0, "the ship-to has no street (N3): the order cannot be delivered")
    if city is None:
        notes.refuse(loop.start, 0, "the ship-to has no city (N4): the order cannot be delivered")
        return
    if not has_city:
        notes.refuse(city, 1, "the ship-to has no city: the order cannot be delivered")
    if not is_country(country):
        notes.refuse(city, 4, f"{shown(country)} is no country code, and the profile's country_code gives none")


def _reached(loop: _Loop) -> tuple[str, str, str]:
    """Answers person, phone and e-mail of the first PER; one that is too long is left out and holds the order."""
    per = next((segment for segment in loop.below if segment.tag == "PER"), None)
    if per is None:
        return "", "", ""
    at = {per.element(number): number + 1 for number in (7, 5, 3)}
    return loop.notes.whole(per, 2, 200), _number(loop, per, at.get("TE"), 40), _number(loop, per, at.get("EM"), 254)


def _number(loop: _Loop, per: Segment, element: int | None, most: int) -> str:
    text = plain(per.element(element)) if element else ""
    if element and len(text) > most:
        loop.notes.hold(per, element, "", f"it has {len(text)} characters, more than {most}, and is left out")
        return ""
    return text
