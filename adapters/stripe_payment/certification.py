"""The certification of the adapter: each point against a Stripe of its own, through the adapter as a host serves it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import grpc
import httpx
from google.type.money_pb2 import Money

from adapters.sdk.certification.points import Certification, Exempt, Point
from adapters.sdk.certification.rehearsals import checks_of, rehearsed, served
from adapters.sdk.certification.suite import NotCertified, require, retry_seconds
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.profile import Profile
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.delivery import Delivery, Forged
from adapters.stripe_payment.adapter import serving
from adapters.stripe_payment.rehearsal import Fault, RehearsalStripe
from adapters.stripe_payment.signatures import TOLERANCE, verify
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from crossdock.payments.v1 import payments_pb2

NOON: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
_CARD: Final = "pm_card_visa"
_FIFTY: Final = Money(currency_code="EUR", units=50)
_UNCLEAR: Final = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.DEADLINE_EXCEEDED})


@dataclass(frozen=True)
class Rehearsal:
    """The adapter being served, the Stripe behind it, and the folder with the account's secrets."""

    stub: PaymentServiceStub
    stripe: RehearsalStripe
    folder: Path

    def call(self, key: str) -> call_pb2.Call:
        """Return the head of a call."""
        profile = json.dumps({"api_key": f"file:{self.folder / 'api_key'}"})
        at = timestamp_of(NOON)
        return call_pb2.Call(account_id="rehearsal", operation_key=key, business_time=at, profile_json=profile)

    def authorization(self, key: str) -> pb.AuthorizeRequest:
        """Return a request that succeeds."""
        return pb.AuthorizeRequest(call=self.call(key), amount=_FIFTY, instrument_token=_CARD, order_id="rehearsal")

    async def capture(self, key: str) -> pb.CaptureRequest:
        """Return a request to capture an authorization that is there."""
        authorized = await self.stub.Authorize(self.authorization(f"authorization-of-{key}"))
        reference = authorized.answer.partner_reference
        return pb.CaptureRequest(
            call=self.call(key), amount=_FIFTY, authorization_reference=reference, order_id="rehearsal"
        )

    async def found(self, request: pb.CaptureRequest) -> pb.FindOperationResponse:
        """Return what became of a capture, as the hub asks."""
        asked = pb.CaptureRequest()
        asked.CopyFrom(request)
        asked.ClearField("call")
        find = call_pb2.Find(call=request.call, kind="payment.capture")
        response: pb.FindOperationResponse = await self.stub.FindOperation(
            pb.FindOperationRequest(find=find, capture=asked)
        )
        return response

    async def fails(self, request: pb.CaptureRequest) -> grpc.aio.AioRpcError:
        """Return how a capture fails. Raises NotCertified where it does not."""
        try:
            await self.stub.Capture(request)
        except grpc.aio.AioRpcError as error:
            return error
        raise NotCertified("a capture succeeded although its failure was ordered")

    async def read(self, kind: str, value: dict[str, Any], event_id: str = "evt_1") -> pb.ReadDocumentResponse:
        """Return what an event is read as."""
        content = json.dumps({"id": event_id, "type": kind, "data": {"object": value}}).encode()
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(
            pb.ReadDocumentRequest(call=self.call("document"), media_type="application/json", content=content)
        )
        return response

    def captures(self) -> int:
        """Return how often Stripe captured."""
        return sum(1 for what, *_ in self.stripe.log if what == "captured")


@asynccontextmanager
async def rehearsing() -> AsyncIterator[Rehearsal]:
    """Serve the adapter to a Stripe of its own until the block ends."""
    stripe = RehearsalStripe()
    buckets = Buckets(Rate(1000, 1000), clock=lambda: 0.0)
    client = PartnerClient("https://stripe.invalid", buckets, now=lambda: NOON, transport=httpx.MockTransport(stripe))
    with TemporaryDirectory(prefix="xd") as folder:
        (Path(folder) / "api_key").write_text(stripe.api_key)
        async with served(serving("stripe_payment", client)) as address, grpc.aio.insecure_channel(address) as channel:
            yield Rehearsal(PaymentServiceStub(channel), stripe, Path(folder))
        await client.close()


