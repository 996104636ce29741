"""Documents, events, exceptions, messages and timelines on the wire."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from crossdock.admin.v1 import admin_pb2
from crossdock.inbox.v1 import inbox_pb2
from hub.audit.invariant import AuditResult
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.inbox.model import Document, DocumentState, Problem
from hub.inventory.model import Snapshot, StockChange
from hub.kernel.errors import InvalidField
from hub.orders.model import Draft
from hub.outbox.model import Event, EventRecord, Message, MessageRecord, MessageState
from hub.parties.model import Contact, Party
from hub.wire.fulfillment.inbox import command_from_pb, document_to_pb, problem_from_pb, problem_to_pb
from hub.wire.orders.timeline import SENTENCES, sentence, timeline_to_pb
from hub.wire.setup.admin import audit_result_to_pb, exception_reason_from_pb, exception_to_pb, message_to_pb
from hub.wire.setup.events import event_to_pb
from hub.wire.setup.parties import party_to_pb
from tests.wire.cases import AT, ORDER
from tests.wire.test_drafts import stated

FACTS = st.dictionaries(
    st.text(min_size=1), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())
)


def happened(event_type: str, version: int, hours: int = 0, **facts: object) -> EventRecord:
    event = Event(UUID(int=version), event_type, AT + timedelta(hours=hours), facts, ORDER, version)
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
    place.place_order.CopyFrom(stated())
    count.stock_count.header.source = "file"
    count.stock_count.rows.add(sku="A", node_id="DC-NL", on_hand=3)
    adjust.adjust_stock.sku = "A"

    draft, snapshot, change = (command_from_pb(one, ORDER) for one in (place, count, adjust))

    assert isinstance(draft, Draft)
    assert draft.draft_unknown_skus
    assert isinstance(snapshot, Snapshot)
    assert snapshot.rows == (("A", "DC-NL", 3, 0),)
    assert isinstance(change, StockChange)
    assert change.cause_id == ORDER


def test_a_command_that_says_nothing_is_refused() -> None:
    with pytest.raises(InvalidField):
        command_from_pb(inbox_pb2.Command(), ORDER)


def test_an_event_keeps_its_place_and_its_facts() -> None:
    record = happened("OrderPlaced", 1, total="105.00 EUR", lines=[1, 2])

    shown = event_to_pb(record)

    assert (shown.position, shown.type, shown.order_version) == (1, "OrderPlaced", 1)
    assert json.loads(shown.facts_json) == {"lines": [1, 2], "total": "105.00 EUR"}
    assert event_to_pb(replace(record, position=None)).position == 0


def test_a_timeline_is_sorted_by_when_things_happened() -> None:
    late = [happened("OrderPlaced", 1), happened("ShipmentDelivered", 2, hours=9), happened("ShipmentLeft", 3, hours=4)]
    late.append(happened("OrderClosed", 4, hours=9))

    shown = timeline_to_pb(late)

    assert [one.type for one in shown] == ["OrderPlaced", "ShipmentLeft", "ShipmentDelivered", "OrderClosed"]


@pytest.mark.parametrize(
    ("event_type", "facts", "told"),
    [
        (
            "OrderPlaced",
            {"channel_reference": "1001", "channel_id": "WEB", "total": "105.00 EUR"},
            "Order 1001 was placed in WEB, 105.00 EUR in all.",
        ),
        ("OrderPlaced", {}, "The order was placed."),
        ("ShipmentLeft", {"quantity": 1, "node_id": "DC-NL", "tracking_number": ""}, "1 unit left DC-NL."),
        ("UnitsShort", {"quantity": 2, "node_id": "A", "reason": "DAMAGED"}, "2 units cannot ship from A: DAMAGED."),
        ("LinesReserved", {"nodes": ["A", "B"], "why": "Cheapest."}, "Stock reserved at A, B: Cheapest."),
        ("HoldPlaced", {"hold_type": "MANUAL", "reason": "It is odd."}, "Put on MANUAL hold: It is odd."),
        ("SomethingNew", {"b": 2, "a": [1]}, "Something new: a 1, b 2."),
        ("SomethingNew", {}, "Something new."),
        ("CancelRefused", {}, "Cancel refused."),
    ],
)
def test_events_are_told_in_a_sentence(event_type: str, facts: dict[str, object], told: str) -> None:
    assert sentence(event_type, facts) == told


@given(st.sampled_from([*SENTENCES, "Unheard", ""]), FACTS)
def test_any_event_can_be_told(event_type: str, facts: dict[str, object]) -> None:
    assert isinstance(sentence(event_type, facts), str)


def test_facts_that_look_like_templates_are_told_as_they_are() -> None:
    assert sentence("OrderRejected", {"reason": "{node_id} {"}) == "The order was rejected: {node_id} {."


def test_an_exception_is_shown_with_owner_deadline_and_command() -> None:
    record = ExceptionRecord(
        ORDER, ExceptionReason.STOCK_SHORT, "A", "3 units wait.", "inventory", AT, "crossdock import stock FILE", AT
    )

    shown = exception_to_pb(record)

    assert (shown.reason, shown.owner, shown.order_id) == ("STOCK_SHORT", "inventory", "")
    assert not shown.HasField("resolve_time")
    assert exception_to_pb(replace(record, resolved_at=AT)).HasField("resolve_time")


def test_reasons_of_exceptions_are_known_by_name() -> None:
    assert exception_reason_from_pb("") is None
    assert exception_reason_from_pb("DEAD_LETTER") is ExceptionReason.DEAD_LETTER
    with pytest.raises(InvalidField, match="STOCK_SHORT"):
        exception_reason_from_pb("BOREDOM")


def test_a_message_is_shown_without_its_payload() -> None:
    message = Message(ORDER, "payment:1", "payment.capture", {"token": "tok_visa"}, "cards", ORDER)
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
