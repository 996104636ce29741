"""Compares a sourcing policy that is tried with the one that counts, on orders that were placed.

Both plan an order with the stock that there was when it was decided. What was not done is worked out from what was
kept of the decision; nothing is changed. Both plans are priced by the policy that counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from hub.cases.context import FlowContext
from hub.cases.intake.planning import Routes
from hub.cases.intake.under_policy import assumed
from hub.network.model import SourcingTrial
from hub.network.model.carriers import Load
from hub.orders.model import Order
from hub.sourcing.model import Decision, Demand, Plan, Shipped
from hub.sourcing.policy.costs import MILLIS, split_millis
from hub.sourcing.policy.plans import units_by_node
from hub.sourcing.policy.replaying import demands_of


async def compared(
    flow: FlowContext, order: Order, decision: Decision, trial: SourcingTrial
) -> tuple[Shipped, Shipped]:
    """Return what an order ships by the policy of its channel that counts, and by the tried one."""
    counting = flow.network.channel(order.channel_id).sourcing_policy
    by_trial = trial.takes(order.channel_reference)
    other = await assumed(flow, order, decision, more={}, closed=(), policy=counting if by_trial else trial.policy)
    plans = (other, decision.plan) if by_trial else (decision.plan, other)
    demands = demands_of(decision.plan, {line.line_number: line.sku for line in order.lines})
    items = await flow.items.load(flow.tx, {demand.sku for demand in demands})
    routes = Routes(flow.network, decision.decided_at, items)
    counted, tried = (_shipped(routes, order, plan, demands) for plan in plans)
    return counted, tried


def _shipped(routes: Routes, order: Order, plan: Plan, demands: Sequence[Demand]) -> Shipped:
    units = units_by_node(plan, demands)
    nodes = sorted(units)
    return Shipped(
        orders=1,
        parcels=len(nodes),
        split_orders=len(nodes) > 1,
        late_orders=_late(routes, order, plan, nodes),
        waiting_units=plan.uncovered,
        cost_millis=_cost(routes, order, plan, units),
        carbon_grams=sum(_carbon(routes, order, node_id, units[node_id]) for node_id in nodes),
        currency=plan.cost.currency if plan.cost else "",
        parcels_by_node=dict.fromkeys(nodes, 1),
    )


def _cost(routes: Routes, order: Order, plan: Plan, units: Mapping[str, Counter[str]]) -> int:
    """Rates as they were when it was decided, with the terms of the policy that counts; thousandths of a minor unit."""
    channel = routes.network.channel(order.channel_id)
    policy = channel.sourcing_policy
    terms = routes.ways(channel, order.destination, order.service_code, _load(routes, units)).parcel_terms
    rates = {look.node_id: look.cost.minor for look in plan.looked_at if look.cost is not None}
    millis = (split_millis(policy) or 0) * max(0, len(units) - 1)
    for node_id, shipped in units.items():
        millis += rates.get(node_id, 0) * MILLIS + sum(terms.get(node_id, {}).values())
        by_sku = routes.unit_terms(policy, node_id, shipped, order.destination, order.service_code)
        millis += sum(count * sum(by_sku.get(sku, {}).values()) for sku, count in shipped.items())
    return millis


def _late(routes: Routes, order: Order, plan: Plan, nodes: Collection[str]) -> bool:
    """Whether a parcel arrives after the earliest day on which some of the units could."""
    able = [look.node_id for look in plan.looked_at if look.coverable]
    days = {node_id: _day(routes, order, node_id) for node_id in {*able, *nodes}}
    known = [day for day in days.values() if day is not None]
    return bool(known) and any(day > min(known) for node_id in nodes if (day := days[node_id]) is not None)


def _day(routes: Routes, order: Order, node_id: str) -> int | None:
    if node_id not in routes.network.nodes:
        return None
    promised = routes.promised(node_id, order.destination, order.service_code)
    return promised.deliver_by.date().toordinal() if promised else None


def _carbon(routes: Routes, order: Order, node_id: str, units: Mapping[str, int]) -> int:
    """Grams of CO2; none where the lane states none, or is there no more."""
    lane = routes.network.lane(node_id, order.destination, order.service_code)
    return (lane.carbon_grams(routes.load_of(units)) or 0) if lane else 0


def _load(routes: Routes, units: Mapping[str, Counter[str]]) -> Load:
    return routes.load_of(sum(units.values(), Counter()))