async def _time_outs(on: Rehearsal) -> None:
    late = httpx.ReadTimeout("ordered")
    for number, fault in enumerate((Fault(before=late), Fault(after=late)), 1):
        request = await on.capture(f"late-{number}")
        on.stripe.faults = [fault]
        require((await on.fails(request)).code() is grpc.StatusCode.DEADLINE_EXCEEDED, "a time-out is told as another")
        done = (await on.found(request)).answer.outcome == call_pb2.OUTCOME_DONE
        require(done == (fault.after is not None), "what became of a capture that timed out is not found")
        require((await on.stub.Capture(request)).answer.outcome == call_pb2.OUTCOME_DONE, "the repeat is not DONE")
        require(on.captures() == number, "a capture that timed out was done twice, or not at all")


async def _rate_limits(_: Rehearsal) -> None:
    date = format_datetime(NOON + timedelta(seconds=9), usegmt=True)
    for stated, seconds in (("7", 7.0), (date, 9.0), ("", None)):
        await rehearsed(rehearsing, partial(_rate_limit, stated=stated, seconds=seconds))


async def _rate_limit(on: Rehearsal, *, stated: str, seconds: float | None) -> None:
    request = await on.capture("limited")
    headers = {"retry-after": stated} if stated else {}
    on.stripe.faults = [Fault(before=httpx.Response(429, headers=headers, json={}))]
    error = await on.fails(request)
    require(error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED, "a rate limit is told as another failure")
    require(retry_seconds(error) == seconds, f"Retry-After {stated!r} is told as {retry_seconds(error)} seconds")
    sent = len(on.stripe.requests)
    if seconds is None:
        require((await on.stub.Capture(request)).answer.outcome == call_pb2.OUTCOME_DONE, "the repeat is not DONE")
    else:
        require((await on.fails(request)).code() is grpc.StatusCode.RESOURCE_EXHAUSTED, "Retry-After is not kept")
        require(len(on.stripe.requests) == sent, "Stripe was asked before its time")


async def _faults(on: Rehearsal) -> None:
    broken: list[httpx.Response | Exception] = [httpx.Response(status, text="x") for status in (500, 502, 503)]
    broken += [httpx.ReadError("reset"), httpx.RemoteProtocolError("half a body"), httpx.Response(200, text="<html>")]
    for number, fault in enumerate(broken, 1):
        request = await on.capture(f"fault-{number}")
        on.stripe.faults = [Fault(after=fault)]
        require((await on.fails(request)).code() in _UNCLEAR, f"{fault} is not told as an unknown outcome")
        require((await on.found(request)).answer.outcome == call_pb2.OUTCOME_DONE, f"not found after {fault}")
        require(on.captures() == number, f"done again after {fault}")


async def _refusals(on: Rehearsal) -> None:
    request = await on.capture("refused")
    request.amount.units = 51
    before = len(on.stripe.requests)
    answer = (await on.stub.Capture(request)).answer
    require((answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "amount_too_large"), f"a refusal is {answer}")
    require(len(on.stripe.requests) == before + 1, "a refused request was sent again")
    require(on.captures() == 0, "what was refused was done")


def _intent(**changes: Any) -> dict[str, Any]:
    metadata = {"crossdock_operation": "authorization", "crossdock_capture": "capture"}
    intent = {"object": "payment_intent", "id": "pi_1", "currency": "eur", "amount": 5000, "amount_received": 5000}
    return {**intent, "latest_charge": "ch_1", "metadata": metadata, **changes}


async def _duplicates(on: Rehearsal) -> None:
    twins = await asyncio.gather(*(on.read("payment_intent.succeeded", _intent()) for _ in range(4)))
    require(all(one == twins[0] for one in twins), "the same event is read in two ways")
    require([one.event_id for one in twins[0].commands] == ["evt_1"], "an event is told without its own id")


async def _disorder(on: Rehearsal) -> None:
    late = await on.read("payment_intent.succeeded", _intent(), "evt_2")
    early = await on.read("payment_intent.amount_capturable_updated", _intent(amount_capturable=5000), "evt_1")
    told = [command.report_payment for one in (late, early) for command in one.commands]
    require([one.transaction_id for one in told] == ["capture", "authorization"], "events need their order")
    foreign = await on.read("payment_intent.succeeded", _intent(metadata={}), "evt_3")
    require(not foreign.commands and not foreign.problems, "a payment of another system is told as one of the hub's")


