"""The certification of the adapter: each point against an Adyen of its own, through the adapter as a host serves it."""

from __future__ import annotations

import asyncio
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
from uuid import NAMESPACE_URL, uuid5

import grpc
import httpx
from google.type.money_pb2 import Money

from adapters.adyen_payment.adapter import serving
from adapters.adyen_payment.rehearsal import Fault, RehearsalAdyen
from adapters.adyen_payment.signatures import verify
from adapters.sdk.certification.points import Certification, Exempt, Point
from adapters.sdk.certification.rehearsals import checks_of, rehearsed, served
from adapters.sdk.certification.suite import NotCertified, require, retry_seconds
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.profile import Profile
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.delivery import Delivery, Forged
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from crossdock.payments.v1 import payments_pb2

NOON: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
_CARD: Final = "shopper-1:8415995487234100"
_FIFTY: Final = Money(currency_code="EUR", units=50)
_UNCLEAR: Final = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.DEADLINE_EXCEEDED})
_NEW, _OLD, _FOREIGN = "A1" * 32, "B2" * 32, "C3" * 32
_PENDING: Final = call_pb2.OUTCOME_PENDING


@dataclass(frozen=True)
class Rehearsal:
    """The adapter being served, the Adyen behind it, and the folder with the account's secrets."""

    stub: PaymentServiceStub
    adyen: RehearsalAdyen
    folder: Path

    def call(self, name: str) -> call_pb2.Call:
        """Return the head of a call, whose key comes of a name."""
        profile = {"api_key": f"file:{self.folder / 'api_key'}", "merchant_account": self.adyen.merchant}
        return call_pb2.Call(
            account_id="rehearsal",
            operation_key=key_of(name),
            business_time=timestamp_of(NOON),
            profile_json=json.dumps(profile),
        )

    def authorization(self, name: str) -> pb.AuthorizeRequest:
        """Return a request that succeeds."""
        return pb.AuthorizeRequest(call=self.call(name), amount=_FIFTY, instrument_token=_CARD, order_id="rehearsal")

    async def capture(self, name: str) -> pb.CaptureRequest:
        """Return a request to capture an authorization that is there."""
        authorized = await self.stub.Authorize(self.authorization(f"authorization of {name}"))
        reference = authorized.answer.partner_reference
        return pb.CaptureRequest(
            call=self.call(name), amount=_FIFTY, authorization_reference=reference, order_id="rehearsal"
        )

    async def found(self, request: pb.CaptureRequest) -> pb.FindOperationResponse:
        """Return what became of a capture, as the hub asks."""
        asked = pb.CaptureRequest()
        asked.CopyFrom(request)
        asked.ClearField("call")
        find = call_pb2.Find(call=request.call, kind="payment.capture", first_ask_time=request.call.business_time)
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

    async def read(self, *items: dict[str, Any]) -> pb.ReadDocumentResponse:
        """Return what a notification is read as."""
        content = self.adyen.notification(*items)
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(
            pb.ReadDocumentRequest(call=self.call("document"), media_type="application/json", content=content)
        )
        return response

    def captures(self) -> int:
        """Return how often Adyen captured."""
        return sum(1 for what, *_ in self.adyen.log if what == "capture")


def key_of(name: str) -> str:
    """Return the operation key of a name."""
    return str(uuid5(NAMESPACE_URL, name))


@asynccontextmanager
async def rehearsing() -> AsyncIterator[Rehearsal]:
    """Serve the adapter to an Adyen of its own until the block ends."""
    adyen = RehearsalAdyen()
    buckets = Buckets(Rate(1000, 1000), clock=lambda: 0.0)
    client = PartnerClient("", buckets, now=lambda: NOON, transport=httpx.MockTransport(adyen))
    with TemporaryDirectory(prefix="xd") as folder:
        (Path(folder) / "api_key").write_text(adyen.api_key)
        async with served(serving("adyen_payment", client)) as address, grpc.aio.insecure_channel(address) as channel:
            yield Rehearsal(PaymentServiceStub(channel), adyen, Path(folder))
        await client.close()


async def _time_outs(on: Rehearsal) -> None:
    late = httpx.ReadTimeout("ordered")
    for number, fault in enumerate((Fault(before=late), Fault(after=late)), 1):
        request = await on.capture(f"late {number}")
        on.adyen.faults = [fault]
        require((await on.fails(request)).code() is grpc.StatusCode.DEADLINE_EXCEEDED, "a time-out is told as another")
        found = (await on.found(request)).answer
        require(found.outcome == _PENDING, "a capture that timed out is not asked for again under its key")
        require((await on.stub.Capture(request)).answer == found, "the repeat has another answer")
        require(on.captures() == number, "a capture that timed out was done twice, or not at all")


async def _rate_limits(_: Rehearsal) -> None:
    date = format_datetime(NOON + timedelta(seconds=9), usegmt=True)
    for stated, seconds in (("7", 7.0), (date, 9.0), ("", None)):
        await rehearsed(rehearsing, partial(_rate_limit, stated=stated, seconds=seconds))


async def _rate_limit(on: Rehearsal, *, stated: str, seconds: float | None) -> None:
    request = await on.capture("limited")
    headers = {"retry-after": stated} if stated else {}
    on.adyen.faults = [Fault(before=httpx.Response(429, headers=headers, json={}))]
    error = await on.fails(request)
    require(error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED, "a rate limit is told as another failure")
    require(retry_seconds(error) == seconds, f"Retry-After {stated!r} is told as {retry_seconds(error)} seconds")
    sent = len(on.adyen.requests)
    if seconds is None:
        require((await on.stub.Capture(request)).answer.outcome == _PENDING, "the repeat is not taken")
    else:
        require((await on.fails(request)).code() is grpc.StatusCode.RESOURCE_EXHAUSTED, "Retry-After is not kept")
        require(len(on.adyen.requests) == sent, "Adyen was asked before its time")


