"""Slices of a new order are what its births and the moves one by one would have made of them."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.instant import EPOCH
from hub.slices.errors import MoveNotPossible
from hub.slices.lifecycle import SliceAction, SliceState
from hub.slices.model import Slice
from hub.slices.policy import Slices, born, moved, of_line, taking

ORDER, CAUSE = UUID(int=1), UUID(int=2)

lines = st.lists(st.lists(st.tuples(st.sampled_from([None, "A", "B"]), st.integers(1, 5)), max_size=3), min_size=1)


def one_by_one(ordered: list[tuple[int, str, int]], assigned: list[tuple[int, str | None, int]]) -> Slices:
    slices, _ = born(ORDER, ordered, CAUSE, EPOCH)
    for line_number, node_id, quantity in assigned:
        action = SliceAction.RESERVE if node_id else SliceAction.BACKORDER

        def place(slice_: Slice, node_id: str | None = node_id) -> Slice:
            return Slice(ORDER, slice_.line_number, slice_.slice_number, slice_.sku, slice_.state, 1, node_id)

        open_ = [one for one in slices if one.state is SliceState.OPEN]
        takings = taking(tuple(open_), action, quantity, where=of_line(line_number))
        slices, _ = moved(slices, takings, action, place, CAUSE, EPOCH)
    return slices


@given(lines, st.integers(0, 3))
def test_units_assigned_at_birth_are_where_moves_one_by_one_would_put_them(
    parts: list[list[tuple[str | None, int]]], more: int
) -> None:
    ordered = [(number, "X", sum(units for _, units in part) + more + 1) for number, part in enumerate(parts, 1)]
    assigned = [(number, node, units) for number, part in enumerate(parts, 1) for node, units in part]

    slices, moves = born(ORDER, ordered, CAUSE, EPOCH, assigned=assigned)

    assert slices == one_by_one(ordered, assigned)
    assert len(moves) == len(ordered) + len(assigned)
    assert sum(one.quantity for one in slices) == sum(quantity for _, _, quantity in ordered)


def test_more_units_than_a_line_has_are_not_assigned() -> None:
    with pytest.raises(MoveNotPossible):
        born(ORDER, [(1, "X", 2)], CAUSE, EPOCH, assigned=[(1, "A", 1), (1, "B", 2)])
