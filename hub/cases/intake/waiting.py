"""Orders that wait for stock, and where their units come from: who waits is served before whoever comes later.

Waiting orders are released by a task after the stock has come. Until it has run, whoever plans with free stock takes
aside what they will have of it, so that the order of tasks decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.held import kept_waiting
from hub.cases.imports import import_of, trade_law
from hub.cases.intake.choosing import plan_demands
from hub.cases.intake.customs import CustomsCheck
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.limits import limits_of
from hub.cases.intake.planning import Routes
from hub.cases.intake.to_store.choosing import StoreNeed, StoreTransfer, missing, sent
from hub.cases.store import read
from hub.database.tx import Tx
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import FulfillmentState
from hub.holds.model import Operation
from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant, Protection
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.network.model import Network
from hub.orders.lifecycle import OrderState
from hub.orders.policy import too_early
from hub.screening.model import Hit
from hub.slices import operations as slices
from hub.slices.lifecycle import WAITING
from hub.sourcing.model import Demand, Plan
from hub.transfers import operations as transfers
from hub.transfers.model import NOTHING_ON_THE_WAY, OnTheWay


class Planned(Struct, frozen=True):
    """Where the waiting units of an order come from, as it stood at `version`; no plan where nothing may be claimed.

    `customs` is the check of an order that leaves a customs territory. `transfers` bring units to the store where it is
    collected; `on_the_way` are units that others bring already, None where none ever did. `restrictions` are those that
    its goods fall under on the way, None where its channel does not screen.
    """

    order_id: UUID
    version: int
    plan: Plan | None = None
    floors: Mapping[StockKey, int] = field(default_factory=dict)
    ship_days: Mapping[str, date] = field(default_factory=dict)
    customs: CustomsCheck | None = None
    transfers: tuple[StoreTransfer, ...] = ()
    on_the_way: int | None = None
    restrictions: tuple[Hit, ...] | None = None


async def waiting_for(flow: FlowContext, free: FreeStock, *, besides: Collection[UUID] = ()) -> list[Case]:
    """The live orders that wait for SKUs of which units are free, in their turn, less those named."""
    ids = [one for one in await slices.waiting_orders(flow.tx, free.free_skus()) if one not in besides]
    cases = await read(flow.tx, HUB, ids)
    live = {OrderState.PLACED, OrderState.CONFIRMED}
    return in_turn(flow.network, [cases[one] for one in ids if cases[one].order.state in live])


def in_turn(network: Network, cases: Iterable[Case]) -> list[Case]:
    """Return cases as they are served: by tier of their demand class, then by when they were placed."""

    def turn(case: Case) -> tuple[int, Instant, UUID]:
        terms = network.channel(case.order.channel_id).promise_terms
        return terms.tier(case.order.demand_class), case.order.placed_at, case.order_id

    return sorted(cases, key=turn)


async def set_aside(flow: FlowContext, routes: Routes, free: FreeStock) -> Mapping[StockKey, int]:
    """Takes from what is free what orders that wait will have of it, and returns that: who comes later has the rest."""
    before, free.taken = free.taken, {}
    waiting = await waiting_for(flow, free)
    await learn_items(flow, routes, waiting)
    for case in waiting:
        planned(routes, case, free)
    aside, free.taken = free.taken, before
    return aside


async def left_by_waiting(
    flow: FlowContext, tx: Tx, units: Mapping[StockKey, int], protections: Sequence[Protection]
) -> Mapping[StockKey, int]:
    """What of free units, by (sku, node), is left by orders that wait; `protections` are in force for the SKUs."""
    free = FreeStock.of(units, protections)
    flow = replace(flow, tx=tx)
    await set_aside(flow, Routes(flow.network, flow.at, limits=await limits_of(flow, ())), free)
    return free.rows()


async def learn_items(flow: FlowContext, routes: Routes, cases: Collection[Case]) -> None:
    """Reads what rules, carriers, nodes and customs must know about units of orders that wait, and what transfers bring
    them.
    """
    skus = {slice_.sku for case in cases for slice_ in case.slices if slice_.state in WAITING}
    await routes.learn(flow, skus)
    routes.on_the_way = await _on_the_way(flow, cases)
    if routes.limits is not None:
        await routes.limits.learn(flow, skus)
    charged = [case.order_id for case in cases if case.order.promise is not None and case.order.promise.landed]
    routes.law = await trade_law(flow, charged=charged) or routes.law


async def _on_the_way(flow: FlowContext, cases: Iterable[Case]) -> OnTheWay:
    collected = [case.order_id for case in cases if case.order.destination.collected_at]
    if not collected:
        return NOTHING_ON_THE_WAY
    units: dict[tuple[UUID, str], int] = {}
    failing: dict[UUID, set[str]] = {}
    for order_id, sku, node_id, coming, unsent in await transfers.for_orders(flow.tx, collected):
        units[order_id, sku] = units.get((order_id, sku), 0) + coming
        if unsent:
            failing.setdefault(order_id, set()).add(node_id)
    return OnTheWay(units, failing)


def held(case: Case) -> bool:
    """Whether a hold keeps units of an order from being claimed at nodes or handed to them."""
    return bool(case.blocked(Operation.ALLOCATE) or case.blocked(Operation.RELEASE))


def planned(routes: Routes, case: Case, free: FreeStock) -> Planned:
    """Chooses nodes for the waiting units of an order without a hold, and takes what it chose from what is free.

    A wished day that cannot be kept any more counts no longer: the units leave as soon as they can.
    """
    demands = _demands(case, routes.at)
    if not demands or held(case):
        return Planned(case.order_id, case.order.version)
    channel = routes.network.channel(case.order.channel_id).sourcing(case.order.channel_reference)
    refused = {
        fulfillment_order.node_id: "it rejected units of this order"
        for fulfillment_order in case.fulfillment_orders
        if fulfillment_order.state is FulfillmentState.REJECTED
    }

    def chosen_on(ways: Routes) -> Plan:
        return plan_demands(
            ways,
            channel,
            to=case.order.destination,
            service_code=case.order.service_code,
            demands=demands,
            free=free,
            excluded=refused,
            demand_class=case.order.demand_class,
        )

    routes = routes.with_services((line.sku, line.value_added_services) for line in case.order.lines)
    routes = routes.through_customs(import_of(routes.law, channel, case.order))
    wishing = routes.wishing(case.order.wish, holds_slot=True)
    chosen = chosen_on(wishing)
    if wishing is not routes and chosen.uncovered:
        later = chosen_on(routes)
        wishing, chosen = (routes, later) if later.uncovered < chosen.uncovered else (wishing, chosen)
    kept = free.floors(Claimant(channel.channel_id, case.order.demand_class), chosen, demands)
    free.take(chosen, demands)
    not_before = {line.line_number: line.ship_not_before for line in case.order.lines}
    days = wishing.take_places(chosen, case.order.destination, case.order.service_code, not_before, demands)
    lacking, coming = _lacking(routes, case, chosen, demands)
    failing = routes.on_the_way.failing.get(case.order_id, ())
    need = StoreNeed(channel, case.order.destination.collected_at, lacking, case.order.demand_class)
    brought = sent(routes.network, routes.at, need, free, besides={*failing, *refused})
    return Planned(case.order_id, case.order.version, chosen, kept, days, transfers=brought, on_the_way=coming)


def _lacking(
    routes: Routes, case: Case, chosen: Plan, demands: Sequence[Demand]
) -> tuple[Mapping[str, int], int | None]:
    """The units by SKU that nothing brings to the store where an order is collected; and how many are on the way."""
    if not case.order.destination.collected_at or not chosen.uncovered:
        return {}, None
    known = {sku: units for (order_id, sku), units in routes.on_the_way.units.items() if order_id == case.order_id}
    wanted = missing(chosen, demands)
    coming = {sku: min(units, known.get(sku, 0)) for sku, units in wanted.items()}
    lacking = {sku: units - coming[sku] for sku, units in wanted.items() if units > coming[sku]}
    return lacking, sum(coming.values()) if known else None


def _demands(case: Case, at: Instant) -> list[Demand]:
    waiting: dict[tuple[int, str], int] = {}
    for slice_ in case.slices:
        if slice_.state in WAITING and not too_early(case.order, slice_.line_number, at):
            key = (slice_.line_number, slice_.sku)
            waiting[key] = waiting.get(key, 0) + slice_.quantity
    left = {number: kept_waiting(case, number) for number, _ in waiting} if case.holds else {}
    demands = []
    for (line_number, sku), quantity in sorted(waiting.items()):
        kept = min(quantity, left.get(line_number, 0))
        if kept:
            left[line_number] -= kept
        if quantity > kept:
            demands.append(Demand(line_number, sku, quantity - kept))
    return demands


def name_waiting(
    flow: FlowContext, case: Case, quantity: int, *, draft_skus: Sequence[str] = (), limited_by: str = ""
) -> None:
    """Opens the exception that names what `quantity` units wait for, with the command that helps.

    `limited_by` is what a plan says of limits that keep units from shipping.
    """
    order, subject = case.order, str(case.order_id)
    detail, command = f"{quantity} units wait for stock.", "crossdock import stock FILE"
    reason = ExceptionReason.UNKNOWN_ITEM if draft_skus else ExceptionReason.STOCK_SHORT
    rejecting = {one.node_id for one in case.fulfillment_orders if one.state is FulfillmentState.REJECTED}
    if rejecting:
        command = f"crossdock bulk source-again --order {case.order_id}"
        detail += f" Those at {', '.join(sorted(rejecting))} are not asked for, as it rejected units of this order."
    if limited_by:
        command = f"crossdock bulk source-again --order {case.order_id}"
        detail += f" {limited_by}. Change the rule in the network, then source the order again."
    if draft_skus:
        detail += f" Complete the draft items {', '.join(sorted(set(draft_skus)))}."
    channel = flow.network.channel(order.channel_id)
    if no_lane := Routes(flow.network, flow.at).without(channel, order.destination, order.service_code):
        reason, command = ExceptionReason.NO_ROUTE, "crossdock load network FILE"
        detail = f"{quantity} units wait for a lane. {no_lane.message}"
    case.open_exception(reason, subject, detail, command, flow.at)
