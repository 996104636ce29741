"""The certification of the adapter: each point against a mailbox of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import grpc

from adapters.sdk.certification.mailboxes import NO_LIMITS, NOON, SENT, UNCLEAR, Mailbox, at_mailbox, call_of
from adapters.sdk.certification.points import Certification, Exempt, Point
from adapters.sdk.certification.rehearsals import checks_of
from adapters.sdk.certification.suite import NotCertified, require
from adapters.sdk.times import timestamp_of
from adapters.x12_transport.adapter import build
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub

PROFILE: Final = {"own": "ZZ:CROSSDOCK", "partner": "02:HAUL", "scac": "HAUL"}
_ISA: Final = "ISA*00*          *00*          *02*HAUL           *ZZ*CROSSDOCK      *260303*0730*U*00401*{:09}*0*T*>"
_DONE: Final = call_pb2.OUTCOME_DONE
_REFUSED: Final = call_pb2.OUTCOME_REFUSED


@dataclass(frozen=True)
class Rehearsal:
    """The adapter being served, its mailbox, and the profile of the account but for that."""

    stub: TransportServiceStub
    box: Mailbox
    profile: Mapping[str, object]

    def parcel(self, number: str, **profile: object) -> pb.RegisterParcelRequest:
        """Return a request to follow a parcel."""
        request = pb.RegisterParcelRequest(
            call=call_of(number, {**self.profile, **profile}),
            tracking_number=number,
            service_code="STD",
            from_node_id="DC",
            ship_time=timestamp_of(NOON),
        )
        for contact, name in ((request.ship_from, "Warehouse"), (request.ship_to, "Ada")):
            contact.name, contact.address.city, contact.address.country_code = name, "Utrecht", "NL"
            contact.address.street_lines.append("Kade 1")
        return request

    async def tendered(self, request: pb.RegisterParcelRequest) -> call_pb2.Answer:
        """Return the answer to a registration."""
        answer: call_pb2.Answer = (await self.stub.RegisterParcel(request)).answer
        return answer

    async def found(self, request: pb.RegisterParcelRequest) -> call_pb2.Answer:
        """Return what became of a registration, as the hub asks."""
        find = call_pb2.Find(call=request.call, kind="transport.register", first_ask_time=timestamp_of(NOON))
        asked = pb.FindOperationRequest(find=find, tracking_number=request.tracking_number, service_code="STD")
        answer: call_pb2.Answer = (await self.stub.FindOperation(asked)).answer
        return answer

    async def fails(self, request: pb.RegisterParcelRequest) -> grpc.aio.AioRpcError:
        """Return how a registration fails. Raises NotCertified where it does not."""
        try:
            await self.stub.RegisterParcel(request)
        except grpc.aio.AioRpcError as error:
            return error
        raise NotCertified("a registration succeeded although its failure was ordered")

    async def read(self, content: bytes, key: str = "document") -> pb.ReadDocumentResponse:
        """Return what a document is read as."""
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(
            pb.ReadDocumentRequest(call=call_of(key, self.profile), media_type="application/edi-x12", content=content)
        )
        return response

    def tenders(self) -> int:
        """Return how many tenders lie in the mailbox."""
        return sum(b"ST*204*" in content for content in self.box.written())


@asynccontextmanager
async def rehearsing(**profile: object) -> AsyncIterator[Rehearsal]:
    """Serve the adapter with an empty memory and an empty mailbox until the block ends; `profile` adds settings."""
    async with at_mailbox(build) as box:
        yield Rehearsal(TransportServiceStub(box.channel), box, {**PROFILE, **profile})


def interchange(kind: str, group: str, *body: str, control: int = 21, count: int | None = None) -> bytes:
    """Return an interchange of the carrier with one transaction, rightly counted unless `count` says otherwise."""
    count = len(body) + 2 if count is None else count
    head = (_ISA.format(control), f"GS*{group}*HAUL*CROSSDOCK*20260303*0730*{control}*X*004010", f"ST*{kind}*0001")
    end = (f"SE*{count}*0001", f"GE*1*{control}", f"IEA*1*{control:09}")
    return "".join(f"{segment}~" for segment in (*head, *body, *end)).encode()


def status(code: str, hour: int, number: str = "P-1", control: int = 21) -> bytes:
    """Return the document that tells the status of a parcel at an hour of 3 March 2026."""
    body = (f"B10*PRO-1*{number}*HAUL", "LX*1", f"AT7*{code}*NS***20260303*{hour:02}00*UT")
    return interchange("214", "QM", *body, control=control)


def response(code: str, number: str = "P-1", control: int = 31) -> bytes:
    """Return the document that answers the tender of a parcel."""
    return interchange("990", "GF", f"B1*HAUL*{number}*20260303*{code}", control=control)


def acknowledgment(code: str, tender: int, control: int = 41) -> bytes:
    """Return the document that acknowledges a tender by its control number."""
    body = (f"AK1*SM*{tender}", f"AK2*204*{tender:04}", f"AK5*{code}", f"AK9*{code}*1*1*1")
    return interchange("997", "FA", *body, control=control)


async def _time_outs(on: Rehearsal) -> None:
    for number, lost in enumerate((b'"NUMBERED"', b'"WRITTEN"'), 1):
        request, on.box.state.fails = on.parcel(f"P-{number}"), lost
        code = (await on.fails(request)).code()
        require(code in UNCLEAR, "a write that may have been made is told as another failure")
        require((await on.found(request)).outcome == call_pb2.OUTCOME_NOT_FOUND, "what was not noted is told as done")
        require((await on.tendered(request)).outcome in SENT, "the repeat is not sent")
        require(on.tenders() == number, "a tender is sent twice, or not at all")


async def _faults(on: Rehearsal) -> None:
    away, request = on.box.root / "box/away", on.parcel("P-1")
    on.box.outgoing.rename(away)
    require((await on.fails(request)).code() in UNCLEAR, "a mailbox that is gone is told as another failure")
    away.rename(on.box.outgoing)
    require((await on.tendered(request)).outcome in SENT, "the repeat is not sent once the mailbox is back")
    require(on.tenders() == 1, "a tender is sent twice, or not at all")


async def _refusals(on: Rehearsal) -> None:
    wrong = await on.fails(on.parcel("P-0", scac="1"))
    require(wrong.code() is grpc.StatusCode.INVALID_ARGUMENT, "a wrong profile is told as another failure")
    documents = {"AK5/R": acknowledgment("R", 1), "B1/D": response("D", "P-2")}
    for number, (code, document) in enumerate(documents.items(), 1):
        request = on.parcel(f"P-{number}")
        await on.tendered(request)
        reading = await on.read(document, code)
        answer = await on.found(request)
        require((answer.outcome, answer.code) == (_REFUSED, code), f"{code} is told as {answer}")
        require(bool(reading.problems), "nobody is told of a rejection")
        require((await on.tendered(request)).outcome == _REFUSED, "a refused tender is sent again")
        require(on.tenders() == number, "a refused tender lies there twice")


async def _duplicates(on: Rehearsal) -> None:
    twins = await asyncio.gather(*(on.read(status("AF", 10)) for _ in range(4)))
    require(all(twin == twins[0] for twin in twins), "the same document is read in two ways")
    (command,) = twins[0].commands
    again = (await on.read(status("AF", 10, control=22), "another")).commands[0]
    require(command.event_id == again.event_id != "", "the same status has two ids")
    answers = await asyncio.gather(*(on.tendered(on.parcel("P-1")) for _ in range(2)), return_exceptions=True)
    require(any(not isinstance(answer, BaseException) for answer in answers), "neither of two calls is answered")
    require(on.tenders() == 1, "two calls at once send two tenders")


async def _disorder(on: Rehearsal) -> None:
    documents = (status("D1", 11), status("AF", 10, control=22))
    told = [(await on.read(document, str(key))).commands[0].carrier_event for key, document in enumerate(documents)]
    states = [fulfillment_pb2.SHIPMENT_STATE_DELIVERED, fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT]
    require([event.state for event in told] == states, "a status of a parcel that was not tendered is lost")
    require(told[0].occur_time.seconds - told[1].occur_time.seconds == 3600, "a status is told without its own time")
    for key, strange in enumerate((acknowledgment("A", 77), response("A", "P-77"))):
        require(bool((await on.read(strange, f"strange {key}")).problems), "an answer to nothing of ours is lost")


async def _host_keys(on: Rehearsal) -> None:
    error = await on.fails(on.parcel("P-1", mailbox=on.box.of_unknown_host()))
    require(error.code() is grpc.StatusCode.INVALID_ARGUMENT, "a server of no known key is trusted")
    require("host_keys" in str(error.details()), "it is not said which setting is missing")


async def _lost_answers(on: Rehearsal) -> None:
    request = on.parcel("P-1")
    sent = await on.tendered(request)
    require(sent.outcome == call_pb2.OUTCOME_PENDING == (await on.found(request)).outcome, "a tender counts as taken")
    await on.read(response("A"))
    require((await on.found(request)).outcome == _DONE, "a response is not found whose acknowledgment was lost")


async def _credentials(on: Rehearsal) -> None:
    error = await on.fails(on.parcel("P-1", mailbox=on.box.without_secret()))
    require(error.code() is grpc.StatusCode.INVALID_ARGUMENT, "a secret that is gone is told as another failure")
    require("password" in str(error.details()), "it is not said which secret is gone")
    require((await on.tendered(on.parcel("P-1"))).outcome in SENT, "the operation cannot be done after the fix")


async def _edi(on: Rehearsal) -> None:
    first, again = await on.read(status("AF", 10)), await on.read(status("AF", 10), "repeated")
    require(len(first.commands) == 1 and not again.commands, "an interchange is taken twice")
    require(any(b"ST*997*" in content for content in on.box.written()), "what came is not acknowledged")
    request = on.parcel("P-1")
    await on.tendered(request)
    await on.read(acknowledgment("A", 2), "acknowledgment")
    require((await on.found(request)).outcome == call_pb2.OUTCOME_PENDING, "a missing response is not noticed")
    broken = await on.read(interchange("214", "QM", "B10*PRO-1*P-1*HAUL", control=23, count=99), "broken")
    require(not broken.commands and bool(broken.problems), "a wrong count is taken")
    require(all(problem.location for problem in broken.problems), "a wrong count is told without its segment")


async def _newer_version(on: Rehearsal) -> None:
    body = ("B10*PRO-1*P-1*HAUL", "ZZZ*NEW", "AT7*ZZ*NS***20260303*0900*UT", "AT7*AF*NS***20260303*1000*UT")
    reading = await on.read(interchange("214", "QM", *body))
    require(len(reading.commands) == 1, "a status beside an unknown one is lost")
    require(len(reading.problems) == 2, "an unknown segment or status is passed over")
    require((await on.tendered(on.parcel("P-1", a_newer_setting=1))).outcome in SENT, "an unknown setting is refused")


def certification() -> Certification:
    """Return the checks of all points."""
    checks: dict[Point, Callable[[Rehearsal], Awaitable[None]]] = {
        Point.TIME_OUTS: _time_outs,
        Point.FAULTS: _faults,
        Point.REFUSALS: _refusals,
        Point.DUPLICATES: _duplicates,
        Point.DISORDER: _disorder,
        Point.SIGNATURES: _host_keys,
        Point.LOST_WEBHOOKS: _lost_answers,
        Point.CREDENTIALS: _credentials,
        Point.EDI: _edi,
        Point.NEWER_VERSION: _newer_version,
    }
    part = Exempt("a tender has one parcel, which the carrier takes or declines as a whole")
    return {**checks_of(rehearsing, checks), Point.RATE_LIMITS: NO_LIMITS, Point.PARTIAL_SUCCESS: part}
