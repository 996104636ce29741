"""Payloads of messages become requests, answers get their results and updates become reports, whole."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, Final, get_type_hints

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.tax.v1 import tax_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from hub.kernel.money import Money
from hub.messages import codec
from hub.messages.channel import ReportProgress
from hub.messages.erp import PostDocument
from hub.messages.fraud import Advice, Screening
from hub.messages.payment import Moved
from hub.messages.tax import Determination, DeterminedTax
from hub.messages.warehouse import WorkLine
from hub.outbox.model import Answer, Outcome
from hub.parties.model import Contact
from hub.wire.partners import channel, erp, fraud, notice, payment, tax, transport, warehouse
from hub.wire.partners.calls import answer_from_pb, call_to_pb, find_to_pb
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
        "deliveryMethod": "DELIVERY_METHOD_SHIP",
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
        "shipFrom": {
            "name": "Center of Tilburg",
            "address": {
                "streetLines": ["Havenweg 12"],
                "city": "Tilburg",
                "countryCode": "NL",
                "postalCode": "5011",
            },
        },
        "weightGrams": "862",
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
        "template": "NOTICE_TEMPLATE_ORDER_SHIPPED",
        "recipient": {"name": "Anna"},
        "languageCode": "nl",
        "channelId": "WEB",
        "values": {"channel_reference": "#1001", "tracking_number": "T1"},
    },
}


@pytest.mark.parametrize("kind", [kind for kind in REQUESTS if kind.startswith("payment.")])
def test_who_asks_for_the_outcome_of_a_payment_says_what_was_asked(kind: str) -> None:
    request = MessageToDict(payment.asked_to_pb(find_to_pb(CALL, kind, AT), example(kind)))

    find = {"call": HEAD, "kind": kind, "firstAskTime": HEAD["businessTime"]}
    assert request == {"find": find, kind.removeprefix("payment."): REQUESTS[kind]}


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


@pytest.mark.parametrize(("number", "outcome"), [(1, "DONE"), (2, "REFUSED"), (3, "NOT_FOUND"), (4, "PENDING")])
def test_an_answer_keeps_what_the_partner_said(number: int, outcome: str) -> None:
    answer = call_pb2.Answer(partner_reference="R", code="c", message="m")
    answer.MergeFromString(b"\x08" + bytes([number]))

    assert answer_from_pb(answer, "said") == Answer(Outcome(outcome), "said", "R", "c", "m")


def test_an_answer_keeps_no_card_number_that_a_partner_repeats() -> None:
    answer = call_pb2.Answer(outcome=call_pb2.OUTCOME_REFUSED, code="51", message="4111111111111111 declined")

    assert answer_from_pb(answer, None) == Answer(Outcome.REFUSED, None, "", "51", "************1111 declined")


@pytest.mark.parametrize("number", [0, 77])
def test_an_outcome_that_is_none_is_no_answer(number: int) -> None:
    answer = call_pb2.Answer()
    answer.MergeFromString(b"\x08" + bytes([number]))

    assert answer_from_pb(answer, None) is None


def test_results_are_read_whole() -> None:
    told = {"answer": {"outcome": "OUTCOME_DONE"}, "amount": EUR_5, "expireTime": "2026-03-10T10:00:00Z"}
    authorized, asked = ParseDict(told, payment_pb2.AuthorizeResponse()), example("payment.authorize")
    taxes = ParseDict({"taxes": [{"lineNumber": 1, "rate": "0.21", "tax": EUR_5}]}, tax_pb2.DetermineTaxResponse())

    assert payment.authorized_from_pb(authorized, asked) == Moved(500, AT + timedelta(days=7))
    assert payment.authorized_from_pb(payment_pb2.AuthorizeResponse(), asked) == Moved(0)
    assert tax.determination_from_pb(taxes) == Determination((DeterminedTax(1, "0.21", Money(500, "EUR")),))


@pytest.mark.parametrize(
    ("number", "advice"), [(0, "REVIEW"), (1, "APPROVE"), (2, "REVIEW"), (3, "REJECT"), (9, "REVIEW")]
)
def test_advice_that_is_new_to_us_reads_as_review(number: int, advice: str) -> None:
    response = fraud_pb2.ScreenOrderResponse(score=91)
    response.MergeFromString(b"\x10" + bytes([number]))

    assert fraud.screening_from_pb(response) == Screening(Advice(advice), 91)
