"""ErpDocumentService: the documents posted to ERPs, and their answers."""

from __future__ import annotations

from uuid import UUID

from crossdock.orders.v1 import erp_document_service_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.repeats import order_not_found
from hub.messages.erp import PostDocument
from hub.orders import operations as orders
from hub.outbox import operations as outbox
from hub.wire.orders.erp_documents import document_to_pb


class ErpDocumentService:
    """Lists the documents posted to ERPs for an order."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListErpDocuments(self, request: pb.ListErpDocumentsRequest, call: Call) -> pb.ListErpDocumentsResponse:
        """Lists the documents posted for an order."""
        order_id, page = UUID(request.order_id), Page(request)
        after = page.by_number() or 0
        async with self._deps.database.reading() as tx:
            if not await orders.load(tx, call.scope, [order_id], lock=False):
                raise order_not_found(order_id)
            records = await outbox.order_messages(tx, [order_id])
        behind = [
            (record, document)
            for record in records
            if isinstance(document := record.message.payload, PostDocument) and document.document_number > after
        ]
        behind.sort(key=lambda pair: pair[1].document_number)
        rows, token = page.cut(behind[: page.size + 1], lambda pair: (pair[1].document_number,))
        return pb.ListErpDocumentsResponse(documents=[document_to_pb(*row) for row in rows], next_page_token=token)
