"""What can be promised when, and how a wanted quantity could be shipped out of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inventory.model.supply import Offer, Step
from hub.inventory.policy.projection import Dated, offers, pooled, projected, sellable_at
from hub.kernel.instant import Instant

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
DAY = timedelta(days=1)
DATED = st.lists(st.tuples(st.integers(-3, 9).map(lambda day: NOW + day * DAY), st.integers(1, 20)), max_size=6)


def steps(*values: tuple[int, int]) -> tuple[Step, ...]:
    return tuple(Step(NOW + day * DAY, units) for day, units in values)


def dated(*values: tuple[int, int]) -> list[Dated]:
    return [(NOW + day * DAY, units) for day, units in values]


@pytest.mark.parametrize(
    ("now", "supplies", "demands", "wanted"),
    [
        (4, [], [], [(0, 4)]),
        (4, [(8, 10)], [], [(0, 4), (8, 14)]),
        (4, [(-2, 10)], [], [(0, 14)]),
        (-3, [(8, 10)], [], [(0, 0), (8, 7)]),
        (0, [], [], [(0, 0)]),
        (4, [(8, 10)], [(0, 6)], [(0, 0), (8, 8)]),
        (4, [(8, 10)], [(5, 3)], [(0, 1), (8, 11)]),
        (4, [(3, 10)], [(5, 12)], [(0, 2)]),
        (4, [(3, 1), (3, 2), (5, 1)], [], [(0, 4), (3, 7), (5, 8)]),
        (4, [], [(2, 9)], [(0, 0)]),
    ],
)
def test_steps_are_what_no_later_demand_needs(
    now: int, supplies: list[tuple[int, int]], demands: list[tuple[int, int]], wanted: list[tuple[int, int]]
) -> None:
    assert projected(NOW, now, dated(*supplies), dated(*demands)) == steps(*wanted)


def test_steps_after_the_end_are_left_out_and_demand_after_it_is_not() -> None:
    found = projected(NOW, 4, dated((3, 5), (8, 10)), dated((9, 12)), until=NOW + 4 * DAY)

    assert found == steps((0, 4), (3, 7))


def test_units_that_arrive_before_a_clock_change_are_sold_at_the_same_local_hour() -> None:
    arrives = datetime(2026, 3, 28, 14, tzinfo=UTC)

    assert sellable_at(arrives, time_zone="Europe/Amsterdam", processing_days=0) == arrives
    assert sellable_at(arrives, time_zone="Europe/Amsterdam", processing_days=1) == datetime(
        2026, 3, 29, 13, tzinfo=UTC
    )


def test_what_lacks_at_one_node_takes_nothing_from_another() -> None:
    short = projected(NOW, -5, dated((8, 7)))
    rich = projected(NOW, 3, dated((2, 1)))

    assert pooled(NOW, [short, rich]) == steps((0, 3), (2, 4), (8, 6))
    assert pooled(NOW, [short, rich], dated((0, 4))) == steps((0, 0), (8, 2))
    assert pooled(NOW, []) == steps((0, 0))


@pytest.mark.parametrize(
    ("curve", "quantity", "wanted"),
    [
        ([(0, 4), (8, 14)], 8, [Offer(((NOW, 4), (NOW + 8 * DAY, 4))), Offer(((NOW + 8 * DAY, 8),))]),
        ([(0, 4), (8, 14)], 4, [Offer(((NOW, 4),))]),
        ([(0, 0), (8, 14)], 4, [Offer(((NOW + 8 * DAY, 4),))]),
        ([(0, 4), (8, 6)], 9, [Offer(((NOW, 4), (NOW + 8 * DAY, 2)), 3)]),
        ([(0, 0)], 2, [Offer((), 2)]),
        ([(0, 4)], 0, []),
    ],
)
def test_a_quantity_is_offered_in_parts_and_together(
    curve: list[tuple[int, int]], quantity: int, wanted: list[Offer]
) -> None:
    assert offers(steps(*curve), quantity) == tuple(wanted)


@given(st.integers(-20, 20), DATED, DATED)
def test_steps_never_fall_and_whoever_takes_them_leaves_every_later_demand_covered(
    now: int, supplies: list[Dated], demands: list[Dated]
) -> None:
    curve = projected(NOW, now, supplies, demands)

    assert curve[0].at == NOW
    assert [one.available for one in curve] == sorted({one.available for one in curve})
    for step in curve:
        for instant in [NOW, *(at for at, _ in supplies), *(at for at, _ in demands)]:
            if instant >= step.at:
                assert step.available <= max(0, left(now, supplies, demands, instant))


@given(st.integers(-20, 20), DATED, DATED, st.integers(1, 40))
def test_offers_promise_no_unit_that_is_not_there_by_then(
    now: int, supplies: list[Dated], demands: list[Dated], quantity: int
) -> None:
    curve = projected(NOW, now, supplies, demands)

    for offer in offers(curve, quantity):
        assert sum(units for _, units in offer.parts) + offer.uncovered == quantity
        for at, _ in offer.parts:
            promised = sum(units for when, units in offer.parts if when <= at)
            assert promised <= max(one.available for one in curve if one.at <= at)


@given(st.integers(-20, 20), DATED, DATED, st.integers(0, 30), st.integers(1, 30))
def test_a_later_date_never_makes_more_available(
    now: int, supplies: list[Dated], demands: list[Dated], units: int, days: int
) -> None:
    on_time = projected(NOW, now, [*supplies, (NOW + DAY, units)], demands)
    slipped = projected(NOW, now, [*supplies, (NOW + (1 + days) * DAY, units)], demands)

    for step in slipped:
        assert step.available <= max(one.available for one in on_time if one.at <= step.at)


@given(st.lists(st.tuples(st.integers(-5, 20), DATED), min_size=1, max_size=3))
def test_several_nodes_together_have_what_each_has(nodes: list[tuple[int, list[Dated]]]) -> None:
    curves = [projected(NOW, now, supplies) for now, supplies in nodes]

    for step in pooled(NOW, curves):
        each = [max(one.available for one in curve if one.at <= step.at) for curve in curves]
        assert step.available == sum(each)


def left(now: int, supplies: list[Dated], demands: list[Dated], at: Instant) -> int:
    came = sum(units for when, units in supplies if max(when, NOW) <= max(at, NOW))
    return now + came - sum(units for when, units in demands if max(when, NOW) <= max(at, NOW))
