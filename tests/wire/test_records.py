"""Documents, events, exceptions, messages and timelines on the wire."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from google.type import money_pb2
from msgspec.structs import replace

from crossdock.admin.v1 import admin_pb2
from crossdock.inbox.v1 import inbox_pb2
from crossdock.orders.v1 import orders_pb2
from crossdock.payments.v1.payments_pb2 import PAYMENT_EVENT_KIND_CAPTURED
from crossdock.returns.v1 import returns_pb2
from hub.audit.invariant import AuditResult
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.inbox.model import Document, DocumentState, Problem
from hub.inventory.model import Snapshot, StockChange
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.messages.events.facts import EventFacts, UnknownFacts
from hub.messages.events.fulfillment import ShipmentDelivered, ShipmentLeft
from hub.messages.events.orders import HoldPlaced, LinesCanceled, OrderClosed, OrderPlaced
from hub.messages.events.returns import ReturnReceived, UnitsReceived
from hub.orders.model import Draft
from hub.outbox.model import Event, EventRecord, Message, MessageRecord, MessageState
from hub.parties.model import Contact, Party
from hub.payments.model import PaymentEventKind, PaymentReport
from hub.wire.fulfillment.inbox import command_from_pb, document_to_pb, problem_from_pb, problem_to_pb
from hub.wire.orders.timeline import entry_to_pb
from hub.wire.setup.admin import audit_result_to_pb, exception_filter_from_pb, exception_to_pb, message_to_pb
from hub.wire.setup.events import event_to_pb
from hub.wire.setup.parties import party_to_pb
from tests.support.payloads import example
from tests.wire.cases import AT, ORDER
from tests.wire.test_drafts import stated

PLACED = OrderPlaced(channel_id="WEB", channel_reference="1001", total=Money(10500, "EUR"))
LEFT = ShipmentLeft(shipment_id=ORDER, node_id="DC-NL", tracking_number="", quantity=1)
DELIVERED = ShipmentDelivered(shipment_id=ORDER, tracking_number="", state="DELIVERED")


def happened(facts: EventFacts, version: int, hours: int = 0) -> EventRecord:
    event = Event(UUID(int=version), facts, AT + timedelta(hours=hours), ORDER, version)
    return EventRecord(event, position=version)


def test_a_document_is_shown_with_its_problems_and_orders() -> None:
    problem = Problem("ST*850 segment 3", "PO102", "is no number", 2)
    document = Document(
        ORDER, "edi", "application/edi-x12", "a.edi", DocumentState.PROBLEM, "ab", 7, AT, 1, (problem,), (UUID(int=9),)
    )

    shown = document_to_pb(document)

    assert (shown.document_id, shown.state, shown.read_count) == (str(ORDER), inbox_pb2.DOCUMENT_STATE_PROBLEM, 1)
    assert problem_from_pb(shown.problems[0]) == problem_from_pb(problem_to_pb(problem)) == problem
    assert list(shown.order_ids) == [str(UUID(int=9))]


def test_commands_of_documents_become_what_flows_take() -> None:
    place, count, adjust = inbox_pb2.Command(draft_unknown_skus=True), inbox_pb2.Command(), inbox_pb2.Command()
    report = inbox_pb2.Command()
    report.report_payment.transaction_id, report.report_payment.kind = str(ORDER), PAYMENT_EVENT_KIND_CAPTURED
    place.place_order.CopyFrom(stated())
    count.stock_count.header.source = "file"
    count.stock_count.header.node_ids.append("DC-NL")
    count.stock_count.rows.add(sku="A", node_id="DC-NL", on_hand=3)
    adjust.adjust_stock.sku = "A"

    draft, snapshot, change, told = (command_from_pb(one, ORDER, AT) for one in (place, count, adjust, report))

    assert isinstance(draft, Draft)
    assert draft.draft_unknown_skus
    assert isinstance(snapshot, Snapshot)
    assert snapshot.rows == (("A", "DC-NL", 3, 0),)
    assert isinstance(change, StockChange)
    assert change.cause_id == ORDER
    assert isinstance(told, PaymentReport)
    assert (told.transaction_id, told.kind, told.occurred_at) == (ORDER, PaymentEventKind.CAPTURED, AT)


def test_a_command_that_says_nothing_is_refused() -> None:
    with pytest.raises(InvalidField):
        command_from_pb(inbox_pb2.Command(), ORDER, AT)


def test_an_event_keeps_its_place_and_its_facts() -> None:
    record = happened(PLACED, 1)

    shown = event_to_pb(record)

    assert (shown.position, shown.type, shown.order_version) == (1, "OrderPlaced", 1)
    assert shown.WhichOneof("facts") == "order_placed"
    assert shown.order_placed.channel_reference == "1001"
    assert shown.order_placed.total == money_pb2.Money(currency_code="EUR", units=105)
    assert event_to_pb(replace(record, position=None)).position == 0


def test_an_event_without_facts_shows_its_type_all_the_same() -> None:
    assert event_to_pb(happened(OrderClosed(), 1)).WhichOneof("facts") == "order_closed"


def test_an_event_of_another_version_shows_its_type_alone() -> None:
    shown = event_to_pb(happened(UnknownFacts(type="OrderPainted", stated={"color": "red"}), 1))

    assert (shown.type, shown.WhichOneof("facts")) == ("OrderPainted", None)


def test_lists_maps_and_values_of_enums_reach_subscribers() -> None:
    units = UnitsReceived(line_number=2, quantity=3, outcome="AS_EXPECTED")
    received = ReturnReceived(return_id=ORDER, node_id="DC-NL", reference="R-1", quantity=3, outcomes=(units,))
    canceled = LinesCanceled(quantity=3, reason="", lines={2: 3})
    odd = HoldPlaced(hold_id=ORDER, hold_type="ODD", reason="")

    shown = event_to_pb(happened(received, 1)).return_received

    assert (shown.return_id, shown.outcomes[0].line_number) == (str(ORDER), 2)
    assert shown.outcomes[0].outcome == returns_pb2.RECEIPT_OUTCOME_AS_EXPECTED
    assert dict(event_to_pb(happened(canceled, 1)).lines_canceled.lines) == {2: 3}
    assert event_to_pb(happened(odd, 1)).hold_placed.hold_type == orders_pb2.HOLD_TYPE_UNSPECIFIED


def test_an_entry_of_the_timeline_has_a_sentence_and_its_facts() -> None:
    shown = entry_to_pb(happened(PLACED, 1))

    assert shown.summary == "Order 1001 was placed in WEB, 105.00 EUR in all."
    assert dict(shown.facts) == {"channel_id": "WEB", "channel_reference": "1001", "total": "105.00 EUR"}


def test_an_exception_is_shown_with_owner_deadline_and_command() -> None:
    record = ExceptionRecord(
        ORDER, ExceptionReason.STOCK_SHORT, "A", "3 units wait.", "inventory", AT, "crossdock import stock FILE", AT
    )

    shown = exception_to_pb(record)

    assert (shown.reason, shown.owner, shown.order_id) == ("STOCK_SHORT", "inventory", "")
    assert not shown.HasField("resolve_time")
    assert exception_to_pb(replace(record, resolved_at=AT)).HasField("resolve_time")


@pytest.mark.parametrize(("name", "reason"), [("", None), ("DEAD_LETTER", ExceptionReason.DEAD_LETTER)])
def test_reasons_of_exceptions_are_known_by_name(name: str, reason: ExceptionReason | None) -> None:
    assert exception_filter_from_pb(admin_pb2.ListExceptionsRequest(reason=name), AT).reason is reason


def test_a_reason_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidField, match="STOCK_SHORT"):
        exception_filter_from_pb(admin_pb2.ListExceptionsRequest(reason="BOREDOM"), AT)


def test_a_message_is_shown_without_its_payload() -> None:
    message = Message(ORDER, "payment:1", example("payment.authorize", token="tok_visa"), "cards", ORDER)
    record = MessageRecord(message, 1, MessageState.DEAD, 5, "refused", AT, None, None)

    shown = message_to_pb(record)

    assert (shown.state, shown.attempts, shown.account_id) == (admin_pb2.MESSAGE_STATE_DEAD, 5, "cards")
    assert "tok_visa" not in str(shown)


def test_what_the_audit_found_is_shown_with_examples() -> None:
    shown = audit_result_to_pb(AuditResult("I1", "Slices sum.", 9, 1, ("order 1: 2 of 3",)))

    assert (shown.invariant, shown.checked_count, shown.violation_count) == ("I1", 9, 1)
    assert list(shown.examples) == ["order 1: 2 of 3"]


def test_a_party_is_shown_whole() -> None:
    assert party_to_pb(Party(ORDER, Contact("Ada", email="ada@example.com"))).contact.email == "ada@example.com"
