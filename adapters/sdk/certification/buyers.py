"""The certification of adapters to buyers that exchange documents by mailbox: each point against folders of its own.

A partner that takes files sends no status and no webhook. Its time-outs are writes that may have been made, its
refusals and lost webhooks are acknowledgments, its signatures the host keys of its server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import grpc

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.certification.mailboxes import NO_LIMITS, NOON, SENT, UNCLEAR, Mailbox, at_mailbox, call_of
from adapters.sdk.certification.memory import MemoryState
from adapters.sdk.certification.points import Certification, Check, Exempt, Point
from adapters.sdk.certification.rehearsals import checks_of
from adapters.sdk.certification.suite import NotCertified, require
from adapters.sdk.times import timestamp_of
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceStub


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """A buyer's form, in documents of ours.

    Attributes:
        build: Builds the adapter.
        profile: Profile of the account but for its mailbox.
        order: A document with one order, P-1, of 3 units of one SKU in line 1.
        newer: The same with a fact that nobody knows.
        broken: The same with a count or an end that is wrong.
        response: What every response to an order has in it.
        waiting: What a response has in it that says of one unit that it waits.
        acknowledged: Makes the acknowledgment of a document by its number, accepted or not; None: buyers send none.
        rejection: The code with which it is refused then.
        no_edi: Why the point of EDI is exempt; empty: it is checked.
    """

    build: Callable[[AdapterContext], Adapter]
    profile: Mapping[str, object]
    order: bytes
    newer: bytes
    broken: bytes
    response: bytes
    waiting: bytes
    acknowledged: Callable[[int, bool], bytes] | None = None
    rejection: str = ""
    no_edi: str = ""


@dataclass(frozen=True)
class Rehearsal:
    """The adapter being served, and its mailbox."""

    stub: ChannelServiceStub
    buyer: Buyer
    box: Mailbox

    @property
    def state(self) -> MemoryState:
        """The memory of the adapter."""
        return self.box.state

    @property
    def root(self) -> Path:
        """The folder that holds its mailbox."""
        return self.box.root

    def call(self, key: str, **profile: object) -> call_pb2.Call:
        """Return the head of a call; the mailbox is a folder unless the profile names another one."""
        return call_of(key, {**self.buyer.profile, **profile})

    def confirmation(self, key: str, *, waiting: int = 0, **profile: object) -> pb.ReportProgressRequest:
        """Return the report that the order is confirmed."""
        line = pb.ProgressLine(line_number=1, channel_line_reference="1", sku="MUG-BLUE", quantity=3)
        line.waiting_quantity = waiting
        return pb.ReportProgressRequest(
            call=self.call(key, **profile),
            channel_reference="P-1",
            kind=pb.PROGRESS_KIND_CONFIRMED,
            lines=[line],
            occur_time=timestamp_of(NOON),
        )

    async def read(self, content: bytes, key: str = "order", **profile: object) -> pb.ReadDocumentResponse:
        """Return what a document is read as."""
        response: pb.ReadDocumentResponse = await self.stub.ReadDocument(
            pb.ReadDocumentRequest(call=self.call(key, **profile), content=content, channel_id="REHEARSAL")
        )
        return response

    async def told(self, request: pb.ReportProgressRequest) -> call_pb2.Answer:
        """Return the answer to a report."""
        answer: call_pb2.Answer = (await self.stub.ReportProgress(request)).answer
        return answer

    async def found(self, request: pb.ReportProgressRequest) -> call_pb2.Answer:
        """Return what became of a report, as the hub asks."""
        find = call_pb2.Find(call=request.call, first_ask_time=timestamp_of(NOON))
        answer: call_pb2.Answer = (await self.stub.FindOperation(pb.FindOperationRequest(find=find))).answer
        return answer

    async def fails(self, request: pb.ReportProgressRequest) -> grpc.aio.AioRpcError:
        """Return how a report fails. Raises NotCertified where it does not."""
        try:
            await self.stub.ReportProgress(request)
        except grpc.aio.AioRpcError as error:
            return error
        raise NotCertified("a report succeeded although its failure was ordered")

    def responses(self) -> list[bytes]:
        """Return the responses that lie in the mailbox."""
        return [content for content in self.box.written() if self.buyer.response in content]


@asynccontextmanager
async def rehearsing(buyer: Buyer) -> AsyncIterator[Rehearsal]:
    """Serve the adapter with an empty memory and an empty mailbox until the block ends."""
    async with at_mailbox(buyer.build) as box:
        yield Rehearsal(ChannelServiceStub(box.channel), buyer, box)


async def _time_outs(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    for number, lost in enumerate((b'"NUMBERED"', b'"WRITTEN"'), 1):
        request, on.state.fails = on.confirmation(f"report {number}"), lost
        require(
            (await on.fails(request)).code() in UNCLEAR, "a write that may have been made is told as another failure"
        )
        require((await on.found(request)).outcome == call_pb2.OUTCOME_NOT_FOUND, "what was not noted is told as done")
        require((await on.told(request)).outcome in SENT, "the repeat is not sent")
        require(len(on.responses()) == number, "a response is sent twice, or not at all")


async def _faults(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    outgoing, away = on.root / "box/outgoing", on.root / "box/away"
    outgoing.rename(away)
    request = on.confirmation("report")
    require((await on.fails(request)).code() in UNCLEAR, "a mailbox that is gone is told as another failure")
    away.rename(outgoing)
    require((await on.told(request)).outcome in SENT, "the repeat is not sent once the mailbox is back")
    require(len(on.responses()) == 1, "a response is sent twice, or not at all")


async def _refusals(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    wrong = on.confirmation("wrong", sku_types="none", sku_qualifiers=7)
    require((await on.fails(wrong)).code() is grpc.StatusCode.INVALID_ARGUMENT, "a wrong profile is told as another")
    if on.buyer.acknowledged is None:
        return
    request = on.confirmation("report")
    sent = await on.told(request)
    reading = await on.read(on.buyer.acknowledged(int(sent.partner_reference), False), "rejection")
    answer = await on.found(request)
    require(
        (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, on.buyer.rejection), f"rejected, told as {answer}"
    )
    require(bool(reading.problems), "nobody is told of a rejection")
    require((await on.told(request)).outcome == call_pb2.OUTCOME_REFUSED, "a refused response is sent again")
    require(len(on.responses()) == 1, "a refused response lies there twice")


async def _duplicates(on: Rehearsal) -> None:
    twins = await asyncio.gather(*(on.read(on.buyer.order) for _ in range(4)))
    require(all(twin == twins[0] for twin in twins), "the same document is read in two ways")
    (command,) = twins[0].commands
    require(command.place_order.channel_reference == "P-1", "an order is told without its own number")
    request = on.confirmation("report")
    answers = await asyncio.gather(*(on.told(request) for _ in range(2)), return_exceptions=True)
    require(
        any(not isinstance(answer, BaseException) for answer in answers), "neither of two calls at once is answered"
    )
    require(len(on.responses()) == 1, "two calls at once send two responses")


async def _disorder(on: Rehearsal) -> None:
    answer = await on.told(on.confirmation("early"))
    require(answer.outcome == call_pb2.OUTCOME_DONE, "progress of an order that came otherwise is not told")
    require(not on.responses(), "a response is sent about an order that never came as a document")
    if on.buyer.acknowledged is not None:
        reading = await on.read(on.buyer.acknowledged(77, True), "strange")
        require(bool(reading.problems), "an acknowledgment of nothing of ours is passed over")
    await on.read(on.buyer.order)
    require((await on.told(on.confirmation("late"))).outcome in SENT, "an order that came late gets no response")


async def _host_keys(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    error = await on.fails(on.confirmation("report", mailbox=on.box.of_unknown_host()))
    require(error.code() is grpc.StatusCode.INVALID_ARGUMENT, "a server of no known key is trusted")
    require("host_keys" in str(error.details()), "it is not said which setting is missing")


async def _lost_acknowledgments(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    request = on.confirmation("report")
    sent = await on.told(request)
    require(await on.found(request) == sent, "a response that was sent is told in two ways")
    if on.buyer.acknowledged is None:
        require(sent.outcome == call_pb2.OUTCOME_DONE, "what nobody acknowledges waits for ever")
        return
    require(sent.outcome == call_pb2.OUTCOME_PENDING, "a response counts as taken before it is acknowledged")
    await on.read(on.buyer.acknowledged(int(sent.partner_reference), True), "acknowledgment")
    require((await on.found(request)).outcome == call_pb2.OUTCOME_DONE, "an acknowledgment that came late is not found")


async def _credentials(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    ended = on.confirmation("report", mailbox=on.box.without_secret())
    error = await on.fails(ended)
    require(error.code() is grpc.StatusCode.INVALID_ARGUMENT, "a secret that is gone is told as another failure")
    require("password" in str(error.details()), "it is not said which secret is gone")
    require(not on.responses(), "a response is sent without the credential")
    require((await on.told(on.confirmation("report"))).outcome in SENT, "the operation cannot be done after the fix")


async def _partial_success(on: Rehearsal) -> None:
    await on.read(on.buyer.order)
    await on.told(on.confirmation("report", waiting=1))
    (response,) = on.responses()
    require(on.buyer.waiting in response, "one unit waits, and the response does not say so")


async def _edi(on: Rehearsal) -> None:
    first, again = await on.read(on.buyer.order), await on.read(on.buyer.order, "repeated")
    require(len(first.commands) == 1 and not again.commands, "an interchange is taken twice")
    sent = await on.told(on.confirmation("report"))
    require(sent.outcome == call_pb2.OUTCOME_PENDING, "a missing acknowledgment is not noticed")
    broken = await on.read(on.buyer.broken, "broken")
    require(not broken.commands and bool(broken.problems), "a wrong count is taken")
    require(all(problem.location for problem in broken.problems), "a wrong count is told without its segment")


async def _newer_version(on: Rehearsal) -> None:
    (command,) = (await on.read(on.buyer.newer)).commands
    require(bool(command.place_order.unread_facts), "an unknown fact is passed over")
    request = on.confirmation("report", a_newer_setting={"a": [1]})
    require((await on.told(request)).outcome in SENT, "an unknown setting is refused")


def certification_of(buyer: Buyer) -> Certification:
    """Return the checks of all points for a buyer's form."""
    checks: dict[Point, Callable[[Rehearsal], Awaitable[None]]] = {
        Point.TIME_OUTS: _time_outs,
        Point.FAULTS: _faults,
        Point.REFUSALS: _refusals,
        Point.DUPLICATES: _duplicates,
        Point.DISORDER: _disorder,
        Point.SIGNATURES: _host_keys,
        Point.LOST_WEBHOOKS: _lost_acknowledgments,
        Point.CREDENTIALS: _credentials,
        Point.PARTIAL_SUCCESS: _partial_success,
        Point.EDI: _edi,
        Point.NEWER_VERSION: _newer_version,
    }
    exempt: dict[Point, Check | Exempt] = {Point.RATE_LIMITS: NO_LIMITS}
    if buyer.no_edi:
        exempt[Point.EDI] = Exempt(buyer.no_edi)
    return {**checks_of(partial(rehearsing, buyer), checks), **exempt}
