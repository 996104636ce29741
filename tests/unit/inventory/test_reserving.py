"""Where reserved units are claimed, what reservations give back, and what an order takes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hub.inventory.lifecycle import ReservationAction, ReservationState
from hub.inventory.model import StockChange, StockKey, StockShortage
from hub.inventory.model.reservation import (
    Consumption,
    Holding,
    HoldingLimit,
    LimitReached,
    Reservation,
    ReservationKind,
    ReservedLine,
    Wanted,
)
from hub.inventory.policy.reserving import consumed, decided, exchanged, extended, given_back

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
ORDER = UUID(int=7)
NODES = ("A", "B", "C")
BUYER = ("buyer", "b")


def reservation(claims: dict[StockKey, int] | None = None, **units: int) -> Reservation:
    sums = dict(units)
    for (sku, _), count in (claims or {}).items():
        sums[sku] = sums.get(sku, 0) + count
    return Reservation(
        reservation_id=UUID(int=1),
        channel_id="WEB",
        seller_id="S",
        principal="shop",
        kind=ReservationKind.FLOATING,
        lines=tuple(ReservedLine(sku, count, live=count) for sku, count in sorted(sums.items())),
        made_at=AT,
        expires_at=AT + timedelta(minutes=2),
        latest_at=AT + timedelta(hours=1),
        claims=claims or {},
    )


def wanted(*limits: HoldingLimit, **units: int) -> Wanted:
    return Wanted(reservation(None, **units), NODES, limits)


@pytest.mark.parametrize(
    ("free", "units", "expected"),
    [
        ({("X", "A"): 5}, 5, {("X", "A"): 5}),
        ({("X", "A"): 2, ("X", "B"): 9}, 3, {("X", "B"): 3}),
        ({("X", "A"): 2, ("X", "B"): 4}, 5, {("X", "B"): 4, ("X", "A"): 1}),
        ({("X", "A"): 2, ("X", "B"): 2}, 1, {("X", "A"): 1}),
        ({("X", "A"): 2, ("X", "elsewhere"): 9}, 3, StockShortage("X", "", 3, 2)),
        ({("X", "A"): -4, ("X", "B"): 1}, 2, StockShortage("X", "", 2, 1)),
        ({}, 1, StockShortage("X", "", 1, 0)),
    ],
)
def test_units_come_from_the_nodes_that_have_most(free: dict[StockKey, int], units: int, expected: object) -> None:
    assert decided([wanted(X=units)], free, {}, final=True) == [expected]


def test_a_reservation_of_two_skus_is_made_whole_or_not_at_all() -> None:
    free = {("X", "A"): 5, ("Y", "A"): 0}

    first, second = decided([wanted(X=5, Y=1), wanted(X=5)], free, {}, final=True)

    assert first == StockShortage("Y", "", 1, 0)
    assert second == {("X", "A"): 5}


def test_who_lacks_units_only_because_of_those_before_is_left_open_until_they_are_sure() -> None:
    batch = [wanted(X=2), wanted(X=1), wanted(X=4)]

    open_, sure = (decided(batch, {("X", "A"): 2}, {}, final=final) for final in (False, True))

    assert open_ == [{("X", "A"): 2}, None, StockShortage("X", "", 4, 0)]
    assert sure == [{("X", "A"): 2}, StockShortage("X", "", 1, 0), StockShortage("X", "", 4, 0)]


def test_a_limit_counts_what_the_same_batch_makes() -> None:
    limit = HoldingLimit(BUYER, reservations=3, units=10)
    held = {BUYER: Holding(reservations=1, units=4)}
    free = {("X", "A"): 100}

    answers = decided(
        [wanted(limit, X=4), wanted(limit, X=3), wanted(limit, X=2), wanted(limit, X=1)], free, held, final=True
    )

    assert [isinstance(one, LimitReached) for one in answers] == [False, True, False, True]
    assert answers[1] == LimitReached(limit, Holding(reservations=2, units=8))


def test_a_limit_reached_by_those_before_is_left_open_and_one_reached_anyway_is_not() -> None:
    limit = HoldingLimit(BUYER, units=5)

    answers = decided([wanted(limit, X=5), wanted(limit, X=1), wanted(limit, X=6)], {("X", "A"): 99}, {}, final=False)

    assert answers == [{("X", "A"): 5}, None, LimitReached(limit, Holding(reservations=1, units=5))]


def test_units_given_back_are_counted_and_come_from_where_fewest_are() -> None:
    held = reservation({("X", "A"): 4, ("X", "B"): 1, ("Y", "A"): 2})

    change = given_back(held, ReservationAction.RELEASE, units={"X": 2})

    assert change.given_back == {("X", "B"): 1, ("X", "A"): 1}
    assert change.after.claims == {("X", "A"): 3, ("Y", "A"): 2}
    assert change.after.lines == (ReservedLine("X", 5, live=3, released=2), ReservedLine("Y", 2, live=2))
    assert (change.after.state, change.after.version) == (ReservationState.LIVE, 2)


def test_the_last_unit_given_back_ends_it() -> None:
    held = reservation({("X", "A"): 4})

    released = given_back(held, ReservationAction.RELEASE, units={"X": 1}).after
    ended = given_back(released, ReservationAction.EXPIRE).after

    assert ended.state is ReservationState.EXPIRED
    assert ended.lines == (ReservedLine("X", 4, live=0, released=1, expired=3),)
    assert ended.claims == {}


def test_only_what_is_held_within_some_stock_rows_is_given_back() -> None:
    held = reservation({("X", "A"): 4, ("X", "B"): 3})

    change = given_back(held, ReservationAction.EXPIRE, within={("X", "B")})

    assert change.given_back == {("X", "B"): 3}
    assert change.after.claims == {("X", "A"): 4}
    assert change.after.state is ReservationState.LIVE


def test_an_order_consumes_what_it_needs_and_leaves_the_rest() -> None:
    held = reservation({("X", "A"): 4, ("Y", "A"): 2})

    change = consumed(Consumption(held, {"X": 3}, ORDER))

    assert change.after.lines == (
        ReservedLine("X", 4, live=0, released=1, consumed=3),
        ReservedLine("Y", 2, live=0, released=2),
    )
    assert (change.after.state, change.after.order_id) == (ReservationState.CONSUMED, ORDER)
    assert change.given_back == held.claims


def test_an_extension_never_shortens() -> None:
    held = reservation({("X", "A"): 1})

    assert extended(held, AT).expires_at == held.expires_at
    assert extended(held, AT + timedelta(hours=1)).expires_at == AT + timedelta(hours=1)


def claim(sku: str, node_id: str, units: int, allocated: int = 0) -> StockChange:
    return StockChange(sku, node_id, "reserve", ORDER, reserved=units, allocated=allocated)


def test_units_held_where_the_order_wants_them_ask_for_nothing_more() -> None:
    held = Consumption(reservation({("X", "A"): 3}), {"X": 3}, ORDER)

    assert exchanged([claim("X", "A", 3)], [held]) == []
    assert exchanged([claim("X", "A", 5)], [held]) == [claim("X", "A", 2)]


def test_units_held_elsewhere_are_given_back_first() -> None:
    held = Consumption(reservation({("X", "A"): 3, ("X", "B"): 1}), {"X": 2}, ORDER)

    changes = exchanged([claim("X", "B", 2)], [held])

    assert [(one.node_id, one.reserved) for one in changes] == [("A", -3), ("B", 1)]


def test_out_of_time_is_expired_to_the_instant() -> None:
    held = reservation({("X", "A"): 1})

    assert held.state_at(held.expires_at - timedelta(microseconds=1)) is ReservationState.LIVE
    assert held.state_at(held.expires_at) is ReservationState.EXPIRED
