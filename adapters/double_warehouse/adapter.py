"""A stand-in for a warehouse system: works what it is handed by business time, reports it, cancels what it can."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import grpc
from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_warehouse import floor, physical, policy, shift
from adapters.double_warehouse.mapping import lines_of
from adapters.double_warehouse.policy import Stage
from adapters.double_warehouse.settings import Settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, business_time_of, done, pending, refused
from adapters.sdk.doubles import updates
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, find, once
from adapters.sdk.doubles.reception import Reception
from crossdock.orders.v1 import orders_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1 import warehouse_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["WarehouseService"]
SCHEMA: Final = floor.SCHEMA + physical.SCHEMA + updates.SCHEMA


class WarehouseDouble(warehouse_pb2_grpc.WarehouseServiceServicer):
    """The servicer; its book is the warehouse's memory."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def ReleaseFulfillmentOrder(
        self, request: pb.ReleaseFulfillmentOrderRequest, context: Context
    ) -> pb.ReleaseFulfillmentOrderResponse:
        """Takes a fulfillment order and plans its work."""
        return once(
            self._book, request, pb.ReleaseFulfillmentOrderResponse, lambda operation: _release(operation, request)
        )

    async def CancelFulfillmentOrder(
        self, request: pb.CancelFulfillmentOrderRequest, context: Context
    ) -> pb.CancelFulfillmentOrderResponse:
        """Cancels units as long as they are not packed, at once or later, as the profile says."""
        return once(
            self._book, request, pb.CancelFulfillmentOrderResponse, lambda operation: _cancel(operation, request)
        )

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Works what is due, then tells what came of it since the cursor."""
        call = request.pull.call
        with self._book.transaction() as tx:
            shift.catch_up(tx, call.account_id, business_time_of(call))
            page = updates.read_page(tx, request.pull, pb.Update)
        return pb.PullUpdatesResponse(updates=page.updates, pulled=page.pulled)

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Is not done here: stock files are read by an adapter of their own."""
        await context.abort(grpc.StatusCode.UNIMPLEMENTED, "this stand-in reads no documents")

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered, or what came of it by now."""
        call = request.find.call
        with self._book.transaction() as tx:
            if call.HasField("business_time"):
                shift.catch_up(tx, call.account_id, business_time_of(call))
            return find(tx, call.account_id, call.operation_key, pb.FindOperationResponse)


def _release(operation: Operation, request: pb.ReleaseFulfillmentOrderRequest) -> pb.ReleaseFulfillmentOrderResponse:
    Settings.read(request.call.profile_json)
    fulfillment_order_id, lines = request.fulfillment_order_id, lines_of(request.lines)
    if early := floor.early_cancel(operation.tx, operation.account_id, fulfillment_order_id):
        operation.record("overtaken", fulfillment_order_id, cancel_operation_key=early)
        return pb.ReleaseFulfillmentOrderResponse(answer=refused("CANCELED", "It was canceled before it came."))
    if known := floor.load(operation.tx, operation.account_id, fulfillment_order_id):
        operation.record("released_again", fulfillment_order_id)
        return pb.ReleaseFulfillmentOrderResponse(answer=done(known.reference))
    if not policy.can_be_worked(lines):
        return pb.ReleaseFulfillmentOrderResponse(answer=refused("BAD_LINES", "No units, or a line twice."))
    job = floor.Job(
        account_id=operation.account_id,
        fulfillment_order_id=fulfillment_order_id,
        node_id=request.node_id,
        reference=operation.reference("WH"),
        profile_json=request.call.profile_json,
        stage=Stage.WAITING,
        lines=lines,
    )
    floor.save(operation.tx, job)
    collected = request.delivery_method == orders_pb2.DELIVERY_METHOD_PICKUP
    shift.schedule(operation.tx, job, operation.at, collected=collected)
    units = sum(line.quantity for line in lines)
    operation.record("warehouse.release", fulfillment_order_id, node_id=request.node_id, units=units)
    return pb.ReleaseFulfillmentOrderResponse(answer=done(job.reference))


def _cancel(operation: Operation, request: pb.CancelFulfillmentOrderRequest) -> pb.CancelFulfillmentOrderResponse:
    manner = Settings.read(request.call.profile_json).cancel
    shift.catch_up(operation.tx, operation.account_id, operation.at)
    job = floor.load(operation.tx, operation.account_id, request.fulfillment_order_id)
    if job is None:
        floor.note_early_cancel(operation.tx, operation.account_id, request.fulfillment_order_id, operation.key)
        return pb.CancelFulfillmentOrderResponse(answer=refused("UNKNOWN", "It was never released here."))
    asked = floor.CancelRequest(
        operation_key=operation.key, profile_json=request.call.profile_json, lines=lines_of(request.lines)
    )
    if manner.after_minutes is None:
        answer = shift.answer_cancel(operation.tx, job, asked, operation.at)
        return pb.CancelFulfillmentOrderResponse(answer=answer)
    floor.save_request(operation.tx, job, asked)
    due = operation.at + timedelta(minutes=manner.after_minutes)
    step = updates.Step(shift.DECIDE, job.fulfillment_order_id, operation.key, due)
    updates.plan(operation.tx, operation.account_id, step)
    return pb.CancelFulfillmentOrderResponse(answer=pending(f"{job.reference}-C"))


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite", SCHEMA)
    servicer = WarehouseDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: warehouse_pb2_grpc.add_WarehouseServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
