"""`crossdock erp-documents`: the documents posted to the ERP for an order, with the ERP's numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.orders.v1 import erp_document_service_pb2 as pb
from crossdock.partner.erp.v1 import erp_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("erp-documents")(erp_documents)


def erp_documents(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Argument(metavar="ORDER")],
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List the documents posted to the ERP for an order, with the ERP's numbers."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        listing = pb.ListErpDocumentsRequest(order_id=order)
        documents = all_of(hub, hub.erp_documents.ListErpDocuments, listing, "documents", limit)
    if session.output.as_json:
        session.output.json({"documents": documents})
        return
    rows = [
        (
            document.document_number,
            wording.state(erp_pb2.DocumentKind, document.kind, "DOCUMENT_KIND_"),
            wording.money(document.total),
            wording.state(pb.ErpDocumentState, document.state, "ERP_DOCUMENT_STATE_"),
            document.erp_number,
            wording.instant(document.answer_time),
            document.failure,
        )
        for document in documents
    ]
    columns = ("NUMBER#", "DOCUMENT", "TOTAL#", "STATE", "ERP NUMBER", "ANSWERED", "FAILURE")
    session.output.table(columns, rows, empty="No document was posted for this order.")
