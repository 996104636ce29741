"""Serves the channel contract for partners that order by X12: orders in, acknowledgments, ship notices and stock out.

What a document means stands in `mapping`, what is written in `progress` and `stock_846`. An account whose profile names
no id of ours only reads, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID, uuid5

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, not_found, refused
from adapters.sdk.documents.placed import recall, remember
from adapters.sdk.documents.reading import Findings, unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.letters.answers import answer_of
from adapters.sdk.letters.outgoing import NUMBERED, Outgoing, note
from adapters.sdk.state.client import AdapterState
from adapters.sdk.x12.acknowledgments import acknowledged
from adapters.sdk.x12.envelope import Interchange
from adapters.sdk.x12.incoming import Came, acknowledge, interchanges_of, only_new
from adapters.sdk.x12.writing import NotWritable, WrittenSet
from adapters.x12_channel.mapping import SUPPORTED, commands_of
from adapters.x12_channel.placed import placed_from
from adapters.x12_channel.progress import document_of
from adapters.x12_channel.settings import Partner, read_settings
from adapters.x12_channel.stock_846 import inventory
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceServicer, add_ChannelServiceServicer_to_server

SERVICE: Final = "crossdock.partner.channel.v1.ChannelService"
NOT_SENT: Final = "no document"


class X12Channel(ChannelServiceServicer):
    """Trading partners as a sales channel. What was sent and taken is kept at the hub."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._outgoing = state, Outgoing(state)

    async def ReportProgress(self, request: pb.ReportProgressRequest, context: Context) -> pb.ReportProgressResponse:
        """Write the acknowledgment or ship notice that the buyer expects, if there is one for what happened."""
        call = request.call
        settings = read_settings(call.profile_json)
        placed = await recall(self._state, call.account_id, request.channel_reference, placed_from)
        partner = settings.partner_of(placed.sender) if placed else settings.default
        if placed is None or partner.way is None:
            return pb.ReportProgressResponse(answer=done(NOT_SENT))
        try:
            document = document_of(request, placed, partner.way.envelope.separators)
            if document is None:
                return pb.ReportProgressResponse(answer=done(NOT_SENT))
            answer = await self._send(call, call.operation_key, partner, lambda _: document)
        except NotWritable as error:
            answer = refused("NOT_WRITABLE", f"X12 cannot carry it: {error}.")
        return pb.ReportProgressResponse(answer=answer)

    async def PublishStock(self, request: pb.PublishStockRequest, context: Context) -> pb.PublishStockResponse:
        """Write what can be ordered to each partner. One that cannot be written to keeps nobody else from it."""
        call = request.call
        answers = [done(NOT_SENT)]
        for partner in read_settings(call.profile_json).written_to:
            key = str(uuid5(UUID(call.operation_key), partner.way.envelope.receiver if partner.way else ""))
            document = partial(inventory, request.levels, key.replace("-", "")[:30], partner.sku_qualifiers[0])
            try:
                answers.append(await self._send(call, key, partner, document))
            except NotWritable as error:
                answers.append(refused("NOT_WRITABLE", f"X12 cannot carry it: {error}."))
        refusals = [answer for answer in answers if answer.outcome == call_pb2.OUTCOME_REFUSED]
        return pb.PublishStockResponse(answer=refusals[0] if refusals else done(answers[-1].partner_reference))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads orders; a malformed profile is a problem of the document, which can be read again after the fix."""
        try:
            settings = read_settings(request.call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        findings = Findings()
        interchanges = await read_apart(
            partial(interchanges_of, request.content, request.media_type, settings.partner_of, findings)
        )
        if settings.written_to:
            interchanges = await self._met(request.call, interchanges, findings)
        commands, placed = await read_apart(partial(commands_of, interchanges, request.channel_id, findings))
        for order in placed if settings.written_to else ():
            await remember(self._state, request.call.account_id, order.reference, order)
        return pb.ReadDocumentResponse(commands=commands, problems=findings.named())

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Return whether the document of an operation was acknowledged."""
        call = request.find.call
        sent = await self._outgoing.sent(call.account_id, call.operation_key)
        if sent is None or sent.state == NUMBERED:
            return pb.FindOperationResponse(answer=not_found())
        awaits = read_settings(call.profile_json).default.awaits
        return pb.FindOperationResponse(answer=answer_of(sent, awaits=awaits))

    async def _send(
        self, call: call_pb2.Call, key: str, partner: Partner, document: Callable[[datetime], WrittenSet]
    ) -> call_pb2.Answer:
        if partner.way is None:
            return done(NOT_SENT)
        sent = await self._outgoing.send(call.account_id, key, partner.way, business_time_of(call), document)
        return answer_of(sent, awaits=partner.awaits)

    async def _met(
        self, call: call_pb2.Call, interchanges: list[Interchange[Partner]], findings: Findings
    ) -> list[Interchange[Partner]]:
        """Return the interchanges that are new; acknowledge them, and note what they acknowledge."""
        came = Came(call.account_id, call.operation_key, business_time_of(call))
        fresh = await only_new(came, interchanges, self._state, findings)
        told = acknowledged(fresh, findings)
        note(told, await self._outgoing.acknowledge(call.account_id, told), findings)
        await acknowledge(came, fresh, self._outgoing, SUPPORTED)
        return fresh


def build(context: AdapterContext) -> Adapter:
    """Builds the adapter; called once by the process that serves it."""
    add = partial(add_ChannelServiceServicer_to_server, X12Channel(context.state))
    return Adapter(name=context.name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
