"""A fulfillment order into a warehouse shipping order (940), and a request to cancel it into one that cancels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.sdk.times import instant_of
from adapters.sdk.x12.writing import Elements, NotWritable, WrittenSet, day, words
from adapters.x12_warehouse.orders import Order
from adapters.x12_warehouse.settings import Settings
from crossdock.common.v1.address_pb2 import Contact, PostalAddress
from crossdock.partner.warehouse.v1.warehouse_pb2 import ReleaseFulfillmentOrderRequest, WorkLine

ORIGINAL: Final = "N"
CANCEL: Final = "F"
MOST_SKU: Final = 48
MOST_STREET: Final = 55


def shipping_order(request: ReleaseFulfillmentOrderRequest, order: Order, settings: Settings) -> WrittenSet:
    """Return the 940 of a fulfillment order. Raises NotWritable for what it cannot carry whole."""
    number = settings.nodes.get(request.node_id, request.node_id)
    scac = settings.carriers.get(request.service_code, "")
    segments: list[Elements] = [
        ("W05", ORIGINAL, order.number),
        *_ship_to(request.ship_to, settings),
        ("N1", "WH", "", "92", number),
        ("G62", "10", day(_ship_by(request, settings))),
        ("NTE", "OTH", f"ORDER {request.order_id}"),
        *_instructions(request, settings),
        *_notes(request.attributes, settings),
        ("W66", "PP", "U", "", "", _whole("W6605", request.service_code, 35, settings), "", "", "", "", scac),
        *_lines(request.lines, settings),
        ("W76", str(sum(line.quantity for line in request.lines))),
    ]
    return WrittenSet("940", "OW", segments)


def cancellation(order: Order, at: datetime, settings: Settings) -> WrittenSet:
    """Return the 940 that cancels an order as a whole."""
    segments: list[Elements] = [
        ("W05", CANCEL, order.number),
        ("N1", "WH", "", "92", settings.nodes.get(order.node_id, order.node_id)),
        ("G62", "10", day(at.astimezone(settings.time_zone))),
    ]
    return WrittenSet("940", "OW", segments)


def _ship_by(request: ReleaseFulfillmentOrderRequest, settings: Settings) -> datetime:
    return instant_of(request.ship_by_time).astimezone(settings.time_zone)


def _ship_to(contact: Contact, settings: Settings) -> Iterator[Elements]:
    signs = settings.separators
    names = [part for part in dict.fromkeys((contact.company, contact.name)) if part]
    first, *others = _pieces("N1", names, 60, 3, settings)
    identity = words(contact.external_id, 80, signs)
    yield ("N1", "ST", first, *(("92", identity) if identity else ()))
    if others:
        yield ("N2", *others)
    streets = _pieces("N3", contact.address.street_lines, MOST_STREET, 8, settings)
    yield from (("N3", *streets[at : at + 2]) for at in range(0, len(streets), 2))
    yield _place(contact.address, settings)
    reached = [(kind, value) for kind, value in (("TE", contact.phone), ("EM", contact.email)) if value]
    if reached:
        numbers = (part for kind, value in reached for part in (kind, _whole("PER04", value, 256, settings)))
        yield ("PER", "RE", words(contact.name, 60, signs), *numbers)


def _place(address: PostalAddress, settings: Settings) -> Elements:
    region = _whole("N406", address.region_code, 30, settings)
    is_short = len(region) <= 2
    return (
        "N4",
        _whole("N401", address.city, 30, settings),
        region if is_short else "",
        _whole("N403", address.postal_code, 15, settings),
        address.country_code,
        *(() if is_short else ("SP", region)),
    )


def _instructions(request: ReleaseFulfillmentOrderRequest, settings: Settings) -> Iterator[Elements]:
    """How the carrier is to deliver, what the card says, and what is put on the units of each line."""
    told = [("DEL", request.delivery_instructions), ("GFT", request.gift_message)]
    told += [
        ("OTH", f"LINE {line.line_number}: {line.personalization}") for line in request.lines if line.personalization
    ]
    for code, text in told:
        if text:
            yield from (("NTE", code, piece) for piece in _pieces("NTE", [text], 80, 10, settings))


def _notes(attributes: Mapping[str, str], settings: Settings) -> Iterator[Elements]:
    """The attributes of the order that the profile names as notes."""
    for attribute, code in settings.notes.items():
        if attribute in attributes:
            yield from (("NTE", code, piece) for piece in _pieces("NTE", [attributes[attribute]], 80, 10, settings))


def _pieces(tag: str, texts: Iterable[str], most: int, pieces: int, settings: Settings) -> list[str]:
    """Return texts in pieces of at most `most` characters. Raises NotWritable where they are more than `pieces`."""
    cut = [piece for text in texts for piece in textwrap.wrap(_plain(text, settings), most)] or [""]
    if len(cut) > pieces:
        raise NotWritable(f"{tag} holds {pieces} times {most} characters, and the text has more")
    return cut


def _whole(element: str, text: str, most: int, settings: Settings) -> str:
    kept = _plain(text, settings)
    if len(kept) > most:
        raise NotWritable(f"{element} holds {most} characters, and the text has {len(kept)}")
    return kept


def _plain(text: str, settings: Settings) -> str:
    return words(text, 0, settings.separators)


def _lines(lines: Sequence[WorkLine], settings: Settings) -> Iterator[Elements]:
    signs = settings.separators
    for position, line in enumerate(lines, start=1):
        if len(line.sku) > MOST_SKU:
            raise NotWritable(f"W0105 holds {MOST_SKU} characters, and the SKU of line {line.line_number} has more")
        yield ("LX", str(position))
        yield ("W01", str(line.quantity), settings.unit, "", settings.sku_qualifiers[0], line.sku)
        title = words(line.title, 45, signs)
        if title:
            yield ("G69", title)
        yield ("N9", "LI", str(line.line_number))
