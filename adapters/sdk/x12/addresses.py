"""Writes who and where: names, streets and places as N1 to N4, whole or not at all."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from adapters.sdk.x12.writing import Elements, NotWritable, Separators, words
from crossdock.common.v1.address_pb2 import Contact, PostalAddress

MOST_NAME: Final = 60
MOST_STREET: Final = 55
ASSIGNED_BY_US: Final = "92"


def party(code: str, contact: Contact, number: str, signs: Separators) -> Iterator[Elements]:
    """Return the segments of a party. Raises NotWritable for what they cannot carry whole.

    Args:
        code: What the party is, for example ST.
        contact: Its names and address.
        number: Its number, of which N1 carries 80 characters; empty for none.
        signs: Separators, which become blanks.
    """
    names = [part for part in dict.fromkeys((contact.company, contact.name)) if part]
    first, *others = pieces("N1", names, MOST_NAME, 3, signs)
    identity = words(number, 80, signs)
    yield ("N1", code, first, *((ASSIGNED_BY_US, identity) if identity else ()))
    if others:
        yield ("N2", *others)
    streets = pieces("N3", contact.address.street_lines, MOST_STREET, 8, signs)
    yield from (("N3", *streets[at : at + 2]) for at in range(0, len(streets), 2))
    yield _place(contact.address, signs)


def pieces(tag: str, texts: Iterable[str], most: int, count: int, signs: Separators) -> list[str]:
    """Return texts in pieces of at most `most` characters. Raises NotWritable where they are more than `count`."""
    cut = [piece for text in texts for piece in textwrap.wrap(words(text, 0, signs), most)] or [""]
    if len(cut) > count:
        raise NotWritable(f"{tag} holds {count} times {most} characters, and the text has more")
    return cut


def whole(element: str, text: str, most: int, signs: Separators) -> str:
    """Return a text without separators. Raises NotWritable where it has more than `most` characters."""
    kept = words(text, 0, signs)
    if len(kept) > most:
        raise NotWritable(f"{element} holds {most} characters, and the text has {len(kept)}")
    return kept


def _place(address: PostalAddress, signs: Separators) -> Elements:
    region = whole("N406", address.region_code, 30, signs)
    is_short = len(region) <= 2
    return (
        "N4",
        whole("N401", address.city, 30, signs),
        region if is_short else "",
        whole("N403", address.postal_code, 15, signs),
        address.country_code,
        *(() if is_short else ("SP", region)),
    )
