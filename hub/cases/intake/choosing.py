"""Where units ship from: the nodes that may ship them, and the plan of least cost among these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hub.cases.imports import imports_of
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.planning import SEARCH_BUDGET, Routes
from hub.inventory.model.supply import Claimant
from hub.network.model import Channel
from hub.network.model.carriers import Destination
from hub.sourcing.model import NO_TERMS, NO_UNIT_TERMS, PLAIN, Candidate, Demand, Plan
from hub.sourcing.policy.explaining import limited
from hub.sourcing.policy.imports import choose_across
from hub.sourcing.policy.search import choose
from hub.trade.policy.plan_imports import PlanImports


def plan_demands(
    routes: Routes,
    channel: Channel,
    *,
    to: Destination,
    service_code: str,
    demands: Sequence[Demand],
    free: FreeStock,
    excluded: Mapping[str, str],
    demand_class: str = "",
) -> Plan:
    """Where units ship from: nodes of the channel with a lane to a destination, less those excluded, with what is free.

    `excluded` maps node ids to why. What is kept for others than the channel and the demand class is not free. A node
    ships no unit that needs a skill it lacks. A node without a place left ships only what no other node has. A node
    that a rule of the channel excludes ships nothing; where that keeps units from shipping, the plan says so. Of routes
    for a wished day only nodes ship from which the units arrive on it. Whoever keeps the plan takes it from `free`.
    """
    skus = {demand.sku for demand in demands}
    needy = {sku for sku in skus if routes.skills(sku)}
    claimant = Claimant(channel.channel_id, demand_class)
    ways = routes.ways(channel, to, service_code, routes.load(demands))
    policy = channel.sourcing_policy
    plain = policy == PLAIN
    off_wish = routes.off_wish(ways.costs, to, service_code, skus)
    unable = {**{node_id: why.detail for node_id, why in off_wish.items()}, **routes.unable(ways.costs, skus)}
    candidates = []
    for node_id, cost in ways.costs.items():
        if node_id in excluded or node_id in unable:
            continue
        able = skus - routes.lacking(node_id, needy).keys() if needy else skus
        units = free.for_whom(claimant, able, node_id)
        terms = NO_UNIT_TERMS if plain else routes.unit_terms(channel, node_id, units, to, service_code)
        candidates.append(Candidate(node_id, units, cost, ways.parcel_terms.get(node_id, NO_TERMS), terms))
    barred = {**ways.barred, **unable, **excluded}

    imports = _imports(routes, channel, to, service_code, demands, candidates)

    def chosen(barred: Mapping[str, str]) -> Plan:
        counts = PLAIN if plain else policy
        if imports is None:
            return choose(demands, candidates, excluded=barred, node_budget=SEARCH_BUDGET, policy=counts)
        return choose_across(
            demands, candidates, excluded=barred, node_budget=SEARCH_BUDGET, policy=counts, imports=imports
        )

    found = routes.ruled_out(channel, to, service_code, demand_class, demands)
    ruled = {node_id: reason for node_id, reason in found.items() if node_id not in barred}
    full = routes.full(to, service_code, [one.node_id for one in candidates if one.node_id not in ruled])
    plan = chosen({**barred, **ruled, **full})
    if full and plan.uncovered:
        plan = min(plan, chosen({**barred, **ruled}), key=lambda one: one.uncovered)
    return limited(plan, chosen(barred), ruled) if ruled and plan.uncovered else plan


def _imports(
    routes: Routes,
    channel: Channel,
    to: Destination,
    service_code: str,
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
) -> PlanImports | None:
    def leaves(node_id: str) -> date:
        return routes.leaves(node_id, to, service_code)

    return imports_of(
        routes.importing,
        routes.network,
        channel,
        to=to,
        service_code=service_code,
        demands=demands,
        candidates=candidates,
        leaves=leaves,
    )
