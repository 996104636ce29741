"""Labels of parcels on the wire."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.fulfillment.v1 import fulfillment_pb2, labels_pb2
from hub.fulfillment.lifecycle import LabelState
from hub.fulfillment.model import Label, LabeledParcel, PackedParcel
from hub.wire.carriage import LABEL_FORMATS
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb
from hub.wire.trade import INCOTERMS

LABEL_STATES: Final = Names(LabelState, fulfillment_pb2.LabelState, "LABEL_STATE")


def packed_parcel_from_pb(message: labels_pb2.PackedParcel) -> PackedParcel:
    """A packed parcel that needs a label; PDF where it states no format."""
    return PackedParcel(
        fulfillment_order_id=UUID(message.fulfillment_order_id),
        reference=message.shipment_reference,
        weight_grams=message.weight_grams,
        length_mm=message.length_mm,
        width_mm=message.width_mm,
        height_mm=message.height_mm,
        format=LABEL_FORMATS.from_pb(meant(message, "format"), "format"),
        incoterm=incoterm.value if (incoterm := INCOTERMS.optional(message.incoterm, "incoterm")) else "",
    )


def labeled_parcel_from_pb(message: labels_pb2.LabeledParcel) -> LabeledParcel:
    """A parcel whose label is to be voided."""
    return LabeledParcel(UUID(message.fulfillment_order_id), message.shipment_reference)


def label_to_pb(label: Label) -> fulfillment_pb2.Label:
    """The label as a message, without its document."""
    parcel, difference = label.parcel, label.difference
    return fulfillment_pb2.Label(
        label_id=str(label.label_id),
        shipment_reference=parcel.reference,
        state=LABEL_STATES.to_pb(label.state),
        weight_grams=parcel.weight_grams,
        length_mm=parcel.length_mm,
        width_mm=parcel.width_mm,
        height_mm=parcel.height_mm,
        format=LABEL_FORMATS.to_pb(parcel.format),
        tracking_number=label.tracking_number,
        carrier_code=label.carrier_code,
        cost=None if label.cost is None else money_to_pb(label.cost),
        expected_cost=None if label.expected_cost is None else money_to_pb(label.expected_cost),
        cost_difference=None if difference is None else money_to_pb(difference),
        refusal_code=label.code,
        ask_time=instant_to_pb(label.asked_at),
        deadline_time=instant_to_pb(label.deadline_at),
    )
