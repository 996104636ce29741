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
from hub.network.model.carriers import DeliverySlot, Destination, Lane
from hub.promising.model import Departure, Journey, NoDate, NoDateReason, PromisedDate
from hub.promising.policy.calendars import is_working_day, working_days_after

HORIZON_DAYS: Final = 400
"""No date is promised for goods that would leave later than this many days from now."""
READY_WITHIN: Final = timedelta(hours=2)
"""Within this time a store makes ready what is collected there, if it has it by its cut-off."""
_DAY: Final = timedelta(days=1)
_END_OF_DAY: Final = time(23, 59, 59)
_WEEKEND: Final = frozenset({6, 7})


def promise(journey: Journey, at: Instant, wished: date | None = None) -> PromisedDate | NoDate:
    """Return when goods that can be released at `at` leave and arrive, or why no date can be promised.

    With a `wished` day they leave on the last day from which they arrive on it, and not sooner; see `_wished_days`.

    They leave with the first pick-up whose cut-off lies after `at`, on a day that the node works and that is not full.
    Ready at 15:59:59 under a cut-off of 16:00 they leave on that day, at 16:00:00 on the next one. The days on the way
    are counted in the destination's calendar, and they arrive on a day it works. What takes processing days leaves so
    many working days of the node later, or with the first pick-up after that. What is collected stays: it leaves and
    arrives when it is ready at its node.
    """
    departure, lane = journey.departure, journey.lane
    days = _days(departure, at) if wished is None else _wished_days(journey, at, wished)
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
    *,
    wished: date | None = None,
) -> PromisedDate | None:
    """Return when goods released at `at` leave a node and arrive by a lane; None where no date can be promised.

    Nothing more leaves on `full_days` of the node. With a `wished` day they arrive on it, or no date is promised.
    """
    journey = _journey(network, node_id, lane, full_days, processing_days)
    promised = promise(journey, at, wished)
    return promised if isinstance(promised, PromisedDate) else None


def delivery(
    network: Network,
    node_id: str,
    to: Destination,
    service_code: str,
    at: Instant,
    full_days: frozenset[date] = frozenset(),
    processing_days: int = 0,
    *,
    wished: date | None = None,
) -> PromisedDate | None:
    """Return when goods released at `at` leave a node and arrive by a service, by the network in force when they leave.

    None where no lane goes there, or no date can be promised. Nothing more leaves on `full_days` of the node. With a
    `wished` day they arrive on it, or no date is promised.
    """
    for version, begin, end in network.periods(at):
        lane = version.lane(node_id, to, service_code)
        promised = (
            earliest_delivery(version, node_id, lane, at, full_days, processing_days, wished=wished) if lane else None
        )
        if lane and promised is not None and promised.ship_at < begin:  # ready before, and it has not left
            promised = earliest_delivery(version, node_id, lane, begin, full_days, wished=wished)
        if end is None:
            return promised
        if promised is not None and promised.ship_at < end:
            return replace(promised, order_by=min(promised.order_by, end))
    return None


def in_slot(promised: PromisedDate, slot: DeliverySlot) -> PromisedDate:
    """Return a date of which the delivery ends with a slot of its last day."""
    ends = datetime.combine(promised.last_day, slot.ends, _zone(slot.time_zone)).astimezone(UTC)
    return replace(promised, deliver_by=ends)


def slot_begin(day: date, slot: DeliverySlot) -> Instant:
    """Return when a slot begins on a day."""
    return datetime.combine(day, slot.begins, _zone(slot.time_zone)).astimezone(UTC)


def why_not_on(
    network: Network,
    node_id: str,
    lane: Lane,
    at: Instant,
    wished: date,
    full_days: frozenset[date] = frozenset(),
    processing_days: int = 0,
) -> NoDate | None:
    """Return why goods released at `at` cannot arrive by a lane on a wished day; None where they can."""
    answer = promise(_journey(network, node_id, lane, full_days, processing_days), at, wished)
    return answer if isinstance(answer, NoDate) else None


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


def _journey(network: Network, node_id: str, lane: Lane, full_days: frozenset[date], processing_days: int) -> Journey:
    departure = replace(departure_of(network, node_id, lane, full_days), processing_days=processing_days)
    return Journey(departure, lane, network.calendars[lane.calendar_id])


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
            return _last_begin(departure, begun, day), day
    return NoDate(NoDateReason.CAPACITY, f"{node_id} has no day with room within {HORIZON_DAYS} days")


def _wished_days(journey: Journey, at: Instant, wished: date) -> tuple[date, date] | NoDate:
    """The same for goods that are to arrive on a wished day: they leave on the last day from which they do.

    A carrier does not keep a parcel for its day, so a parcel that left sooner would arrive sooner.
    """
    departure, lane = journey.departure, journey.lane
    node_id, worked = departure.node.node_id, _delivering(journey.destination, lane)
    days = _days(replace(departure, full_days=frozenset()), at)
    if isinstance(days, NoDate):
        return days
    begun, first = days
    earliest = working_days_after(worked, first, lane.transit_days)
    if earliest > wished:
        return NoDate(NoDateReason.TOO_SOON, f"what leaves {node_id} arrives on {earliest} at the earliest")
    if not is_working_day(worked, wished):
        return NoDate(NoDateReason.CALENDAR, f"nothing is delivered there on {wished}")
    leaving = [day for day in _back_from(wished, first) if _cut_offs(departure, day)]
    arriving = [day for day in leaving if working_days_after(worked, day, lane.transit_days) == wished]
    for day in arriving:
        if day not in departure.full_days:
            return _last_begin(departure, begun, day), day
    if arriving:
        return NoDate(NoDateReason.CAPACITY, f"{node_id} has no place left on {arriving[0]}")
    return NoDate(NoDateReason.CALENDAR, f"nothing leaves {node_id} on a day from which it arrives on {wished}")


def _back_from(last: date, first: date) -> Iterator[date]:
    """The days from the last to the first, the last first; of a longer time those within HORIZON_DAYS of the first."""
    return (first + days * _DAY for days in range(min((last - first).days, HORIZON_DAYS), -1, -1))


def _last_begin(departure: Departure, begun: date, day: date) -> date:
    """The last day from `begun` on to begin goods that leave on a day."""
    later = (begun + days * _DAY for days in range((day - begun).days + 1))
    return max(one for one in later if _cut_offs(departure, one) and _ready(departure, one) <= day)


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
