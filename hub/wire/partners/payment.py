"""The payment contract: payloads of `payment.*` messages to requests, authorizations from responses."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2
from hub.kernel.errors import InvalidField
from hub.messages.payment import AuthorizePayment, CapturePayment, Moved, RefundPayment, ReversePayment
from hub.wire.instants import optional_instant
from hub.wire.partners.calls import MoneyAsked, amount_to_pb, moved_from_pb

_LONGEST_URL: Final = 2000

Asked = AuthorizePayment | CapturePayment | ReversePayment | RefundPayment


def authorize_to_pb(call: call_pb2.Call, payload: AuthorizePayment) -> payment_pb2.AuthorizeRequest:
    """The request of `payment.authorize`."""
    return payment_pb2.AuthorizeRequest(
        call=call,
        amount=amount_to_pb(payload.amount_minor, payload.currency),
        instrument_token=payload.token,
        order_id=str(payload.order_id),
    )


def capture_to_pb(call: call_pb2.Call, payload: CapturePayment) -> payment_pb2.CaptureRequest:
    """The request of `payment.capture`."""
    return payment_pb2.CaptureRequest(
        call=call,
        amount=amount_to_pb(payload.amount_minor, payload.currency),
        authorization_reference=payload.authorization_reference,
        order_id=str(payload.order_id),
    )


def reverse_to_pb(call: call_pb2.Call, payload: ReversePayment) -> payment_pb2.ReverseRequest:
    """The request of `payment.reverse`."""
    return payment_pb2.ReverseRequest(
        call=call,
        amount=amount_to_pb(payload.amount_minor, payload.currency),
        authorization_reference=payload.authorization_reference,
        partial=payload.partial,
    )


def refund_to_pb(call: call_pb2.Call, payload: RefundPayment) -> payment_pb2.RefundRequest:
    """The request of `payment.refund`."""
    return payment_pb2.RefundRequest(
        call=call,
        amount=amount_to_pb(payload.amount_minor, payload.currency),
        capture_reference=payload.capture_reference,
        order_id=str(payload.order_id),
    )


def asked_to_pb(find: call_pb2.Find, payload: Asked) -> payment_pb2.FindOperationRequest:
    """The request for the outcome of an operation, with what was asked."""
    request, call = payment_pb2.FindOperationRequest(find=find), find.call
    match payload:
        case AuthorizePayment():
            request.authorize.CopyFrom(authorize_to_pb(call, payload))
            request.authorize.ClearField("call")
        case CapturePayment():
            request.capture.CopyFrom(capture_to_pb(call, payload))
            request.capture.ClearField("call")
        case ReversePayment():
            request.reverse.CopyFrom(reverse_to_pb(call, payload))
            request.reverse.ClearField("call")
        case RefundPayment():
            request.refund.CopyFrom(refund_to_pb(call, payload))
            request.refund.ClearField("call")
    return request


def authorized_from_pb(
    response: payment_pb2.AuthorizeResponse | payment_pb2.FindOperationResponse, asked: MoneyAsked
) -> Moved:
    """The result of an authorization; raises InvalidField as `moved_from_pb` does, and for a URL that is not safe."""
    url = response.customer_action_url
    if url and not (url.startswith("https://") and len(url) <= _LONGEST_URL and url.isprintable()):
        raise InvalidField("customer_action_url is no https URL.", customer_action_url="no https URL")
    return replace(moved_from_pb(response, asked), expires_at=optional_instant(response, "expire_time"), action_url=url)
