"""How a declaration stands follows from what happened, not from the order in which it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.trade.errors import DeclarationNotAllowed
from hub.trade.model.declarations import CustomsDeclaration, DeclarationEvent, DeclarationState
from hub.trade.policy.declarations import contradictions, with_event

S = DeclarationState
START = datetime(2026, 12, 1, tzinfo=UTC)
NEW = CustomsDeclaration(UUID(int=1), UUID(int=2), UUID(int=3), "customs", S.DECLARED, START, answered=True)


def event(state: S, minutes: int) -> DeclarationEvent:
    return DeclarationEvent(state, START + timedelta(minutes=minutes), f"{state.value}-{minutes}")


def after(*events: DeclarationEvent) -> CustomsDeclaration:
    declaration = NEW
    for one in events:
        declaration = with_event(declaration, one)
    return declaration


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ((event(S.ACCEPTED, 1), event(S.HELD, 2), event(S.RELEASED, 3)), S.RELEASED),
        ((event(S.HELD, 1), event(S.RELEASED, 3)), S.HELD),
        ((event(S.ACCEPTED, 1), event(S.REJECTED, 2), event(S.RELEASED, 3)), S.REJECTED),
        ((event(S.RELEASED, 1), event(S.ACCEPTED, 1)), S.RELEASED),
    ],
)
def test_events_count_in_the_order_in_which_they_happened(told: tuple[DeclarationEvent, ...], state: S) -> None:
    assert {after(*order).state for order in permutations(told)} == {state}


@given(st.lists(st.tuples(st.sampled_from([S.ACCEPTED, S.HELD, S.RELEASED, S.REJECTED]), st.integers(0, 9))))
def test_no_order_of_telling_and_no_repeat_changes_how_it_stands(told: list[tuple[S, int]]) -> None:
    events = [event(*one) for one in told]
    assert after(*events) == after(*reversed(events)) == after(*events, *events)
    if after(*events).state is S.RELEASED:
        assert S.ACCEPTED in {state for state, _ in told}


def test_what_cannot_be_is_named_and_does_not_count() -> None:
    released = after(event(S.ACCEPTED, 1), event(S.RELEASED, 2), event(S.REJECTED, 3))

    assert (released.state, contradictions(released)) == (S.RELEASED, ["REJECTED after it was RELEASED"])
    early = after(event(S.RELEASED, 2))
    assert (early.state, contradictions(early)) == (S.DECLARED, ["RELEASED without ever having been ACCEPTED"])
    with pytest.raises(DeclarationNotAllowed):
        with_event(CustomsDeclaration(UUID(int=1), UUID(int=2), UUID(int=3), "c", S.INCOMPLETE, START), early.events[0])
