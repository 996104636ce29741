"""How many units can be promised when, and how a wanted quantity could be shipped out of that.

Units can be promised from an instant on as far as no later demand needs them: the least of what is left then and at
every instant after it. So the steps never fall, and what is promised now never takes what a later promise rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from hub.inventory.model.supply import Offer, Step
from hub.kernel.instant import Instant

Dated = tuple[Instant, int]
"""Units at an instant."""


def sellable_at(expected_at: Instant, *, time_zone: str, processing_days: int) -> Instant:
    """When units that arrive at an instant can be sold: as many days later at the same local time of the node."""
    local = expected_at.astimezone(_zone(time_zone))
    day = local.date() + timedelta(days=processing_days)
    return datetime.combine(day, local.time(), local.tzinfo).astimezone(UTC)


def projected(
    at: Instant, now: int, supplies: Sequence[Dated], demands: Sequence[Dated] = (), *, until: Instant | None = None
) -> tuple[Step, ...]:
    """The steps of what can be promised, from `at` on.

    `now` is on hand less claims, safety and what is kept for others; below 0 it is made good by what comes first. What
    was due before `at` counts from `at`. Steps after `until` are left out, demand after it is not.
    """
    if not supplies and not demands:
        return (Step(at, max(0, now)),)
    changes: dict[Instant, int] = {at: now}
    for sign, dated in ((1, supplies), (-1, demands)):
        for instant, units in dated:
            moment = max(at, instant)
            changes[moment] = changes.get(moment, 0) + sign * units
    instants = sorted(changes)
    left = list(accumulate(changes[moment] for moment in instants))
    spare = list(accumulate(reversed(left), min))[::-1]
    steps: list[Step] = []
    for moment, units in zip(instants, spare, strict=True):
        available = max(0, units)
        if until is not None and moment > max(until, at):
            break
        if not steps or available != steps[-1].available:
            steps.append(Step(moment, available))
    return tuple(steps)


def pooled(
    at: Instant, curves: Sequence[Sequence[Step]], demands: Sequence[Dated] = (), *, until: Instant | None = None
) -> tuple[Step, ...]:
    """The steps over several nodes together, less demand that is bound to none of them."""
    now = sum(curve[0].available for curve in curves)
    more = [(step.at, step.available - before.available) for curve in curves for before, step in pairwise(curve)]
    return projected(at, now, more, demands, until=until)


def offers(steps: Sequence[Step], quantity: int) -> tuple[Offer, ...]:
    """Ways to ship a quantity: in parts as units come, then all together where that is another way and covered.

    What no step covers is named in the first.
    """
    if quantity <= 0:
        return ()
    parts: list[Dated] = []
    taken = 0
    for step in steps:
        units = min(quantity, step.available) - taken
        if units > 0:
            parts.append((step.at, units))
            taken += units
    first = Offer(tuple(parts), quantity - taken)
    if len(parts) < 2 or first.uncovered:
        return (first,)
    return (first, Offer(((parts[-1][0], quantity),)))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
