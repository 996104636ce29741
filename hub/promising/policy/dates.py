"""When goods leave a node and by when they arrive, if they are released now.

Local times are those of the node, exact on days on which the clock changes. A destination has a calendar but no time
zone (a country may have several): the day of delivery ends when it ends at the node.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from hub.kernel.instant import Instant
from hub.network.model import Calendar, Lane, Node
from hub.promising.model import PromisedDate
from hub.promising.policy.calendars import working_day_from, working_days_after

_DAY: Final = timedelta(days=1)
_END_OF_DAY: Final = time(23, 59, 59)


def ship_date(node: Node, calendar: Calendar, at: Instant) -> Instant:
    """When goods released at `at` leave the node: at the first cut-off after `at` of a day that `calendar` works.

    Released at 15:59:59 under a cut-off of 16:00 they leave on that day, at 16:00:00 on the next working day.
    """
    return _cut_off(node, _ship_day(node, calendar, at))


def earliest_delivery(node: Node, lane: Lane, calendars: Mapping[str, Calendar], at: Instant) -> PromisedDate:
    """When goods released at `at` leave the node, and the end of the day by which the lane brings them.

    The day they leave is of the node's calendar; the days on the way are counted in the destination's, and they arrive
    on a day it works. `calendars` holds both.
    """
    ship_day = _ship_day(node, calendars[node.calendar_id], at)
    arrival = working_days_after(calendars[lane.calendar_id], ship_day, lane.transit_days)
    return PromisedDate(ship_at=_cut_off(node, ship_day), deliver_by=_local(node, arrival, _END_OF_DAY))


def day_begin(node: Node, at: Instant) -> Instant:
    """Return when the local day of a node begins that an instant lies in."""
    return _local(node, at.astimezone(_zone(node.time_zone)).date(), time())


def _ship_day(node: Node, calendar: Calendar, at: Instant) -> date:
    day = working_day_from(calendar, at.astimezone(_zone(node.time_zone)).date())
    while _cut_off(node, day) <= at:
        day = working_day_from(calendar, day + _DAY)
    return day


def _cut_off(node: Node, day: date) -> Instant:
    return _local(node, day, node.cut_off)


def _local(node: Node, day: date, local: time) -> Instant:
    """The instant of a local time: the first of two where the clock goes back; an hour later where it skips one."""
    return datetime.combine(day, local, _zone(node.time_zone)).astimezone(UTC)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
