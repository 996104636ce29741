"""The transport contract: payloads of `transport.*` messages to requests, carrier events to plain values."""

from __future__ import annotations

from typing import Any

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2
from hub.messages.transport import RegisterParcel
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.partners.calls import enum_name, time_from_pb, time_to_pb


def register_to_pb(
    call: call_pb2.Call, payload: RegisterParcel, ship_to: Contact
) -> transport_pb2.RegisterParcelRequest:
    """The request of `transport.register`."""
    return transport_pb2.RegisterParcelRequest(
        call=call,
        tracking_number=payload.tracking_number,
        from_node_id=payload.from_node_id,
        ship_to=contact_to_pb(ship_to),
        service_code=payload.service_code,
        ship_time=time_to_pb(payload.shipped_at),
        promised_time=time_to_pb(payload.promised_at),
    )


def event_from_pb(event: fulfillment_pb2.CarrierEvent) -> dict[str, Any]:
    """A carrier event as a plain value; `state` is UNKNOWN_<number> for one that is new to us."""
    return {
        "update_id": event.event_reference,
        "kind": "CARRIER_EVENT",
        "tracking_number": event.tracking_number,
        "state": enum_name(fulfillment_pb2.ShipmentState, event.state, "SHIPMENT_STATE_"),
        "occurred_at": time_from_pb(event, "occur_time"),
        "tracking_url": event.tracking_url,
    }
