"""What a draft comes to, worked out before the transaction: lines, amounts, nodes, dates, whether a rule holds it.

From what is read; claims nothing. `flows/place_orders.py` places what is planned here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from hub.cases.context import FlowContext, PlanContested
from hub.cases.imports import ordered_import, trade_law
from hub.cases.intake.acceptance import refuse_past, refuse_unknown_items
from hub.cases.intake.choosing import plan_demands
from hub.cases.intake.drafts import destination_of, refuse_pickup, service_of
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.landed import with_import_charges
from hub.cases.intake.limits import limits_of
from hub.cases.intake.planning import Routes
from hub.cases.intake.promises import (
    charged,
    promised_dates,
    quotes_named,
    refuse_lost,
    taken_promise,
    with_held,
    with_option,
)
from hub.cases.intake.quoting import Basket, Outlook
from hub.cases.intake.reservations import Known, Serving, held_by, named, plan_reserved, usable
from hub.cases.intake.to_store.choosing import StoreNeed, give_back, missing, sent
from hub.cases.intake.waiting import set_aside
from hub.cases.intake.wishes import refuse_unkept
from hub.catalog.model import Item, ItemState
from hub.inventory.errors import InsufficientStock, ReservationEnded
from hub.inventory.model import StockKey
from hub.inventory.model.reservation import Reservation
from hub.inventory.model.supply import Claimant
from hub.inventory.operations import reservations
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.model import Channel, ShortagePolicy
from hub.network.model.carriers import DeliveryWish, Destination
from hub.network.policy import channel_seen
from hub.orders import operations as orders
from hub.orders.errors import ItemEnded, NoRoute, ShipWindowPassed
from hub.orders.model import Charge, Draft, OrderLine
from hub.orders.policy import charges_of, lines_of
from hub.promising import operations as promising
from hub.promising.errors import PromiseLost, QuoteExpired, QuoteNotFound, QuoteTaken, WishNotKept
from hub.promising.model import FrozenQuote
from hub.promising.policy.choices import waits_until
from hub.sourcing.model import Demand, Plan
from hub.sourcing.policy.plans import skus_by_node
from hub.trade.model.landed_cost import Landed


class Planned(Struct, frozen=True):
    """A draft with all that was worked out before the transaction.

    `leaves_by`: when what a promised order waits for has to leave, if the promise is to be kept.
    """

    draft: Draft
    channel: Channel
    lines: tuple[OrderLine, ...]
    charges: tuple[Charge, ...]
    plan: Plan
    promises: Mapping[int, Instant]
    draft_skus: tuple[str, ...]
    ship_days: Mapping[str, date]
    held_by_rule: bool = False
    quote_differences: tuple[str, ...] = ()
    landed: tuple[Landed, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    floors: Mapping[StockKey, int] = field(default_factory=dict)
    leaves_by: Instant | None = None


class _Basis(Struct):
    """What the plans of a batch rest on. `reserved` are the reservations that drafts name; None: none is looked at, as
    for the repeat of an order that stands.
    """

    flow: FlowContext
    routes: Routes
    items: Mapping[str, Item]
    free: FreeStock
    reserved: Known | None
    quotes: Mapping[UUID, FrozenQuote]
    outlook: Outlook | None


async def plan(flow: FlowContext, drafts: Sequence[Draft]) -> list[Planned | Refusal]:
    """Works out lines, amounts, nodes and dates of drafts from what is read; claims nothing.

    A repeat of an order that stands, or comes before it in the batch, needs no stock: that order has it.
    Refuses UNKNOWN_CHANNEL, UNKNOWN_SKU, PICKUP_UNAVAILABLE, PRICE_MISSING, INSUFFICIENT_STOCK,
    UNIT_MISMATCH, ITEM_ENDED, SHIP_WINDOW_PASSED, NO_ROUTE, QUOTE_NOT_FOUND, QUOTE_EXPIRED, QUOTE_MISMATCH,
    QUOTE_TAKEN, PROMISE_LOST, WISH_NOT_KEPT. Answers PlanContested
    where only those before it in the batch leave it too little: they may not keep it, or more may come until they have.
    """
    quotes = await quotes_named(flow, drafts)
    drafts = [with_held(draft, quotes) for draft in drafts] if quotes else drafts
    items = await flow.items.load(flow.tx, {line.sku for draft in drafts for line in draft.lines})
    if parts := {part.sku for item in items.values() for part in item.components}:
        items |= await flow.items.load(flow.tx, parts - items.keys())
    free = await FreeStock.read(flow.tx, items)
    places = await promising.places(flow.tx, flow.network, flow.at)
    routes = Routes(
        flow.network, flow.at, items, places, await limits_of(flow, items), flow.parcel_costs, flow.stock_values
    )
    routes.law = await trade_law(flow, asked=any(map(_landed, quotes.values())))
    aside = await set_aside(flow, routes, free)
    outlook = await Outlook.read(flow, list(items), aside) if quotes else None
    basis = _Basis(flow, routes, items, free, await named(flow, drafts), quotes, outlook)
    before = outlook and outlook.apart()
    answers = [_planned(basis, draft) for draft in drafts]
    if any(map(_only_now, answers)) and (over := await reservations.lapsed(flow.tx, list(items), at=flow.at)):
        free.add(over)
        free.add(aside)
        await set_aside(flow, routes, free)
        answers = [
            _planned(basis, draft) if _only_now(one) else one for draft, one in zip(drafts, answers, strict=True)
        ]
    refused = [_reference(draft) for draft, one in zip(drafts, answers, strict=True) if _only_now(one)]
    known = {_reference(answer.draft) for answer in answers if isinstance(answer, Planned)}
    known |= (await orders.find_by_reference(flow.tx, flow.scope, refused)).keys()
    repeated = replace(basis, reserved=None)
    answers = [
        _planned(repeated, draft) if _only_now(one) and _reference(draft) in known else one
        for draft, one in zip(drafts, answers, strict=True)
    ]
    if not free.taken:
        return answers
    return [
        PlanContested(one)
        if isinstance(one, InsufficientStock | PromiseLost)
        and isinstance(
            _planned(replace(basis, free=free.untouched(), outlook=before and before.apart()), draft), Planned
        )
        else one
        for draft, one in zip(drafts, answers, strict=True)
    ]


def _landed(frozen: FrozenQuote) -> bool:
    return any(option.landed for option in frozen.quote.options)


def promised_by(
    routes: Routes, plan: Plan, lines: Sequence[OrderLine], to: Destination, service_code: str
) -> dict[int, Instant]:
    """Return by line when the last of its units with a node arrives."""
    earliest = {line.line_number: line.ship_not_before for line in lines}
    shipped = skus_by_node(plan, [Demand(line.line_number, line.sku, line.quantity) for line in lines])
    promises: dict[int, Instant] = {}
    for assignment in plan.assignments:
        if (node_id := assignment.node_id) is None:
            continue
        number = assignment.line_number
        date = routes.promised(node_id, to, service_code, earliest[number], shipped[node_id])
        if date is not None:
            promises[number] = max(date.deliver_by, promises.get(number, date.deliver_by))
    return promises


def _planned(basis: _Basis, draft: Draft) -> Planned | Refusal:
    flow, items = basis.flow, basis.items
    try:
        channel = channel_seen(flow.network, flow.scope, draft.channel_id, "place orders in")
        channel = channel.sourcing(draft.channel_reference)
        refuse_pickup(flow.network, channel, draft)
        refuse_unknown_items(draft, items)
        if basis.reserved is not None:
            refuse_past(draft, items, flow.at)
        lines = lines_of(draft, items)
        services = basis.routes.with_services((line.sku, line.value_added_services) for line in lines)
        return _sourced(replace(basis, routes=services), draft, channel, lines)
    except Refusal as refusal:
        return refusal


def _sourced(basis: _Basis, draft: Draft, channel: Channel, lines: tuple[OrderLine, ...]) -> Planned:
    flow, free, reserved = basis.flow, basis.free, basis.reserved
    promise = taken_promise(flow, draft, lines, basis.quotes) if reserved is not None else None
    differences: tuple[str, ...] = ()
    if promise is not None:
        draft, differences = with_import_charges(with_option(draft, promise), promise, lines)
        lines = lines_of(draft, basis.items) if promise.option.landed else lines
    service_code = service_of(draft, channel)
    to = destination_of(flow.network, draft)
    landed = promise.option.landed if promise is not None else ()
    passing = ordered_import(basis.routes.law, channel, lines, draft.currency, draft.incoterm, landed)
    routes = basis.routes.wishing(draft.wish).through_customs(passing)
    demands = [Demand(line.line_number, line.sku, line.quantity) for line in lines]
    plan, taken = _plan(replace(basis, routes=routes), draft, channel, to, service_code, demands)
    kept = free.floors(Claimant(channel.channel_id, draft.demand_class), plan, demands)
    promises = promised_by(routes, plan, lines, to, service_code)
    if draft.wish is not None and promise is None and reserved is not None:
        basket = Basket(channel, to, service_code, tuple(demands), draft.demand_class)
        _refuse_unkept(basis, basket, draft.wish, plan, promises, taken)
    drafts = tuple([line.sku for line in lines if basis.items[line.sku].state is ItemState.DRAFT])
    charges = charges_of(draft.charges)
    if promise is not None:
        promises = promised_dates(promise, lines)
        charges, other_fee = charged(charges, promise, draft.currency)
        differences += other_fee
    held = _held_by_rule(flow, draft, channel, lines, charges)
    result = Planned(draft, channel, lines, charges, plan, promises, drafts, {}, held, differences, landed, taken, kept)
    if plan.uncovered and not may_wait(result) and not _sent_to_store(basis, draft, channel, plan, demands):
        if reserved is None:
            return without_stock(result)
        free.add(held_by(taken, -1))
        raise routes.without(channel, to, service_code, routes.load(demands)) or shortage_of(result)
    if promise is not None and basis.outlook is not None:
        basket = Basket(channel, to, service_code, tuple(demands), draft.demand_class)
        try:
            refuse_lost(routes, basket, promise, plan, free, basis.outlook)
        except PromiseLost:
            free.add(held_by(taken, -1))
            raise
        result = replace(result, leaves_by=waits_until(promise.option) if plan.uncovered else None)
    free.take(plan, demands)
    not_before = {line.line_number: line.ship_not_before for line in lines}
    return replace(result, ship_days=routes.take_places(plan, to, service_code, not_before, demands))


def _sent_to_store(basis: _Basis, draft: Draft, channel: Channel, plan: Plan, demands: Sequence[Demand]) -> bool:
    """Whether other nodes can send all units that a plan lacks where they are collected; they are free no more then."""
    if not draft.pickup_node_id:
        return False
    need = StoreNeed(channel, draft.pickup_node_id, missing(plan, demands), draft.demand_class)
    free = basis.free
    brought = sent(basis.flow.network, basis.flow.at, need, free)
    whole = sum(one.quantity for one in brought) == plan.uncovered
    if not whole:
        give_back(free, brought)
    return whole


def _refuse_unkept(
    basis: _Basis,
    basket: Basket,
    wish: DeliveryWish,
    plan: Plan,
    promises: Mapping[int, Instant],
    taken: Sequence[Reservation],
) -> None:
    outlook = basis.outlook or Outlook((), {})
    try:
        refuse_unkept(basis.routes, basket, wish, plan, promises, basis.free, outlook)
    except WishNotKept:
        basis.free.add(held_by(taken, -1))
        raise


def _plan(
    basis: _Basis, draft: Draft, channel: Channel, to: Destination, service_code: str, demands: Sequence[Demand]
) -> tuple[Plan, tuple[Reservation, ...]]:
    """Where the units of a draft come from, and the reservations it takes; what these hold joins what is free."""
    routes, free, reserved = basis.routes, basis.free, basis.reserved

    def search(wanted: Sequence[Demand]) -> Plan:
        return plan_demands(
            routes,
            channel,
            to=to,
            service_code=service_code,
            demands=wanted,
            free=free,
            excluded={},
            demand_class=draft.demand_class,
        )

    taken = usable(draft, reserved, demands, basis.flow.at) if reserved is not None and draft.reservation_ids else ()
    if taken:
        ruled_out = routes.ruled_out(channel, to, service_code, draft.demand_class, demands)
        serving = Serving(routes, channel, to, service_code, routes.load(demands), ruled_out)
        return plan_reserved(taken, demands, free, serving, search), taken
    return search(demands), ()


def _held_by_rule(
    flow: FlowContext, draft: Draft, channel: Channel, lines: Sequence[OrderLine], charges: Sequence[Charge]
) -> bool:
    if not channel.hold_rule or flow.rules is None:
        return False
    facts: dict[str, object] = {
        "channel_id": draft.channel_id,
        "currency_code": draft.currency,
        "grand_total_minor": sum(line.total_minor for line in lines) + sum(charge.total_minor for charge in charges),
        "unit_count": sum(line.quantity for line in lines),
        "line_count": len(lines),
        "ship_to_country_code": destination_of(flow.network, draft).country_code,
        "skus": [line.sku for line in lines],
        "demand_class": draft.demand_class,
        "attributes": dict(draft.attributes),
    }
    return flow.rules.compile(channel.hold_rule).evaluate(facts, undecided=True)


def _reference(draft: Draft) -> tuple[str, str]:
    return draft.channel_id, draft.channel_reference


def _only_now(planned: Planned | Refusal) -> bool:
    """Whether a draft is refused for what may have changed since it first came: a repeat is answered all the same."""
    passing = InsufficientStock | ReservationEnded | NoRoute | ItemEnded | ShipWindowPassed
    passing |= QuoteNotFound | QuoteExpired | QuoteTaken | PromiseLost | WishNotKept
    return isinstance(planned, passing)


def may_wait(planned: Planned) -> bool:
    """Whether the order may wait for stock."""
    policy = planned.draft.shortage_policy or planned.channel.shortage_policy
    promised = planned.draft.promise is not None
    return policy is ShortagePolicy.BACKORDER or promised or bool(planned.draft_skus)


def shortage_of(planned: Planned) -> InsufficientStock:
    """Why the order is refused."""
    skus = sorted({line.sku for line in planned.lines})
    limits = f" {planned.plan.limited_by}." if planned.plan.limited_by else ""
    return InsufficientStock(
        f"No combination of nodes has enough free units of {', '.join(skus)}; order fewer, or let the order wait with"
        f" shortage_policy BACKORDER.{limits}",
        skus=",".join(skus),
        missing=planned.plan.uncovered,
    )


def without_stock(planned: Planned) -> Planned:
    """The same draft with all its units waiting."""
    assignments = tuple(replace(assignment, node_id=None) for assignment in planned.plan.assignments)
    emptied = Plan(assignments, None, "Stock went while the order was placed; it waits.", planned.plan.looked_at)
    return replace(planned, plan=emptied, promises={}, ship_days={}, reservations=())
