"""A stand-in for an ERP: takes postings once per key, and notes when an order's documents do not come in order."""

from __future__ import annotations

from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_erp import policy
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done, refused
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from adapters.sdk.money import nanos_of, text_of
from crossdock.partner.erp.v1 import erp_pb2 as pb
from crossdock.partner.erp.v1 import erp_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["ErpService"]
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS posted (
    account_id TEXT NOT NULL, order_id TEXT NOT NULL, document_number INTEGER NOT NULL, reference TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS posted_by_order ON posted (account_id, order_id, document_number);
"""


class ErpDouble(erp_pb2_grpc.ErpServiceServicer):
    """The servicer; its book is the ERP's."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def PostDocument(self, request: pb.PostDocumentRequest, context: Context) -> pb.PostDocumentResponse:
        """Posts a document whose lines sum to its total."""
        return once(self._book, request, pb.PostDocumentResponse, lambda operation: _post(operation, request))

    async def BatchPostDocuments(
        self, request: pb.BatchPostDocumentsRequest, context: Context
    ) -> pb.BatchPostDocumentsResponse:
        """Posts each document."""
        responses = [await self.PostDocument(operation, context) for operation in request.requests]
        return pb.BatchPostDocumentsResponse(responses=responses)

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _post(operation: Operation, request: pb.PostDocumentRequest) -> pb.PostDocumentResponse:
    if not policy.adds_up(request):
        answer = refused("TOTAL_MISMATCH", "The lines do not sum to the total.")
        return pb.PostDocumentResponse(answer=answer)
    book = request.order_id or f"stock of {request.node_id}"
    row = operation.tx.execute(
        "SELECT coalesce(max(document_number), 0) + 1 AS expected FROM posted WHERE account_id = ? AND order_id = ?",
        (operation.account_id, book),
    ).fetchone()
    if row["expected"] != request.document_number:
        operation.record("out_of_order", book, expected=row["expected"], came=request.document_number)
    reference = operation.reference("ERP")
    operation.tx.execute(
        "INSERT INTO posted VALUES (?, ?, ?, ?)", (operation.account_id, book, request.document_number, reference)
    )
    operation.record("erp.post", f"{book}/{request.document_number}", reference=reference, **_detail(request))
    return pb.PostDocumentResponse(answer=done(reference))


def _detail(request: pb.PostDocumentRequest) -> dict[str, object]:
    """What a document says, as the ERP stores it."""
    kind = policy.kind_name(request.kind)
    if not request.HasField("total"):
        lines = [{"sku": line.sku, "quantity": line.quantity, "cause": line.cause} for line in request.lines]
        return {"kind": kind, "node_id": request.node_id, "lines": lines}
    currency = request.total.currency_code
    total = text_of(nanos_of(request.total, "total"), currency)
    said: dict[str, object] = {
        "kind": kind,
        "total": total,
        "currency": currency,
        "subject": request.subject_id,
        "terms": request.terms,
    }
    if request.to_seller_id:
        said |= {"from": request.seller_id, "to": request.to_seller_id, "node_id": request.node_id}
    return said


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite", SCHEMA)
    servicer = ErpDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: erp_pb2_grpc.add_ErpServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
