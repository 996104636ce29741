"""The certification of the adapter: each point against an EasyPost of its own, through the adapter as it is hosted."""

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

import grpc
import httpx

from adapters.easypost_transport.adapter import serving
from adapters.easypost_transport.rehearsal import UNKNOWN, Fault, RehearsalEasyPost, event_of, signature_of
from adapters.easypost_transport.signatures import verify
from adapters.sdk.certification.memory import MemoryState
from adapters.sdk.certification.points import Certification, Exempt, Point
from adapters.sdk.certification.rehearsals import checks_of, rehearsed, served
from adapters.sdk.certification.suite import NotCertified, require, retry_seconds
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.profile import Profile
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.delivery import Delivery, Forged
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub

NOON: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
_TEN, _ELEVEN = "2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z"
_UNCLEAR: Final = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.DEADLINE_EXCEEDED})
_DONE: Final = call_pb2.OUTCOME_DONE
_UNFOUND: Final = call_pb2.OUTCOME_NOT_FOUND


@dataclass(frozen=True)
class Rehearsal:
    """The adapter being served, the EasyPost behind it, the folder with the account's secrets, and its memory."""

    stub: TransportServiceStub
    easypost: RehearsalEasyPost
    folder: Path
    state: MemoryState

    def call(self, key: str) -> call_pb2.Call:
        """Return the head of a call."""
        profile = json.dumps({"api_key": f"file:{self.folder / 'api_key'}"})
        at = timestamp_of(NOON)
        return call_pb2.Call(account_id="rehearsal", operation_key=key, business_time=at, profile_json=profile)

    def parcel(self, number: str) -> pb.RegisterParcelRequest:
        """Return a request to follow a parcel."""
        return pb.RegisterParcelRequest(call=self.call(number), tracking_number=number, service_code="STD")

    async def found(self, number: str) -> call_pb2.Answer:
        """Return what became of a registration, as the hub asks."""
        find = call_pb2.Find(call=self.call(number), kind="transport.register", first_ask_time=timestamp_of(NOON))
        asked = pb.FindOperationRequest(find=find, tracking_number=number, service_code="STD")
        answer: call_pb2.Answer = (await self.stub.FindOperation(asked)).answer
        return answer

    def label(self, key: str, service_code: str = "GroundAdvantage", **changes: Any) -> pb.BuyLabelRequest:
        """Return a request to buy a label."""
        address = {"street_lines": ["388 Townsend St"], "city": "San Francisco", "country_code": "US"}
        contact = {"name": "Jack Sparrow", "address": {**address, "region_code": "US-CA", "postal_code": "94107"}}
        asked: dict[str, Any] = {
            "call": self.call(key),
            "service_code": service_code,
            "ship_from": contact,
            "ship_to": contact,
            "weight_grams": 436,
            "format": fulfillment_pb2.LABEL_FORMAT_PDF,
        }
        return pb.BuyLabelRequest(**{**asked, **changes})

    async def label_found(self, key: str, tracking_number: str = "") -> pb.FindOperationResponse:
        """Return what became of a purchase, or with a number of taking the label back, as the hub asks."""
        kind = "transport.refund_label" if tracking_number else "transport.label"
        find = call_pb2.Find(call=self.call(f"{key}-void" if tracking_number else key), kind=kind)
        find.first_ask_time.FromDatetime(NOON)
        asked = pb.FindOperationRequest(find=find, label_key=key, tracking_number=tracking_number)
        response: pb.FindOperationResponse = await self.stub.FindOperation(asked)
        return response

    async def buys(self, request: pb.BuyLabelRequest) -> grpc.StatusCode | None:
        """Return how a purchase fails; None where it does not."""
        try:
            await self.stub.BuyLabel(request)
        except grpc.aio.AioRpcError as error:
            code: grpc.StatusCode = error.code()
            return code
        return None

    async def fails(self, request: pb.RegisterParcelRequest) -> grpc.aio.AioRpcError:
        """Return how a registration fails. Raises NotCertified where it does not."""
        try:
            await self.stub.RegisterParcel(request)
        except grpc.aio.AioRpcError as error:
            return error
        raise NotCertified("a registration succeeded although its failure was ordered")

    async def read(self, content: bytes) -> pb.ReadDocumentResponse:
        """Return what an event is read as."""
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(
            pb.ReadDocumentRequest(call=self.call("document"), media_type="application/json", content=content)
        )
        return response

    async def told(self, status: str, at: str = _ELEVEN) -> bytes:
        """Return the body of a webhook about a parcel that is followed."""
        await self.stub.RegisterParcel(self.parcel("EZ1"))
        return event_of(self.easypost.tell("EZ1", status, at))


