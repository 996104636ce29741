"""Whatever is done to an order, in whatever order: its units are kept, caused, and where stock says they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.slices.errors import MoveNotPossible
from hub.slices.lifecycle import TRANSITIONS, SliceAction, SliceState
from hub.slices.policy import moved, taking
from tests.unit.slices.walks import AT, NODES, Command, Walk, walked

ORDERED = st.lists(st.integers(1, 9), min_size=1, max_size=3)
COMMANDS = st.lists(
    st.builds(Command, st.sampled_from(SliceAction), st.integers(1, 3), st.integers(1, 9), st.sampled_from(NODES)),
    max_size=40,
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(ORDERED, COMMANDS)
def test_units_are_kept_through_any_commands(ordered: list[int], commands: list[Command]) -> None:
    walked(ordered, commands)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(ORDERED, COMMANDS, st.sampled_from(SliceAction), st.integers(0, 12))
def test_taking_answers_at_most_what_is_asked_and_only_what_can(
    ordered: list[int], commands: list[Command], action: SliceAction, quantity: int
) -> None:
    walk = Walk(dict(enumerate(ordered, 1)))
    for command in commands:
        walk.take(command)

    takings = taking(walk.slices, action, quantity)

    able = sum(one.quantity for one in walk.slices if (one.state, action) in TRANSITIONS)
    assert sum(units for _, units in takings) == min(quantity, able)
    assert len({one.slice_number for one, _ in takings}) == len(takings)
    assert all(0 < units <= one.quantity and (one.state, action) in TRANSITIONS for one, units in takings)


def test_what_goes_forward_takes_the_furthest_units_first() -> None:
    walk = walk_with(("RESERVE", 4), ("ALLOCATE", 4), ("RELEASE", 4), ("PICK", 2))
    assert [one.state for one, _ in taking(walk.slices, SliceAction.PACK, 3)] == [
        SliceState.PICKED,
        SliceState.RELEASED,
    ]


@pytest.mark.parametrize("action", [SliceAction.CANCEL, SliceAction.SHORT])
def test_what_goes_back_takes_the_least_far_units_first(action: SliceAction) -> None:
    walk = walk_with(("RESERVE", 5), ("ALLOCATE", 5), ("RELEASE", 5), ("PICK", 3))
    assert [one.state for one, _ in taking(walk.slices, action, 3)] == [SliceState.RELEASED, SliceState.PICKED]


def test_a_part_of_a_slice_gets_a_number_of_its_own_and_the_rest_keeps_its() -> None:
    walk = walk_with(("RESERVE", 3))
    assert [(one.slice_number, one.state, one.quantity) for one in walk.slices] == [
        (1, SliceState.OPEN, 2),
        (2, SliceState.RESERVED, 3),
    ]


@pytest.mark.parametrize(
    ("action", "quantity"), [(SliceAction.SHIP, 1), (SliceAction.RESERVE, 6), (SliceAction.RESERVE, 0)]
)
def test_a_move_that_is_not_in_the_table_or_of_units_that_are_not_there_is_a_fault(
    action: SliceAction, quantity: int
) -> None:
    walk = walk_with()
    with pytest.raises(MoveNotPossible):
        moved(walk.slices, [(walk.slices[0], quantity)], action, lambda one: one, walk.events[0], AT)


def walk_with(*commands: tuple[str, int]) -> Walk:
    walk = Walk({1: 5})
    for name, quantity in commands:
        walk.take(Command(SliceAction[name], 1, quantity, "DC-NL"))
    return walk
