"""Serves the transport contract for a carrier that speaks X12: 204 out, 990, 214 and acknowledgments in.

A parcel is PENDING until the carrier took its tender; the hub asks for it, and names one that nobody answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, not_found, operation_time_of, pending, refused
from adapters.sdk.documents.reading import Findings, shown, unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.letters.answers import answer_of
from adapters.sdk.letters.outgoing import NUMBERED, Outgoing, Sent
from adapters.sdk.state.client import AdapterState
from adapters.sdk.x12.incoming import Came, acknowledge, take_in
from adapters.sdk.x12.writing import NotWritable
from adapters.x12_transport.mapping import SUPPORTED, told_by
from adapters.x12_transport.parcels import Parcel, Response, find_parcel, keep_parcel, note_response
from adapters.x12_transport.settings import Settings, read_settings
from adapters.x12_transport.tender_204 import load_tender
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1.transport_pb2_grpc import (
    TransportServiceServicer,
    add_TransportServiceServicer_to_server,
)

SERVICE: Final = "crossdock.partner.transport.v1.TransportService"


class X12Transport(TransportServiceServicer):
    """A carrier behind a mailbox. What it was tendered and what it answered is kept at the hub."""

    def __init__(self, state: AdapterState, outgoing: Outgoing) -> None:
        self._state, self._outgoing = state, outgoing

    async def RegisterParcel(self, request: pb.RegisterParcelRequest, context: Context) -> pb.RegisterParcelResponse:
        """Write the load tender."""
        call, number = request.call, request.tracking_number
        at, settings = operation_time_of(call), read_settings(call.profile_json)
        if not number:
            raise BadCall("tracking_number is missing")
        try:
            tender = load_tender(request, settings)
            parcel = await keep_parcel(self._state, call.account_id, number, call.operation_key)
            sent = await self._outgoing.send(call.account_id, call.operation_key, settings.way, at, lambda _: tender)
        except NotWritable as error:
            return pb.RegisterParcelResponse(answer=refused("NOT_WRITABLE", f"X12 cannot carry it: {error}."))
        return pb.RegisterParcelResponse(answer=_answer(sent, parcel, settings))

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Return nothing: what a carrier tells comes in documents."""
        return pb.PullUpdatesResponse(pulled=call_pb2.Pulled(cursor=request.pull.cursor))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Read where parcels are, note responses and acknowledgments, and acknowledge what came."""
        call = request.call
        try:
            settings = read_settings(call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        came, findings = Came(call.account_id, call.operation_key, business_time_of(call)), Findings()
        fresh = await take_in(
            request.content,
            request.media_type,
            settings,
            way=settings.way,
            came=came,
            state=self._state,
            outgoing=self._outgoing,
            findings=findings,
        )
        told = await read_apart(partial(told_by, fresh, settings, came, findings))
        await self._note_responses(call.account_id, told.responses, findings)
        await acknowledge(came, fresh, self._outgoing, SUPPORTED)
        return pb.ReadDocumentResponse(commands=told.commands, problems=findings.named())

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Return whether the carrier took the tender of an operation."""
        call = request.find.call
        settings = read_settings(call.profile_json)
        sent = await self._outgoing.sent(call.account_id, call.operation_key)
        if sent is None or sent.state == NUMBERED:
            return pb.FindOperationResponse(answer=not_found())
        parcel = await find_parcel(self._state, call.account_id, request.tracking_number)
        if parcel is None or parcel.operation_key != call.operation_key:
            parcel = Parcel(call.operation_key)
        return pb.FindOperationResponse(answer=_answer(sent, parcel, settings))

    async def _note_responses(self, account_id: str, responses: Sequence[Response], findings: Findings) -> None:
        """Note which tenders are taken; name for people those that are not, and those that we did not send."""
        for response in responses:
            number = shown(response.number)
            if not await note_response(self._state, account_id, response):
                findings.report("response", "", f"{number} is no parcel that this carrier was tendered")
            elif not response.accepted:
                reason = f"the carrier declines the tender of {number} by {shown(response.code)}"
                findings.report("response", "", f"{reason}: give the parcel to another carrier, or agree on it")


def _answer(sent: Sent, parcel: Parcel, settings: Settings) -> call_pb2.Answer:
    """Return how a tender stands: by its response, which tells more than its acknowledgment, where there is one."""
    reference = f"{sent.control:09}"
    if parcel.code:
        message = f"The carrier declined our tender {reference}."
        return done(reference) if parcel.accepted else refused(parcel.code, message)
    answer = answer_of(sent, awaits=settings.awaits)
    waits = settings.awaits_response and answer.outcome == call_pb2.OUTCOME_DONE
    return pending(reference) if waits else answer


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    servicer = X12Transport(context.state, Outgoing(context.state))
    add = partial(add_TransportServiceServicer_to_server, servicer)
    return Adapter(name=context.name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
