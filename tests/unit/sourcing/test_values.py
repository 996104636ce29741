"""What a unit is worth to demand to come: by hand on small cases, and against every way on random ones."""

from __future__ import annotations

from itertools import product
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.sourcing.policy.transport import Transport, solved
from hub.sourcing.policy.values import AFAR_SHARE, kept_values, unit_value, values_afar


def test_the_kth_unit_kept_is_worth_the_chance_that_as_many_buyers_come() -> None:
    steps = kept_values(3, 2.0, 1_200)

    none, one, two = exp(-2), 2 * exp(-2), 2 * exp(-2)
    assert steps == pytest.approx([1_200 * (1 - none), 1_200 * (1 - none - one), 1_200 * (1 - none - one - two)])
    assert kept_values(0, 2.0, 1_200) == []


def test_the_last_unit_saves_what_the_next_best_source_would_cost_more() -> None:
    answer = solved(Transport(supply=[1, 5], demand=[3], costs=[[10], [14]], unmet=100, kept=[[], []]))

    assert answer.cost == pytest.approx(10 + 2 * 14)
    assert answer.values == pytest.approx((4, 0))


def test_where_units_are_short_the_last_one_saves_what_a_loss_costs() -> None:
    answer = solved(Transport(supply=[2], demand=[3], costs=[[10]], unmet=100, kept=[[]]))

    assert answer.cost == pytest.approx(2 * 10 + 100)
    assert answer.values == pytest.approx((90,))


def test_a_unit_is_kept_where_it_is_worth_more_than_it_saves() -> None:
    answer = solved(Transport(supply=[1, 1], demand=[1], costs=[[10], [40]], unmet=100, kept=[[50.0], [5.0]]))

    assert answer.cost == pytest.approx(40 - 50)


def test_the_mean_over_samples_counts_and_nothing_without_demand() -> None:
    values = values_afar([1], [[2], [0]], [[10]], unmet=100, kept=[[0.0]])

    assert values == pytest.approx([45])


def test_a_unit_that_surely_finds_a_buyer_is_worth_that_and_else_a_share_of_what_it_saves_afar() -> None:
    assert unit_value(1_200, 1_200, 600) == 1_200
    assert unit_value(0, 1_200, 600) == AFAR_SHARE * 600


small = st.integers(0, 2)


@settings(deadline=None, max_examples=40)
@given(st.tuples(small, small), st.tuples(small, small), st.tuples(*[st.integers(1, 9)] * 4), st.integers(1, 12))
def test_no_way_to_send_units_costs_less(
    supply: tuple[int, int], demand: tuple[int, int], costs: tuple[int, ...], unmet: int
) -> None:
    rows = [costs[:2], costs[2:]]

    answer = solved(Transport(supply, demand, rows, unmet, [[], []]))

    sent = [
        way
        for way in product(range(3), repeat=4)
        if way[0] + way[1] <= supply[0]
        and way[2] + way[3] <= supply[1]
        and way[0] + way[2] <= demand[0]
        and way[1] + way[3] <= demand[1]
    ]
    least = min(
        sum(units * cost for units, cost in zip(way, costs, strict=True)) + unmet * (sum(demand) - sum(way))
        for way in sent
    )
    assert answer.cost == pytest.approx(least)
