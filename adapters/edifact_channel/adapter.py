"""Serves the channel contract for buyers that order by EDIFACT: orders in, responses and despatch advices out.

What a document means stands in `mapping`, what is written in `progress`. An account whose profile names no id of ours
only reads, and keeps nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from adapters.edifact_channel.mapping import acknowledged, commands_of, interchanges_of
from adapters.edifact_channel.placed import placed_from
from adapters.edifact_channel.progress import document_of
from adapters.edifact_channel.settings import Settings, read_settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, not_found
from adapters.sdk.documents.placed import recall, remember
from adapters.sdk.documents.reading import Findings, plain, shown, unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.edifact.envelope import Interchange
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.letters.answers import answer_of
from adapters.sdk.letters.outgoing import NUMBERED, Outgoing, first_document, note
from adapters.sdk.state.client import AdapterState
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceServicer, add_ChannelServiceServicer_to_server

SERVICE: Final = "crossdock.partner.channel.v1.ChannelService"
NOT_SENT: Final = "no document"
REPEATED: Final = "UNB05"


class EdifactChannel(ChannelServiceServicer):
    """A buyer as a sales channel. What was sent and taken is kept at the hub."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._outgoing = state, Outgoing(state)

    async def ReportProgress(self, request: pb.ReportProgressRequest, context: Context) -> pb.ReportProgressResponse:
        """Write the response or despatch advice that the buyer expects, if there is one for what happened."""
        call = request.call
        settings = read_settings(call.profile_json)
        placed = await recall(self._state, call.account_id, request.channel_reference, placed_from)
        if placed is None or settings.way is None:
            return pb.ReportProgressResponse(answer=done(NOT_SENT))
        reference = call.operation_key.replace("-", "")
        document = document_of(request, placed, settings.way.envelope.sender[0], reference)
        if document is None:
            return pb.ReportProgressResponse(answer=done(NOT_SENT))
        sent = await self._outgoing.send(
            call.account_id, call.operation_key, settings.way, business_time_of(call), lambda _: document
        )
        return pb.ReportProgressResponse(answer=answer_of(sent, awaits=settings.awaits))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Read orders; a malformed profile is a problem of the document, which can be read again after the fix."""
        call = request.call
        try:
            settings = read_settings(call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        findings = Findings()
        interchanges = await read_apart(
            partial(interchanges_of, request.content, request.media_type, settings, findings)
        )
        if settings.way is not None:
            interchanges = [one for one in interchanges if await self._is_new(call, one, settings, findings)]
            told = acknowledged(interchanges, findings)
            note(told, await self._outgoing.acknowledge(call.account_id, told), findings)
        commands, placed = await read_apart(partial(commands_of, interchanges, settings, request.channel_id, findings))
        for order in placed if settings.way is not None else ():
            await remember(self._state, call.account_id, order.number, order)
        return pb.ReadDocumentResponse(commands=commands, problems=findings.named())

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Return whether the document of an operation was reported as read."""
        call = request.find.call
        sent = await self._outgoing.sent(call.account_id, call.operation_key)
        if sent is None or sent.state == NUMBERED:
            return pb.FindOperationResponse(answer=not_found())
        return pb.FindOperationResponse(answer=answer_of(sent, awaits=read_settings(call.profile_json).awaits))

    async def _is_new(
        self, call: call_pb2.Call, interchange: Interchange, settings: Settings, findings: Findings
    ) -> bool:
        """Return whether an interchange came in no other document; refuse one that did."""
        known = f"{plain(interchange.sender, 40)}/{plain(interchange.control, 40)}"
        document_id = await first_document(self._state, call.account_id, known, call.operation_key)
        if document_id == call.operation_key or REPEATED in settings.tolerate:
            return True
        reason = (
            f"interchange {shown(interchange.control)} of {shown(interchange.sender)} came in document {document_id}"
        )
        Notes(findings, "UNB").refuse(interchange.start, 5, f"{reason}: it is not taken again")
        return False


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    add = partial(add_ChannelServiceServicer_to_server, EdifactChannel(context.state))
    return Adapter(name=context.name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
