"""InboxService: documents received, shown, read again."""

from __future__ import annotations

from uuid import UUID

from crossdock.inbox.v1 import inbox_pb2 as pb
from hub.api.deps import ServiceDeps, accounts_seen
from hub.api.edge.calls import Call
from hub.api.fulfillment.changes import REPLAY_DOCUMENT
from hub.api.pages import Page
from hub.flows.upkeep.receive_documents import Received, receive_documents
from hub.inbox import operations as inbox
from hub.inbox.errors import DocumentNotFound
from hub.inbox.model import Document
from hub.kernel.errors import Refusal
from hub.network.errors import UnknownChannel
from hub.wire.fulfillment.inbox import DOCUMENT_STATES, document_to_pb


class InboxService:
    """Receives documents and tells what became of them."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def Receive(self, request: pb.ReceiveRequest, call: Call) -> pb.ReceiveResponse:
        """Store a document and return once it is safe. It needs no gate: the bytes are their own request id."""
        deps = self._deps
        async with deps.database.transaction() as tx:
            flow = await deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            seen = accounts_seen(flow.network, call.scope)
            if seen is not None and request.account_id not in seen:
                raise UnknownChannel(f"No account {request.account_id} reads documents.", account_id=request.account_id)
            document = (request.account_id, request.media_type, request.name, request.content)
            (answer,) = await receive_documents(flow, [Received(*document, deps.repeat_window)])
            if isinstance(answer, Refusal):
                raise answer
        return pb.ReceiveResponse(document=document_to_pb(answer))

    async def GetDocument(self, request: pb.GetDocumentRequest, call: Call) -> pb.GetDocumentResponse:
        """Reads one document with its problems."""
        return pb.GetDocumentResponse(document=document_to_pb(await self._document(UUID(request.document_id), call)))

    async def ListDocuments(self, request: pb.ListDocumentsRequest, call: Call) -> pb.ListDocumentsResponse:
        """Lists documents, newest first."""
        page = Page(request)
        after = page.by_instant()
        state = DOCUMENT_STATES.optional(request.state, "state")
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            seen = accounts_seen(flow.network, call.scope)
            found = await inbox.page(
                tx, None if seen is None else sorted(seen), state, request.name, after, page.size + 1
            )
        rows, token = page.cut(found, lambda one: (one.received_at, one.document_id))
        return pb.ListDocumentsResponse(documents=[document_to_pb(row) for row in rows], next_page_token=token)

    async def ReplayDocument(self, request: pb.ReplayDocumentRequest, call: Call) -> pb.ReplayDocumentResponse:
        """Has a document read again."""
        document = await self._document(UUID(request.document_id), call)
        asked = call.asked(request, request.request_id)
        replayed = await self._deps.gate.run(REPLAY_DOCUMENT, asked, document.document_id)
        return pb.ReplayDocumentResponse(document=document_to_pb(replayed))

    async def _document(self, document_id: UUID, call: Call) -> Document:
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            seen = accounts_seen(flow.network, call.scope)
            document = (await inbox.load(tx, [document_id])).get(document_id)
        if document is None or (seen is not None and document.account_id not in seen):
            raise DocumentNotFound(f"There is no document {document_id}.", document_id=document_id)
        return document
