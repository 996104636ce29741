"""The transport contract: payloads of `transport.*` messages to requests, carrier events and labels to values."""

from __future__ import annotations

from typing import Final

from crossdock.common.v1 import address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent, LabelFormat
from hub.kernel.errors import InvalidField
from hub.messages.transport import BuyLabel, Customs, LabelSold, RefundLabel, RegisterParcel, Sender
from hub.messages.updates import UnreadUpdate, Update
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.carriage import LABEL_FORMATS
from hub.wire.enums import Names
from hub.wire.instants import instant_from_pb
from hub.wire.money import money_from_pb, money_to_pb
from hub.wire.partners.calls import read_update, time_to_pb

ParcelUpdate = Update[CarrierEvent] | UnreadUpdate

MOST_LABEL_BYTES: Final = 1024 * 1024
"""The largest label that is taken."""
_LONGEST_NUMBER: Final = 80
_HEAD: Final = 1024
"""Bytes at the beginning of a label in which its format shows."""
_BEGINS: Final = {LabelFormat.PDF: b"%PDF", LabelFormat.PNG: b"\x89PNG\r\n\x1a\n", LabelFormat.ZPL: b"^XA"}

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


def label_to_pb(call: call_pb2.Call, payload: BuyLabel, ship_to: Contact) -> transport_pb2.BuyLabelRequest:
    """The request of `transport.label`."""
    return transport_pb2.BuyLabelRequest(
        call=call,
        service_code=payload.service_code,
        ship_from=_sender_to_pb(payload.sender),
        ship_to=contact_to_pb(ship_to),
        weight_grams=payload.weight_grams,
        length_mm=payload.length_mm,
        width_mm=payload.width_mm,
        height_mm=payload.height_mm,
        format=LABEL_FORMATS.to_pb(LabelFormat(payload.format)),
        customs=None if payload.customs is None else _customs_to_pb(payload.customs),
    )


def refund_to_pb(call: call_pb2.Call, payload: RefundLabel) -> transport_pb2.RefundLabelRequest:
    """The request of `transport.refund_label`."""
    return transport_pb2.RefundLabelRequest(
        call=call, label_key=str(payload.label_id), tracking_number=payload.tracking_number
    )


def label_sold_from_pb(
    response: transport_pb2.BuyLabelResponse | transport_pb2.FindOperationResponse, asked: BuyLabel
) -> LabelSold | None:
    """The label that was sold; None where none was.

    Raises InvalidField for one that is DONE without a label, and for a label without a number, of another format than
    was asked for, of more than a mebibyte, or with a cost below zero.
    """
    if response.answer.outcome != call_pb2.OUTCOME_DONE:
        return None
    label = response.label
    if not 0 < len(label.tracking_number) <= _LONGEST_NUMBER or not label.tracking_number.isprintable():
        raise InvalidField("label.tracking_number is missing or malformed.", tracking_number="malformed")
    wanted = LabelFormat(asked.format)
    stated, begins = LABEL_FORMATS.from_pb(label.format, "label.format"), _BEGINS[wanted]
    if stated is not wanted or begins not in label.document[:_HEAD] or len(label.document) > MOST_LABEL_BYTES:
        raise InvalidField(
            f"label.document is no {asked.format} of at most {MOST_LABEL_BYTES} bytes.", document="not as asked"
        )
    cost = money_from_pb(label.cost, field="label.cost")
    if cost.minor < 0:
        raise InvalidField("label.cost is below zero.", cost="negative")
    return LabelSold(label.tracking_number, label.document, cost, label.carrier_code[:_LONGEST_NUMBER])


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


def _customs_to_pb(customs: Customs) -> transport_pb2.CustomsInfo:
    goods = [
        transport_pb2.CustomsGoods(
            description=one.description,
            hs_code=one.hs_code,
            origin_country_code=one.origin,
            quantity=one.quantity,
            net_grams=one.net_grams,
            value=money_to_pb(one.value),
        )
        for one in customs.goods
    ]
    return transport_pb2.CustomsInfo(goods=goods, incoterm=customs.incoterm, registrations=customs.registrations)


def _report(event: fulfillment_pb2.CarrierEvent) -> CarrierEvent:
    return CarrierEvent(
        _STATES.from_pb(event.state, "state"),
        instant_from_pb(event.occur_time, field="occur_time"),
        event.tracking_number,
        reference=event.event_reference,
        waits=True,
        tracking_url=event.tracking_url,
    )
