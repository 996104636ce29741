"""EasyPost's trackers -> where parcels are. Pure and total.

A tracker tells its whole story each time; the hub is told where the parcel is now, so that a lost webhook is made good
by the next one, or by a pull.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from adapters.sdk.documents.json_values import at, text_at
from adapters.sdk.documents.reading import shown, timestamp_from
from crossdock.fulfillment.v1 import fulfillment_pb2 as pb

_LONGEST_NUMBER: Final = 80
_LONGEST_URL: Final = 500
_STATES: Final = {
    "pre_transit": pb.SHIPMENT_STATE_LABELED,
    "in_transit": pb.SHIPMENT_STATE_IN_TRANSIT,
    "out_for_delivery": pb.SHIPMENT_STATE_OUT_FOR_DELIVERY,
    "available_for_pickup": pb.SHIPMENT_STATE_AVAILABLE_FOR_PICKUP,
    "delivered": pb.SHIPMENT_STATE_DELIVERED,
    "failure": pb.SHIPMENT_STATE_FAILED_ATTEMPT,
    "return_to_sender": pb.SHIPMENT_STATE_RETURNING_TO_SENDER,
    "cancelled": pb.SHIPMENT_STATE_VOIDED,
}
_DETAILED: Final = {"lost": pb.SHIPMENT_STATE_LOST, "damaged": pb.SHIPMENT_STATE_DAMAGED}
"""States that EasyPost tells in the detail of a status alone."""
_SAYS_NOTHING: Final = "unknown"
"""Status of a tracker of which the carrier has told nothing yet."""


class Unreadable(Exception):
    """A tracker does not say where its parcel is: the field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True)
class Tracker:
    """A tracker: its id, and the tracking number that it follows."""

    tracker_id: str
    tracking_number: str


def tracker_of(value: object) -> Tracker | None:
    """Return the tracker in a JSON value; None where it is none."""
    tracker = Tracker(text_at(value, "id"), text_at(value, "tracking_code"))
    return tracker if tracker.tracker_id and 0 < len(tracker.tracking_number) <= _LONGEST_NUMBER else None


def position_of(value: object) -> pb.CarrierEvent | None:
    """Return where the parcel of a tracker is, None where its carrier has told nothing yet. Raises Unreadable."""
    tracker = tracker_of(value)
    if tracker is None:
        raise Unreadable("tracking_code", "is missing: it is no tracker of EasyPost's")
    status = text_at(value, "status")
    if status == _SAYS_NOTHING:
        return None
    state = _DETAILED.get(text_at(value, "status_detail")) or _STATES.get(status)
    if state is None:
        raise Unreadable("status", f"{shown(status)} of {shown(tracker.tracking_number)} is none that is acted on")
    seen_at = _seen_at(value, status)
    occur_time = timestamp_from(seen_at)
    if occur_time is None:
        raise Unreadable("tracking_details", f"do not say when {shown(tracker.tracking_number)} was {shown(status)}")
    return pb.CarrierEvent(
        tracking_number=tracker.tracking_number,
        state=state,
        occur_time=occur_time,
        event_reference=f"{tracker.tracker_id[:60]}/{pb.ShipmentState.Name(state)[15:]}/{occur_time.seconds}",
        tracking_url=_url(value),
    )


def _seen_at(value: object, status: str) -> str:
    """Return when the status was seen last: as the last detail of it says, else when the tracker changed."""
    details = at(value, "tracking_details")
    times = [
        text_at(detail, "datetime")
        for detail in (details if isinstance(details, list) else [])
        if text_at(detail, "status") == status
    ]
    return times[-1] if times else text_at(value, "updated_at")


def _url(value: object) -> str:
    url = text_at(value, "public_url")
    is_plain = url.isascii() and url.isprintable() and not set(url) & set(' "<>\\^`{|}')
    return url if url.startswith("https://") and len(url) <= _LONGEST_URL and is_plain else ""
