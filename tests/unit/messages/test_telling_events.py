"""Every event can be told to people in a sentence, whatever of it is stated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.money import Money
from hub.messages.events.codec import EVENTS
from hub.messages.events.facts import EventFacts, UnknownFacts
from hub.messages.events.fulfillment import CancelRefused, ShipmentLeft, UnitsShort
from hub.messages.events.orders import HoldPlaced, LinesReserved, OrderPlaced, OrderRejected
from hub.messages.events.returns import ReturnInspected, UnitsInspected
from hub.messages.events.sentences import sentence, texts
from tests.unit.messages.samples import sample

ID = UUID(int=7)
STATED = st.dictionaries(
    st.text(min_size=1), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())
)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            OrderPlaced(channel_reference="1001", channel_id="WEB", total=Money(10500, "EUR")),
            "Order 1001 was placed in WEB, 105.00 EUR in all.",
        ),
        (
            ShipmentLeft(shipment_id=ID, quantity=1, node_id="DC-NL", tracking_number="3S7"),
            "1 unit left DC-NL, tracking number 3S7.",
        ),
        (ShipmentLeft(shipment_id=ID, quantity=1, node_id="DC-NL", tracking_number=""), "1 unit left DC-NL."),
        (UnitsShort(quantity=2, node_id="A", reason="DAMAGED"), "2 units cannot ship from A: DAMAGED."),
        (LinesReserved(nodes={"A": 1, "B": 2}, why="Cheapest."), "Stock reserved at A (1), B (2): Cheapest."),
        (HoldPlaced(hold_id=ID, hold_type="MANUAL", reason="It is odd."), "Put on MANUAL hold: It is odd."),
        (HoldPlaced(hold_id=ID, hold_type="MANUAL", reason=""), "Put on MANUAL hold."),
        (
            ReturnInspected(
                return_id=ID,
                reference="I-1",
                verdicts=(
                    UnitsInspected(line_number=1, quantity=2, verdict="ACCEPTED"),
                    UnitsInspected(line_number=2, quantity=1, verdict="REJECTED"),
                ),
            ),
            "Inspected: 2 of line 1 ACCEPTED, 1 of line 2 REJECTED.",
        ),
        (CancelRefused(fulfillment_order_id=ID, node_id="DC-NL"), "DC-NL refused to cancel."),
        (UnknownFacts(type="SomethingNew", stated={"b": 2, "a": [1]}), "Something new: a 1, b 2."),
        (UnknownFacts(type="SomethingNew", stated={}), "Something new."),
    ],
)
def test_events_are_told_in_a_sentence(facts: EventFacts, told: str) -> None:
    assert sentence(facts) == told


@pytest.mark.parametrize("event_type", sorted(EVENTS))
def test_facts_that_are_all_stated_are_told_by_the_first_sentence(event_type: str) -> None:
    told = sentence(sample(event_type))

    assert told.startswith(EVENTS[event_type].sentences[0].partition("{")[0])
    assert told.endswith((".", "some"))
    assert "{" not in told


def test_every_fact_that_is_stated_is_a_text() -> None:
    facts = texts(sample("LinesCanceled")) | texts(sample("PaymentCaptured")) | texts(sample("ReservationExtended"))

    assert (facts["lines"], facts["amount"], facts["expire_time"]) == (
        "3 (3)",
        "-105.01 EUR",
        "2026-03-03T10:30:00.250000Z",
    )
    assert texts(HoldPlaced(hold_id=ID, hold_type="MANUAL", reason="")) == {
        "hold_id": str(ID),
        "hold_type": "MANUAL",
        "scope": "ORDER",
    }


@given(st.sampled_from(["SomethingNew", ""]), STATED)
def test_what_is_not_described_can_be_told(event_type: str, stated: dict[str, Any]) -> None:
    assert isinstance(sentence(UnknownFacts(type=event_type, stated=stated)), str)


def test_facts_that_look_like_templates_are_told_as_they_are() -> None:
    assert sentence(OrderRejected(reason="{node_id} {")) == "The order was rejected: {node_id} {."
