"""The transport contract: payloads of `transport.*` messages to requests, carrier events to a flow's reports."""

from __future__ import annotations

from typing import Final

from crossdock.common.v1 import address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent
from hub.messages.transport import RegisterParcel, Sender
from hub.messages.updates import UnreadUpdate, Update
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.enums import Names
from hub.wire.instants import instant_from_pb
from hub.wire.partners.calls import read_update, time_to_pb

ParcelUpdate = Update[CarrierEvent] | UnreadUpdate

_STATES: Final = Names(ShipmentState, fulfillment_pb2.ShipmentState, "SHIPMENT_STATE")


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
        ship_from=_sender_to_pb(payload.sender),
        weight_grams=payload.weight_grams,
    )


def event_from_pb(event: fulfillment_pb2.CarrierEvent) -> ParcelUpdate:
    """Where a parcel is; unread where the event breaks the contract or its state is new to us."""
    return read_update(event, event.event_reference, "CARRIER_EVENT", lambda: _report(event))


def _sender_to_pb(sender: Sender) -> address_pb2.Contact:
    address = address_pb2.PostalAddress(
        street_lines=sender.street_lines,
        city=sender.city,
        region_code=sender.region_code,
        postal_code=sender.postal_code,
        country_code=sender.country_code,
    )
    return address_pb2.Contact(name=sender.name, address=address)


def _report(event: fulfillment_pb2.CarrierEvent) -> CarrierEvent:
    return CarrierEvent(
        _STATES.from_pb(event.state, "state"),
        instant_from_pb(event.occur_time, field="occur_time"),
        event.tracking_number,
        reference=event.event_reference,
        waits=True,
        tracking_url=event.tracking_url,
    )
