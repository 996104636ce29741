"""Serves the transport contract for EasyPost, by its trackers and shipments. Keeps which shipment a label has.

Webhooks tell where parcels are. A pull reads one page of the trackers after the other, newest first, and begins anew:
what a lost webhook told is found by it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Final

from adapters.easypost_transport import requests
from adapters.easypost_transport.labels import Labels, refusal
from adapters.easypost_transport.notifications import read_event
from adapters.easypost_transport.settings import Settings, ignored_events
from adapters.easypost_transport.signatures import verify
from adapters.easypost_transport.trackers import Unreadable, position_of, tracker_of
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, not_found, operation_time_of
from adapters.sdk.documents.json_values import at, text_at
from adapters.sdk.documents.reading import unread
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.http.failures import OutcomeUnknown, Rejected
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.profile import Profile
from adapters.sdk.state.client import AdapterState
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.delivery import WebhookKind
from crossdock.fulfillment.v1.fulfillment_pb2 import CarrierEvent
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1.transport_pb2_grpc import (
    TransportServiceServicer,
    add_TransportServiceServicer_to_server,
)

SERVICE: Final = "crossdock.partner.transport.v1.TransportService"
BASE_URL: Final = "https://api.easypost.com"
_RATE: Final = Rate(capacity=5, per_second=5)
_BETWEEN_PAGES: Final = timedelta(seconds=30)
_CURSOR: Final = re.compile(r"(trk_[0-9A-Za-z]{1,80})?")


class EasyPostTransport(TransportServiceServicer):
    """EasyPost as a transport system."""

    def __init__(self, client: PartnerClient, state: AdapterState) -> None:
        self._client, self._labels = client, Labels(client, state)

    async def RegisterParcel(self, request: pb.RegisterParcelRequest, context: Context) -> pb.RegisterParcelResponse:
        """Makes a tracker of a parcel; EasyPost returns the one that it has, where it has one."""
        settings, number = _settings(request.call), _number(request.tracking_number)
        try:
            sent = requests.follow(request.call.account_id, settings, number, request.service_code)
            reply = await self._client.send(sent)
        except Rejected as rejection:
            return pb.RegisterParcelResponse(answer=refusal(rejection, settings))
        return pb.RegisterParcelResponse(answer=_followed(reply.body, number))

    async def BuyLabel(self, request: pb.BuyLabelRequest, context: Context) -> pb.BuyLabelResponse:
        """Buys a label: makes a shipment, and pays for it at the rate of the service."""
        return await self._labels.buy(request, _settings(request.call))

    async def RefundLabel(self, request: pb.RefundLabelRequest, context: Context) -> pb.RefundLabelResponse:
        """Asks for the refund of a shipment."""
        return await self._labels.refund(request, _settings(request.call))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Finds the tracker of a parcel, or the shipment of a label."""
        if request.label_key:
            return await self._labels.found(request, _settings(request.find.call))
        settings, number = _settings(request.find.call), _number(request.tracking_number)
        sent = requests.find(request.find.call.account_id, settings, number, request.service_code)
        reply = await self._client.send(sent)
        listed = _listed(reply.body)
        answer = _followed(listed[0], number) if listed else not_found()
        return pb.FindOperationResponse(answer=answer)

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Reads the next page of trackers."""
        call, cursor = request.pull.call, request.pull.cursor
        settings, now = _settings(call), business_time_of(call)
        if not _CURSOR.fullmatch(cursor):
            raise BadCall("pull.cursor was never given")
        reply = await self._client.send(requests.page(call.account_id, settings, now - settings.followed, cursor))
        listed = _listed(reply.body)
        goes_on = bool(listed) and at(reply.body, "has_more") is True
        following = text_at(listed[-1], "id") if goes_on else ""
        if not _CURSOR.fullmatch(following):
            raise OutcomeUnknown("page: EasyPost lists a tracker without an id.")
        pause = _BETWEEN_PAGES if following else settings.pause
        pulled = call_pb2.Pulled(cursor=following, next_update_time=timestamp_of(now + pause))
        return pb.PullUpdatesResponse(events=_positions(listed), pulled=pulled)

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads an event; a malformed profile is a problem of the document, which can be read again after the fix."""
        try:
            ignored = ignored_events(Profile.read(request.call.profile_json))
        except BadCall as error:
            reading = unread("profile", "profile_json", str(error))
        else:
            reading = read_event(request.content, ignored)
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)


def _followed(value: object, number: str) -> call_pb2.Answer:
    """Return that a parcel is followed. Raises OutcomeUnknown for the tracker of another one."""
    tracker = tracker_of(value)
    if tracker is None or tracker.tracking_number.upper() != number.upper():
        raise OutcomeUnknown("follow: EasyPost answered about another parcel.")
    return done(tracker.tracker_id)


def _positions(listed: list[object]) -> list[CarrierEvent]:
    """Return where the parcels of trackers are; one that does not say it is told by its webhook, as a problem."""
    positions = []
    for value in listed:
        try:
            position = position_of(value)
        except Unreadable:
            continue
        if position is not None:
            positions.append(position)
    return positions


def _listed(body: object) -> list[object]:
    trackers = at(body, "trackers")
    if not isinstance(trackers, list):
        raise OutcomeUnknown("EasyPost answered with no list of trackers.")
    return trackers


def _settings(call: call_pb2.Call) -> Settings:
    """Return the account's settings. Raises BadCall for a head that is not whole."""
    operation_time_of(call)
    return Settings.read(call.profile_json)


def _number(tracking_number: str) -> str:
    if not tracking_number:
        raise BadCall("tracking_number is missing")
    return tracking_number


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    return serving(context.name, PartnerClient(BASE_URL, Buckets(_RATE)), context.state)


def serving(name: str, client: PartnerClient, state: AdapterState) -> Adapter:
    """Return the adapter that calls EasyPost by this client, and keeps which shipment a label has."""
    return Adapter(
        name=name,
        service=SERVICE,
        add=partial(add_TransportServiceServicer_to_server, EasyPostTransport(client, state)),
        interceptors=(PartnerFailures(SERVICE),),
        webhooks=WebhookKind(verify=verify),
    )
