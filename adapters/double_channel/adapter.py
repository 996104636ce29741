"""A stand-in for a sales channel: is told of progress and stock, gives money back. Reads no documents."""

from __future__ import annotations

from typing import Final

import grpc
from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_channel import mapping, shelf
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1 import channel_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["ChannelService"]


class ChannelDouble(channel_pb2_grpc.ChannelServiceServicer):
    """The servicer; its book is the channel's memory."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def ReportProgress(self, request: pb.ReportProgressRequest, context: Context) -> pb.ReportProgressResponse:
        """Takes note of progress."""
        return once(self._book, request, pb.ReportProgressResponse, lambda operation: _report(operation, request))

    async def BatchReportProgress(
        self, request: pb.BatchReportProgressRequest, context: Context
    ) -> pb.BatchReportProgressResponse:
        """Takes note of each report."""
        responses = [await self.ReportProgress(operation, context) for operation in request.requests]
        return pb.BatchReportProgressResponse(responses=responses)

    async def RefundPayment(self, request: pb.RefundPaymentRequest, context: Context) -> pb.RefundPaymentResponse:
        """Gives back money that the channel took."""
        return once(self._book, request, pb.RefundPaymentResponse, lambda operation: _refund(operation, request))

    async def PublishStock(self, request: pb.PublishStockRequest, context: Context) -> pb.PublishStockResponse:
        """Shows new levels; one that is older than what is shown changes nothing."""
        return once(self._book, request, pb.PublishStockResponse, lambda operation: _publish(operation, request))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Is not done here."""
        await context.abort(grpc.StatusCode.UNIMPLEMENTED, "this stand-in reads no documents")

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _report(operation: Operation, request: pb.ReportProgressRequest) -> pb.ReportProgressResponse:
    operation.record("channel.progress", request.order_id, **mapping.progress_detail(request))
    return pb.ReportProgressResponse(answer=done(operation.reference("CH")))


def _refund(operation: Operation, request: pb.RefundPaymentRequest) -> pb.RefundPaymentResponse:
    operation.record("channel.refund", request.order_id, **mapping.refund_detail(request))
    return pb.RefundPaymentResponse(answer=done(operation.reference("CHR")), amount=request.amount)


def _publish(operation: Operation, request: pb.PublishStockRequest) -> pb.PublishStockResponse:
    for level in request.levels:
        shelf.show(operation.tx, operation.account_id, level.sku, level.available, operation.at)
    levels = {level.sku: level.available for level in request.levels}
    operation.record("channel.stock", operation.account_id, levels=levels)
    return pb.PublishStockResponse(answer=done(operation.reference("CH")))


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite", shelf.SCHEMA)
    servicer = ChannelDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: channel_pb2_grpc.add_ChannelServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
