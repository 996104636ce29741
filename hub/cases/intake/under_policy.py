"""What a decision would have been under another policy: from the same stock, with the costs that the policy counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.intake.limits import Limits
from hub.cases.intake.planning import SEARCH_BUDGET, Routes
from hub.inventory.model import StockKey
from hub.network.model import SourcingPolicy
from hub.network.model.carriers import NO_LOAD
from hub.orders.model import Order
from hub.sourcing.model import NO_TERMS, NO_UNIT_TERMS, Decision, Demand, Looked, Plan
from hub.sourcing.policy.imports import owed_at_border
from hub.sourcing.policy.replaying import demands_of, replayed


async def assumed(
    flow: FlowContext,
    order: Order,
    decision: Decision,
    *,
    more: Mapping[StockKey, int],
    closed: Collection[str],
    policy: SourcingPolicy | None,
    routes: Routes | None = None,
) -> Plan:
    """Return what an order's decision would have been with more stock by (sku, node), nodes closed, or another policy.

    What the policy counts is worked out anew as of the decision's instant, over the network in force. Parcels cost what
    they cost then, and owe at a border what they owed. Nodes that rules excluded then stay excluded. `routes` are those
    of `routes_then`, where the caller has them. Raises RuleInvalid for a rule of the policy that does not compile.
    """
    skus = {line.line_number: line.sku for line in order.lines}
    demands = demands_of(decision.plan, skus)
    plan = decision.plan
    barred: Mapping[str, str] = {}
    if policy is not None:
        wanted = {demand.sku for demand in demands}
        routes = routes or await routes_then(flow, decision, wanted)
        looks = [_costed(routes, order, policy, look, wanted) for look in plan.looked_at]
        plan = replace(plan, looked_at=tuple(looks))
        if policy.rules:
            routes.limits = Limits.of(flow, await flow.items.load(flow.tx, wanted))
            barred = _ruled_out(routes, order, policy, demands)
    return replayed(plan, demands, more=more, closed=closed, node_budget=SEARCH_BUDGET, policy=policy, barred=barred)


async def routes_then(flow: FlowContext, decision: Decision, skus: Collection[str]) -> Routes:
    """Return the ways of units as of the instant of a decision, over the network in force."""
    return Routes(
        flow.network, decision.decided_at, await flow.items.load(flow.tx, set(skus)), values=flow.stock_values
    )


def _ruled_out(routes: Routes, order: Order, policy: SourcingPolicy, demands: Sequence[Demand]) -> Mapping[str, str]:
    channel = routes.network.channels.get(order.channel_id)
    if channel is None:
        return {}
    judged = replace(channel, sourcing_policy=policy)
    return routes.ruled_out(judged, order.destination, order.service_code, order.demand_class, demands)


def _costed(routes: Routes, order: Order, policy: SourcingPolicy, look: Looked, skus: Collection[str]) -> Looked:
    channel = routes.network.channels.get(order.channel_id)
    if channel is None or look.node_id not in routes.network.nodes:
        return replace(look, parcel_terms=NO_TERMS, unit_terms=NO_UNIT_TERMS)
    judged, free = replace(channel, sourcing_policy=policy), dict.fromkeys(skus, None)
    ways = routes.ways(judged, order.destination, order.service_code, NO_LOAD)
    units = routes.unit_terms(judged, look.node_id, free, order.destination, order.service_code)
    return replace(
        look,
        parcel_terms={**ways.parcel_terms.get(look.node_id, NO_TERMS), **owed_at_border(look.parcel_terms)},
        unit_terms={
            sku: terms
            for sku in skus
            if (terms := {**units.get(sku, NO_TERMS), **owed_at_border(look.unit_terms.get(sku, NO_TERMS))})
        },
    )
