"""Payloads of messages become requests, and answers and updates become plain values, whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.tax.v1 import tax_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from hub.outbox.model import Answer, Outcome
from hub.parties.model import Contact
from hub.wire.partners import channel, erp, fraud, notice, payment, tax, transport, warehouse
from hub.wire.partners.calls import answer_from_pb, call_to_pb, pulled_from_pb

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
CALL = call_to_pb("ACC", "key-1", AT, '{"tier": 1}')
HEAD = {
    "accountId": "ACC",
    "operationKey": "key-1",
    "businessTime": "2026-03-03T10:00:00Z",
    "profileJson": '{"tier": 1}',
}
ANNA = Contact(name="Anna")
LINE = {"line_number": 1, "sku": "X", "quantity": 2, "title": "Shoe"}
EUR_5 = {"currencyCode": "EUR", "units": "5"}


def euros(minor: int) -> dict[str, Any]:
    return {"amount_minor": minor, "currency": "EUR"}


REQUESTS: dict[str, tuple[Callable[[], Message], Mapping[str, Any]]] = {
    "warehouse.release": (
        lambda: warehouse.release_to_pb(
            CALL,
            {
                "fulfillment_order_id": "fo",
                "order_id": "o",
                "node_id": "DC-NL",
                "lines": [LINE],
                "ship_to_party_id": "p",
                "service_code": "STD",
                "ship_by": "2026-03-03T15:00:00Z",
            },
            ANNA,
        ),
        {
            "fulfillmentOrderId": "fo",
            "nodeId": "DC-NL",
            "orderId": "o",
            "lines": [{"lineNumber": 1, "sku": "X", "quantity": "2", "title": "Shoe"}],
            "shipTo": {"name": "Anna"},
            "serviceCode": "STD",
            "shipByTime": "2026-03-03T15:00:00Z",
        },
    ),
    "warehouse.cancel": (
        lambda: warehouse.cancel_to_pb(
            CALL, {"fulfillment_order_id": "fo", "lines": [{"line_number": 1, "sku": "X", "quantity": 1}]}
        ),
        {"fulfillmentOrderId": "fo", "lines": [{"lineNumber": 1, "sku": "X", "quantity": "1"}]},
    ),
    "transport.register": (
        lambda: transport.register_to_pb(
            CALL,
            {
                "shipment_id": "s",
                "tracking_number": "T1",
                "from_node_id": "DC-NL",
                "ship_to_party_id": "p",
                "service_code": "STD",
                "shipped_at": "2026-03-03T15:00:00Z",
                "promised_at": None,
            },
            ANNA,
        ),
        {
            "trackingNumber": "T1",
            "fromNodeId": "DC-NL",
            "shipTo": {"name": "Anna"},
            "serviceCode": "STD",
            "shipTime": "2026-03-03T15:00:00Z",
        },
    ),
    "payment.authorize": (
        lambda: payment.authorize_to_pb(CALL, {"order_id": "o", "token": "tok", **euros(500)}),
        {"amount": EUR_5, "instrumentToken": "tok", "orderId": "o"},
    ),
    "payment.capture": (
        lambda: payment.capture_to_pb(CALL, {"order_id": "o", "authorization_reference": "A", **euros(500)}),
        {"amount": EUR_5, "authorizationReference": "A", "orderId": "o"},
    ),
    "payment.refund": (
        lambda: payment.refund_to_pb(CALL, {"order_id": "o", "capture_reference": "C", **euros(500)}),
        {"amount": EUR_5, "captureReference": "C", "orderId": "o"},
    ),
    "payment.reverse": (
        lambda: payment.reverse_to_pb(CALL, {"authorization_reference": "A", **euros(500)}),
        {"amount": EUR_5, "authorizationReference": "A"},
    ),
    "tax.determine": (
        lambda: tax.determine_to_pb(
            CALL,
            {
                "order_id": "o",
                "to_country_code": "NL",
                "currency": "EUR",
                "lines": [
                    {"line_number": 1, "sku": "X", "amount_minor": 500, "stated_tax_minor": 87},
                    {"line_number": 0, "sku": "SHIPPING", "amount_minor": 500},
                ],
            },
        ),
        {
            "orderId": "o",
            "toCountryCode": "NL",
            "lines": [
                {
                    "lineNumber": 1,
                    "sku": "X",
                    "amount": EUR_5,
                    "statedTax": {"currencyCode": "EUR", "nanos": 870_000_000},
                },
                {"sku": "SHIPPING", "amount": EUR_5},
            ],
        },
    ),
    "fraud.screen": (
        lambda: fraud.screen_to_pb(CALL, {"order_id": "o", **euros(500)}, ANNA, Contact(name="Bo")),
        {"orderId": "o", "grandTotal": EUR_5, "customer": {"name": "Anna"}, "shipTo": {"name": "Bo"}},
    ),
    "channel.report": (
        lambda: channel.report_to_pb(
            CALL,
            {
                "order_id": "o",
                "channel_reference": "#1001",
                "progress": "SHIPPED",
                "lines": [{"line_number": 1, "channel_line_reference": "77", "sku": "X", "quantity": 2}],
                "tracking_number": "T1",
                "occurred_at": "2026-11-17T09:00:00Z",
                "shipment_reference": "S1",
                "service_code": "STANDARD",
                "packages": [
                    {
                        "reference": "340123",
                        "kind": "PALLET",
                        "tracking_number": "",
                        "lines": [{"line_number": 1, "channel_line_reference": "77", "sku": "X", "quantity": 2}],
                    }
                ],
            },
        ),
        {
            "orderId": "o",
            "channelReference": "#1001",
            "kind": "PROGRESS_KIND_SHIPPED",
            "lines": [{"lineNumber": 1, "channelLineReference": "77", "sku": "X", "quantity": "2"}],
            "trackingNumber": "T1",
            "occurTime": "2026-11-17T09:00:00Z",
            "shipmentReference": "S1",
            "serviceCode": "STANDARD",
            "packages": [
                {
                    "packageReference": "340123",
                    "kind": "PALLET",
                    "lines": [{"lineNumber": 1, "channelLineReference": "77", "sku": "X", "quantity": "2"}],
                }
            ],
        },
    ),
    "channel.report of a refund": (
        lambda: channel.report_to_pb(
            CALL,
            {
                "order_id": "o",
                "channel_reference": "#1001",
                "progress": "REFUNDED",
                "lines": [],
                "reason": "DAMAGED",
                **euros(500),
            },
        ),
        {
            "orderId": "o",
            "channelReference": "#1001",
            "kind": "PROGRESS_KIND_REFUNDED",
            "reason": "DAMAGED",
            "amount": EUR_5,
        },
    ),
    "erp.post of a stock movement": (
        lambda: erp.post_to_pb(
            CALL,
            {
                "document": "STOCK_MOVEMENT",
                "document_number": 3,
                "node_id": "DC-NL",
                "lines": [{"line_number": 0, "sku": "X", "quantity": -2, "cause": "ship"}],
                "occurred_at": "2026-11-17T09:00:00Z",
            },
        ),
        {
            "kind": "DOCUMENT_KIND_STOCK_MOVEMENT",
            "documentNumber": 3,
            "nodeId": "DC-NL",
            "lines": [{"sku": "X", "quantity": "-2", "cause": "ship"}],
            "occurTime": "2026-11-17T09:00:00Z",
        },
    ),
    "channel.stock": (
        lambda: channel.stock_to_pb(CALL, {"levels": [{"sku": "X", "available": 3}]}),
        {"levels": [{"sku": "X", "available": "3"}]},
    ),
    "erp.post": (
        lambda: erp.post_to_pb(
            CALL,
            {
                "order_id": "o",
                "seller_id": "S",
                "document": "SHIPMENT",
                "document_number": 2,
                "currency": "EUR",
                "lines": [{"line_number": 1, "sku": "X", "quantity": 2, "value_minor": 500}],
                "total_minor": 500,
            },
        ),
        {
            "kind": "DOCUMENT_KIND_SHIPMENT",
            "orderId": "o",
            "sellerId": "S",
            "documentNumber": 2,
            "lines": [{"lineNumber": 1, "sku": "X", "quantity": "2", "value": EUR_5}],
            "total": EUR_5,
        },
    ),
    "notice.send": (
        lambda: notice.send_to_pb(
            CALL, {"order_id": "o", "template": "ORDER_SHIPPED", "language_code": "nl", "values": {"parcels": 2}}, ANNA
        ),
        {
            "orderId": "o",
            "template": "ORDER_SHIPPED",
            "recipient": {"name": "Anna"},
            "languageCode": "nl",
            "values": {"parcels": "2"},
        },
    ),
}


@pytest.mark.parametrize("kind", REQUESTS)
def test_a_payload_becomes_its_request(kind: str) -> None:
    make, expected = REQUESTS[kind]

    assert MessageToDict(make()) == {"call": HEAD, **expected}


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
            {"shipment": {**FACTS, **LINES, "shipmentReference": "S", "trackingNumber": "T"}},
            {"kind": "SHIPMENT", **WORKED, **WORKED_LINES, "shipment_reference": "S", "tracking_number": "T"}
            | {"packages": []},
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
    event = fulfillment_pb2.CarrierEvent(tracking_number="T", event_reference="e")
    event.MergeFromString(b"\x10" + bytes([state]))

    assert transport.event_from_pb(event) == {
        "update_id": "e",
        "kind": "CARRIER_EVENT",
        "tracking_number": "T",
        "state": named,
        "occurred_at": None,
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
