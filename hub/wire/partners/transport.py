"""The transport contract: payloads of `transport.*` messages to requests, carrier events to a flow's reports."""

from __future__ import annotations

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent
from hub.kernel.instant import Instant
from hub.messages.transport import RegisterParcel
from hub.messages.updates import UnreadUpdate, Update
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.instants import optional_instant
from hub.wire.partners.calls import enum_name, time_to_pb

ParcelUpdate = Update[CarrierEvent] | UnreadUpdate


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


def event_from_pb(event: fulfillment_pb2.CarrierEvent, at: Instant) -> ParcelUpdate:
    """Where a parcel is, as of `at` where the event names no time; unread where its state is new to us."""
    kind, update_id = "CARRIER_EVENT", event.event_reference
    try:
        state = ShipmentState(enum_name(fulfillment_pb2.ShipmentState, event.state, "SHIPMENT_STATE_"))
    except ValueError as error:
        return UnreadUpdate(update_id, kind, f"it cannot be read: {error}")
    occurred_at = optional_instant(event, "occur_time") or at
    report = CarrierEvent(
        state,
        occurred_at,
        event.tracking_number,
        reference=update_id,
        waits=True,
        tracking_url=event.tracking_url,
    )
    return Update(update_id, kind, report)