async def _signatures(on: Rehearsal) -> None:
    (on.folder / "new").write_text("whsec_new")
    (on.folder / "old").write_text("whsec_old")
    names = {"webhook_secret": f"file:{on.folder / 'new'}", "previous_webhook_secret": f"file:{on.folder / 'old'}"}
    body = b'{"id":  "evt_1"}\n'

    def known(secret: bytes, at: datetime, content: bytes = body) -> bool:
        seconds = int(at.timestamp())
        made = hmac.new(secret, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
        try:
            verify(Delivery({"stripe-signature": f"t={seconds},v1={made}"}, content, NOON), Profile(names))
        except Forged:
            return False
        return True

    require(known(b"whsec_new", NOON) and known(b"whsec_old", NOON), "one of two secrets is not known")
    require(not known(b"whsec_other", NOON), "a foreign signature is known")
    require(not known(b"whsec_new", NOON, body.replace(b"  ", b" ")), "changed bytes are known")
    require(not known(b"whsec_new", NOON - TOLERANCE - timedelta(seconds=1)), "an old signature is known")


async def _lost_webhooks(on: Rehearsal) -> None:
    captured = await on.stub.Capture(await on.capture("capture"))
    on.stripe.refund_status = "pending"
    charge = captured.answer.partner_reference
    asked = pb.RefundRequest(amount=_FIFTY, capture_reference=charge, order_id="rehearsal")
    sent = pb.RefundRequest(call=on.call("refund"), amount=_FIFTY, capture_reference=charge, order_id="rehearsal")
    require((await on.stub.Refund(sent)).answer.outcome == call_pb2.OUTCOME_PENDING, "a pending refund is not PENDING")
    on.stripe.refunds["re_1"]["status"] = "succeeded"
    find = pb.FindOperationRequest(find=call_pb2.Find(call=on.call("refund"), kind="payment.refund"), refund=asked)
    found = await on.stub.FindOperation(find)
    require(found.answer.outcome == call_pb2.OUTCOME_DONE and found.amount == _FIFTY, "the news is not found")


async def _credentials(on: Rehearsal) -> None:
    request = await on.capture("rolled")
    on.stripe.api_key = "sk_test_rolled"
    require((await on.fails(request)).code() is grpc.StatusCode.UNAUTHENTICATED, "an ended key is told as another")
    (on.folder / "api_key").write_text("sk_test_rolled")
    require((await on.stub.Capture(request)).answer.outcome == call_pb2.OUTCOME_DONE, "the new key is not taken")
    require(on.captures() == 1, "a capture was done twice, or not at all")


async def _partial_success(on: Rehearsal) -> None:
    on.stripe.changed = lambda value: value.update(amount_received=1000)
    response = await on.stub.Capture(await on.capture("partial"))
    require(response.amount == Money(currency_code="EUR", units=10), f"10 of 50 captured is told as {response.amount}")
    told = await on.read("payment_intent.succeeded", _intent(amount_received=1000))
    require(told.commands[0].report_payment.amount.units == 10, "an event is told with another amount than it states")


async def _newer_version(on: Rehearsal) -> None:
    on.stripe.changed = lambda value: value.update(status="a_newer_status", a_newer_field={"a": [1]})
    answer = (await on.stub.Authorize(on.authorization("newer"))).answer
    require(answer.outcome == call_pb2.OUTCOME_PENDING, f"an unknown status is {answer}")
    event = await on.read("payment_intent.succeeded", _intent(a_newer_field=[{}], status="a_newer_status"))
    kind = payments_pb2.PAYMENT_EVENT_KIND_CAPTURED
    require([one.report_payment.kind for one in event.commands] == [kind], "an unknown field breaks an event")


def certification() -> Certification:
    """Return the checks of all points."""
    checks: dict[Point, Callable[[Rehearsal], Awaitable[None]]] = {
        Point.TIME_OUTS: _time_outs,
        Point.RATE_LIMITS: _rate_limits,
        Point.FAULTS: _faults,
        Point.REFUSALS: _refusals,
        Point.DUPLICATES: _duplicates,
        Point.DISORDER: _disorder,
        Point.SIGNATURES: _signatures,
        Point.LOST_WEBHOOKS: _lost_webhooks,
        Point.CREDENTIALS: _credentials,
        Point.PARTIAL_SUCCESS: _partial_success,
        Point.NEWER_VERSION: _newer_version,
    }
    edi = Exempt("every request is application/x-www-form-urlencoded, every answer application/json: there is no EDI")
    return {**checks_of(rehearsing, checks), Point.EDI: edi}
