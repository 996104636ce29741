"""Days on which goods are wished to arrive: whether they can be kept, why not, and the nearest days that can.

What arrives on a wished day leaves on the last day from which it does: a carrier does not keep a parcel for its day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.planning import Routes
from hub.cases.intake.quoting import Basket, Outlook, option, plan_now, ways
from hub.kernel.instant import Instant
from hub.network.model.carriers import DeliveryWish
from hub.promising.errors import WishNotKept
from hub.promising.model import NoDate, NoDateReason, PromiseOption, WishAnswer, WishOutcome
from hub.sourcing.model import Plan

NEAR: Final = timedelta(days=14)
"""So far from a wished day other days are looked for."""
_DAY: Final = timedelta(days=1)
_TOLD_FIRST: Final = (WishOutcome.CAPACITY, WishOutcome.CALENDAR, WishOutcome.NO_SLOT, WishOutcome.TOO_SOON)
_OUTCOMES: Final = {
    NoDateReason.CAPACITY: WishOutcome.CAPACITY,
    NoDateReason.CALENDAR: WishOutcome.CALENDAR,
    NoDateReason.TOO_SOON: WishOutcome.TOO_SOON,
    NoDateReason.NO_SLOT: WishOutcome.NO_SLOT,
}


def options_for(
    routes: Routes, basket: Basket, free: FreeStock, outlook: Outlook, lines: Mapping[int, int], first: int = 1
) -> list[PromiseOption]:
    """Return the ways to deliver a basket over routes, with their dates; numbered from `first` on."""
    options: list[PromiseOption] = []
    now = plan_now(routes, basket, basket.demands, free)
    for way in ways(routes, basket, now, free, outlook):
        made = option(routes, basket, way, first + len(options), lines)
        options += [made] if made else []
    return options


def near_options(
    routes: Routes,
    basket: Basket,
    wish: DeliveryWish,
    free: FreeStock,
    outlook: Outlook,
    lines: Mapping[int, int],
    first: int = 1,
) -> tuple[WishAnswer, list[PromiseOption]]:
    """Return why a wished day cannot be kept, and options for the last day before it and the first after it that can.

    `routes` are those without a wish. There are no options where the units can be delivered on no day.
    """
    plain = options_for(routes, basket, free, outlook, lines)
    answer = _why_not(routes.wishing(wish), basket, plain)
    options: list[PromiseOption] = []
    for days in _near(wish.day, plain):
        for day in days:
            nearby = routes.wishing(replace(wish, day=day))
            made = options_for(nearby, basket, free, outlook, lines, first + len(options))
            options += made
            if made:
                break
    return answer, options


def refuse_unkept(
    routes: Routes,
    basket: Basket,
    wish: DeliveryWish,
    plan: Plan,
    promises: Mapping[int, Instant],
    free: FreeStock,
    outlook: Outlook,
) -> None:
    """Raises WishNotKept where units of a plan do not arrive on the wished day, or would but for it be free now.

    `routes` are those without a wish; `promises` are the days of the plan's lines.
    """
    sent = {one.line_number for one in plan.assignments if one.node_id is not None}
    missing = plan.uncovered and plan_now(routes, basket, basket.demands, free).uncovered < plan.uncovered
    if sent <= promises.keys() and not missing:
        return
    numbers = {demand.line_number: demand.line_number for demand in basket.demands}
    answer, options = near_options(routes, basket, wish, free, outlook, numbers)
    days = sorted({one.wish.day.isoformat() for one in options if one.wish})
    offer = f" It can be {' or '.join(days)}." if days else ""
    raise WishNotKept(
        f"The units cannot arrive on {wish}: {answer.detail or 'stock does not cover them by then'}.{offer}",
        outcome=answer.outcome.value,
        nearest_days=",".join(days),
    )


def _why_not(routes: Routes, basket: Basket, plain: Sequence[PromiseOption]) -> WishAnswer:
    """Why no way keeps the wish of routes, by what keeps the nodes of the ways without it from doing so."""
    nodes = sorted({part.node_id for one in plain for part in one.parts})
    skus = {demand.sku for demand in basket.demands}
    refusals = routes.off_wish(nodes, basket.to, basket.service_code, skus)
    if not refusals:
        return WishAnswer(WishOutcome.STOCK, "stock and supply to come do not cover the units by then")
    return WishAnswer(_outcome(refusals.values()), "; ".join(sorted({why.detail for why in refusals.values()})))


def _outcome(refusals: Collection[NoDate]) -> WishOutcome:
    found = {_OUTCOMES[why.reason] for why in refusals}
    return next(one for one in _TOLD_FIRST if one in found)


def _near(wished: date, plain: Sequence[PromiseOption]) -> tuple[Iterator[date], ...]:
    """The days before a wished one, the last first, and those after it; none before the first that any way keeps."""
    if not plain:
        return ()
    first = min(one.last_day for one in plain)
    before, after = wished - _DAY, max(wished + _DAY, first)
    return (
        (before - day * _DAY for day in range(min((before - first).days + 1, NEAR.days))),
        (after + day * _DAY for day in range(NEAR.days)),
    )
