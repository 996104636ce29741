"""Whether something can have happened when it is reported to: one rule for every report that states an instant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from hub.cases.case import Case
from hub.kernel.errors import InstantImplausible
from hub.kernel.instant import Instant, iso

SKEW: Final = timedelta(hours=1)
"""How far the clocks of those who report may be from the hub's."""
OTHER_CLOCKS: Final = timedelta(days=1)
"""How far what follows may be told before what it follows: two parties tell of both, and some state days only."""
LAG: Final = timedelta(days=30)
"""An order may reach the hub so long after work on it began, and a tote so long after it was filled."""
LEDGER_LAG: Final = timedelta(days=366)
"""The oldest movement of stock that is still reported."""


def refuse_implausible(case: Case, occurred_at: Instant, now: Instant, left_at: Instant | None = None) -> None:
    """Raises InstantImplausible for what happened in the future, or LAG before its order was placed.

    With `left_at`, it is an arrival, which is not before the parcel left. Clocks may differ by SKEW.
    """
    if left_at is not None and occurred_at < left_at - SKEW:
        raise _refusal(occurred_at, left_at, "before the parcel left")
    refuse_outside(occurred_at, case.order.placed_at - LAG, "long before the order was placed", now)


def refuse_before(occurred_at: Instant, earlier: Iterable[Instant], what: str) -> None:
    """Raises InstantImplausible for what happened OTHER_CLOCKS before all that it follows, which `what` names."""
    first = min(earlier, default=None)
    if first is not None and occurred_at < first - OTHER_CLOCKS:
        raise _refusal(occurred_at, first, f"before {what}")


def refuse_before_left(case: Case, occurred_at: Instant, line_numbers: Collection[int]) -> None:
    """Raises InstantImplausible for units of lines that came back before the first parcel with units of them left."""
    parcels = {slice_.shipment_id for slice_ in case.slices if slice_.line_number in line_numbers}
    left = [shipment.shipped_at for shipment in case.shipments if shipment.shipment_id in parcels]
    refuse_before(occurred_at, left, "the parcel left")


def refuse_outside(occurred_at: Instant, earliest: Instant, before: str, now: Instant) -> None:
    """Raises InstantImplausible for what happened in the future, or before `earliest`, which `before` says in words."""
    if occurred_at < earliest:
        raise _refusal(occurred_at, earliest, before)
    if occurred_at > now + SKEW:
        raise _refusal(occurred_at, now, "in the future")


def _refusal(occurred_at: Instant, bound: Instant, what: str) -> InstantImplausible:
    return InstantImplausible(
        f"{iso(occurred_at)} is {what} ({iso(bound)}); report when it happened.",
        occurred_at=iso(occurred_at),
        bound=iso(bound),
    )
