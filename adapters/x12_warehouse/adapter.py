"""Serves the warehouse contract for a house that speaks X12: 940 out, 945, 944, 846 and acknowledgments in.

An order is PENDING until its 997 came; the hub asks for it, and names one that does not come.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, not_found, pending, refused
from adapters.sdk.documents.reading import Findings, unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.letters.answers import answer_of
from adapters.sdk.letters.outgoing import NUMBERED, Outgoing, Sent
from adapters.sdk.state.client import AdapterState
from adapters.sdk.x12.incoming import Came, acknowledge, take_in
from adapters.sdk.x12.writing import NotWritable
from adapters.x12_warehouse.mapping import SUPPORTED, commands_of, order_numbers
from adapters.x12_warehouse.order_940 import cancellation, shipping_order
from adapters.x12_warehouse.orders import Order, find_order, find_orders, number_order
from adapters.x12_warehouse.settings import Settings, read_settings
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import (
    WarehouseServiceServicer,
    add_WarehouseServiceServicer_to_server,
)

SERVICE: Final = "crossdock.partner.warehouse.v1.WarehouseService"
CANCEL: Final = "warehouse.cancel"


class X12Warehouse(WarehouseServiceServicer):
    """A warehouse behind a mailbox. What it was told and what it acknowledged is kept at the hub."""

    def __init__(self, state: AdapterState, outgoing: Outgoing) -> None:
        self._state, self._outgoing = state, outgoing

    async def ReleaseFulfillmentOrder(
        self, request: pb.ReleaseFulfillmentOrderRequest, context: Context
    ) -> pb.ReleaseFulfillmentOrderResponse:
        """Write the shipping order."""
        call, settings = request.call, read_settings(request.call.profile_json)
        order = await number_order(self._state, call.account_id, request)
        try:
            sent = await self._outgoing.send(
                call.account_id,
                call.operation_key,
                settings.way,
                business_time_of(call),
                lambda _: shipping_order(request, order, settings),
            )
        except NotWritable as error:
            return pb.ReleaseFulfillmentOrderResponse(answer=refused("NOT_WRITABLE", f"X12 cannot carry it: {error}."))
        return pb.ReleaseFulfillmentOrderResponse(answer=answer_of(sent, awaits=settings.awaits))

    async def CancelFulfillmentOrder(
        self, request: pb.CancelFulfillmentOrderRequest, context: Context
    ) -> pb.CancelFulfillmentOrderResponse:
        """Write the shipping order that cancels, where the house takes one; its shipping advice tells what it did."""
        call, settings = request.call, read_settings(request.call.profile_json)
        order = await find_order(self._state, call.account_id, request.fulfillment_order_id)
        if order is None:
            return pb.CancelFulfillmentOrderResponse(answer=refused("UNKNOWN", "It was never released here."))
        if refusal := _why_not(request, order, settings):
            return pb.CancelFulfillmentOrderResponse(answer=refusal)
        sent = await self._outgoing.send(
            call.account_id,
            call.operation_key,
            settings.way,
            business_time_of(call),
            lambda at: cancellation(order, at, settings),
        )
        return pb.CancelFulfillmentOrderResponse(answer=_cancel_answer(sent))

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Return nothing: what a house tells comes in documents."""
        return pb.PullUpdatesResponse(pulled=call_pb2.Pulled(cursor=request.pull.cursor))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Read reports, note acknowledgments, and acknowledge what came."""
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
        orders = await find_orders(self._state, call.account_id, order_numbers(fresh))
        commands = await read_apart(partial(commands_of, fresh, orders, settings, came, findings))
        await acknowledge(came, fresh, self._outgoing, SUPPORTED)
        return pb.ReadDocumentResponse(commands=commands, problems=findings.named())

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Return whether the document of an operation was acknowledged."""
        call = request.find.call
        sent = await self._outgoing.sent(call.account_id, call.operation_key)
        if sent is None or sent.state == NUMBERED:
            return pb.FindOperationResponse(answer=not_found())
        if request.find.kind == CANCEL:
            return pb.FindOperationResponse(answer=_cancel_answer(sent))
        return pb.FindOperationResponse(answer=answer_of(sent, awaits=read_settings(call.profile_json).awaits))


def _cancel_answer(sent: Sent) -> call_pb2.Answer:
    """Return how a request to cancel stands: that it was read says nothing of what the house does."""
    answer = answer_of(sent, awaits=True)
    return pending(answer.partner_reference) if answer.outcome == call_pb2.OUTCOME_DONE else answer


def _why_not(request: pb.CancelFulfillmentOrderRequest, order: Order, settings: Settings) -> call_pb2.Answer | None:
    """Return why a request to cancel is not passed on; None where it is."""
    if not settings.takes_cancels:
        return refused("NO_CANCELS", "This warehouse takes no cancellations; takes_cancels of the profile says so.")
    if sorted((line.line_number, line.quantity) for line in request.lines) != sorted(
        (line.number, line.quantity) for line in order.lines
    ):
        return refused("PARTIAL", "This warehouse cancels orders as a whole only.")
    return None


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    servicer = X12Warehouse(context.state, Outgoing(context.state))
    add = partial(add_WarehouseServiceServicer_to_server, servicer)
    return Adapter(name=context.name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
