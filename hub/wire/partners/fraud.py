"""The fraud contract: the payload of `fraud.screen` to a request, advice to plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from hub.messages.fraud import ScreenOrder
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.partners.calls import amount_to_pb

_ADVICE: Mapping[int, str] = {fraud_pb2.ADVICE_APPROVE: "APPROVE", fraud_pb2.ADVICE_REJECT: "REJECT"}


def screen_to_pb(
    call: call_pb2.Call, payload: ScreenOrder, customer: Contact, ship_to: Contact
) -> fraud_pb2.ScreenOrderRequest:
    """The request of `fraud.screen`."""
    return fraud_pb2.ScreenOrderRequest(
        call=call,
        order_id=str(payload.order_id),
        grand_total=amount_to_pb(payload.amount_minor, payload.currency),
        customer=contact_to_pb(customer),
        ship_to=contact_to_pb(ship_to),
    )


def screened_from_pb(response: Any) -> dict[str, Any]:
    """The extra of a screening: `advice` (APPROVE, REVIEW, REJECT; all else reads as REVIEW) and `score`, 0 to 100."""
    return {"advice": _ADVICE.get(response.advice, "REVIEW"), "score": response.score}
