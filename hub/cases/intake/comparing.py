"""Compares what an order ships as it was decided with what it would by another sourcing policy.

Both plan the order with the stock that there was when it was decided. What was not done is worked out from what was
kept of the decision; nothing is changed. Both plans are priced by the policy of the channel that counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.intake.planning import Routes
from hub.cases.intake.under_policy import assumed, routes_then
from hub.kernel.scope import Scope
from hub.network.model import SourcingPolicy
from hub.network.model.carriers import Load
from hub.orders import operations as orders
from hub.orders.model import Order
from hub.promising.policy.dates import local_day
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Decision, Demand, Plan, Shipped
from hub.sourcing.policy.costs import MILLIS, split_millis
from hub.sourcing.policy.imports import owed_at_border
from hub.sourcing.policy.plans import units_by_node
from hub.sourcing.policy.replaying import demands_of

NodeDay = tuple[str, date]
"""A node and a local day of it."""


class Measured(Struct, frozen=True):
    """What orders ship by a policy, and the nodes and days on which their parcels leave."""

    shipped: Shipped = Shipped()
    days: Mapping[NodeDay, int] = {}

    def plus(self, more: Measured) -> Measured:
        """Both together."""
        return Measured(self.shipped.plus(more.shipped), Counter(self.days) + Counter(more.days))


async def compared(
    flow: FlowContext, order: Order, decision: Decision, policy: SourcingPolicy
) -> tuple[Measured, Measured]:
    """Return what an order ships as it was decided, and by another policy. Raises RuleInvalid for a rule of it."""
    demands = demands_of(decision.plan, {line.line_number: line.sku for line in order.lines})
    routes = await routes_then(flow, decision, {demand.sku for demand in demands})
    other = await assumed(flow, order, decision, more={}, closed=(), policy=policy, routes=routes)
    decided, rehearsed = (_measured(routes, order, plan, demands) for plan in (decision.plan, other))
    return decided, rehearsed


async def replayed(
    flow: FlowContext, scope: Scope, order_ids: Sequence[UUID], policy: SourcingPolicy
) -> tuple[Measured, Measured]:
    """Return what orders that a principal sees ship as was first decided for each, and by another policy."""
    decided, rehearsed = Measured(), Measured()
    known = await orders.load(flow.tx, scope, order_ids, lock=False)
    for decision in await sourcing.first_of_orders(flow.tx, list(known)):
        by_each = await compared(flow, known[decision.order_id], decision, policy)
        decided, rehearsed = decided.plus(by_each[0]), rehearsed.plus(by_each[1])
    return decided, rehearsed


def _measured(routes: Routes, order: Order, plan: Plan, demands: Sequence[Demand]) -> Measured:
    days = {node_id: _leaves(routes, order, node_id) for node_id in plan.node_ids}
    leaving = {(node_id, day): 1 for node_id, day in days.items() if day is not None}
    return Measured(_shipped(routes, order, plan, demands), leaving)


def _leaves(routes: Routes, order: Order, node_id: str) -> date | None:
    """The day on which a parcel leaves a node; none where the node or its lane is there no more."""
    if node_id not in routes.network.nodes:
        return None
    promised = routes.promised(node_id, order.destination, order.service_code)
    return local_day(routes.network.node(node_id), promised.ship_at) if promised else None


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
    """Rates, and what is owed at a border, as they were when it was decided, with the terms of the policy that counts.

    Thousandths of a minor unit.
    """
    channel = routes.network.channel(order.channel_id)
    policy = channel.sourcing_policy
    terms = routes.ways(channel, order.destination, order.service_code, _load(routes, units)).parcel_terms
    rates = {look.node_id: look.cost.minor for look in plan.looked_at if look.cost is not None}
    millis = (split_millis(policy) or 0) * max(0, len(units) - 1) + sum(owed_at_border(plan.terms).values())
    for node_id, shipped in units.items():
        millis += rates.get(node_id, 0) * MILLIS + sum(terms.get(node_id, {}).values())
        unknown = dict.fromkeys(shipped, None)
        by_sku = routes.unit_terms(channel, node_id, unknown, order.destination, order.service_code)
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
