"""When goods leave and arrive: cut-offs, days off, clock changes and transit times, to the second."""

from __future__ import annotations

from datetime import date, time

import pytest
from msgspec.structs import replace

from hub.kernel.instant import Instant, instant
from hub.network.model import Calendar, Node
from hub.promising.policy.calendars import working_days_after
from hub.promising.policy.dates import earliest_delivery, ship_date
from tests.unit.network.networks import WEEKDAYS, a_lane, a_network, a_node

ALL_WEEK = Calendar("all", frozenset(range(1, 8)))
# Mondays off: 27 April 2026 (King's Day), 25 May 2026.
NL = Calendar("nl", WEEKDAYS, frozenset({date(2026, 4, 27), date(2026, 5, 25)}))
DE = Calendar("de", WEEKDAYS, frozenset({date(2026, 5, 1), date(2026, 5, 14)}))
SIX_DAYS = Calendar("six", frozenset({1, 2, 3, 4, 5, 6}))


def leaves(node: Node, calendar: Calendar, released_at: Instant) -> Instant:
    """Return when goods leave a node that works by a calendar."""
    node = replace(node, calendar_id=calendar.calendar_id)
    network = a_network(nodes=[node, a_node("ST-BER")], calendars=[NL, DE, ALL_WEEK])
    return ship_date(network, node.node_id, None, released_at)


@pytest.mark.parametrize(
    ("released_at", "ships_at"),
    [
        ("2026-03-10T15:59:59+01:00", "2026-03-10T16:00:00+01:00"),
        ("2026-03-10T15:59:59.999999+01:00", "2026-03-10T16:00:00+01:00"),
        ("2026-03-10T16:00:00+01:00", "2026-03-11T16:00:00+01:00"),
        ("2026-03-10T00:00:00+01:00", "2026-03-10T16:00:00+01:00"),
        ("2026-03-10T23:59:59+01:00", "2026-03-11T16:00:00+01:00"),
    ],
)
def test_scenario_16_released_before_the_cut_off_goods_leave_that_day(released_at: str, ships_at: str) -> None:
    assert leaves(a_node(), NL, instant(released_at)) == instant(ships_at)


@pytest.mark.parametrize(
    ("released_at", "ships_at"),
    [
        ("2026-03-13T16:00:00+01:00", "2026-03-16T16:00:00+01:00"),
        ("2026-03-14T10:00:00+01:00", "2026-03-16T16:00:00+01:00"),
        ("2026-03-15T23:59:59+01:00", "2026-03-16T16:00:00+01:00"),
        ("2026-04-24T16:00:00+02:00", "2026-04-28T16:00:00+02:00"),
        ("2026-04-27T09:00:00+02:00", "2026-04-28T16:00:00+02:00"),
    ],
    ids=["friday late", "saturday", "sunday", "before a weekend and a holiday", "on a holiday"],
)
def test_scenario_16_sundays_and_listed_holidays_are_skipped(released_at: str, ships_at: str) -> None:
    assert leaves(a_node(), NL, instant(released_at)) == instant(ships_at)


@pytest.mark.parametrize(
    ("zone", "cut_off", "released_at", "ships_at"),
    [
        ("Europe/Amsterdam", time(16), "2026-03-29T13:59:59Z", "2026-03-29T14:00:00Z"),
        ("Europe/Amsterdam", time(16), "2026-03-29T14:00:00Z", "2026-03-30T14:00:00Z"),
        ("Europe/Amsterdam", time(16), "2026-10-25T14:59:59Z", "2026-10-25T15:00:00Z"),
        ("Europe/Amsterdam", time(16), "2026-10-25T15:00:00Z", "2026-10-26T15:00:00Z"),
        ("Europe/London", time(17), "2026-03-29T15:59:59Z", "2026-03-29T16:00:00Z"),
        ("Europe/London", time(17), "2026-10-25T16:59:59Z", "2026-10-25T17:00:00Z"),
        ("Europe/London", time(17), "2026-10-25T17:00:00Z", "2026-10-26T17:00:00Z"),
    ],
)
def test_scenario_16_on_clock_change_days_the_cut_off_is_the_wall_clocks(
    zone: str, cut_off: time, released_at: str, ships_at: str
) -> None:
    node = a_node(time_zone=zone, cut_off=cut_off)

    assert leaves(node, ALL_WEEK, instant(released_at)) == instant(ships_at)


def test_scenario_16_a_cut_off_that_the_clock_skips_or_repeats_comes_once_a_day() -> None:
    node = a_node(cut_off=time(2, 30))

    assert leaves(node, ALL_WEEK, instant("2026-03-28T12:00:00Z")) == instant("2026-03-29T01:30:00Z")
    assert leaves(node, ALL_WEEK, instant("2026-03-29T01:30:00Z")) == instant("2026-03-30T00:30:00Z")
    assert leaves(node, ALL_WEEK, instant("2026-10-24T12:00:00Z")) == instant("2026-10-25T00:30:00Z")
    assert leaves(node, ALL_WEEK, instant("2026-10-25T00:30:00Z")) == instant("2026-10-26T01:30:00Z")


@pytest.mark.parametrize(
    ("released_at", "transit_days", "ships_at", "delivers_by"),
    [
        ("2026-03-10T10:00:00+01:00", 1, "2026-03-10T16:00:00+01:00", "2026-03-11T23:59:59+01:00"),
        ("2026-04-30T10:00:00+02:00", 1, "2026-04-30T16:00:00+02:00", "2026-05-04T23:59:59+02:00"),
        ("2026-05-12T10:00:00+02:00", 2, "2026-05-12T16:00:00+02:00", "2026-05-15T23:59:59+02:00"),
        ("2026-05-22T17:00:00+02:00", 1, "2026-05-26T16:00:00+02:00", "2026-05-27T23:59:59+02:00"),
        ("2026-03-27T10:00:00+01:00", 1, "2026-03-27T16:00:00+01:00", "2026-03-30T23:59:59+02:00"),
        ("2026-03-10T10:00:00+01:00", 0, "2026-03-10T16:00:00+01:00", "2026-03-10T23:59:59+01:00"),
    ],
    ids=[
        "next day",
        "a day off there",
        "a day off on the way",
        "a day off here",
        "over a clock change",
        "same day",
    ],
)
def test_scenario_16_transit_days_are_counted_in_the_destinations_calendar(
    released_at: str, transit_days: int, ships_at: str, delivers_by: str
) -> None:
    lane = a_lane(transit_days=transit_days, calendar_id="de")

    promised = earliest_delivery(a_network(calendars=[NL, DE]), "DC-NL", lane, instant(released_at))

    assert promised is not None
    assert promised.ship_at == instant(ships_at)
    assert promised.deliver_by == instant(delivers_by)


def test_goods_that_leave_on_a_day_off_there_arrive_on_its_next_working_days() -> None:
    saturday = date(2026, 3, 14)

    assert working_days_after(DE, saturday, 0) == date(2026, 3, 16)
    assert working_days_after(DE, saturday, 1) == date(2026, 3, 16)
    assert working_days_after(DE, saturday, 2) == date(2026, 3, 17)
    assert working_days_after(SIX_DAYS, saturday, 1) == date(2026, 3, 16)