async def _faults(on: Rehearsal) -> None:
    broken: list[httpx.Response | Exception] = [httpx.Response(status, text="x") for status in (500, 502, 503)]
    broken += [httpx.ReadError("reset"), httpx.RemoteProtocolError("half a body"), httpx.Response(200, text="<html>")]
    for number, fault in enumerate(broken, 1):
        request = await on.capture(f"fault {number}")
        on.adyen.faults = [Fault(after=fault)]
        require((await on.fails(request)).code() in _UNCLEAR, f"{fault} is not told as an unknown outcome")
        require((await on.found(request)).answer.outcome == _PENDING, f"not found after {fault}")
        require(on.captures() == number, f"done again after {fault}")


async def _refusals(on: Rehearsal) -> None:
    request = await on.capture("refused")
    request.authorization_reference = "UNKNOWN000000001"
    before = len(on.adyen.requests)
    answer = (await on.stub.Capture(request)).answer
    require((answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "167"), f"a refusal is {answer}")
    require(len(on.adyen.requests) == before + 1, "a refused request was sent again")
    require(on.captures() == 0, "what was refused was done")


async def _events(on: Rehearsal) -> list[dict[str, Any]]:
    """Return what Adyen tells of an authorization and its capture."""
    await on.stub.Capture(await on.capture("capture"))
    return list(on.adyen.told)


async def _duplicates(on: Rehearsal) -> None:
    _, captured = await _events(on)
    twins = await asyncio.gather(*(on.read(captured) for _ in range(4)))
    require(all(twin == twins[0] for twin in twins), "the same event is read in two ways")
    named = [command.event_id for command in twins[0].commands]
    require(named == [f"{captured['pspReference']}:CAPTURE:true"], "an event is told without its own id")


async def _disorder(on: Rehearsal) -> None:
    authorized, captured = await _events(on)
    told = [command.report_payment.transaction_id for command in (await on.read(captured, authorized)).commands]
    require(told == [key_of("capture"), key_of("authorization of capture")], "events need their order")
    foreign = await on.read({**captured, "merchantReference": "order 7 of a shop"})
    require(not foreign.commands and not foreign.problems, "a payment of another system is told as one of the hub's")


async def _signatures(on: Rehearsal) -> None:
    (on.folder / "new").write_text(_NEW)
    (on.folder / "old").write_text(_OLD)
    profile = Profile({"hmac_secret": f"file:{on.folder / 'new'}", "previous_hmac_secret": f"file:{on.folder / 'old'}"})
    events = await _events(on)

    def known(content: bytes) -> bool:
        try:
            verify(Delivery({}, content, NOON), profile)
        except Forged:
            return False
        return True

    whole = on.adyen.notification(*events, key=_NEW)
    require(known(whole) and known(on.adyen.notification(*events, key=_OLD)), "one of two keys is not known")
    require(not known(on.adyen.notification(*events, key=_FOREIGN)), "a foreign signature is known")
    require(not known(whole.replace(b"5000", b"9000")), "a changed amount is known")
    require(not known(on.adyen.notification(*events)), "an unsigned notification is known")


async def _credentials(on: Rehearsal) -> None:
    request = await on.capture("rolled")
    on.adyen.api_key = "AQE-rolled"
    require((await on.fails(request)).code() is grpc.StatusCode.UNAUTHENTICATED, "an ended key is told as another")
    (on.folder / "api_key").write_text("AQE-rolled")
    require((await on.stub.Capture(request)).answer.outcome == _PENDING, "the new key is not taken")
    require(on.captures() == 1, "a capture was done twice, or not at all")


async def _partial_success(on: Rehearsal) -> None:
    on.adyen.changed = lambda value: value.update(
        resultCode="PartiallyAuthorised", amount={"currency": "EUR", "value": 1000}
    )
    response = await on.stub.Authorize(on.authorization("partial"))
    require(response.amount == Money(currency_code="EUR", units=10), f"10 of 50 authorized is {response.amount}")
    told = await on.read({**on.adyen.told[0], "amount": {"currency": "EUR", "value": 1000}})
    require(told.commands[0].report_payment.amount.units == 10, "an event is told with another amount than it states")


async def _newer_version(on: Rehearsal) -> None:
    _, captured = await _events(on)
    on.adyen.changed = lambda value: value.update(resultCode="ANewerResult", aNewerField={"a": [1]})
    answer = (await on.stub.Authorize(on.authorization("newer"))).answer
    require(answer.outcome == _PENDING, f"an unknown result is {answer}")
    kind = payments_pb2.PAYMENT_EVENT_KIND_CAPTURED
    event = await on.read({**captured, "aNewerField": [{}]})
    require([command.report_payment.kind for command in event.commands] == [kind], "an unknown field breaks an event")


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
        Point.CREDENTIALS: _credentials,
        Point.PARTIAL_SUCCESS: _partial_success,
        Point.NEWER_VERSION: _newer_version,
    }
    lost = Exempt("Adyen has no request that reads a modification; its answer to one is always the status 'received'")
    edi = Exempt("every request and every notification is application/json: there is no EDI")
    return {**checks_of(rehearsing, checks), Point.LOST_WEBHOOKS: lost, Point.EDI: edi}
