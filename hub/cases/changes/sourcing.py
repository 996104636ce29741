"""Where the units of added lines come from, planned before the transaction that claims them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.imports import ordered_import, trade_law
from hub.cases.intake.choosing import plan_demands
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.limits import limits_of
from hub.cases.intake.plan_orders import promised_by
from hub.cases.intake.planning import Routes
from hub.cases.intake.waiting import set_aside
from hub.inventory.errors import InsufficientStock
from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.model import ShortagePolicy
from hub.orders.model import OrderLine
from hub.promising import operations as promising
from hub.sourcing.model import Demand, Plan


class Sourced(Struct, frozen=True):
    """Where added units come from: `plan` is None where nothing is added. `promises` are days of arrival by line."""

    plan: Plan | None = None
    promises: Mapping[int, Instant] = field(default_factory=dict)
    floors: Mapping[StockKey, int] = field(default_factory=dict)
    ship_days: Mapping[str, date] = field(default_factory=dict)


async def sourced(flow: FlowContext, wanted: Sequence[tuple[Case, tuple[OrderLine, ...]]]) -> list[Sourced | Refusal]:
    """Plan lines that are added to orders, from what is free once orders that wait have theirs; claims nothing.

    Refuses NO_ROUTE, INSUFFICIENT_STOCK for an order that may not wait.
    """
    skus = {line.sku for _, lines in wanted for line in lines}
    if not skus:
        return [Sourced() for _ in wanted]
    free = await FreeStock.read(flow.tx, skus)
    items = await flow.items.load(flow.tx, skus)
    places = await promising.places(flow.tx, flow.network, flow.at)
    routes = Routes(flow.network, flow.at, items, places, await limits_of(flow, items), values=flow.stock_values)
    routes.law = await trade_law(flow)
    await set_aside(flow, routes, free)
    return [_sourced(routes, free, case, lines) if lines else Sourced() for case, lines in wanted]


def _sourced(routes: Routes, free: FreeStock, case: Case, lines: Sequence[OrderLine]) -> Sourced | Refusal:
    services = ((line.sku, line.value_added_services) for line in (*case.order.lines, *lines))
    routes = routes.with_services(services).wishing(case.order.wish, holds_slot=True)
    order = case.order
    channel = routes.network.channel(order.channel_id).sourcing(order.channel_reference)
    demands = [Demand(line.line_number, line.sku, line.quantity) for line in lines]
    routes = routes.through_customs(ordered_import(routes.law, channel, lines, order.currency, order.incoterm))
    plan = plan_demands(
        routes,
        channel,
        to=order.destination,
        service_code=order.service_code,
        demands=demands,
        free=free,
        excluded={},
        demand_class=order.demand_class,
    )
    if plan.uncovered and order.shortage_policy is not ShortagePolicy.BACKORDER:
        return routes.without(channel, order.destination, order.service_code) or _short(lines, plan)
    promises = promised_by(routes, plan, lines, order.destination, order.service_code)
    kept = free.floors(Claimant(channel.channel_id, order.demand_class), plan, demands)
    free.take(plan, demands)
    not_before = {line.line_number: line.ship_not_before for line in lines}
    days = routes.take_places(plan, order.destination, order.service_code, not_before, demands)
    return Sourced(plan, promises, kept, days)


def _short(lines: Sequence[OrderLine], plan: Plan) -> InsufficientStock:
    skus = ",".join(sorted({line.sku for line in lines}))
    return InsufficientStock(
        f"No combination of nodes has enough free units of {skus} for the change; add fewer, or none of them.",
        skus=skus,
        missing=plan.uncovered,
    )
