"""Serves the ERP contract: what is billed and given back becomes a document; other postings count as told.

What a document says stands in `invoices`, how it is written in `billing`, `invoice_810` and `invoic`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from adapters.invoice_files.invoices import Invoice, NotInvoiced, invoice_of
from adapters.invoice_files.settings import Settings, read_settings
from adapters.invoice_files.ways import InvoiceWay
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done, not_found, operation_time_of, refused
from adapters.sdk.http.serving import PartnerFailures
from adapters.sdk.letters.files import FileWay
from adapters.sdk.letters.outgoing import NUMBERED, Outgoing
from adapters.sdk.state.client import AdapterState
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.erp.v1 import erp_pb2 as pb
from crossdock.partner.erp.v1.erp_pb2_grpc import ErpServiceServicer, add_ErpServiceServicer_to_server

SERVICE: Final = "crossdock.partner.erp.v1.ErpService"
NOT_SENT: Final = "no document"
BILLED: Final = frozenset({pb.DOCUMENT_KIND_INVOICE, pb.DOCUMENT_KIND_CREDIT_NOTE})


class InvoiceFiles(ErpServiceServicer):
    """A bookkeeper that takes invoices and credit notes as files. Their numbers are kept at the hub."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._outgoing = state, Outgoing(state)

    async def PostDocument(self, request: pb.PostDocumentRequest, context: Context) -> pb.PostDocumentResponse:
        """Write the document of an invoice or credit note, once."""
        call = request.call
        at, settings = operation_time_of(call), read_settings(call.profile_json)
        if request.kind not in BILLED:
            return pb.PostDocumentResponse(answer=done(NOT_SENT))
        try:
            invoice = invoice_of(request, settings)
        except NotInvoiced as reason:
            return pb.PostDocumentResponse(answer=refused(reason.code, str(reason)))
        if _is_unreachable(invoice, settings):
            return pb.PostDocumentResponse(answer=_unreachable(request))
        way, keys = InvoiceWay(settings), await self._billed(request)
        invoice = replace(invoice, credits=await way.of_order(self._outgoing, call.account_id, keys))
        sent = await self._outgoing.send(call.account_id, call.operation_key, way, at, lambda _: invoice)
        return pb.PostDocumentResponse(answer=done(way.number(sent.control)))

    async def _billed(self, request: pb.PostDocumentRequest) -> list[str]:
        """Return the operations that bill the order of a credit note; remember that of an invoice."""
        account_id, key, name = request.call.account_id, request.call.operation_key, f"billed/{request.order_id}"
        if request.kind == pb.DOCUMENT_KIND_CREDIT_NOTE:
            return (await self._state.get(account_id, name)).value.decode().split()
        await self._state.update(
            account_id, name, lambda keys: " ".join({**dict.fromkeys(keys.decode().split()), key: None}).encode()
        )
        return []

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Return whether the document of an operation was written."""
        call = request.find.call
        sent = await self._outgoing.sent(call.account_id, call.operation_key)
        if sent is None or sent.state == NUMBERED:
            return pb.FindOperationResponse(answer=not_found())
        number = InvoiceWay(read_settings(call.profile_json)).number(sent.control)
        return pb.FindOperationResponse(answer=done(number))


def _is_unreachable(invoice: Invoice, settings: Settings) -> bool:
    return isinstance(settings.way, FileWay) and not invoice.buyer.endpoint


def _unreachable(request: pb.PostDocumentRequest) -> call_pb2.Answer:
    """Return the answer for a buyer without an address in the Peppol network: a firm misses its invoice."""
    if not request.bill_to.company:
        return done(NOT_SENT)
    return refused("NO_ENDPOINT", "The buyer is a firm, and neither the order nor the profile states its address.")


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    add = partial(add_ErpServiceServicer_to_server, InvoiceFiles(context.state))
    return Adapter(name=context.name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
