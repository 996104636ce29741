"""Documents and the commands read from them on the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from msgspec import Struct

from crossdock.inbox.v1 import inbox_pb2 as pb
from hub.fulfillment.model import CarrierEvent, ShipmentReport, ShortReport
from hub.inbox.model import Document, DocumentState, Problem
from hub.inventory.model import Snapshot, StockChange
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.messages.notice import NoticeBounce
from hub.orders.model import Draft
from hub.payments.model import PaymentReport
from hub.trade.model.declarations import DeclarationEvent
from hub.wire.checks.elements import refuse_flawed
from hub.wire.checks.texts import without_nul
from hub.wire.enums import Names
from hub.wire.fulfillment.fulfillment import carrier_event_from_pb, shipment_report_from_pb, short_report_from_pb
from hub.wire.instants import instant_to_pb
from hub.wire.orders.drafts import draft_from_pb
from hub.wire.orders.payments import payment_report_from_pb
from hub.wire.papers.declarations import declaration_event_from_pb
from hub.wire.stock.inventory import adjustment_from_pb, rows_from_pb, snapshot_from_pb

GatedValue = (
    Draft | Snapshot | StockChange | PaymentReport | ShipmentReport | ShortReport | CarrierEvent | DeclarationEvent
)
"""What the gate takes."""
CommandValue = GatedValue | NoticeBounce

DOCUMENT_STATES: Final = Names(DocumentState, pb.DocumentState, "DOCUMENT_STATE")


def document_to_pb(document: Document) -> pb.Document:
    """The document as a message, without its content."""
    return pb.Document(
        document_id=str(document.document_id),
        account_id=document.account_id,
        media_type=document.media_type,
        name=document.name,
        state=DOCUMENT_STATES.to_pb(document.state),
        size_bytes=document.size_bytes,
        content_hash=document.content_hash,
        receive_time=instant_to_pb(document.received_at),
        problems=[problem_to_pb(problem) for problem in document.problems],
        order_ids=[str(order_id) for order_id in document.order_ids],
        read_count=document.read_count,
        repeat_count=document.repeat_count,
    )


def problem_to_pb(problem: Problem) -> pb.Problem:
    """The problem as a message."""
    return pb.Problem(location=problem.location, field=problem.field, reason=problem.reason, ordinal=problem.ordinal)


def problem_from_pb(message: pb.Problem) -> Problem:
    """The problem in a message."""
    return Problem(message.location, message.field, message.reason, message.ordinal)


class ReadCommand(Struct, frozen=True):
    """A command as an adapter read it in a document; `location` is where in the document it stands.

    `event_id` is the partner's own id of what it says, empty where there is none.
    """

    location: str
    event_id: str
    draft_unknown_skus: bool
    message: pb.Command

    def value(self, command_id: UUID, at: Instant) -> CommandValue:
        """Return what the command asks for, once it keeps all rules of the contract; raises as `command_from_pb` does.

        Raises CardNumberRefused where a field holds a card number.
        """
        if self.message.HasField("stock_count"):
            self.message.stock_count.header.request_id = str(command_id)
        refuse_flawed(self.message)
        return command_from_pb(self.message, command_id, at)


def read_command(message: pb.Command) -> ReadCommand:
    """Return the command of a message, its content still unread."""
    return ReadCommand(
        without_nul(message.location), without_nul(message.event_id), message.draft_unknown_skus, message
    )


_REPORTS: Final[Mapping[str, Callable[[pb.Command, Instant], CommandValue]]] = {
    "report_payment": lambda message, at: payment_report_from_pb(message.report_payment, at),
    "shipment": lambda message, at: shipment_report_from_pb(message.shipment, at),
    "short": lambda message, at: short_report_from_pb(message.short, at),
    "carrier_event": lambda message, _: carrier_event_from_pb(message.carrier_event),
    "declaration_event": lambda message, _: declaration_event_from_pb(message.declaration_event),
    "report_bounce": lambda message, _: NoticeBounce(
        UUID(message.report_bounce.operation_key), message.report_bounce.code
    ),
}
"""Reports of partners, by their field of a command."""


def command_from_pb(message: pb.Command, command_id: UUID, at: Instant) -> CommandValue:
    """What a document asks for; `command_id` names the document and the command's place in it, `at` is when it is read.

    Raises InvalidField and CurrencyMismatch as the conversions of each kind do, and InvalidField for a command without
    a kind.
    """
    match message.WhichOneof("kind"):
        case "place_order":
            return draft_from_pb(message.place_order, draft_unknown_skus=message.draft_unknown_skus)
        case "stock_count":
            header = message.stock_count.header
            rows = rows_from_pb(message.stock_count.rows, {node_id: node_id for node_id in header.node_ids})
            return snapshot_from_pb(header, rows)
        case "adjust_stock":
            return adjustment_from_pb(message.adjust_stock, command_id)
        case str() as kind:
            return _REPORTS[kind](message, at)
        case _:
            raise InvalidField("The command states nothing to do; correct its adapter.", kind="missing")
