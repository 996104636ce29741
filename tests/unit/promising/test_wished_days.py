"""A wished day compared with a search of all days on which goods could leave."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.kernel.instant import Instant
from hub.network.model import Calendar
from hub.network.model.carriers import Lane
from hub.promising.model import Departure, Journey, NoDateReason, PromisedDate
from hub.promising.policy.dates import promise
from tests.unit.promising.test_second_calculation import (
    arrival,
    calendars,
    cut_offs_of,
    departures,
    instants,
    lanes,
    worked_since,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(departures, lanes, calendars, instants, st.integers(0, 20))
def test_goods_for_a_wished_day_leave_on_the_last_day_from_which_they_arrive_on_it(
    departure: Departure, lane: Lane, destination: Calendar, at: Instant, later: int
) -> None:
    zone = ZoneInfo(departure.node.time_zone)
    today = at.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(later + 1)]
    wished = days[-1]
    open_days = [day for day in days if any(cut_off > at for cut_off in cut_offs_of(departure, day))]
    leaving = [
        day
        for day in open_days
        if worked_since(departure, open_days[0], day)
        and day not in departure.full_days
        and arrival(destination, lane, day, lane.transit_days) == wished
    ]

    kept = promise(Journey(departure, lane, destination), at, wished)

    if isinstance(kept, PromisedDate):
        assert kept.last_day == wished
        assert kept.ship_at == min(cut_off for cut_off in cut_offs_of(departure, leaving[-1]) if cut_off > at)
    else:
        assert leaving == []
        assert kept.reason in NoDateReason
