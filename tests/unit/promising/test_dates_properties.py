"""What holds of every promise: not too early, never on a day off, never earlier for who asks later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.instant import Instant
from hub.network.model import Calendar, Network, Node
from hub.network.model.carriers import Lane
from hub.promising.model import PromisedDate
from hub.promising.policy.calendars import is_working_day
from hub.promising.policy.dates import earliest_delivery, ship_date
from tests.unit.network.networks import a_lane, a_network, a_node

ZONES = [
    "Europe/Amsterdam",
    "Europe/London",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Beirut",
]

instants = st.datetimes(datetime(2025, 12, 1), datetime(2027, 3, 31), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(2025, 12, 1), date(2027, 4, 30))
weekdays = st.frozensets(st.integers(1, 7), min_size=1)
nodes = st.builds(
    a_node,
    time_zone=st.sampled_from(ZONES),
    cut_off=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    calendar_id=st.just("here"),
)
calendars = st.fixed_dictionaries(
    {
        "here": st.builds(Calendar, st.just("here"), weekdays, st.frozensets(days, max_size=30)),
        "there": st.builds(Calendar, st.just("there"), weekdays, st.frozensets(days, max_size=30)),
    }
)
lanes = st.builds(a_lane, transit_days=st.integers(0, 12), calendar_id=st.just("there"))


def local_day(node: Node, at: Instant) -> date:
    return at.astimezone(ZoneInfo(node.time_zone)).date()


def network_of(node: Node, calendars: dict[str, Calendar]) -> Network:
    return a_network(nodes=[node], calendars=calendars.values())


def promised_of(node: Node, lane: Lane, calendars: dict[str, Calendar], at: Instant) -> PromisedDate:
    promised = earliest_delivery(network_of(node, calendars), node.node_id, lane, at)
    assert promised is not None
    return promised


@given(nodes, lanes, calendars, instants)
def test_nothing_is_promised_for_the_past(
    node: Node, lane: Lane, calendars: dict[str, Calendar], released_at: Instant
) -> None:
    promised = promised_of(node, lane, calendars, released_at)

    assert released_at < promised.ship_at <= promised.deliver_by


@given(nodes, lanes, calendars, instants)
def test_nothing_leaves_or_arrives_on_a_day_off(
    node: Node, lane: Lane, calendars: dict[str, Calendar], released_at: Instant
) -> None:
    promised = promised_of(node, lane, calendars, released_at)

    assert is_working_day(calendars["here"], local_day(node, promised.ship_at))
    assert is_working_day(calendars["there"], local_day(node, promised.deliver_by))


@given(nodes, lanes, calendars, instants, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_who_asks_later_is_not_promised_an_earlier_day(
    node: Node, lane: Lane, calendars: dict[str, Calendar], released_at: Instant, later: timedelta
) -> None:
    def promised(at: Instant) -> PromisedDate:
        return promised_of(node, lane, calendars, at)

    first, second = promised(released_at), promised(released_at + later)

    assert first.ship_at <= second.ship_at
    assert first.deliver_by <= second.deliver_by


@given(nodes, calendars, instants)
def test_no_working_day_with_a_cut_off_to_come_is_passed_over(
    node: Node, calendars: dict[str, Calendar], released_at: Instant
) -> None:
    ships_at = ship_date(network_of(node, calendars), node.node_id, None, released_at)

    between = released_at + timedelta(days=1)
    while between < ships_at - timedelta(days=1):
        assert not is_working_day(calendars["here"], local_day(node, between))
        between += timedelta(days=1)
