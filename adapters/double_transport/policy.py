"""Where the transport stand-in's parcels are, and when; what its labels cost and show."""

from __future__ import annotations

from datetime import datetime, timedelta

from google.type import money_pb2

from adapters.double_transport.settings import Settings
from crossdock.fulfillment.v1 import fulfillment_pb2


def journey(left_at: datetime, promised_at: datetime | None, settings: Settings) -> list[tuple[str, datetime]]:
    """Answers the states of a parcel and their instants, in order.

    It is delivered when promised, if that is after it left, else some days later at the hour of delivery; the driver
    has it on the day of delivery, never before it was first seen nor after it is delivered.
    """
    delivered_at = promised_at
    if delivered_at is None or delivered_at <= left_at:
        day = left_at + timedelta(days=settings.delivery_days)
        usual = day.replace(hour=settings.delivery_hour, minute=0, second=0, microsecond=0)
        delivered_at = max(usual, left_at)
    seen_at = min(left_at + timedelta(hours=settings.in_transit_after_hours), delivered_at)
    morning = delivered_at.replace(hour=settings.out_for_delivery_hour, minute=0, second=0, microsecond=0)
    return [
        (_name(fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT), seen_at),
        (_name(fulfillment_pb2.SHIPMENT_STATE_OUT_FOR_DELIVERY), min(max(morning, seen_at), delivered_at)),
        (_name(fulfillment_pb2.SHIPMENT_STATE_DELIVERED), delivered_at),
    ]


def label_cost(weight_grams: int, settings: Settings) -> money_pb2.Money:
    """Return what a label costs, by kilograms begun."""
    minor = settings.label_minor + settings.label_minor_per_kg * -(-weight_grams // 1000)
    units, cents = divmod(minor, 100)
    return money_pb2.Money(currency_code=settings.label_currency, units=units, nanos=cents * 10_000_000)


def label_document(form: fulfillment_pb2.LabelFormat, number: str) -> bytes:
    """Return the least label of a format, with its number as text; it names nobody, as the stand-in keeps it."""
    text = number.encode()
    if form == fulfillment_pb2.LABEL_FORMAT_PNG:
        return b"\x89PNG\r\n\x1a\n" + text
    if form == fulfillment_pb2.LABEL_FORMAT_ZPL:
        return b"^XA^FD" + text + b"^FS^XZ"
    return b"%PDF-1.4\n% " + text + b"\n%%EOF\n"


def _name(state: fulfillment_pb2.ShipmentState) -> str:
    return fulfillment_pb2.ShipmentState.Name(state)
