"""A stand-in for customs: takes declarations and their documents, and decides on them by business time."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_customs.policy import Behavior, course
from adapters.double_customs.settings import Settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, refused
from adapters.sdk.doubles import updates
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from adapters.sdk.money import nanos_of, text_of
from adapters.sdk.times import timestamp_of
from crossdock.partner.customs.v1 import customs_pb2 as pb
from crossdock.partner.customs.v1 import customs_pb2_grpc
from crossdock.trade.v1 import declarations_pb2

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["CustomsService"]
SCHEMA: Final = (
    updates.SCHEMA
    + """
CREATE TABLE IF NOT EXISTS declaration (
    account_id TEXT NOT NULL, declaration_id TEXT NOT NULL, reference TEXT NOT NULL, behavior TEXT NOT NULL,
    PRIMARY KEY (account_id, declaration_id)
);
"""
)
_INVOICE: Final = "COMMERCIAL_INVOICE"
_HELD: Final = "DECLARATION_STATE_HELD"
_RELEASED: Final = "DECLARATION_STATE_RELEASED"
_REASONS: Final = {
    (Behavior.HOLD, _HELD): "selected for a check",
    (Behavior.MISSING, _HELD): "a document is missing",
    (Behavior.REJECT, "DECLARATION_STATE_REJECTED"): "the classification is not accepted",
}


class CustomsDouble(customs_pb2_grpc.CustomsServiceServicer):
    """The servicer; its book is the memory of customs."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def Declare(self, request: pb.DeclareRequest, context: Context) -> pb.DeclareResponse:
        """Takes a declaration, or refuses it."""
        return once(self._book, request, pb.DeclareResponse, lambda operation: _declare(operation, request))

    async def AddDocument(self, request: pb.AddDocumentRequest, context: Context) -> pb.AddDocumentResponse:
        """Takes a document; the missing one has the goods released later."""
        return once(self._book, request, pb.AddDocumentResponse, lambda operation: _add(operation, request))

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Tells what was decided since the cursor."""
        call = request.pull.call
        with self._book.transaction() as tx:
            _catch_up(tx, call.account_id, business_time_of(call))
            page = updates.read_page(tx, request.pull, declarations_pb2.DeclarationEvent)
        return pb.PullUpdatesResponse(events=page.updates, pulled=page.pulled)

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _declare(operation: Operation, request: pb.DeclareRequest) -> pb.DeclareResponse:
    settings = Settings.read(request.call.profile_json)
    consignment = request.consignment
    if not request.declaration_id or not consignment.goods:
        raise BadCall("declaration_id and goods are required")
    behavior = settings.of_order(consignment.order_number)
    if behavior is Behavior.REFUSE:
        return pb.DeclareResponse(answer=refused("declaration_refused", "The declaration is not accepted as it is."))
    if known := _known(operation.tx, operation.account_id, request.declaration_id):
        operation.record("declared_again", request.declaration_id)
        return pb.DeclareResponse(answer=done(known["reference"]))
    reference = operation.reference("MRN")
    values = (operation.account_id, request.declaration_id, reference, behavior.value)
    operation.tx.execute("INSERT INTO declaration VALUES (?, ?, ?, ?)", values)
    minutes = settings.accept_after_minutes, settings.decide_after_minutes
    for state, due in course(behavior, operation.at, *minutes):
        updates.plan(operation.tx, operation.account_id, updates.Step(state, request.declaration_id, "", due))
    operation.record(
        "customs.declare",
        request.declaration_id,
        fulfillment_order_id=consignment.fulfillment_order_id,
        order_number=consignment.order_number,
        tracking_number=request.tracking_number,
        goods=[[goods.hs_code, goods.origin_country_code, goods.quantity] for goods in consignment.goods],
        value=text_of(nanos_of(consignment.goods_value, "goods_value"), consignment.goods_value.currency_code),
        reference=reference,
    )
    return pb.DeclareResponse(answer=done(reference))


def _add(operation: Operation, request: pb.AddDocumentRequest) -> pb.AddDocumentResponse:
    settings = Settings.read(request.call.profile_json)
    known = _known(operation.tx, operation.account_id, request.declaration_id)
    if known is None:
        return pb.AddDocumentResponse(answer=refused("declaration_unknown", "There is no such declaration."))
    if not request.content.startswith(b"%PDF"):
        return pb.AddDocumentResponse(answer=refused("document_unreadable", "The document is no PDF."))
    value = declarations_pb2.DeclarationDocument.DESCRIPTOR.values_by_number.get(request.document)
    name = value.name.removeprefix("DECLARATION_DOCUMENT_") if value else str(request.document)
    operation.record("customs.document", request.declaration_id, document=name)
    if known["behavior"] == Behavior.MISSING.value and name == _INVOICE:
        operation.tx.execute(
            "UPDATE declaration SET behavior = ? WHERE account_id = ? AND declaration_id = ?",
            (Behavior.RELEASE.value, operation.account_id, request.declaration_id),
        )
        updates.drop(operation.tx, operation.account_id, request.declaration_id, [_HELD])
        due = operation.at + timedelta(minutes=settings.decide_after_minutes)
        step = updates.Step(_RELEASED, request.declaration_id, "", due)
        updates.plan(operation.tx, operation.account_id, step)
    return pb.AddDocumentResponse(answer=done(operation.reference("DOC")))


def _catch_up(tx: sqlite3.Connection, account_id: str, at: datetime) -> None:
    while step := updates.take_due(tx, account_id, at):
        known = _known(tx, account_id, step.subject)
        if known is None:
            continue
        behavior = Behavior(known["behavior"])
        event = declarations_pb2.DeclarationEvent(
            declaration_id=step.subject,
            customs_reference=known["reference"],
            state=step.kind,
            occur_time=timestamp_of(step.due),
            event_reference=f"{known['reference']}/{step.kind}",
            reason=_REASONS.get((behavior, step.kind), ""),
            missing_documents=[_INVOICE] if behavior is Behavior.MISSING and step.kind == _HELD else [],
        )
        updates.tell(tx, account_id, event.event_reference, event)


def _known(tx: sqlite3.Connection, account_id: str, declaration_id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = tx.execute(
        "SELECT * FROM declaration WHERE account_id = ? AND declaration_id = ?", (account_id, declaration_id)
    ).fetchone()
    return row


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite", SCHEMA)
    servicer = CustomsDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: customs_pb2_grpc.add_CustomsServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
