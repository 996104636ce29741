"""A stand-in for a carrier: follows parcels, tells where they are by business time, and sells labels."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_transport import policy
from adapters.double_transport.settings import Settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, refused
from adapters.sdk.doubles import updates
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from adapters.sdk.times import instant_of, timestamp_of
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1 import transport_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["TransportService"]
SCHEMA: Final = (
    updates.SCHEMA
    + """
CREATE TABLE IF NOT EXISTS parcel (
    account_id TEXT NOT NULL, tracking_number TEXT NOT NULL, reference TEXT NOT NULL,
    PRIMARY KEY (account_id, tracking_number)
);
CREATE TABLE IF NOT EXISTS label (
    account_id TEXT NOT NULL, operation_key TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (account_id, operation_key)
);
"""
)


class TransportDouble(transport_pb2_grpc.TransportServiceServicer):
    """The servicer; its book is the carrier's memory."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def RegisterParcel(self, request: pb.RegisterParcelRequest, context: Context) -> pb.RegisterParcelResponse:
        """Follows a parcel from when it left."""
        return once(self._book, request, pb.RegisterParcelResponse, lambda operation: _register(operation, request))

    async def BuyLabel(self, request: pb.BuyLabelRequest, context: Context) -> pb.BuyLabelResponse:
        """Sells a label."""
        return once(self._book, request, pb.BuyLabelResponse, lambda operation: _sell(operation, request))

    async def RefundLabel(self, request: pb.RefundLabelRequest, context: Context) -> pb.RefundLabelResponse:
        """Takes a label back."""
        return once(self._book, request, pb.RefundLabelResponse, lambda operation: _take_back(operation, request))

    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Tells what was seen of parcels since the cursor."""
        call = request.pull.call
        with self._book.transaction() as tx:
            _catch_up(tx, call.account_id, business_time_of(call))
            page = updates.read_page(tx, request.pull, fulfillment_pb2.CarrierEvent)
        return pb.PullUpdatesResponse(events=page.updates, pulled=page.pulled)

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _register(operation: Operation, request: pb.RegisterParcelRequest) -> pb.RegisterParcelResponse:
    settings = Settings.read(request.call.profile_json)
    if not request.tracking_number or not request.HasField("ship_time"):
        raise BadCall("tracking_number and ship_time are required")
    known = operation.tx.execute(
        "SELECT reference FROM parcel WHERE account_id = ? AND tracking_number = ?",
        (operation.account_id, request.tracking_number),
    ).fetchone()
    if known:
        operation.record("registered_again", request.tracking_number)
        return pb.RegisterParcelResponse(answer=done(known["reference"]))
    reference = operation.reference("TR")
    values = (operation.account_id, request.tracking_number, reference)
    operation.tx.execute("INSERT INTO parcel VALUES (?, ?, ?)", values)
    promised_at = instant_of(request.promised_time) if request.HasField("promised_time") else None
    for state, due in policy.journey(instant_of(request.ship_time), promised_at, settings):
        updates.plan(operation.tx, operation.account_id, updates.Step(state, request.tracking_number, "", due))
    operation.record("transport.register", request.tracking_number, from_node_id=request.from_node_id)
    return pb.RegisterParcelResponse(answer=done(reference))


def _sell(operation: Operation, request: pb.BuyLabelRequest) -> pb.BuyLabelResponse:
    settings = Settings.read(request.call.profile_json)
    if request.weight_grams < 1 or not request.ship_to.name:
        raise BadCall("weight_grams and ship_to are required")
    if settings.most_label_grams and request.weight_grams > settings.most_label_grams:
        operation.record("label_refused", operation.key)
        return pb.BuyLabelResponse(answer=refused("too_heavy", "No service carries the parcel."))
    number = operation.reference("LB")
    cost = policy.label_cost(request.weight_grams, settings)
    operation.tx.execute("INSERT INTO label VALUES (?, ?, ?, 'SOLD')", (operation.account_id, operation.key, number))
    operation.record(
        "transport.label",
        number,
        service_code=request.service_code,
        weight_grams=request.weight_grams,
        incoterm=request.customs.incoterm,
        customs=[f"{one.quantity} {one.hs_code} {one.origin_country_code}" for one in request.customs.goods],
    )
    label = pb.Label(
        tracking_number=number,
        format=request.format,
        document=policy.label_document(request.format, number),
        cost=cost,
        carrier_code="DOUBLE",
    )
    return pb.BuyLabelResponse(answer=done(number), label=label)


def _take_back(operation: Operation, request: pb.RefundLabelRequest) -> pb.RefundLabelResponse:
    settings = Settings.read(request.call.profile_json)
    known = operation.tx.execute(
        "SELECT number, state FROM label WHERE account_id = ? AND operation_key = ?",
        (operation.account_id, request.label_key),
    ).fetchone()
    if known is None or known["number"] != request.tracking_number:
        return pb.RefundLabelResponse(answer=refused("unknown_label", "No such label was sold."))
    if not settings.takes_labels_back:
        operation.record("refund_refused", known["number"])
        return pb.RefundLabelResponse(answer=refused("not_refundable", "The label is to be paid for."))
    if known["state"] == "SOLD":
        operation.tx.execute(
            "UPDATE label SET state = 'VOIDED' WHERE account_id = ? AND operation_key = ?",
            (operation.account_id, request.label_key),
        )
        operation.record("transport.refund_label", known["number"])
    return pb.RefundLabelResponse(answer=done(known["number"]))


def _catch_up(tx: sqlite3.Connection, account_id: str, at: datetime) -> None:
    while step := updates.take_due(tx, account_id, at):
        update_id = f"{step.subject}/{step.kind}"
        event = fulfillment_pb2.CarrierEvent(
            tracking_number=step.subject,
            state=step.kind,
            occur_time=timestamp_of(step.due),
            event_reference=update_id,
        )
        updates.tell(tx, account_id, update_id, event)


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite", SCHEMA)
    servicer = TransportDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: transport_pb2_grpc.add_TransportServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
