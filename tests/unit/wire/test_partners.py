"""Payloads of messages become requests, and answers and updates become plain values, whole."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Final, get_type_hints

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.tax.v1 import tax_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from hub.messages import codec
from hub.messages.channel import ReportProgress
from hub.messages.erp import PostDocument
from hub.messages.warehouse import WorkLine
from hub.outbox.model import Answer, Outcome
from hub.parties.model import Contact
from hub.wire.partners import channel, erp, fraud, notice, payment, tax, transport, warehouse
from hub.wire.partners.calls import answer_from_pb, call_to_pb, pulled_from_pb
from tests.support.payloads import FULFILLMENT_ORDER, ORDER, SHIPMENT, example
from tests.unit.messages.contracts import differences

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
CALL = call_to_pb("ACC", "key-1", AT, '{"tier": 1}')
HEAD = {
    "accountId": "ACC",
    "operationKey": "key-1",
    "businessTime": "2026-03-03T10:00:00Z",
    "profileJson": '{"tier": 1}',
}
ANNA = Contact(name="Anna")
EUR_5 = {"currencyCode": "EUR", "units": "5"}
EUR_087 = {"currencyCode": "EUR", "nanos": 870_000_000}
TOLD = [{"lineNumber": 1, "channelLineReference": "77", "sku": "X", "quantity": "2"}]
PARTNERS: Final = (channel, erp, fraud, notice, payment, tax, transport, warehouse)
TO = {"warehouse.release": ANNA, "transport.register": ANNA, "notice.send": ANNA}
"""Kinds of messages that are about a person."""

BUILDERS: Mapping[str, Callable[..., Message]] = {
    "warehouse.release": warehouse.release_to_pb,
    "warehouse.cancel": warehouse.cancel_to_pb,
    "transport.register": transport.register_to_pb,
    "payment.authorize": payment.authorize_to_pb,
    "payment.capture": payment.capture_to_pb,
    "payment.refund": payment.refund_to_pb,
    "payment.reverse": payment.reverse_to_pb,
    "tax.determine": tax.determine_to_pb,
    "channel.report": channel.report_to_pb,
    "channel.refund": channel.refund_to_pb,
    "channel.stock": channel.stock_to_pb,
    "erp.post": erp.post_to_pb,
    "notice.send": notice.send_to_pb,
}
REQUESTS: Mapping[str, Mapping[str, Any]] = {
    "warehouse.release": {
        "fulfillmentOrderId": FULFILLMENT_ORDER,
        "nodeId": "DC-NL",
        "orderId": ORDER,
        "lines": [{"lineNumber": 1, "sku": "X", "quantity": "2", "title": "Shoe"}],
        "shipTo": {"name": "Anna"},
        "serviceCode": "STD",
        "shipByTime": "2026-03-03T15:00:00Z",
    },
    "warehouse.cancel": {
        "fulfillmentOrderId": FULFILLMENT_ORDER,
        "lines": [{"lineNumber": 1, "sku": "X", "quantity": "2"}],
    },
    "transport.register": {
        "trackingNumber": "T1",
        "fromNodeId": "DC-NL",
        "shipTo": {"name": "Anna"},
        "serviceCode": "STD",
        "shipTime": "2026-03-03T15:00:00Z",
    },
    "payment.authorize": {"amount": EUR_5, "instrumentToken": "tok", "orderId": ORDER},
    "payment.capture": {"amount": EUR_5, "authorizationReference": "A", "orderId": ORDER},
    "payment.refund": {"amount": EUR_5, "captureReference": "C", "orderId": ORDER},
    "payment.reverse": {"amount": EUR_5, "authorizationReference": "A"},
    "tax.determine": {
        "orderId": ORDER,
        "toCountryCode": "NL",
        "lines": [
            {"lineNumber": 1, "sku": "X", "amount": EUR_5, "statedTax": EUR_087},
            {"sku": "SHIPPING", "amount": EUR_5, "statedTax": {"currencyCode": "EUR"}},
        ],
    },
    "channel.report": {
        "orderId": ORDER,
        "channelReference": "#1001",
        "kind": "PROGRESS_KIND_SHIPPED",
        "lines": TOLD,
        "trackingNumber": "T1",
        "occurTime": "2026-03-03T15:00:00Z",
        "shipmentReference": "S1",
        "serviceCode": "STANDARD",
        "packages": [{"packageReference": "340123", "kind": "PALLET", "lines": TOLD}],
    },
    "channel.refund": {
        "orderId": ORDER,
        "channelReference": "#1001",
        "paymentReference": "P-1",
        "amount": EUR_5,
    },
    "channel.stock": {"levels": [{"sku": "X", "available": "3"}]},
    "erp.post": {
        "kind": "DOCUMENT_KIND_SHIPMENT",
        "orderId": ORDER,
        "sellerId": "S",
        "documentNumber": 2,
        "channelReference": "#1001",
        "lines": [{**TOLD[0], "value": EUR_5, "tax": EUR_087}],
        "total": EUR_5,
        "occurTime": "2026-03-03T15:00:00Z",
        "nodeId": "DC-NL",
        "subjectId": SHIPMENT,
    },
    "notice.send": {
        "orderId": ORDER,
        "template": "ORDER_SHIPPED",
        "recipient": {"name": "Anna"},
        "languageCode": "nl",
        "values": {"channel_reference": "#1001", "tracking_number": "T1"},
    },
}


@pytest.mark.parametrize("kind", REQUESTS)
def test_a_payload_becomes_its_request(kind: str) -> None:
    people = [TO[kind]] if kind in TO else []

    request = BUILDERS[kind](CALL, example(kind), *people)

    assert MessageToDict(request) == {"call": HEAD, **REQUESTS[kind]}


def test_an_order_is_screened_with_buyer_and_recipient() -> None:
    request = fraud.screen_to_pb(CALL, example("fraud.screen"), ANNA, Contact(name="Bo"))

    assert MessageToDict(request) == {
        "call": HEAD,
        "orderId": ORDER,
        "grandTotal": EUR_5,
        "customer": {"name": "Anna"},
        "shipTo": {"name": "Bo"},
    }


def test_a_refund_is_reported_without_a_parcel() -> None:
    payload = codec.read(
        "channel.report",
        {
            "order_id": ORDER,
            "channel_reference": "#1001",
            "progress": "REFUNDED",
            "lines": [],
            "tracking_number": "",
            "reason": "DAMAGED",
            "amount_minor": 500,
            "currency": "EUR",
        },
    )
    assert isinstance(payload, ReportProgress)

    assert MessageToDict(channel.report_to_pb(CALL, payload)) == {
        "call": HEAD,
        "orderId": ORDER,
        "channelReference": "#1001",
        "kind": "PROGRESS_KIND_REFUNDED",
        "reason": "DAMAGED",
        "amount": EUR_5,
    }


def test_a_stock_movement_is_posted_without_an_order_and_without_values() -> None:
    payload = codec.read(
        "erp.post",
        {
            "document": "STOCK_MOVEMENT",
            "document_number": 3,
            "node_id": "DC-NL",
            "lines": [{"line_number": 0, "sku": "X", "quantity": -2, "cause": "ship"}],
            "occurred_at": "2026-11-17T09:00:00Z",
        },
    )
    assert isinstance(payload, PostDocument)

    assert MessageToDict(erp.post_to_pb(CALL, payload)) == {
        "call": HEAD,
        "kind": "DOCUMENT_KIND_STOCK_MOVEMENT",
        "documentNumber": 3,
        "nodeId": "DC-NL",
        "lines": [{"sku": "X", "quantity": "-2", "cause": "ship"}],
        "occurTime": "2026-11-17T09:00:00Z",
    }


def leaving_whole(module: ModuleType) -> Iterator[tuple[Any, Any]]:
    """Yield the structs that functions of a module hand on whole, with the messages that they become."""
    for function in vars(module).values():
        if inspect.isfunction(function) and "asdict" in function.__code__.co_names:
            struct, message = get_type_hints(function).values()
            yield struct, message.DESCRIPTOR


def test_a_struct_that_leaves_whole_has_the_fields_of_its_message() -> None:
    pairs = [pair for module in PARTNERS for pair in leaving_whole(module)]

    assert (WorkLine, warehouse_pb2.WorkLine.DESCRIPTOR) in pairs
    assert not [difference for struct, message in pairs for difference in differences(struct, message)]


FACTS = {"fulfillmentOrderId": "fo", "occurTime": "2026-03-03T10:00:00Z"}
WORKED = {"fulfillment_order_id": "fo", "occurred_at": "2026-03-03T10:00:00Z"}
LINES = {"lines": [{"lineNumber": 1, "sku": "X", "quantity": "2"}]}
WORKED_LINES = {"lines": [{"line_number": 1, "sku": "X", "quantity": 2}]}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (
            {"acknowledgment": {**FACTS, "partnerReference": "R"}},
            {"kind": "ACKNOWLEDGMENT", **WORKED, "partner_reference": "R"},
        ),
        ({"pick": {**FACTS, **LINES}}, {"kind": "PICK", **WORKED, **WORKED_LINES}),
        ({"pack": {**FACTS, **LINES}}, {"kind": "PACK", **WORKED, **WORKED_LINES}),
        (
            {
                "shipment": {
                    **FACTS,
                    **LINES,
                    "shipmentReference": "S",
                    "trackingNumber": "T",
                    "carrierCode": "DHLX",
                    "weightGrams": "900",
                }
            },
            {"kind": "SHIPMENT", **WORKED, **WORKED_LINES, "shipment_reference": "S", "tracking_number": "T"}
            | {"packages": [], "carriage": {"carrier_code": "DHLX", "weight_grams": 900}},
        ),
        (
            {"short": {**FACTS, **LINES, "reportReference": "R", "reason": "SHORT_REASON_DAMAGED"}},
            {"kind": "SHORT", **WORKED, **WORKED_LINES, "report_reference": "R", "reason": "DAMAGED"},
        ),
        ({"rejection": {**FACTS, "reason": "closed"}}, {"kind": "REJECTION", **WORKED, "reason": "closed"}),
        (
            {"cancelDecision": {"operationKey": "k", "fulfillmentOrderId": "fo", "accepted": True}},
            {"kind": "CANCEL_DECISION", "fulfillment_order_id": "fo", "operation_key": "k", "accepted": True},
        ),
        ({}, {"kind": "UNKNOWN"}),
    ],
)
def test_a_warehouse_update_becomes_a_plain_value(update: dict[str, Any], expected: dict[str, Any]) -> None:
    message = ParseDict({"updateId": "u-1", **update}, warehouse_pb2.Update())

    assert warehouse.update_from_pb(message) == {"update_id": "u-1", **expected}


@pytest.mark.parametrize(("state", "named"), [(4, "IN_TRANSIT"), (77, "UNKNOWN_77")])
def test_a_carrier_event_keeps_a_state_that_is_new_to_us(state: int, named: str) -> None:
    event = fulfillment_pb2.CarrierEvent(tracking_number="T", event_reference="e", tracking_url="https://c.example/T")
    event.MergeFromString(b"\x10" + bytes([state]))

    assert transport.event_from_pb(event) == {
        "update_id": "e",
        "kind": "CARRIER_EVENT",
        "tracking_number": "T",
        "state": named,
        "occurred_at": None,
        "tracking_url": "https://c.example/T",
    }


def test_pulls_say_where_and_when_to_go_on() -> None:
    pulled = ParseDict({"cursor": "9", "nextUpdateTime": "2026-03-03T11:00:00Z"}, call_pb2.Pulled())

    assert pulled_from_pb([{"update_id": "u"}], pulled).extra == {
        "updates": [{"update_id": "u"}],
        "cursor": "9",
        "next_update_at": "2026-03-03T11:00:00Z",
    }
    assert pulled_from_pb([], call_pb2.Pulled(cursor="9")).extra["next_update_at"] is None


@pytest.mark.parametrize(("number", "outcome"), [(1, "DONE"), (2, "REFUSED"), (3, "NOT_FOUND"), (4, "PENDING")])
def test_an_answer_keeps_what_the_partner_said(number: int, outcome: str) -> None:
    answer = call_pb2.Answer(partner_reference="R", code="c", message="m")
    answer.MergeFromString(b"\x08" + bytes([number]))

    assert answer_from_pb(answer, {"x": 1}) == Answer(Outcome(outcome), "R", "c", "m", {"x": 1})


@pytest.mark.parametrize("number", [0, 77])
def test_an_outcome_that_is_none_is_no_answer(number: int) -> None:
    answer = call_pb2.Answer()
    answer.MergeFromString(b"\x08" + bytes([number]))

    assert answer_from_pb(answer) is None


def test_extras_are_plain_values() -> None:
    authorized = ParseDict({"expireTime": "2026-03-10T10:00:00Z"}, payment_pb2.AuthorizeResponse())
    taxes = ParseDict({"taxes": [{"lineNumber": 1, "rate": "0.21", "tax": EUR_5}]}, tax_pb2.DetermineTaxResponse())

    assert payment.authorized_from_pb(authorized) == {"expires_at": "2026-03-10T10:00:00Z"}
    assert payment.authorized_from_pb(payment_pb2.AuthorizeResponse()) == {}
    assert tax.taxes_from_pb(taxes) == {
        "taxes": [{"line_number": 1, "rate": "0.21", "tax_minor": 500, "currency": "EUR"}]
    }


@pytest.mark.parametrize(
    ("number", "advice"), [(0, "REVIEW"), (1, "APPROVE"), (2, "REVIEW"), (3, "REJECT"), (9, "REVIEW")]
)
def test_advice_that_is_new_to_us_reads_as_review(number: int, advice: str) -> None:
    response = fraud_pb2.ScreenOrderResponse(score=91)
    response.MergeFromString(b"\x10" + bytes([number]))

    assert fraud.screened_from_pb(response) == {"advice": advice, "score": 91}
