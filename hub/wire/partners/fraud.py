"""The fraud contract: the payload of `fraud.screen` to a request, advice from a response."""

from __future__ import annotations

from collections.abc import Mapping

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from hub.messages.fraud import Advice, Screening, ScreenOrder
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.partners.calls import amount_to_pb

_ADVICE: Mapping[int, Advice] = {fraud_pb2.ADVICE_APPROVE: Advice.APPROVE, fraud_pb2.ADVICE_REJECT: Advice.REJECT}


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


def screening_from_pb(response: fraud_pb2.ScreenOrderResponse | fraud_pb2.FindOperationResponse) -> Screening:
    """The result of a screening; advice that is new to us reads as REVIEW."""
    return Screening(_ADVICE.get(response.advice, Advice.REVIEW), response.score)
