"""What units of a line cost: the cumulative proportion of what all of them cost, half up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.money import first_units


@pytest.mark.parametrize(
    ("total", "units", "count", "expected"),
    [
        (1490, 1000, 490, 730),
        (1490, 1000, 510, 760),
        (1230000, 1000000, 230000, 282900),
        (1500, 100000, 66666, 1000),
        (2497, 3, 1, 832),
        (2497, 3, 2, 1665),
        (1, 2, 1, 1),
        (0, 5, 3, 0),
    ],
)
def test_the_first_units_of_a_line_cost_their_proportion_of_it(
    total: int, units: int, count: int, expected: int
) -> None:
    assert first_units(total, units, count) == expected


@given(st.integers(0, 10**15), st.integers(1, 10**6), st.data())
def test_more_units_never_cost_less_and_all_of_them_cost_the_line(total: int, units: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, units - 1))

    assert first_units(total, units, count) <= first_units(total, units, count + 1)
    assert abs(first_units(total, units, count) * units - total * count) * 2 <= units
    assert (first_units(total, units, 0), first_units(total, units, units)) == (0, total)
