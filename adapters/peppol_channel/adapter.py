"""Serves the channel contract for buyers in the Peppol network: orders in, responses and despatch advices out.

What a document means stands in `mapping`, what is written in `progress`. An account whose profile names no seller only
reads, and keeps nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from adapters.peppol_channel.mapping import read_document
from adapters.peppol_channel.placed import placed_from
from adapters.peppol_channel.progress import document_of
from adapters.peppol_channel.settings import read_settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, done, not_found, operation_time_of
from adapters.sdk.documents.placed import recall, remember
from adapters.sdk.documents.reading import unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.letters.answers import answer_of
from adapters.sdk.letters.outgoing import NUMBERED, Outgoing
from adapters.sdk.state.client import AdapterState
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceServicer, add_ChannelServiceServicer_to_server

SERVICE: Final = "crossdock.partner.channel.v1.ChannelService"
NOT_SENT: Final = "no document"


class PeppolChannel(ChannelServiceServicer):
    """A buyer as a sales channel. What was sent and taken is kept at the hub."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._outgoing = state, Outgoing(state)

    async def ReportProgress(self, request: pb.ReportProgressRequest, context: Context) -> pb.ReportProgressResponse:
        """Write the response or despatch advice that the buyer expects, if there is one for what happened."""
        call = request.call
        at, settings = operation_time_of(call), read_settings(call.profile_json)
        placed = await recall(self._state, call.account_id, request.channel_reference, placed_from)
        if placed is None or settings.way is None or settings.seller is None:
            return pb.ReportProgressResponse(answer=done(NOT_SENT))
        document = document_of(request, placed, settings.seller, call.operation_key)
        if document is None:
            return pb.ReportProgressResponse(answer=done(NOT_SENT))
        sent = await self._outgoing.send(call.account_id, call.operation_key, settings.way, at, lambda _: document)
        return pb.ReportProgressResponse(answer=answer_of(sent, awaits=False))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Read an order; a malformed profile is a problem of the document, which can be read again after the fix."""
        call = request.call
        try:
            settings = read_settings(call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        reading, placed = await read_apart(partial(read_document, request.content, settings, request.channel_id))
        if placed is not None and settings.way is not None:
            await remember(self._state, call.account_id, placed.number, placed)
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Return whether the document of an operation was written."""
        call = request.find.call
        sent = await self._outgoing.sent(call.account_id, call.operation_key)
        if sent is None or sent.state == NUMBERED:
            return pb.FindOperationResponse(answer=not_found())
        return pb.FindOperationResponse(answer=answer_of(sent, awaits=False))


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    add = partial(add_ChannelServiceServicer_to_server, PeppolChannel(context.state))
    return Adapter(name=context.name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
