"""Parties of an order: NAD with what follows it into contacts. Personal data goes there and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.sdk.documents.reading import is_country, plain, shown, street_lines_of
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.edifact.tokenizer import Segment
from crossdock.common.v1.address_pb2 import Contact, PostalAddress

READ: Final = frozenset({"BY", "DP", "ST", "IV"})
DELIVERY: Final = frozenset({"DP", "ST"})


def parties_of(header: Sequence[Segment], country_code: str, notes: Notes) -> dict[str, Contact]:
    """Return the contacts of buyer, delivery party and invoicee, by their qualifiers; refuse a second other one."""
    parties: dict[str, Contact] = {}
    for position, segment in enumerate(header):
        kind = segment.value(1)
        if segment.tag != "NAD" or kind not in READ:
            continue
        contact = _contact(segment, header[position + 1 :], country_code, notes)
        if contact.name and parties.setdefault(kind, contact) != contact:
            notes.refuse(segment, 1, f"a second party is {shown(kind)}: which one counts cannot be told")
    return parties


def _contact(nad: Segment, following: Sequence[Segment], country_code: str, notes: Notes) -> Contact:
    number = notes.whole(nad, 2, 1, 80)
    lines = [plain(nad.value(4, component)) for component in range(1, 6)]
    firm = " ".join(line for line in lines if line) or plain(nad.value(3, 1))
    if len(firm) > 200:
        notes.refuse(nad, 4, "the name has more than 200 characters")
    person, phone, email = _reached(following, notes)
    return Contact(
        name=person or firm[:200] or number,
        company=firm[:200],
        email=email,
        phone=phone,
        external_id=number,
        address=_address(nad, country_code, notes),
    )


def _address(nad: Segment, country_code: str, notes: Notes) -> PostalAddress | None:
    """Return the address of a party; None where it has none, being named by its number."""
    street = street_lines_of(plain(nad.value(5, component)) for component in range(1, 5))
    city, country = notes.whole(nad, 6, 1, 100), plain(nad.value(9)) or country_code
    if street is None:
        notes.refuse(nad, 5, "the street does not fit four lines of 200 characters")
    if not street and not city:
        return None
    if street and city and is_country(country):
        return PostalAddress(
            street_lines=street,
            city=city,
            region_code=notes.whole(nad, 7, 1, 50),
            postal_code=notes.whole(nad, 8, 1, 20),
            country_code=country,
        )
    if nad.value(1) in DELIVERY:
        missing = 5 if not street else 6 if not city else 9
        notes.refuse(nad, missing, "the delivery party has no street, town or country: the order cannot be delivered")
    return None


def _reached(following: Sequence[Segment], notes: Notes) -> tuple[str, str, str]:
    """Return person, phone and e-mail of the party that these segments follow."""
    person, reached = "", dict[str, str]()
    for segment in following:
        if segment.tag not in {"CTA", "COM", "RFF", "LOC", "FII"}:
            break
        if segment.tag == "CTA":
            person = notes.whole(segment, 2, 2, 200) or person
        elif segment.tag == "COM":
            kind = segment.value(1, 2)
            reached.setdefault(kind, notes.whole(segment, 1, 1, 254 if kind == "EM" else 40))
    return person, reached.get("TE", ""), reached.get("EM", "")
