"""A fulfillment order into a warehouse shipping order (940), and a request to cancel it into one that cancels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.sdk.times import instant_of
from adapters.sdk.x12.addresses import party, pieces, whole
from adapters.sdk.x12.writing import Elements, NotWritable, WrittenSet, day, words
from adapters.x12_warehouse.orders import Order
from adapters.x12_warehouse.settings import Settings
from crossdock.common.v1.address_pb2 import Contact
from crossdock.partner.warehouse.v1.warehouse_pb2 import ReleaseFulfillmentOrderRequest, WorkLine

ORIGINAL: Final = "N"
CANCEL: Final = "F"
MOST_SKU: Final = 48


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
        ("W66", "PP", "U", "", "", whole("W6605", request.service_code, 35, settings.separators), "", "", "", "", scac),
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
    yield from party("ST", contact, contact.external_id, signs)
    reached = [(kind, value) for kind, value in (("TE", contact.phone), ("EM", contact.email)) if value]
    if reached:
        numbers = (part for kind, value in reached for part in (kind, whole("PER04", value, 256, signs)))
        yield ("PER", "RE", words(contact.name, 60, signs), *numbers)


def _instructions(request: ReleaseFulfillmentOrderRequest, settings: Settings) -> Iterator[Elements]:
    """How the carrier is to deliver, what the card says, what is put on the units of each line and done with them."""
    told = [("DEL", request.delivery_instructions), ("GFT", request.gift_message)]
    told += [
        ("OTH", f"LINE {line.line_number}: {line.personalization}") for line in request.lines if line.personalization
    ]
    for line in request.lines:
        told += [("OTH", f"LINE {line.line_number}: {service}") for service in line.value_added_services]
    for code, text in told:
        if text:
            yield from (("NTE", code, piece) for piece in pieces("NTE", [text], 80, 10, settings.separators))


def _notes(attributes: Mapping[str, str], settings: Settings) -> Iterator[Elements]:
    """The attributes of the order that the profile names as notes."""
    for attribute, code in settings.notes.items():
        if attribute in attributes:
            yield from (
                ("NTE", code, piece) for piece in pieces("NTE", [attributes[attribute]], 80, 10, settings.separators)
            )


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
