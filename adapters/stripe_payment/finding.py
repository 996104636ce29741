"""Finds what became of an operation, by what was asked: Stripe's objects carry the keys of operations.

Captures, reversals and refunds are found by reading, with no effect. An authorization whose answer was lost has no id
to read by: it is searched, and where the search has not seen it, asked for again under the same key. Within the key's
life (24 hours and more) Stripe answers as it did, and after it the search, which lags a minute, would have found it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from adapters.sdk.calls import BadCall, not_found
from adapters.sdk.http.client import PartnerClient, PartnerRequest
from adapters.sdk.http.failures import Rejected
from adapters.stripe_payment import outcomes, requests
from adapters.stripe_payment.amounts import minor_of
from adapters.stripe_payment.objects import Refund, has_more, intent_of, listed, refund_of
from adapters.stripe_payment.outcomes import Outcome
from adapters.stripe_payment.settings import Settings
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb

MOST_PAGES: Final = 10
"""A charge with more than a thousand refunds is none that the hub made."""
_MISSING: Final = 404
_NOT_FOUND: Final = Outcome(not_found())

Again = Callable[[pb.AuthorizeRequest], Awaitable[Outcome]]
"""Asks for an authorization again, under its key."""


async def found(client: PartnerClient, settings: Settings, request: pb.FindOperationRequest, again: Again) -> Outcome:
    """Return what became of the operation. Raises BadCall where the request does not say what was asked."""
    call = request.find.call
    match request.WhichOneof("asked"):
        case "authorize":
            return await _authorization(client, settings, call, request.authorize, again)
        case "capture":
            return await _capture(client, settings, call, request.capture.authorization_reference)
        case "reverse":
            return await _reversal(client, settings, call, request.reverse)
        case "refund":
            return await _refund(client, settings, call, request.refund.capture_reference)
        case _:
            raise BadCall("asked is missing: Stripe is asked by what the operation was about")


async def _authorization(
    client: PartnerClient, settings: Settings, call: call_pb2.Call, asked: pb.AuthorizeRequest, again: Again
) -> Outcome:
    reply = await client.send(requests.search_intent(call, settings))
    for value in listed(reply.body):
        intent = intent_of(value)
        if intent is not None and intent.operation_key == call.operation_key:
            return outcomes.authorized(intent, call.operation_key, settings)
    asked.call.CopyFrom(call)
    return await again(asked)


async def _capture(client: PartnerClient, settings: Settings, call: call_pb2.Call, reference: str) -> Outcome:
    body = await _read(client, requests.read_intent(call, settings, reference))
    if body is None:
        return _NOT_FOUND
    return outcomes.captured(intent_of(body), reference, call.operation_key) or _NOT_FOUND


async def _reversal(
    client: PartnerClient, settings: Settings, call: call_pb2.Call, asked: pb.ReverseRequest
) -> Outcome:
    reference = asked.authorization_reference
    body = await _read(client, requests.read_intent(call, settings, reference))
    if body is None:
        return _NOT_FOUND
    return outcomes.reversed_(intent_of(body), reference, minor_of(asked.amount)) or _NOT_FOUND


async def _refund(client: PartnerClient, settings: Settings, call: call_pb2.Call, charge_id: str) -> Outcome:
    after = ""
    for _ in range(MOST_PAGES):
        body = await _read(client, requests.list_refunds(call, settings, charge_id, after))
        refunds: list[Refund] = [refund for value in listed(body) if (refund := refund_of(value))]
        for refund in refunds:
            if refund.operation_key == call.operation_key:
                return outcomes.refunded(refund, charge_id, call.operation_key)
        if not has_more(body) or not refunds:
            return _NOT_FOUND
        after = refunds[-1].id
    raise BadCall(f"the charge has more than {MOST_PAGES * requests.PAGE} refunds; look it up by hand")


async def _read(client: PartnerClient, request: PartnerRequest) -> object:
    """Return the body of what is read; None where Stripe has no such object, so that nothing was done with it."""
    try:
        return (await client.send(request)).body
    except Rejected as rejection:
        if rejection.status != _MISSING:
            raise
        return None