@asynccontextmanager
async def rehearsing() -> AsyncIterator[Rehearsal]:
    """Serve the adapter to an EasyPost of its own until the block ends."""
    easypost = RehearsalEasyPost()
    buckets = Buckets(Rate(1000, 1000), clock=lambda: 0.0)
    transport = httpx.MockTransport(easypost)
    client = PartnerClient("https://easypost.invalid", buckets, now=lambda: NOON, transport=transport)
    state = MemoryState()
    with TemporaryDirectory(prefix="xd") as folder:
        (Path(folder) / "api_key").write_text(easypost.api_key)
        adapter = serving("easypost_transport", client, state)
        async with served(adapter) as address, grpc.aio.insecure_channel(address) as channel:
            yield Rehearsal(TransportServiceStub(channel), easypost, Path(folder), state)
        await client.close()


async def _time_outs(on: Rehearsal) -> None:
    late = httpx.ReadTimeout("ordered")
    for number, fault in enumerate((Fault(before=late), Fault(after=late)), 1):
        request = on.parcel(f"EZ{number}")
        on.easypost.faults = [fault]
        require((await on.fails(request)).code() is grpc.StatusCode.DEADLINE_EXCEEDED, "a time-out is told as another")
        outcome = (await on.found(f"EZ{number}")).outcome
        expected = call_pb2.OUTCOME_NOT_FOUND if fault.after is None else _DONE
        require(outcome == expected, "what became of a registration that timed out is not found")
        require((await on.stub.RegisterParcel(request)).answer.outcome == _DONE, "the repeat is not DONE")
        require(len(on.easypost.trackers) == number, "a parcel is followed twice, or not at all")
    await _labels_once(on, httpx.ReadTimeout("ordered"))


async def _labels_once(on: Rehearsal, lost: httpx.Response | Exception) -> None:
    """A label is bought once, and taken back once, whichever answer on the way is lost."""
    for at in range(4):
        key, before = f"label-{len(on.easypost.shipments)}-{at}", len(on.easypost.labels)
        on.easypost.faults = [*[Fault()] * at, Fault(after=lost)]
        await on.buys(on.label(key))
        on.easypost.faults = []
        outcome = (await on.label_found(key)).answer.outcome
        require(outcome == (_DONE if len(on.easypost.labels) > before else _UNFOUND), "a purchase is not found")
        label = (await on.stub.BuyLabel(on.label(key))).label
        require(
            on.easypost.labels[before:] == [("bought", label_shipment(on, key))], "a label is bought twice or never"
        )
        void = pb.RefundLabelRequest(call=on.call(f"{key}-void"), label_key=key, tracking_number=label.tracking_number)
        on.easypost.faults = [Fault(), Fault(after=lost)]
        try:
            await on.stub.RefundLabel(void)
        except grpc.aio.AioRpcError as error:
            require(error.code() in _UNCLEAR, f"a lost refund is {error.code()}")
        on.easypost.faults = []
        found = (await on.label_found(key, label.tracking_number)).answer.outcome
        require(found == _DONE, "a refund is not found")
        require((await on.stub.RefundLabel(void)).answer.outcome == _DONE, "the repeat of a refund is not DONE")
        require(len(on.easypost.labels) == before + 2, "a label is taken back twice")


def label_shipment(on: Rehearsal, key: str) -> str:
    """Return the shipment that is kept for a label."""
    return on.state.entries["rehearsal", f"label/{key}"].value.decode()


async def _rate_limits(_: Rehearsal) -> None:
    date = format_datetime(NOON + timedelta(seconds=9), usegmt=True)
    for stated, seconds in (("7", 7.0), (date, 9.0), ("", None)):
        await rehearsed(rehearsing, partial(_rate_limit, stated=stated, seconds=seconds))


async def _rate_limit(on: Rehearsal, *, stated: str, seconds: float | None) -> None:
    headers = {"retry-after": stated} if stated else {}
    on.easypost.faults = [Fault(before=httpx.Response(429, headers=headers, json={}))]
    error = await on.fails(on.parcel("EZ1"))
    require(error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED, "a rate limit is told as another failure")
    require(retry_seconds(error) == seconds, f"Retry-After {stated!r} is told as {retry_seconds(error)} seconds")
    sent = len(on.easypost.requests)
    if seconds is None:
        require((await on.stub.RegisterParcel(on.parcel("EZ1"))).answer.outcome == _DONE, "the repeat is not DONE")
    else:
        limited = (await on.fails(on.parcel("EZ1"))).code()
        require(limited is grpc.StatusCode.RESOURCE_EXHAUSTED, "Retry-After is not kept")
        require(len(on.easypost.requests) == sent, "EasyPost was asked before its time")


