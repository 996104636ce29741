"""Where the transport stand-in's parcels are, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

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


def _name(state: fulfillment_pb2.ShipmentState) -> str:
    return fulfillment_pb2.ShipmentState.Name(state)
