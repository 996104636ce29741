"""Serves the payment contract for Adyen, over its Checkout API. Keeps nothing between calls.

Adyen takes captures, reversals and refunds, and decides them later: their result comes by its webhook alone. What is
sent stands in `requests`, what the answers mean in `outcomes`, what a webhook tells in `notifications`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

from adapters.adyen_payment import outcomes, requests
from adapters.adyen_payment.amounts import NotRepresentable
from adapters.adyen_payment.notifications import read_notification
from adapters.adyen_payment.outcomes import Outcome
from adapters.adyen_payment.settings import Settings, ignored_events, merchant_account
from adapters.adyen_payment.signatures import verify
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, operation_time_of, refused
from adapters.sdk.documents.reading import unread
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient, PartnerRequest
from adapters.sdk.http.failures import OutcomeUnknown, Rejected
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.profile import Profile
from adapters.sdk.times import instant_of, timestamp_of
from adapters.sdk.webhooks.delivery import WebhookKind
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceServicer, add_PaymentServiceServicer_to_server

SERVICE: Final = "crossdock.partner.payment.v1.PaymentService"
KEY_LIFE: Final = timedelta(days=6)
"""Adyen knows a key for seven days at least; one of them is for clocks and queues."""
_RATE: Final = Rate(capacity=50, per_second=50)
_ACCEPTED: Final = b"[accepted]"
"""What Adyen expects as the answer to a webhook."""

Response = TypeVar("Response")
RequestOf: TypeAlias = Callable[[Settings], PartnerRequest]
OutcomeOf: TypeAlias = Callable[[object, Settings], Outcome]


class AdyenPayment(PaymentServiceServicer):
    """Adyen as a payment provider."""

    def __init__(self, client: PartnerClient) -> None:
        self._client = client

    async def Authorize(self, request: pb.AuthorizeRequest, context: Context) -> pb.AuthorizeResponse:
        """Reserves an amount on a stored card."""
        return _response(
            pb.AuthorizeResponse, await self._authorized(request.call, request, business_time_of(request.call))
        )

    async def Capture(self, request: pb.CaptureRequest, context: Context) -> pb.CaptureResponse:
        """Asks for a capture; its result comes by webhook."""
        return _response(pb.CaptureResponse, await self._captured(request.call, request))

    async def Reverse(self, request: pb.ReverseRequest, context: Context) -> pb.ReverseResponse:
        """Asks for a cancellation; its result comes by webhook."""
        return _response(pb.ReverseResponse, await self._reversed(request.call, request))

    async def Refund(self, request: pb.RefundRequest, context: Context) -> pb.RefundResponse:
        """Asks for a refund; its result comes by webhook."""
        return _response(pb.RefundResponse, await self._refunded(request.call, request))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Asks again under the operation's key, while Adyen is sure to know the key: there is nothing to read."""
        call = request.find.call
        first_asked_at = _known_since(request.find)
        match request.WhichOneof("asked"):
            case "authorize":
                outcome = await self._authorized(call, request.authorize, first_asked_at)
            case "capture":
                outcome = await self._captured(call, request.capture)
            case "reverse":
                outcome = await self._reversed(call, request.reverse)
            case "refund":
                outcome = await self._refunded(call, request.refund)
            case _:
                raise BadCall("asked is missing: Adyen is asked again for what the operation was about")
        return _response(pb.FindOperationResponse, outcome)

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads a notification; a malformed profile is a problem of the document, which can be read after the fix."""
        try:
            profile = Profile.read(request.call.profile_json)
            merchant, ignored = merchant_account(profile), ignored_events(profile)
        except BadCall as error:
            reading = unread("profile", "profile_json", str(error))
        else:
            reading = read_notification(request.content, merchant, ignored)
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)

    async def _authorized(self, call: call_pb2.Call, asked: pb.AuthorizeRequest, first_asked_at: datetime) -> Outcome:
        def outcome_of(body: object, settings: Settings) -> Outcome:
            return outcomes.authorized(body, call.operation_key, first_asked_at, settings)

        return await self._asked(call, lambda settings: requests.authorize(call, settings, asked), outcome_of)

    async def _captured(self, call: call_pb2.Call, asked: pb.CaptureRequest) -> Outcome:
        taken = _taken(call, asked.authorization_reference, "capture")
        return await self._asked(call, lambda settings: requests.capture(call, settings, asked), taken)

    async def _reversed(self, call: call_pb2.Call, asked: pb.ReverseRequest) -> Outcome:
        if asked.partial:
            return Outcome(refused("partial_reversal", "Adyen cancels all that is left of a payment."))
        taken = _taken(call, asked.authorization_reference, "reverse")
        return await self._asked(call, lambda settings: requests.cancel(call, settings, asked), taken)

    async def _refunded(self, call: call_pb2.Call, asked: pb.RefundRequest) -> Outcome:
        taken = _taken(call, requests.payment_reference_of(asked.capture_reference), "refund")
        return await self._asked(call, lambda settings: requests.refund(call, settings, asked), taken)

    async def _asked(self, call: call_pb2.Call, request_of: RequestOf, outcome_of: OutcomeOf) -> Outcome:
        """Send a request and return its outcome; what Adyen refuses, or cannot take, is REFUSED with a code."""
        settings = _settings(call)
        try:
            reply = await self._client.send(request_of(settings))
        except NotRepresentable as why:
            return Outcome(refused("amount_not_representable", str(why)))
        except Rejected as rejection:
            return outcomes.rejected(rejection, settings)
        return outcome_of(reply.body, settings)


def _taken(call: call_pb2.Call, payment_reference: str, operation: str) -> OutcomeOf:
    return lambda body, _: outcomes.taken(body, call.operation_key, payment_reference, operation)


def _known_since(find: call_pb2.Find) -> datetime:
    """Return when an operation was first asked for.

    Raises OutcomeUnknown where Adyen may have forgotten its key since: it could do the operation a second time.
    """
    if not find.HasField("first_ask_time"):
        raise BadCall("find.first_ask_time is missing: it decides whether Adyen still knows the key")
    first_asked_at = instant_of(find.first_ask_time)
    if business_time_of(find.call) - first_asked_at > KEY_LIFE:
        raise OutcomeUnknown("Adyen may have forgotten this operation's key; look it up in its Customer Area.")
    return first_asked_at


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
    return serving(context.name, PartnerClient("", Buckets(_RATE)))


def serving(name: str, client: PartnerClient) -> Adapter:
    """Return the adapter that calls Adyen by this client."""
    return Adapter(
        name=name,
        service=SERVICE,
        add=partial(add_PaymentServiceServicer_to_server, AdyenPayment(client)),
        interceptors=(PartnerFailures(SERVICE),),
        webhooks=WebhookKind(verify=verify, answer=_ACCEPTED),
    )
