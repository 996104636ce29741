"""A parcel into a motor carrier load tender (204): one stop where it is loaded, one where it is unloaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal

from google.protobuf.timestamp_pb2 import Timestamp

from adapters.sdk.times import instant_of
from adapters.sdk.x12.addresses import party, whole
from adapters.sdk.x12.writing import Elements, NotWritable, WrittenSet, day
from adapters.x12_transport.parcels import MOST_NUMBER
from adapters.x12_transport.settings import Settings
from crossdock.common.v1.address_pb2 import Contact
from crossdock.partner.transport.v1.transport_pb2 import RegisterParcelRequest


def load_tender(request: RegisterParcelRequest, settings: Settings) -> WrittenSet:
    """Return the 204 of a parcel. Raises NotWritable for what it cannot carry whole."""
    number, signs = request.tracking_number, settings.separators
    if len(number) > MOST_NUMBER:
        raise NotWritable(f"B204 holds {MOST_NUMBER} characters, and the tracking number has {len(number)}")
    scac = settings.carriers.get(request.service_code, settings.scac)
    segments: list[Elements] = [
        ("B2", "", scac, "", number, "", "PP"),
        ("B2A", "00"),
        ("L11", whole("L1101", request.service_code, 30, signs), "ZZ"),
        ("S5", "1", "LD"),
        _time("37", "I", request.ship_time),
        *_weight(request.weight_grams),
        *party("SF", request.ship_from, settings.nodes.get(request.from_node_id, request.from_node_id), signs),
        ("S5", "2", "UL"),
        *([_time("54", "L", request.promised_time)] if request.HasField("promised_time") else ()),
        *_weight(request.weight_grams),
        *party("ST", request.ship_to, request.ship_to.external_id, signs),
        *_reached(request.ship_to, settings),
    ]
    return WrittenSet("204", "SM", segments)


def _time(qualifier: str, kind: str, timestamp: Timestamp) -> Elements:
    instant = instant_of(timestamp).astimezone(UTC)
    return ("G62", qualifier, day(instant), kind, instant.strftime("%H%M"), "UT")


def _weight(grams: int) -> Iterator[Elements]:
    """The gross weight in kilograms, where it is known, and that it is one parcel."""
    if grams:
        yield ("AT8", "G", "K", f"{(Decimal(grams) / 1000).normalize():f}", "1")


def _reached(contact: Contact, settings: Settings) -> Iterator[Elements]:
    signs = settings.separators
    for kind, value in (("TE", contact.phone), ("EM", contact.email)):
        if value:
            name = whole("G6102", contact.name or contact.company, 60, signs)
            yield ("G61", "DC", name, kind, whole("G6104", value, 80, signs))
