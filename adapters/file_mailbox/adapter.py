"""Serves the warehouse contract for houses that exchange files: orders are handed over, reports become documents."""

from __future__ import annotations

from functools import partial
from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.file_mailbox.handover import Handover, KeyReused, is_out
from adapters.file_mailbox.layouts import ORDERS, Layout
from adapters.file_mailbox.mapping import read_file
from adapters.file_mailbox.orders import order_rows
from adapters.file_mailbox.pickup import Pickup, name_in
from adapters.file_mailbox.records import NotWritable, written
from adapters.file_mailbox.settings import Settings, read_settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, not_found, operation_time_of, refused
from adapters.sdk.documents.reading import Reading, unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.http.failures import NothingDone
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.mailbox.files import MailboxRefused, MailboxUnavailable, NameTaken
from adapters.sdk.mailbox.mailbox import TooLarge
from adapters.sdk.mailbox.names import NameRefused
from adapters.sdk.mailbox.settings import opened
from adapters.sdk.times import timestamp_of
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import (
    WarehouseServiceServicer,
    add_WarehouseServiceServicer_to_server,
)

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["WarehouseService"]


class FileMailbox(WarehouseServiceServicer):
    """A warehouse behind a mailbox; it remembers at the hub alone."""

    def __init__(self, handover: Handover, pickup: Pickup) -> None:
        self._handover, self._pickup = handover, pickup

    async def ReleaseFulfillmentOrder(
        self, request: pb.ReleaseFulfillmentOrderRequest, context: Context
    ) -> pb.ReleaseFulfillmentOrderResponse:
        """Hands the order over as a file."""
        call, settings = request.call, _settings(request.call)
        layout = settings.of_kind(ORDERS)
        if layout is None:
            answer = refused("NO_ORDERS", "This warehouse takes no orders by file; its profile has no such layout.")
        else:
            answer = await self._release(request, call, settings, layout)
        return pb.ReleaseFulfillmentOrderResponse(answer=answer)

    async def CancelFulfillmentOrder(
        self, request: pb.CancelFulfillmentOrderRequest, context: Context
    ) -> pb.CancelFulfillmentOrderResponse:
        """Refuses: a file that was handed over cannot be taken back."""
        _settings(request.call)
        return pb.CancelFulfillmentOrderResponse(
            answer=refused("NO_CANCELS", "This warehouse takes no cancellations by file.")
        )

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Hands the warehouse's files to the hub as documents; returns no updates of its own."""
        call = request.pull.call
        settings, at = read_settings(call.profile_json), business_time_of(call)
        try:
            more = await self._pickup.pick_up(call.account_id, settings, at)
        except (MailboxUnavailable, MailboxRefused) as error:
            raise NothingDone(f"The mailbox cannot be read: {error}.") from error
        again_at = at if more else at + settings.look_every
        pulled = call_pb2.Pulled(cursor=request.pull.cursor, next_update_time=timestamp_of(again_at))
        return pb.PullUpdatesResponse(pulled=pulled)

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads a file of the warehouse as the layout of its name says."""
        try:
            settings = read_settings(request.call.profile_json)
        except BadCall as error:
            return _answer(unread("profile", "profile_json", str(error)))
        layout = settings.of_file(name_in(request.media_type))
        if layout is None:
            return _answer(unread("file", "name", "no layout of the profile has a file of this name"))
        at = business_time_of(request.call)
        return _answer(
            await read_apart(partial(read_file, request.content, layout, settings, request.call.account_id, at))
        )

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Returns whether the file of an operation was handed over; it is known for certain."""
        call = request.find.call
        settings = _settings(call)
        known = await self._handover.handed(call.account_id, call.operation_key)
        if known is None:
            return pb.FindOperationResponse(answer=not_found())
        try:
            async with opened(settings.mailbox) as mailbox:
                out = await is_out(mailbox, call.operation_key)
        except (MailboxUnavailable, MailboxRefused) as error:
            raise NothingDone(f"The mailbox cannot be read: {error}.") from error
        return pb.FindOperationResponse(answer=done(known.name) if out else not_found())

    async def _release(
        self, request: pb.ReleaseFulfillmentOrderRequest, call: call_pb2.Call, settings: Settings, layout: Layout
    ) -> call_pb2.Answer:
        name = layout.name.replace("{fulfillment_order_id}", request.fulfillment_order_id)
        try:
            content = written(order_rows(request), layout)
            async with opened(settings.mailbox) as mailbox:
                file = await self._handover.hand_over(mailbox, call.account_id, call.operation_key, name, content)
        except (NotWritable, NameRefused, TooLarge) as error:
            return refused("NOT_WRITABLE", f"A file of the layout cannot carry it: {error}.")
        except NameTaken:
            return refused("NAME_TAKEN", "Another file of this order waits for the warehouse.")
        except KeyReused:
            return refused("operation_key_reused", "The key belongs to an operation of other content.")
        except (MailboxUnavailable, MailboxRefused) as error:
            raise NothingDone(f"The mailbox cannot be opened: {error}.") from error
        return done(file.name)


def _settings(call: call_pb2.Call) -> Settings:
    """Return the settings of a call. Raises BadCall for one without account, key or time, or a malformed profile."""
    operation_time_of(call)
    return read_settings(call.profile_json)


def _answer(reading: Reading) -> pb.ReadDocumentResponse:
    return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)


def build(context: AdapterContext) -> Adapter:
    """Builds the adapter; called once by the process that serves it."""
    servicer = FileMailbox(Handover(context.state), Pickup(context.state, context.inbox))
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=partial(add_WarehouseServiceServicer_to_server, servicer),
        interceptors=(PartnerFailures(SERVICE.full_name),),
    )
