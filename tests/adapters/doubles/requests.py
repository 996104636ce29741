"""Requests to the stand-ins, with good defaults."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from google.type.money_pb2 import Money

from adapters.sdk.times import timestamp_of
from crossdock.common.v1 import address_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.transport.v1 import transport_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from tests.adapters.doubles.serving import TUESDAY

ACCOUNT = "ACC-1"
ANNA = address_pb2.Contact(name="Anna Canary", email="anna.canary@example.com", phone="+31201234567")


def call(key: str, at: datetime = TUESDAY, *, account: str = ACCOUNT, **profile: Any) -> call_pb2.Call:
    """Answers the head of a call."""
    return call_pb2.Call(
        account_id=account, operation_key=key, business_time=timestamp_of(at), profile_json=json.dumps(profile)
    )


def euros(units: int, cents: int = 0) -> Money:
    """Answers an amount in EUR."""
    return Money(currency_code="EUR", units=units, nanos=cents * 10_000_000)


def authorize(key: str, amount: Money, *, token: str = "tok_visa", head: call_pb2.Call | None = None) -> Any:
    """Asks to authorize."""
    return payment_pb2.AuthorizeRequest(
        call=head or call(key), amount=amount, instrument_token=token, order_id=f"order-{key}"
    )


def capture(key: str, amount: Money, reference: str, at: datetime = TUESDAY) -> payment_pb2.CaptureRequest:
    """Asks to capture."""
    return payment_pb2.CaptureRequest(
        call=call(key, at), amount=amount, authorization_reference=reference, order_id=f"order-{key}"
    )


def refund(key: str, amount: Money, reference: str, at: datetime = TUESDAY) -> payment_pb2.RefundRequest:
    """Asks to refund of a capture."""
    return payment_pb2.RefundRequest(call=call(key, at), amount=amount, capture_reference=reference, order_id="order")


def reverse(key: str, amount: Money, reference: str, at: datetime = TUESDAY) -> payment_pb2.ReverseRequest:
    """Asks to reverse."""
    return payment_pb2.ReverseRequest(call=call(key, at), amount=amount, authorization_reference=reference)


def work_lines(*units: tuple[str, int]) -> list[warehouse_pb2.WorkLine]:
    """Answers lines numbered from 1 of (SKU, quantity)."""
    return [
        warehouse_pb2.WorkLine(line_number=number, sku=sku, quantity=quantity)
        for number, (sku, quantity) in enumerate(units, start=1)
    ]


def release(
    key: str,
    fulfillment_order_id: str,
    *units: tuple[str, int],
    node_id: str = "ST-AMS",
    at: datetime = TUESDAY,
    **profile: Any,
) -> warehouse_pb2.ReleaseFulfillmentOrderRequest:
    """Hands a fulfillment order over."""
    return warehouse_pb2.ReleaseFulfillmentOrderRequest(
        call=call(key, at, **profile),
        fulfillment_order_id=fulfillment_order_id,
        node_id=node_id,
        order_id=f"order-{fulfillment_order_id}",
        lines=work_lines(*units),
        ship_to=ANNA,
        service_code="STANDARD",
    )


def cancel(
    key: str, fulfillment_order_id: str, *units: tuple[str, int], at: datetime = TUESDAY, **profile: Any
) -> warehouse_pb2.CancelFulfillmentOrderRequest:
    """Asks to cancel units."""
    return warehouse_pb2.CancelFulfillmentOrderRequest(
        call=call(key, at, **profile), fulfillment_order_id=fulfillment_order_id, lines=work_lines(*units)
    )


def pull(at: datetime, cursor: str = "", *, account: str = ACCOUNT) -> call_pb2.Pull:
    """Asks what happened up to an instant since a cursor."""
    return call_pb2.Pull(call=call("", at, account=account), cursor=cursor)


def find(key: str, at: datetime = TUESDAY) -> call_pb2.Find:
    """Asks what became of a key."""
    return call_pb2.Find(call=call(key, at), kind="any")


def label(key: str, weight_grams: int = 1200) -> transport_pb2.BuyLabelRequest:
    """Asks to sell a label."""
    return transport_pb2.BuyLabelRequest(
        call=call(key),
        service_code="STANDARD",
        ship_from=address_pb2.Contact(name="DC-NL"),
        ship_to=ANNA,
        weight_grams=weight_grams,
        format="LABEL_FORMAT_PDF",
    )


def parcel(
    key: str, tracking_number: str, left_at: datetime, promised_at: datetime | None = None, **profile: Any
) -> transport_pb2.RegisterParcelRequest:
    """Asks to follow a parcel."""
    request = transport_pb2.RegisterParcelRequest(
        call=call(key, left_at, **profile),
        tracking_number=tracking_number,
        from_node_id="DC-NL",
        ship_from=address_pb2.Contact(name="DC-NL"),
        ship_to=ANNA,
        service_code="STANDARD",
        ship_time=timestamp_of(left_at),
    )
    if promised_at:
        request.promised_time.CopyFrom(timestamp_of(promised_at))
    return request
