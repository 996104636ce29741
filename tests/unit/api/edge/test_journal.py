"""Which calls are noted, with what they were about and how they ended; and those of nobody together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crossdock.orders.v1 import order_service_pb2
from crossdock.parties.v1 import parties_pb2
from hub.api.edge.journal import Journal, Note
from hub.auditlog.model import Entry
from hub.kernel.scope import Role, Scope

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
SHOP = Scope("shop", frozenset({Role.CHANNEL}))
ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"


def noted(*notes: Note) -> list[Entry]:
    journal = Journal(lambda: NOON)
    for note in notes:
        journal.end(note)
    return journal.take()


def test_a_change_is_noted_with_what_it_was_about() -> None:
    note = Note("OrderService.CancelLines", SHOP, trace_id="a" * 32, outcome="OK")
    note.about(order_service_pb2.CancelLinesRequest(request_id="r-1", order_id=ORDER))

    assert noted(note) == [Entry(NOON, "shop", "OrderService.CancelLines", "OK", "r-1", f"order_id={ORDER}", "a" * 32)]


def test_a_look_is_noted_where_it_shows_personal_data_or_is_denied_and_nowhere_else() -> None:
    about_a_person = Note("PartyService.GetParty", SHOP, outcome="OK")
    about_a_person.about(parties_pb2.GetPartyRequest(party_id="p-1"))
    denied = Note("AdminService.ListMessages", SHOP, outcome="PERMISSION_DENIED")
    plain = Note("OrderService.GetOrder", SHOP, outcome="OK")
    plain.about(order_service_pb2.GetOrderRequest(order_id=ORDER))

    assert [(entry.rpc, entry.subject) for entry in noted(about_a_person, denied, plain)] == [
        ("PartyService.GetParty", "party_id=p-1"),
        ("AdminService.ListMessages", ""),
    ]


@pytest.mark.parametrize("outcome", ["CANCELED", "FAILED", "INSUFFICIENT_STOCK"])
def test_a_change_that_was_not_made_is_noted_too(outcome: str) -> None:
    (entry,) = noted(Note("OrderService.PlaceOrder", SHOP, outcome=outcome))

    assert entry.outcome == outcome


def test_calls_of_nobody_are_one_entry_per_rpc_and_reason() -> None:
    strangers = [Note("OrderService.GetOrder", outcome="UNAUTHENTICATED") for _ in range(1000)]

    entries = noted(*strangers, Note("OrderService.GetOrder"))

    assert [(entry.principal, entry.outcome, entry.calls) for entry in entries] == [
        ("(nobody)", "UNAUTHENTICATED", 1000)
    ]


def test_entries_are_taken_once() -> None:
    journal = Journal(lambda: NOON)
    journal.end(Note("OrderService.PlaceOrder", SHOP, outcome="OK"))

    assert [len(journal.take()), len(journal.take())] == [1, 0]
