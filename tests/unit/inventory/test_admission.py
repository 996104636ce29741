"""Changes of stock are admitted in order, each element whole or not at all, and never below what is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.inventory.model import Admission, Stock, StockChange, StockKey, StockShortage
from hub.inventory.policy import admitted

CAUSE = UUID(int=1)


def stock(on_hand: int = 0, reserved: int = 0, allocated: int = 0, safety: int = 0, node_id: str = "DC") -> Stock:
    return Stock("X", node_id, on_hand, reserved, allocated, safety)


def change(**values: Any) -> StockChange:
    defaults: dict[str, Any] = {"sku": "X", "node_id": "DC", "cause": "test", "cause_id": CAUSE}
    return StockChange(**(defaults | values))


def decided(row: Stock | None, *elements: list[StockChange]) -> Admission:
    return admitted({(row.sku, row.node_id): row} if row else {}, elements)


@pytest.mark.parametrize(
    ("before", "element", "after"),
    [
        (stock(5), [change(reserved=5)], stock(5, 5)),
        (stock(5, safety=2), [change(reserved=3)], stock(5, 3, safety=2)),
        (stock(5), [change(reserved=2), change(reserved=3)], stock(5, 5)),
        (stock(5, 5), [change(reserved=-5), change(allocated=5)], stock(5, 0, 5)),
        (stock(5, 5), [change(reserved=-2, allocated=2)], stock(5, 3, 2)),
        (stock(5, 1, 2, safety=9), [change(reserved=2, allocated=-2)], stock(5, 3, 0, safety=9)),
        (stock(5, 0, 5), [change(on_hand=-2, allocated=-2)], stock(3, 0, 3)),
        (stock(5, 0, 5), [change(on_hand=-2), change(allocated=-2)], stock(3, 0, 3)),
        (stock(5, 2), [change(on_hand=-3)], stock(2, 2)),
        (None, [change(on_hand=4)], stock(4)),
        (None, [change(on_hand=4), change(reserved=4)], stock(4, 4)),
        (stock(5, 0, 3), [change(found_empty=True)], stock(3, 0, 3)),
        (stock(5, 1, 4), [change(reserved=-1), change(allocated=-2), change(found_empty=True)], stock(2, 0, 2)),
    ],
)
def test_what_can_be_done_is_done(before: Stock | None, element: list[StockChange], after: Stock) -> None:
    admission = decided(before, element)

    assert admission.outcomes == (None,)
    assert admission.after == {("X", "DC"): after}


@pytest.mark.parametrize(
    ("before", "element", "wanted", "available"),
    [
        (stock(5), [change(reserved=6)], 6, 5),
        (stock(5, 1, 1, safety=2), [change(reserved=2)], 2, 1),
        (stock(2), [change(reserved=2), change(reserved=1)], 3, 2),
        (stock(1, safety=3), [change(reserved=1)], 1, 0),
        (None, [change(reserved=1)], 1, 0),
        (stock(5, 3), [change(on_hand=-3)], 3, 2),
        (stock(5, 3), [change(on_hand=-6)], 6, 2),
        (stock(5, 1), [change(reserved=-2)], 2, 1),
        (stock(5, 0, 1), [change(allocated=-3, reserved=3)], 3, 1),
        (stock(5, 4), [change(allocated=2)], 2, 1),
        (stock(5, 2, 3), [change(found_empty=True)], 2, 0),
        (None, [change(on_hand=-1)], 1, 0),
    ],
)
def test_what_cannot_be_done_is_refused_whole(
    before: Stock | None, element: list[StockChange], wanted: int, available: int
) -> None:
    admission = decided(before, element)

    assert admission == Admission({}, (StockShortage("X", "DC", wanted, available),), ())


def test_a_refused_element_takes_nothing_from_later_ones() -> None:
    elsewhere = change(node_id="ST", reserved=1)

    admission = admitted(
        {("X", "DC"): stock(3), ("X", "ST"): stock(1, node_id="ST")},
        [[elsewhere, change(reserved=4)], [elsewhere, change(reserved=3)], [change(reserved=1)]],
    )

    assert admission.outcomes == (StockShortage("X", "DC", 4, 3), None, StockShortage("X", "DC", 1, 0))
    assert admission.after == {("X", "DC"): stock(3, 3), ("X", "ST"): stock(1, 1, node_id="ST")}


def test_the_ledger_says_what_finding_a_place_empty_took() -> None:
    admission = decided(stock(5, 0, 2), [change(allocated=-1), change(found_empty=True)])

    assert [(move.on_hand, move.allocated) for move in admission.moves] == [(0, -1), (-4, 0)]


def test_orders_that_find_a_place_empty_together_give_up_their_reservations_together() -> None:
    admission = decided(
        stock(9, 3, 4),
        [change(allocated=-1), change(found_empty=True)],
        [change(reserved=-2), change(found_empty=True)],
        [change(reserved=-1)],
    )

    assert admission.outcomes == (None, None, None)
    assert admission.after == {("X", "DC"): stock(3, 0, 3)}


def test_who_empties_a_place_that_others_count_on_is_refused_alone() -> None:
    elsewhere = stock(4, 0, 1, node_id="ST")
    rows = {("X", "DC"): stock(9, 3, 4), ("X", "ST"): elsewhere}

    admission = admitted(
        rows, [[change(allocated=-1), change(found_empty=True)], [change(node_id="ST", found_empty=True)]]
    )

    assert admission.outcomes == (StockShortage("X", "DC", 3, 0), None)
    assert admission.after == {("X", "ST"): stock(1, 0, 1, node_id="ST")}


QUANTITY = st.integers(-6, 6)
CHANGES = st.builds(
    change,
    sku=st.sampled_from("XY"),
    node_id=st.sampled_from(["DC", "ST"]),
    on_hand=QUANTITY,
    reserved=QUANTITY,
    allocated=QUANTITY,
    found_empty=st.booleans() | st.just(value=False),
)
ELEMENTS = st.lists(st.lists(CHANGES, max_size=4), max_size=6)


@st.composite
def stocks(draw: st.DrawFn) -> dict[StockKey, Stock]:
    rows = {}
    for key in draw(st.sets(st.tuples(st.sampled_from("XY"), st.sampled_from(["DC", "ST"])))):
        reserved, allocated, free, safety = (draw(st.integers(0, 5)) for _ in range(4))
        rows[key] = Stock(*key, reserved + allocated + free, reserved, allocated, safety)
    return rows


def resulting(rows: Mapping[StockKey, Stock], admission: Admission) -> dict[StockKey, Stock]:
    return dict(rows) | dict(admission.after)


@given(stocks(), ELEMENTS)
def test_nothing_is_ever_claimed_that_is_not_there(
    rows: dict[StockKey, Stock], elements: list[list[StockChange]]
) -> None:
    for row in resulting(rows, admitted(rows, elements)).values():
        assert min(row.on_hand, row.reserved, row.allocated) >= 0
        assert row.reserved + row.allocated <= row.on_hand


@given(stocks(), ELEMENTS)
def test_stock_is_what_it_was_and_what_the_ledger_says(
    rows: dict[StockKey, Stock], elements: list[list[StockChange]]
) -> None:
    admission = admitted(rows, elements)

    replayed = dict(rows)
    for move in admission.moves:
        row = replayed.get((move.sku, move.node_id), Stock(move.sku, move.node_id))
        replayed[move.sku, move.node_id] = replace(
            row,
            on_hand=row.on_hand + move.on_hand,
            reserved=row.reserved + move.reserved,
            allocated=row.allocated + move.allocated,
        )
    assert {key: row for key, row in replayed.items() if row != rows.get(key, Stock(*key))} == dict(admission.after)


@given(stocks(), ELEMENTS)
def test_the_refused_might_as_well_not_have_been_there(
    rows: dict[StockKey, Stock], elements: list[list[StockChange]]
) -> None:
    admission = admitted(rows, elements)
    taken = [element for element, shortage in zip(elements, admission.outcomes, strict=True) if shortage is None]

    alone = admitted(rows, taken)

    assert set(alone.outcomes) <= {None}
    assert (alone.after, alone.moves) == (admission.after, admission.moves)


@given(stocks(), ELEMENTS)
def test_deciding_one_by_one_is_deciding_together(
    rows: dict[StockKey, Stock], elements: list[list[StockChange]]
) -> None:
    elements = [[replace(one, found_empty=False) for one in element] for element in elements]
    standing: dict[StockKey, Stock] = dict(rows)
    outcomes: list[StockShortage | None] = []
    for element in elements:
        admission = admitted(standing, [element])
        standing = resulting(standing, admission)
        outcomes += admission.outcomes

    together = admitted(rows, elements)

    assert (tuple(outcomes), standing) == (together.outcomes, resulting(rows, together))


@given(stocks(), ELEMENTS)
def test_a_shortage_names_more_than_there_is(rows: dict[StockKey, Stock], elements: list[list[StockChange]]) -> None:
    for shortage in admitted(rows, elements).outcomes:
        assert shortage is None or shortage.wanted > shortage.available
