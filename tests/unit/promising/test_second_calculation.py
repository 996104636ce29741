"""The date rule compared with a second calculation that walks minute by minute and day by day, plainly written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.kernel.instant import Instant
from hub.network.model import Calendar
from hub.network.model.carriers import Lane, Pickup
from hub.promising.model import Departure, Journey, PromisedDate
from hub.promising.policy.dates import promise
from tests.unit.network.networks import a_lane, a_node

ZONES = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/Havana",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]
CLOCK_CHANGES = [datetime(2026, 3, 28, 12), datetime(2026, 10, 24, 12), datetime(2026, 3, 7, 12), datetime(2026, 4, 4)]  # noqa: DTZ001
YEAR_END = datetime(2026, 12, 30)  # noqa: DTZ001

starts = st.one_of(
    st.sampled_from([*CLOCK_CHANGES, YEAR_END]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 31)),  # noqa: DTZ001
)
instants = st.builds(
    lambda begin, hours: (begin + timedelta(hours=hours)).replace(tzinfo=UTC), starts, st.integers(0, 47)
)
weekdays = st.frozensets(st.integers(1, 7), min_size=1)
days = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 2, 28)), max_size=12)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
calendars = st.builds(Calendar, st.just("x"), weekdays, days)
lanes = st.integers(0, 6).flatmap(
    lambda slowest: st.builds(
        a_lane,
        transit_days=st.just(slowest),
        fastest_transit_days=st.none() | st.integers(0, slowest),
        weekend_delivery=st.booleans(),
    )
)
departures = st.builds(
    Departure,
    st.builds(a_node, time_zone=st.sampled_from(ZONES), cut_off=times),
    calendars,
    st.lists(st.builds(Pickup, weekdays, times), max_size=3).map(tuple),
    days,
    st.integers(0, 3),
)


def instant_of(zone: str, day: date, local: time) -> Instant:
    """The first minute at which clocks there show a local time; where none does, as far behind as clocks jump."""
    wanted = datetime.combine(day, local)
    minute = wanted.replace(tzinfo=UTC) - timedelta(hours=16)
    before = minute
    for _ in range(32 * 60):
        shown = minute.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if shown == wanted:
            return minute
        if shown > wanted:
            behind = wanted - before.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            return before + behind
        before, minute = minute, minute + timedelta(minutes=1)
    raise AssertionError(f"{zone} never shows {wanted}")


def arrival(calendar: Calendar, lane: Lane, shipped: date, count: int) -> date:
    """The day on which the carrier has worked so many days, or the first that it works."""
    worked, day = 0, shipped
    while True:
        weekend = lane.weekend_delivery and day.isoweekday() > 5
        works = day not in calendar.holidays and (weekend or day.isoweekday() in calendar.working_weekdays)
        worked += works and day > shipped
        if works and (worked == count if count else True):
            return day
        day += timedelta(days=1)


def cut_offs_of(departure: Departure, day: date) -> list[Instant]:
    """By when goods must be there to leave on a day."""
    calendar, zone = departure.calendar, departure.node.time_zone
    if day.isoweekday() not in calendar.working_weekdays or day in calendar.holidays:
        return []
    if not departure.pickups:
        return [instant_of(zone, day, departure.node.cut_off)]
    return [instant_of(zone, day, one.cut_off) for one in departure.pickups if day.isoweekday() in one.weekdays]


def worked_since(departure: Departure, begun: date, day: date) -> bool:
    """Whether the node works long enough after one day, up to another one."""
    between = [begun + timedelta(days=number) for number in range(1, (day - begun).days + 1)]
    calendar = departure.calendar
    worked = [one for one in between if one.isoweekday() in calendar.working_weekdays and one not in calendar.holidays]
    return len(worked) >= departure.processing_days


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(departures, lanes, calendars, instants)
def test_the_rule_gives_what_walking_through_the_days_gives(
    departure: Departure, lane: Lane, destination: Calendar, at: Instant
) -> None:
    promised = promise(Journey(departure, lane, destination), at)

    today = at.astimezone(ZoneInfo(departure.node.time_zone)).date()
    begun, orderable, day = None, at, today
    for day in (today + timedelta(days=number) for number in range(60)):
        cut_offs = [cut_off for cut_off in cut_offs_of(departure, day) if cut_off > at]
        begun = begun or (day if cut_offs else None)
        if begun and cut_offs and day not in departure.full_days and worked_since(departure, begun, day):
            break
    else:
        return  # the node works on hardly any day with a pick-up
    for other in (begun + timedelta(days=number) for number in range((day - begun).days + 1)):
        if worked_since(departure, other, day):
            orderable = max([orderable, *cut_offs_of(departure, other)])
    assert isinstance(promised, PromisedDate)
    assert promised.ship_at == min(cut_offs)
    assert promised.order_by == orderable
    fastest = lane.transit_days if lane.fastest_transit_days is None else lane.fastest_transit_days
    assert promised.first_day == arrival(destination, lane, day, fastest)
    assert promised.last_day == arrival(destination, lane, day, lane.transit_days)
    assert promised.deliver_by.astimezone(ZoneInfo(departure.node.time_zone)).date() == promised.last_day
