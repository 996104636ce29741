"""What is sent to Adyen. Each change carries the operation's key as Idempotency-Key and as its reference."""

from __future__ import annotations

from typing import Any, Final

from google.type.money_pb2 import Money

from adapters.adyen_payment.amounts import minor_of
from adapters.adyen_payment.settings import Settings
from adapters.sdk.calls import BadCall
from adapters.sdk.http.client import PartnerRequest
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb

VERSION: Final = "v72"
SEPARATOR: Final = "."
"""Between a payment and its capture in the reference of a capture: Adyen refunds the payment."""
_RETURN_URL: Final = "https://localhost/"
"""Adyen requires one, although who is charged in their absence is never sent anywhere."""


def authorize(call: call_pb2.Call, settings: Settings, asked: pb.AuthorizeRequest) -> PartnerRequest:
    """Charge a stored card in the absence of its holder, to be captured later.

    The token is the shopper and the payment method stored for them, with a colon between. Raises BadCall for another.
    """
    shopper, _, method = asked.instrument_token.rpartition(":")
    if not shopper or not method:
        raise BadCall("instrument_token is not SHOPPER_REFERENCE:STORED_PAYMENT_METHOD")
    body = {
        "amount": _amount(asked.amount),
        "paymentMethod": {"type": "scheme", "storedPaymentMethodId": method},
        "shopperReference": shopper,
        "shopperInteraction": "ContAuth",
        "recurringProcessingModel": "CardOnFile",
        "returnUrl": _RETURN_URL,
        "additionalData": {"manualCapture": "true"},
        "metadata": {"crossdock_order": asked.order_id},
    }
    return _post(call, settings, "authorize", "/payments", body)


def capture(call: call_pb2.Call, settings: Settings, asked: pb.CaptureRequest) -> PartnerRequest:
    """Take part or all of a payment."""
    path = f"/payments/{_id(asked.authorization_reference)}/captures"
    return _post(call, settings, "capture", path, {"amount": _amount(asked.amount)})


def cancel(call: call_pb2.Call, settings: Settings, asked: pb.ReverseRequest) -> PartnerRequest:
    """Give back what of a payment was not captured: Adyen gives back all of it."""
    return _post(call, settings, "reverse", f"/payments/{_id(asked.authorization_reference)}/cancels", {})


def refund(call: call_pb2.Call, settings: Settings, asked: pb.RefundRequest) -> PartnerRequest:
    """Give back part or all of what was captured of a payment."""
    path = f"/payments/{payment_reference_of(asked.capture_reference)}/refunds"
    return _post(call, settings, "refund", path, {"amount": _amount(asked.amount)})


def payment_reference_of(capture_reference: str) -> str:
    """Return Adyen's reference of the payment that a capture is of. Raises BadCall where it is none."""
    return _id(capture_reference.partition(SEPARATOR)[0])


def _post(call: call_pb2.Call, settings: Settings, operation: str, path: str, body: dict[str, Any]) -> PartnerRequest:
    whole = {"merchantAccount": settings.merchant_account, "reference": call.operation_key, **body}
    return PartnerRequest(
        account_id=call.account_id,
        operation=operation,
        method="POST",
        path=f"{settings.base_url}/{VERSION}{path}",
        headers={"x-api-key": settings.api_key, "idempotency-key": call.operation_key},
        body=whole,
    )


def _amount(amount: Money) -> dict[str, Any]:
    return {"value": minor_of(amount), "currency": amount.currency_code}


def _id(reference: str) -> str:
    """Return a reference that may stand in a path: Adyen's are letters and digits."""
    if not reference.isalnum() or not reference.isascii():
        raise BadCall(f"{reference!r} is no reference of Adyen's")
    return reference