async def _faults(on: Rehearsal) -> None:
    broken: list[httpx.Response | Exception] = [httpx.Response(status, text="x") for status in (500, 502, 503)]
    broken += [httpx.ReadError("reset"), httpx.RemoteProtocolError("half a body"), httpx.Response(200, text="<html>")]
    for number, fault in enumerate(broken, 1):
        on.easypost.faults = [Fault(after=fault)]
        require((await on.fails(on.parcel(f"EZ{number}"))).code() in _UNCLEAR, f"{fault} is not an unknown outcome")
        require((await on.found(f"EZ{number}")).outcome == _DONE, f"not found after {fault}")
        require(len(on.easypost.trackers) == number, f"followed again after {fault}")
        await _labels_once(on, fault)


async def _refusals(on: Rehearsal) -> None:
    answer = (await on.stub.RegisterParcel(on.parcel(UNKNOWN))).answer
    require((answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "TRACKER.CREATE.ERROR"), f"refused: {answer}")
    require(len(on.easypost.requests) == 1, "a refused request was sent again")
    answer = (await on.stub.BuyLabel(on.label("label", "Camel"))).answer
    require((answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "SERVICE_NOT_OFFERED"), f"refused: {answer}")
    require(on.easypost.labels == [], "a refused label was bought")


async def _duplicates(on: Rehearsal) -> None:
    content = await on.told("in_transit")
    twins = await asyncio.gather(*(on.read(content) for _ in range(4)))
    require(all(twin == twins[0] for twin in twins), "the same event is read in two ways")
    (command,) = twins[0].commands
    require(command.event_id == command.carrier_event.event_reference != "", "an event is told without its own id")


async def _disorder(on: Rehearsal) -> None:
    early, late = await on.told("in_transit", _TEN), await on.told("delivered", _ELEVEN)
    told = [(await on.read(content)).commands[0].carrier_event for content in (late, early)]
    states = [fulfillment_pb2.SHIPMENT_STATE_DELIVERED, fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT]
    require([event.state for event in told] == states, "events need their order")
    require(told[0].occur_time.seconds - told[1].occur_time.seconds == 3600, "an event is told without its own time")


async def _signatures(on: Rehearsal) -> None:
    (on.folder / "new").write_text("new secrét")
    (on.folder / "old").write_text("old secret")
    names = {"webhook_secret": f"file:{on.folder / 'new'}", "previous_webhook_secret": f"file:{on.folder / 'old'}"}
    body = b'{"id":  "evt_1"}\n'

    def known(secret: str, content: bytes = body) -> bool:
        try:
            verify(Delivery({"x-hmac-signature": signature_of(body, secret)}, content, NOON), Profile(names))
        except Forged:
            return False
        return True

    require(known("new secrét") and known("old secret"), "one of two secrets is not known")
    require(not known("another"), "a foreign signature is known")
    require(not known("new secrét", body.replace(b"  ", b" ")), "changed bytes are known")


async def _lost_webhooks(on: Rehearsal) -> None:
    on.easypost.page = 1
    for number in ("EZ1", "EZ2"):
        await on.stub.RegisterParcel(on.parcel(number))
        on.easypost.tell(number, "delivered", _ELEVEN)
    cursor, seen = "", []
    for _ in range(2):
        pull = call_pb2.Pull(call=on.call("pull"), cursor=cursor)
        page = await on.stub.PullUpdates(pb.PullUpdatesRequest(pull=pull))
        seen += [event.tracking_number for event in page.events]
        cursor = page.pulled.cursor
    require(seen == ["EZ2", "EZ1"] and cursor == "", f"lost news of EZ1 and EZ2 is found as {seen}")


async def _credentials(on: Rehearsal) -> None:
    on.easypost.api_key = "EZTK-rolled"
    code = (await on.fails(on.parcel("EZ1"))).code()
    require(code is grpc.StatusCode.UNAUTHENTICATED, "an ended key is told as another failure")
    (on.folder / "api_key").write_text("EZTK-rolled")
    require((await on.stub.RegisterParcel(on.parcel("EZ1"))).answer.outcome == _DONE, "the new key is not taken")


async def _newer_version(on: Rehearsal) -> None:
    def newer(value: dict[str, Any]) -> None:
        value["a_newer_field"] = {"a": [1]}

    on.easypost.changed = newer
    require((await on.stub.RegisterParcel(on.parcel("EZ1"))).answer.outcome == _DONE, "an unknown field is refused")
    reading = await on.read(await on.told("a_newer_status"))
    require(not reading.commands and len(reading.problems) == 1, "an unknown status is no problem of its document")


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
        Point.NEWER_VERSION: _newer_version,
    }
    part = Exempt("a request for a tracker has one tracking_code, and its answer is one tracker or an error")
    edi = Exempt("every request and every event is application/json: there is no EDI")
    return {**checks_of(rehearsing, checks), Point.PARTIAL_SUCCESS: part, Point.EDI: edi}
