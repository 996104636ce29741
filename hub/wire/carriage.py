"""Who carries a parcel, as a node reports it, by rpc or as a partner, and what its label is drawn as."""

from __future__ import annotations

from typing import Final

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.fulfillment.model import Carriage, LabelFormat
from hub.wire.enums import Names

LABEL_FORMATS: Final = Names(LabelFormat, pb.LabelFormat, "LABEL_FORMAT")


def carriage_from_pb(report: pb.ShipmentReport) -> Carriage:
    """Who carries the parcel of a report, its weight and where to follow it, as far as stated."""
    return Carriage(
        carrier_code=report.carrier_code,
        carrier_name=report.carrier_name,
        weight_grams=report.weight_grams,
        tracking_url=report.tracking_url,
    )
