"""Who reads what nodes, drop-off points, carriers and providers report: each value stands in no other field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from google.protobuf.message import Message

from tests.support.world import TUESDAY
from tests.walks.fields import put
from tests.walks.shown import Shown
from tests.walks.shown_words import FEED

_SHOP, _NODE, _CARDS = "channel.ReportProgress", "warehouse.CancelFulfillmentOrder", "payment.Capture"


def _minutes(minutes: int) -> int:
    """Return the instant so many minutes after the beginning, in seconds."""
    return int((TUESDAY + timedelta(minutes=minutes)).timestamp())


CARRIED: Final[Mapping[str, tuple[object, str]]] = {
    "fulfillment.v1.Acknowledgment.occur_time": (_minutes(-11), FEED),
    "fulfillment.v1.Acknowledgment.partner_reference": ("WMS-77", _NODE),
    "fulfillment.v1.ProgressReport.occur_time": (_minutes(-12), FEED),
    "fulfillment.v1.ShortReport.occur_time": (_minutes(-13), FEED),
    "fulfillment.v1.ShortReport.reason": ("MISMATCH", _SHOP),
    "fulfillment.v1.Rejection.occur_time": (_minutes(-14), FEED),
    "fulfillment.v1.CarrierEvent.occur_time": (_minutes(-15), FEED),
    "fulfillment.v1.CarrierEvent.tracking_url": ("https://fast.example/77", _SHOP),
    "returns.v1.ReturnReceipt.receipt_reference": ("RECEIPT-77", FEED),
    "returns.v1.ReturnReceipt.occur_time": (_minutes(2881), FEED),
    "returns.v1.ReturnInspection.report_reference": ("INSPECTION-77", FEED),
    "returns.v1.ReturnInspection.occur_time": (_minutes(2882), FEED),
    "returns.v1.ReturnDisposition.report_reference": ("DISPOSITION-77", FEED),
    "returns.v1.ReturnDisposition.occur_time": (_minutes(2883), FEED),
    "returns.v1.ReturnScan.occur_time": (_minutes(2884), FEED),
    "returns.v1.ToteShipment.occur_time": (_minutes(2885), FEED),
    "returns.v1.ToteShipment.tracking_number": ("TOTE-77", FEED),
    "returns.v1.ToteReceipt.occur_time": (_minutes(2886), FEED),
    "payments.v1.PaymentEvent.failure_code": ("FUNDS-77", FEED),
    "payments.v1.PaymentEvent.occur_time": (_minutes(-16), FEED),
    "payments.v1.PaymentEvent.provider_reference": ("AUTH-77", _CARDS),
}
"""Field -> (value, who reads it); an instant's value is in seconds, an enum's the end of its name."""

_PATH: Final = "walks/test_accepted_reports.py::test_"

OBEYED: Final[Shown] = {
    _PATH + "what_is_reported_reaches_its_readers": {
        "returns.v1.InspectedUnits.condition": "subscribers of the feed are told it",
        "returns.v1.ToteReceipt.receipt_reference": "subscribers of the feed are told it behind the tote",
    },
    _PATH + "an_event_under_another_reference_is_another_event": {
        "fulfillment.v1.CarrierEvent.event_reference": "a repeat is told once, another event beside it",
    },
    _PATH + "a_parcel_that_nobody_reported_ships_where_its_fulfillment_order_is_named": {
        "fulfillment.v1.CarrierEvent.fulfillment_order_id": "its units ship now",
        "fulfillment.v1.DeliveryReport.fulfillment_order_id": "its units ship now",
    },
    _PATH + "a_document_is_read_as_the_type_and_its_problems_told_under_the_name_that_it_is_sent_with": {
        "inbox.v1.ReceiveRequest.media_type": "its adapter reads it as such",
        "inbox.v1.ReceiveRequest.name": "a person is told of its problems under it",
    },
    "unit/api/setup/test_reading_services.py::test_documents_of_nobody_are_refused": {
        "inbox.v1.ReplayDocumentRequest.document_id": "an unknown one is refused",
    },
    _PATH + "a_short_under_a_reference_that_came_with_other_units_is_refused": {
        "fulfillment.v1.ShortReport.report_reference": "one that came with other units is refused",
    },
}
"""Test -> field -> how it is obeyed."""


def state(message: Message, *names: str) -> None:
    """Give the fields of a message that readers read, or the named ones, the values that they are to read."""
    kind = message.DESCRIPTOR.full_name.removeprefix("crossdock.")
    for field, (value, _) in CARRIED.items():
        holder, _, name = field.rpartition(".")
        if holder == kind and (not names or name in names):
            enum = message.DESCRIPTOR.fields_by_name[name].enum_type
            number = enum and next(one.number for one in enum.values if one.name.endswith(f"_{value}"))
            put(message, name, number or value)
