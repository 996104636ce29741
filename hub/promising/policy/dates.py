"""When goods leave a node and by when they arrive, if they are released now.

Local times are those of the node, exact on days on which the clock changes. A destination has a calendar but no time
zone (a country may have several): the day of delivery ends when it ends at the node.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.network.model import Calendar, Network, Node
from hub.network.model.carriers import Destination, Lane
from hub.promising.model import Departure, Journey, NoDate, NoDateReason, PromisedDate
from hub.promising.policy.calendars import is_working_day, working_days_after

HORIZON_DAYS: Final = 400
"""No date is promised for goods that would leave later than this many days from now."""
READY_WITHIN: Final = timedelta(hours=2)
"""Within this time a store makes ready what is collected there, if it has it by its cut-off."""
_DAY: Final = timedelta(days=1)
_END_OF_DAY: Final = time(23, 59, 59)
_WEEKEND: Final = frozenset({6, 7})


def promise(journey: Journey, at: Instant) -> PromisedDate | NoDate:
    """Return when goods that can be released at `at` leave and arrive, or why no date can be promised.

    They leave with the first pick-up whose cut-off lies after `at`, on a day that the node works and that is not full.
    Ready at 15:59:59 under a cut-off of 16:00 they leave on that day, at 16:00:00 on the next one. The days on the way
    are counted in the destination's calendar, and they arrive on a day it works. What takes processing days leaves so
    many working days of the node later, or with the first pick-up after that. What is collected stays: it leaves and
    arrives when it is ready at its node.
    """
    departure, lane = journey.departure, journey.lane
    days = _days(departure, at)
    if isinstance(days, NoDate):
        return days
    begun, ship_day = days
    fastest = lane.transit_days if lane.fastest_transit_days is None else lane.fastest_transit_days
    worked = _delivering(journey.destination, lane)
    last_day = working_days_after(worked, ship_day, lane.transit_days)
    ship_at = _leaves(departure, lane, ship_day, at)
    return PromisedDate(
        ship_at=ship_at,
        deliver_by=ship_at if lane.collects else _local(departure.node, last_day, _END_OF_DAY),
        order_by=max(_cut_offs(departure, begun)),
        first_day=working_days_after(worked, ship_day, fastest),
        last_day=last_day,
    )


def earliest_delivery(
    network: Network,
    node_id: str,
    lane: Lane,
    at: Instant,
    full_days: frozenset[date] = frozenset(),
    processing_days: int = 0,
) -> PromisedDate | None:
    """Return when goods released at `at` leave a node and arrive by a lane; None where no date can be promised.

    Nothing more leaves on `full_days` of the node.
    """
    departure = replace(departure_of(network, node_id, lane, full_days), processing_days=processing_days)
    promised = promise(Journey(departure, lane, network.calendars[lane.calendar_id]), at)
    return promised if isinstance(promised, PromisedDate) else None


def delivery(
    network: Network,
    node_id: str,
    to: Destination,
    service_code: str,
    at: Instant,
    full_days: frozenset[date] = frozenset(),
    processing_days: int = 0,
) -> PromisedDate | None:
    """Return when goods released at `at` leave a node and arrive by a service, by the network in force when they leave.

    None where no lane goes there, or no date can be promised. Nothing more leaves on `full_days` of the node.
    """
    for version, begin, end in network.periods(at):
        lane = version.lane(node_id, to, service_code)
        promised = earliest_delivery(version, node_id, lane, at, full_days, processing_days) if lane else None
        if lane and promised is not None and promised.ship_at < begin:  # ready before, and it has not left
            promised = earliest_delivery(version, node_id, lane, begin, full_days)
        if end is None:
            return promised
        if promised is not None and promised.ship_at < end:
            return replace(promised, order_by=min(promised.order_by, end))
    return None


def ship_date(network: Network, node_id: str, lane: Lane | None, at: Instant) -> Instant:
    """Return by when goods released at `at` leave a node, by a lane where one is known.

    The network in force when they leave counts. Where nothing is picked up any more it is `at`: somebody must look.
    """
    for version, begin, end in network.periods(at):
        if node_id in version.nodes:
            departure = departure_of(version, node_id, lane)
            days = _days(departure, begin)
            if not isinstance(days, NoDate):
                leaves_at = _leaves(departure, lane, days[1], begin)
                if end is None or leaves_at < end:
                    return leaves_at
    return at


def day_begin(node: Node, day: date) -> Instant:
    """Return when a local day of a node begins."""
    return _local(node, day, time())


def departure_of(
    network: Network, node_id: str, lane: Lane | None, full_days: frozenset[date] = frozenset()
) -> Departure:
    """Return how goods leave a node, by a lane where one is known."""
    node = network.node(node_id)
    pickups = network.service(lane).pickups_at(node_id) if lane else ()
    return Departure(node, network.calendars[node.calendar_id], pickups, full_days)


def local_day(node: Node, at: Instant) -> date:
    """Return the local day of a node at an instant."""
    return at.astimezone(_zone(node.time_zone)).date()


def _days(departure: Departure, at: Instant) -> tuple[date, date] | NoDate:
    """The last day on which to begin goods that leave as early as those released at `at`, and the day they leave."""
    node_id = departure.node.node_id
    first = at.astimezone(_zone(departure.node.time_zone)).date()
    begun = next((day for day in _from(first) if any(one > at for one in _cut_offs(departure, day))), None)
    if begun is None:
        return NoDate(NoDateReason.CALENDAR, f"nothing is picked up at {node_id} within {HORIZON_DAYS} days")
    for day in _from(_ready(departure, begun)):
        if day not in departure.full_days and any(one > at for one in _cut_offs(departure, day)):
            later = (begun + days * _DAY for days in range((day - begun).days + 1))
            return max(one for one in later if _cut_offs(departure, one) and _ready(departure, one) <= day), day
    return NoDate(NoDateReason.CAPACITY, f"{node_id} has no day with room within {HORIZON_DAYS} days")


def _ready(departure: Departure, begun: date) -> date:
    return working_days_after(departure.calendar, begun, departure.processing_days)


def _from(first: date) -> Iterator[date]:
    return (first + days * _DAY for days in range(HORIZON_DAYS))


def _leaves(departure: Departure, lane: Lane | None, day: date, at: Instant) -> Instant:
    """When goods leave on a day; or are ready there: within two hours, on a later day by its cut-off."""
    if lane is not None and lane.collects and local_day(departure.node, at) == day:
        return at + READY_WITHIN
    return min(cut_off for cut_off in _cut_offs(departure, day) if cut_off > at)


def _cut_offs(departure: Departure, day: date) -> list[Instant]:
    """By when goods must be ready to leave on a day; none where nothing leaves on it."""
    if not is_working_day(departure.calendar, day):
        return []
    times = [pickup.cut_off for pickup in departure.pickups if day.isoweekday() in pickup.weekdays]
    if not departure.pickups:
        times = [departure.node.cut_off]
    return [_local(departure.node, day, cut_off) for cut_off in times]


def _delivering(calendar: Calendar, lane: Lane) -> Calendar:
    """The days on which the carrier works at the destination."""
    if not lane.weekend_delivery:
        return calendar
    return Calendar(calendar.calendar_id, calendar.working_weekdays | _WEEKEND, calendar.holidays)


def _local(node: Node, day: date, local: time) -> Instant:
    """The instant of a local time: the first of two where the clock goes back; an hour later where it skips one."""
    return datetime.combine(day, local, _zone(node.time_zone)).astimezone(UTC)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
