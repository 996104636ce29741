"""A stand-in for a service that writes to customers: notes what it sent to whose hash, never to whom."""

from __future__ import annotations

from typing import Final

import grpc
from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_notice.policy import recipient_hash, template_name
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1 import notice_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["NoticeService"]


class NoticeDouble(notice_pb2_grpc.NoticeServiceServicer):
    """The servicer; its book is the service's memory."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def SendNotice(self, request: pb.SendNoticeRequest, context: Context) -> pb.SendNoticeResponse:
        """Sends a notice: notes that it did."""
        return once(self._book, request, pb.SendNoticeResponse, lambda operation: _send(operation, request))

    async def BatchSendNotices(
        self, request: pb.BatchSendNoticesRequest, context: Context
    ) -> pb.BatchSendNoticesResponse:
        """Sends each notice."""
        responses = [await self.SendNotice(operation, context) for operation in request.requests]
        return pb.BatchSendNoticesResponse(responses=responses)

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Is not done here: nothing of the stand-in bounces."""
        await context.abort(grpc.StatusCode.UNIMPLEMENTED, "this stand-in reads no documents")

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _send(operation: Operation, request: pb.SendNoticeRequest) -> pb.SendNoticeResponse:
    operation.record(
        "notice.send",
        request.order_id,
        template=template_name(request.template),
        recipient_hash=recipient_hash(request.recipient),
        language_code=request.language_code,
        value_names=sorted(request.values),
        **({"code": code} if (code := request.values.get("code")) else {}),
    )
    return pb.SendNoticeResponse(answer=done(operation.reference("NOTE")))


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite")
    servicer = NoticeDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: notice_pb2_grpc.add_NoticeServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
