"""Quotes that drafts name: which option an order takes, and whether its dates can be kept.

Costs nothing where no draft names one. What was quoted is planned anew from what is there now: the nodes may be others,
the dates may not be later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.intake.drafts import destination_of
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.planning import Routes
from hub.cases.intake.quoting import Basket, Outlook, option, ways
from hub.fulfillment.model import FulfillmentLine
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.orders import PromiseChanged
from hub.messages.notice import Template
from hub.orders.model import Charge, Draft, OrderLine
from hub.promising import operations as promising
from hub.promising.errors import QuoteMismatch
from hub.promising.model import DeliveryMode, FrozenQuote, PromiseOption
from hub.promising.policy.choices import chosen, deadlines, keeps, lost, refuse_other_units
from hub.promising.policy.dates import day_begin
from hub.slices.lifecycle import SliceState
from hub.sourcing.model import Plan

SHIPPING: Final = "SHIPPING"
"""Code of the charge that is the delivery fee."""


class TakenPromise(Struct, frozen=True):
    """The option of a quote that an order takes."""

    frozen: FrozenQuote
    option: PromiseOption


async def quotes_named(flow: FlowContext, drafts: Sequence[Draft]) -> Mapping[UUID, FrozenQuote]:
    """Return the quotes that drafts name, as they are kept."""
    ids = {draft.promise.quote_id for draft in drafts if draft.promise is not None}
    return await promising.load(flow.tx, ids) if ids else {}


def with_held(draft: Draft, quotes: Mapping[UUID, FrozenQuote]) -> Draft:
    """Return a draft that also names the reservations that hold units for its quote."""
    frozen = quotes.get(draft.promise.quote_id) if draft.promise is not None else None
    return (
        draft if frozen is None else replace(draft, reservation_ids=(*draft.reservation_ids, *frozen.reservation_ids))
    )


def taken_promise(
    flow: FlowContext, draft: Draft, lines: Sequence[OrderLine], quotes: Mapping[UUID, FrozenQuote]
) -> TakenPromise | None:
    """Return the option that a draft names; None where it names none.

    Raises QuoteNotFound, QuoteExpired, QuoteMismatch.
    """
    if draft.promise is None:
        return None
    frozen, option_ = chosen(
        quotes.get(draft.promise.quote_id),
        draft.promise.option_number,
        principal=flow.scope.principal,
        channel_id=draft.channel_id,
        to=None if draft.pickup_node_id else destination_of(flow.network, draft),
        at=flow.at,
    )
    stated = {"service_code": (draft.service_code or option_.service_code, option_.service_code)}
    stated["pickup_node_id"] = (draft.pickup_node_id, option_.pickup_node_id)
    stated["wish"] = (str(draft.wish or option_.wish or ""), str(option_.wish or ""))
    stated["demand_class"] = (draft.demand_class, frozen.demand_class)
    for name, (ordered, was) in stated.items():
        if ordered != was:
            raise QuoteMismatch(
                f"It was quoted with {name} {was!r}, not {ordered!r}.", quote_id=frozen.quote_id, differs=name
            )
    units: dict[str, int] = {}
    for line in lines:
        units[line.sku] = units.get(line.sku, 0) + line.quantity
    refuse_other_units(frozen, option_, units)
    return TakenPromise(frozen, option_)


def with_option(draft: Draft, taken: TakenPromise) -> Draft:
    """Return a draft with the service of the option, whether its units leave together, and whether it is landed."""
    if draft.promise is None:
        return draft
    together, landed = taken.option.mode is DeliveryMode.TOGETHER, bool(taken.option.landed)
    promise = replace(draft.promise, together=together, landed=landed)
    return replace(draft, service_code=taken.option.service_code, promise=promise, wish=taken.option.wish)


def refuse_lost(
    routes: Routes, basket: Basket, taken: TakenPromise, plan: Plan, free: FreeStock, outlook: Outlook
) -> None:
    """Raises PromiseLost where no way to deliver what `plan` begins with keeps the dates of the option.

    What waits for supply to come after this order counts it.
    """
    numbers = {demand.line_number: demand.line_number for demand in basket.demands}
    known = [
        made
        for number, way in enumerate(ways(routes, basket, plan, free, outlook), 1)
        if (made := option(routes, basket, way, number, numbers))
    ]
    if not any(keeps(one, taken.option) for one in known):
        raise lost(taken.frozen, taken.option, known)
    outlook.wait(plan, basket.demands)


def promised_dates(taken: TakenPromise, lines: Sequence[OrderLine]) -> dict[int, Instant]:
    """Return by line by when it is promised to arrive."""
    last = deadlines(taken.option)
    return {line.line_number: last[line.sku] for line in lines}


def change_promises(flow: FlowContext, case: Case, dates: Mapping[int, Instant | None], reason: str) -> None:
    """Promises lines of an order by other days, None: by no day; tells it, and tells the customer of a quoted order."""
    before = [case.order.promises[number] for number in dates if number in case.order.promises]
    after = [date for date in dates.values() if date is not None]
    was, is_now = max(before, default=None), max(after, default=None) if len(after) == len(dates) else None
    kept = {number: date for number, date in case.order.promises.items() if number not in dates}
    case.order = replace(case.order, promises=kept | {one: date for one, date in dates.items() if date is not None})
    changed = PromiseChanged(reason=reason, line_numbers=tuple(sorted(dates)), promised_time=was, new_time=is_now)
    cause = case.happened(changed, flow.at)
    if case.order.promise is not None:
        values = {"promised_day": f"{was:%Y-%m-%d}" if was else "", "new_day": f"{is_now:%Y-%m-%d}" if is_now else ""}
        channel = flow.network.channel(case.order.channel_id)
        about = None, [FulfillmentLine(number, 0) for number in dates]
        outgoing.notify(case, channel, Template.ORDER_DELAYED, cause, values, about=about)


def arrival(flow: FlowContext, case: Case, line_number: int, node_id: str) -> Instant | None:
    """Return by when units of a line arrive that leave a node as soon as they may; None where no lane goes there."""
    line = case.order.line(line_number)
    day = case.order.ship_days.get(node_id)
    at = max(flow.at, day_begin(flow.network.node(node_id), day)) if day else flow.at
    date = Routes(flow.network, at).soonest(
        case.order.wish,
        node_id,
        case.order.destination,
        case.order.service_code,
        line.ship_not_before if line else None,
    )
    return date.deliver_by if date else None


def promise_after_hold(flow: FlowContext, case: Case) -> None:
    """Promise an order that was on hold by the day on which what is reserved can arrive now, where that is later."""
    later: dict[int, Instant] = {}
    reserved = [slice_ for slice_ in case.slices if slice_.state is SliceState.RESERVED] if case.holds else []
    for slice_ in reserved:
        number = slice_.line_number
        known, day = case.order.promises.get(number), arrival(flow, case, number, slice_.node_id or "")
        if known is not None and day is not None and day > later.get(number, known):
            later[number] = day
    if later:
        change_promises(flow, case, later, "it could not be released sooner")


def charged(
    charges: tuple[Charge, ...], taken: TakenPromise, currency: str
) -> tuple[tuple[Charge, ...], tuple[str, ...]]:
    """Return the charges with the fee of the option where none is stated; and how a stated one differs, for people."""
    fee = taken.option.fee
    if fee is None:
        return charges, ()
    stated = [charge.total_minor for charge in charges if charge.code == SHIPPING]
    if not stated and fee.currency == currency:
        return ((*charges, Charge(SHIPPING, fee.minor, 0)) if fee.minor else charges), ()
    charge = Money(sum(stated), currency)
    return charges, () if charge == fee else (f"the buyer was quoted {fee} for delivery and is charged {charge}",)
