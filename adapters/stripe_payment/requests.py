"""What is sent to Stripe. Each change carries the operation's key as Idempotency-Key, and in the object's metadata."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.http.client import PartnerRequest
from adapters.stripe_payment.amounts import minor_of
from adapters.stripe_payment.objects import CAPTURE, OPERATION
from adapters.stripe_payment.settings import Settings
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb

API_VERSION: Final = "2023-08-16"
PAGE: Final = 100
_INTENTS: Final = "/v1/payment_intents"
_Fields = Sequence[tuple[str, str]]


def authorize(call: call_pb2.Call, settings: Settings, asked: pb.AuthorizeRequest) -> PartnerRequest:
    """Make and confirm an intent that is captured later. A card that asks its holder is declined: nobody is there.

    The token is a payment method (pm_...), or the customer who owns it before a colon (cus_...:pm_...).
    """
    customer, _, method = asked.instrument_token.rpartition(":")
    form = [
        ("amount", str(minor_of(asked.amount))),
        ("currency", asked.amount.currency_code.lower()),
        ("payment_method", method),
        ("payment_method_types[0]", "card"),
        ("capture_method", "manual"),
        ("confirm", "true"),
        ("error_on_requires_action", "true"),
        (f"metadata[{OPERATION}]", call.operation_key),
        ("metadata[crossdock_order]", asked.order_id),
        ("expand[0]", "latest_charge"),
    ]
    if customer:
        form += [("customer", customer), ("off_session", "true")]
    return _post(call, settings, "authorize", _INTENTS, form)


def capture(call: call_pb2.Call, settings: Settings, asked: pb.CaptureRequest) -> PartnerRequest:
    """Take part or all of an intent; Stripe gives the rest back."""
    form = [("amount_to_capture", str(minor_of(asked.amount))), (f"metadata[{CAPTURE}]", call.operation_key)]
    return _post(call, settings, "capture", f"{_INTENTS}/{_id(asked.authorization_reference)}/capture", form)


def cancel(call: call_pb2.Call, settings: Settings, asked: pb.ReverseRequest) -> PartnerRequest:
    """Give an intent back."""
    form = [("cancellation_reason", "requested_by_customer")]
    return _post(call, settings, "cancel", f"{_INTENTS}/{_id(asked.authorization_reference)}/cancel", form)


def refund(call: call_pb2.Call, settings: Settings, asked: pb.RefundRequest) -> PartnerRequest:
    """Give back part or all of a charge."""
    form = [
        ("charge", _id(asked.capture_reference)),
        ("amount", str(minor_of(asked.amount))),
        (f"metadata[{OPERATION}]", call.operation_key),
        ("metadata[crossdock_order]", asked.order_id),
    ]
    return _post(call, settings, "refund", "/v1/refunds", form)


def read_intent(call: call_pb2.Call, settings: Settings, reference: str) -> PartnerRequest:
    """Read an intent."""
    return _get(call, settings, "read", f"{_INTENTS}/{_id(reference)}", [])


def search_intent(call: call_pb2.Call, settings: Settings) -> PartnerRequest:
    """Search the intent of an operation. Stripe finds a new one within a minute."""
    key = call.operation_key.replace("\\", "\\\\").replace('"', '\\"')
    query = [("query", f'metadata["{OPERATION}"]:"{key}"'), ("expand[0]", "data.latest_charge")]
    return _get(call, settings, "search", f"{_INTENTS}/search", query)


def list_refunds(call: call_pb2.Call, settings: Settings, charge_id: str, after: str) -> PartnerRequest:
    """List the refunds of a charge, newest first, after the refund named."""
    page = [("charge", _id(charge_id)), ("limit", str(PAGE)), *([("starting_after", after)] if after else [])]
    return _get(call, settings, "list_refunds", "/v1/refunds", page)


def _post(call: call_pb2.Call, settings: Settings, operation: str, path: str, form: _Fields) -> PartnerRequest:
    headers = {**_headers(settings), "idempotency-key": call.operation_key}
    return PartnerRequest(
        account_id=call.account_id, operation=operation, method="POST", path=path, headers=headers, form=form
    )


def _get(call: call_pb2.Call, settings: Settings, operation: str, path: str, query: _Fields) -> PartnerRequest:
    return PartnerRequest(
        account_id=call.account_id,
        operation=operation,
        method="GET",
        path=path,
        headers=_headers(settings),
        query=query,
    )


def _headers(settings: Settings) -> dict[str, str]:
    return {"authorization": f"Bearer {settings.api_key}", "stripe-version": API_VERSION}


def _id(reference: str) -> str:
    """Return a reference that may stand in a path: Stripe's ids are letters, digits and underscores."""
    if not reference.replace("_", "").isalnum() or not reference.isascii():
        raise BadCall(f"{reference!r} is no id of Stripe's")
    return reference
