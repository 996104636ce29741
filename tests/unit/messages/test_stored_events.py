"""Facts of events are read as they were written, by this version of the hub and by others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from msgspec import json as stored

from hub.kernel.money import Money
from hub.messages.events.codec import EVENTS, read, written
from hub.messages.events.facts import UnknownFacts, type_of
from hub.messages.events.money import CreditGranted
from hub.messages.events.orders import LinesCanceled, LinesReserved, OrderPlaced
from hub.messages.events.returns import ReturnAuthorized, ReturnReceived, UnitsReceived
from tests.unit.messages.samples import sample

EARLIER: Final[dict[str, list[dict[str, Any]]]] = json.loads(
    Path(__file__).with_name("earlier_events.json").read_text(encoding="utf-8")
)
"""Facts as they were stored before they had structs, by the type of their event."""
PLACED: Final = {"channel_id": "WEB", "channel_reference": "1001", "total": "5.00 EUR"}


@pytest.mark.parametrize("event_type", sorted(EVENTS))
def test_facts_are_read_as_they_were_written(event_type: str) -> None:
    facts = sample(event_type)

    assert read(event_type, stored.decode(stored.encode(written(facts)))) == facts
    assert type_of(facts) == event_type


def test_a_fact_of_a_newer_version_is_passed_over() -> None:
    assert read("OrderPlaced", PLACED | {"color": "red"}) == OrderPlaced(
        channel_id="WEB", channel_reference="1001", total=Money(500, "EUR")
    )


def test_a_fact_that_is_not_stated_is_as_by_default() -> None:
    facts = read("ReturnAuthorized", {"return_id": str(UUID(int=1)), "quantity": 2})

    assert facts == ReturnAuthorized(return_id=UUID(int=1), quantity=2, return_by_time=None, policy_id="")


@pytest.mark.parametrize(
    ("event_type", "facts"),
    [
        ("OrderPainted", {"color": "red"}),
        ("OrderPlaced", {}),
        ("OrderPlaced", PLACED | {"channel_id": 7}),
        ("OrderPlaced", PLACED | {"total": "much"}),
        ("LinesBackordered", {"quantity": "some"}),
    ],
)
def test_what_cannot_be_read_is_kept_as_it_is(event_type: str, facts: dict[str, Any]) -> None:
    assert read(event_type, facts) == UnknownFacts(type=event_type, stated=facts)


def test_every_event_that_was_stored_before_has_a_struct() -> None:
    assert EARLIER.keys() <= EVENTS.keys()


@pytest.mark.parametrize("event_type", sorted(EARLIER))
def test_events_stored_before_are_read(event_type: str) -> None:
    for facts in EARLIER[event_type]:
        assert isinstance(read(event_type, facts), EVENTS[event_type]), facts


def test_texts_of_before_are_read_as_what_they_meant() -> None:
    identity = str(UUID(int=1))
    received = {"return_id": identity, "node_id": "DC", "reference": "R-1", "quantity": 2}

    assert read("CreditGranted", {"amount": "-5.05 EUR", "reason": "", "credit_id": identity, "return_id": None}) == (
        CreditGranted(amount=Money(-505, "EUR"), reason="", credit_id=UUID(int=1))
    )
    assert read("LinesReserved", {"nodes": "DC-NL (2), ST-AMS (1)", "why": "Near."}) == LinesReserved(
        nodes={"DC-NL": 2, "ST-AMS": 1}, why="Near."
    )
    assert read("LinesCanceled", {"quantity": 2, "reason": "", "lines": {"1": 2}}) == LinesCanceled(
        quantity=2, reason="", lines={1: 2}
    )
    assert read("ReturnReceived", received | {"outcomes": ["2 of line 1 AS_EXPECTED"]}) == ReturnReceived(
        return_id=UUID(int=1),
        node_id="DC",
        reference="R-1",
        quantity=2,
        outcomes=(UnitsReceived(line_number=1, quantity=2, outcome="AS_EXPECTED"),),
    )


def test_facts_are_written_as_people_read_them_in_rows() -> None:
    authorized = ReturnAuthorized(return_id=UUID(int=1), quantity=1, return_by_time=datetime(2026, 3, 3, tzinfo=UTC))

    assert written(OrderPlaced(channel_id="WEB", channel_reference="1001", total=Money(500, "EUR"))) == PLACED
    assert written(authorized)["return_by"] == "2026-03-03T00:00:00Z"
    assert "policy_id" not in written(authorized)
    assert written(LinesCanceled(quantity=2, reason="", lines={1: 2}))["lines"] == {"1": 2}
