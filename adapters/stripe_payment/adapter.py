"""Serves the payment contract for Stripe, over its API of payment intents. Keeps nothing between calls.

What is sent stands in `requests`, what the answers mean in `outcomes`, and what became of an operation in `finding`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, TypeVar

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, operation_time_of, refused
from adapters.sdk.documents.reading import unread
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.http.failures import Rejected
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.profile import Profile
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.delivery import WebhookKind
from adapters.stripe_payment import outcomes, requests
from adapters.stripe_payment.amounts import NotRepresentable, minor_of
from adapters.stripe_payment.finding import found
from adapters.stripe_payment.notifications import disputed_intent, read_event
from adapters.stripe_payment.objects import intent_of, refund_of
from adapters.stripe_payment.outcomes import Outcome
from adapters.stripe_payment.settings import Settings, ignored_events
from adapters.stripe_payment.signatures import verify
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceServicer, add_PaymentServiceServicer_to_server

SERVICE: Final = "crossdock.partner.payment.v1.PaymentService"
BASE_URL: Final = "https://api.stripe.com"
_RATE: Final = Rate(capacity=50, per_second=50)
"""Half of what Stripe takes in live mode, and what two processes may share."""

_UNKNOWN: Final = Outcome(call_pb2.Answer())
"""Stripe took the request, and its object shows nothing of it: the hub asks again."""

Response = TypeVar("Response")


class StripePayment(PaymentServiceServicer):
    """Stripe as a payment provider."""

    def __init__(self, client: PartnerClient) -> None:
        self._client = client

    async def Authorize(self, request: pb.AuthorizeRequest, context: Context) -> pb.AuthorizeResponse:
        """Makes and confirms an intent that is captured later."""
        return _response(pb.AuthorizeResponse, await self._authorized(request))

    async def Capture(self, request: pb.CaptureRequest, context: Context) -> pb.CaptureResponse:
        """Captures an intent once; Stripe gives back what is left of it."""
        settings = _settings(request.call)
        return _response(pb.CaptureResponse, await _told(settings, self._capture(settings, request)))

    async def Reverse(self, request: pb.ReverseRequest, context: Context) -> pb.ReverseResponse:
        """Cancels an intent of which nothing was captured. A part cannot be given back."""
        settings = _settings(request.call)
        return _response(pb.ReverseResponse, await _told(settings, self._reverse(settings, request)))

    async def Refund(self, request: pb.RefundRequest, context: Context) -> pb.RefundResponse:
        """Refunds part or all of a charge."""
        settings = _settings(request.call)
        return _response(pb.RefundResponse, await _told(settings, self._refund(settings, request)))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Finds what became of an operation, by what was asked."""
        settings = _settings(request.find.call)
        outcome = await found(self._client, settings, request, self._authorized)
        return _response(pb.FindOperationResponse, outcome)

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads an event; a malformed profile is a problem of the document, which can be read again after the fix."""
        try:
            ignored = ignored_events(Profile.read(request.call.profile_json))
            reference = disputed_intent(request.content, ignored)
            capture_key = await self._capture_key(request.call, reference) if reference else ""
        except BadCall as error:
            reading = unread("profile", "profile_json", str(error))
        else:
            reading = read_event(request.content, ignored, capture_key)
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)

    async def _capture_key(self, call: call_pb2.Call, reference: str) -> str:
        """Return the key under which the hub captured an intent; empty where it did not."""
        reply = await self._client.send(requests.read_intent(call, Settings.read(call.profile_json), reference))
        intent = intent_of(reply.body)
        return intent.capture_key if intent else ""

    async def _authorized(self, request: pb.AuthorizeRequest) -> Outcome:
        settings = _settings(request.call)
        return await _told(settings, self._authorize(settings, request))

    async def _authorize(self, settings: Settings, asked: pb.AuthorizeRequest) -> Outcome:
        reply = await self._client.send(requests.authorize(asked.call, settings, asked))
        return outcomes.authorized(intent_of(reply.body), asked.call.operation_key, settings)

    async def _capture(self, settings: Settings, asked: pb.CaptureRequest) -> Outcome:
        reply = await self._client.send(requests.capture(asked.call, settings, asked))
        outcome = outcomes.captured(intent_of(reply.body), asked.authorization_reference, asked.call.operation_key)
        return outcome or _UNKNOWN

    async def _reverse(self, settings: Settings, asked: pb.ReverseRequest) -> Outcome:
        """Cancel an intent, which is read before: Stripe cancels all of it, and what it gave back is reversed."""
        reference, minor = asked.authorization_reference, minor_of(asked.amount)
        read = await self._client.send(requests.read_intent(asked.call, settings, reference))
        intent = intent_of(read.body)
        if outcome := outcomes.reversed_(intent, reference, minor):
            return outcome
        if intent is not None and intent.capturable > minor:
            return Outcome(refused("partial_reversal", "Stripe gives back an authorization as a whole only."))
        reply = await self._client.send(requests.cancel(asked.call, settings, asked))
        return outcomes.reversed_(intent_of(reply.body), reference, minor) or _UNKNOWN

    async def _refund(self, settings: Settings, asked: pb.RefundRequest) -> Outcome:
        reply = await self._client.send(requests.refund(asked.call, settings, asked))
        return outcomes.refunded(refund_of(reply.body), asked.capture_reference, asked.call.operation_key)


async def _told(settings: Settings, work: Awaitable[Outcome]) -> Outcome:
    """Return the outcome of work; what Stripe refuses, or cannot take, is REFUSED with a code."""
    try:
        return await work
    except NotRepresentable as why:
        return Outcome(refused("amount_not_representable", str(why)))
    except Rejected as rejection:
        return outcomes.rejected(rejection, settings)


def _settings(call: call_pb2.Call) -> Settings:
    """Return the account's settings. Raises BadCall for a head that is not whole."""
    operation_time_of(call)
    return Settings.read(call.profile_json)


def _response(response_type: Callable[..., Response], outcome: Outcome) -> Response:
    stated: dict[str, Any] = {} if outcome.amount is None else {"amount": outcome.amount}
    if outcome.expires_at is not None:
        stated["expire_time"] = timestamp_of(outcome.expires_at)
    return response_type(answer=outcome.answer, **stated)


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    return serving(context.name, PartnerClient(BASE_URL, Buckets(_RATE)))


def serving(name: str, client: PartnerClient) -> Adapter:
    """Return the adapter that calls Stripe by this client."""
    return Adapter(
        name=name,
        service=SERVICE,
        add=partial(add_PaymentServiceServicer_to_server, StripePayment(client)),
        interceptors=(PartnerFailures(SERVICE),),
        webhooks=WebhookKind(verify=verify),
    )
