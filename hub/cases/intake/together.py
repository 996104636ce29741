"""Orders of one channel in their cool-down, sourced again together: from the stock they hold and what is free.

What they share is gathered in a transaction that only reads; the joint plan is searched outside any; what each order
does by it is worked out here, and kept only where all of them together cost less than they do now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.cool_down import may_move
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.limits import limits_of
from hub.cases.intake.planning import SEARCH_BUDGET, Routes
from hub.cases.intake.waiting import held, set_aside
from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant
from hub.network.model import Channel, SourcingPolicy
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from hub.sourcing.model import NO_TERMS, Candidate, Demand, Plan
from hub.sourcing.policy.costs import MILLIS, rounded, split_millis
from hub.sourcing.policy.joint import Batch, Joint
from hub.sourcing.policy.joint_plans import JointOrder, Shares
from hub.sourcing.policy.search import choose

UNMET: Final = 10_000_000
"""What a unit costs that nobody ships, in minor units: above all that shipping an order costs."""
_BARRED: Final = 1_000_000_000
_FEWEST: Final = 100_000
"""What a parcel costs more, in minor units, where the fewest parcels come first."""
_OTHERS: Final = "orders sourced together with this one cost less in all if it does not ship from it"


class Member(Struct, frozen=True):
    """An order as it stood at `version`; `candidates` keep its promise, and have the units that it holds there."""

    order_id: UUID
    version: int
    claimant: Claimant
    demands: tuple[Demand, ...]
    candidates: tuple[Candidate, ...]


class Gathering(Struct, frozen=True):
    """Orders that share stock: what is free beside what they hold, and the policy that counts."""

    members: tuple[Member, ...]
    free: FreeStock
    policy: SourcingPolicy


class Switch(Struct, frozen=True):
    """The plan that an order takes as it stood at `version`, and units that its claims leave for others."""

    order_id: UUID
    version: int
    plan: Plan
    floors: Mapping[StockKey, int]


async def gathered(flow: FlowContext, channel: Channel, cases: Sequence[Case]) -> Gathering:
    """Return those of a channel's orders that may be sourced together, with what they share."""
    cases = [
        case
        for case in cases
        if case.order.state is OrderState.CONFIRMED and may_move(case, flow.at) and not held(case)
    ]
    skus = {slice_.sku for case in cases for slice_ in case.slices}
    free = await FreeStock.read(flow.tx, skus)
    items = await flow.items.load(flow.tx, skus)
    routes = Routes(
        flow.network,
        flow.at,
        items,
        limits=await limits_of(flow, skus),
        costs=flow.parcel_costs,
        values=flow.stock_values,
    )

    await set_aside(flow, routes, free)
    members = [member for case in cases if (member := _member(routes, channel, case)) is not None]
    return Gathering(tuple(members), free, channel.sourcing_policy)


def batch_of(gathering: Gathering) -> Batch:
    """Return the orders as a batch for the joint search, amounts in minor units."""
    skus, nodes = _axes(gathering)
    stock = [[_free(gathering, sku, node_id) for node_id in nodes] for sku in skus]
    for member in gathering.members:
        for candidate in member.candidates:
            for sku, units in candidate.available.items():
                stock[skus.index(sku)][nodes.index(candidate.node_id)] += units
    return Batch([_joint_order(member, skus, nodes, gathering.policy) for member in gathering.members], stock, UNMET)


def switches(gathering: Gathering, joint: Joint) -> tuple[Switch, ...]:
    """Return the plans of the orders that move; none where all orders together cost no less by the joint plan."""
    skus, nodes = _axes(gathering)
    policy = gathering.policy
    now = [
        _plan(member, {one.node_id: one.available for one in member.candidates}, policy) for member in gathering.members
    ]
    then = [
        _plan(member, _units(shares, skus, nodes), policy)
        for member, shares in zip(gathering.members, joint.plans, strict=True)
    ]
    if any(plan.uncovered or 0 < policy.most_parcels < len(plan.node_ids) for plan in then):
        return ()
    saved = _cost(now) - _cost(then)
    parcels = sum(len(plan.node_ids) for plan in then) - sum(len(plan.node_ids) for plan in now)
    if saved <= 0 or (policy.split_cost is None and parcels > 0):
        return ()
    moving = [
        (member, plan)
        for member, plan, old in zip(gathering.members, then, now, strict=True)
        if plan.assignments != old.assignments
    ]
    return tuple(_switch(gathering, member, plan, saved) for member, plan in moving)


def bound_late(gathering: Gathering) -> tuple[Switch, ...]:
    """Return the plan of an order that is alone, from what it holds and what is free; none where it is no better.

    As ever the fewest parcels come first where the policy states no cost of a split.
    """
    policy, found = gathering.policy, []
    for member in gathering.members:
        skus = {demand.sku for demand in member.demands}
        held_at = {one.node_id: one.available for one in member.candidates}
        had = {node_id: units for node_id, units in held_at.items() if any(units.values())}
        free = {node_id: gathering.free.for_whom(member.claimant, skus, node_id) for node_id in held_at}
        able = {node_id: Counter(units) + Counter(free[node_id]) for node_id, units in held_at.items()}
        now, then = _plan(member, had, policy), _plan(member, able, policy)
        if then.uncovered or 0 < policy.most_parcels < len(then.node_ids) or _dear(then, policy) >= _dear(now, policy):
            continue
        why = f"Sourced again as it could leave, for {then.cost} instead of {now.cost}: {then.explanation}"
        floors = gathering.free.floors(member.claimant, then, member.demands)
        found.append(Switch(member.order_id, member.version, replace(then, explanation=why), floors))
    return tuple(found)


def _dear(plan: Plan, policy: SourcingPolicy) -> tuple[int, int]:
    """What plans are compared by: parcels where a split has no cost, then the cost."""
    return len(plan.node_ids) if policy.split_cost is None else 0, plan.cost.minor if plan.cost else 0


def _switch(gathering: Gathering, member: Member, plan: Plan, saved: int) -> Switch:
    others, cost = len(gathering.members) - 1, plan.cost
    amount = f" and saves {rounded(saved, cost.currency)} in all" if cost else ""
    with_whom = "1 other order" if others == 1 else f"{others} other orders"
    plan = replace(plan, explanation=f"Sourced together with {with_whom}{amount}: {plan.explanation}")
    floors = gathering.free.floors(member.claimant, plan, member.demands)
    return Switch(member.order_id, member.version, plan, floors)


def _member(routes: Routes, channel: Channel, case: Case) -> Member | None:
    """Return an order with the nodes that keep its promise; None where one does not that has units of it."""
    order = case.order
    units = Counter[tuple[int, str]]()
    held_at: dict[str, Counter[str]] = {}
    for one in case.slices:
        if one.state is SliceState.RESERVED and one.node_id:
            units[one.line_number, one.sku] += one.quantity
            held_at.setdefault(one.node_id, Counter())[one.sku] += one.quantity
    demands = tuple(Demand(number, sku, quantity) for (number, sku), quantity in sorted(units.items()))
    skus = {demand.sku for demand in demands}
    ways = routes.ways(channel, order.destination, order.service_code, routes.load(demands))
    barred = routes.ruled_out(channel, order.destination, order.service_code, order.demand_class, demands)
    candidates = tuple(
        Candidate(
            node_id,
            held_at.get(node_id, {}),
            cost,
            ways.parcel_terms.get(node_id, NO_TERMS),
            routes.unit_terms(channel, node_id, dict.fromkeys(skus, None), order.destination, order.service_code),
        )
        for node_id, cost in ways.costs.items()
        if node_id not in barred and _keeps_promise(routes, case, node_id, demands, held_at)
    )
    if not held_at.keys() <= {one.node_id for one in candidates}:
        return None
    claimant = Claimant(channel.channel_id, order.demand_class)
    return Member(case.order_id, order.version, claimant, demands, candidates)


def _keeps_promise(
    routes: Routes, case: Case, node_id: str, demands: Sequence[Demand], held_at: Mapping[str, object]
) -> bool:
    """Whether all units of an order may leave a node, arrive as promised, and cross no other border than now."""
    order, node, skus = case.order, routes.network.node(node_id), {demand.sku for demand in demands}
    countries = {routes.network.node(one).country_code for one in held_at if one in routes.network.nodes}
    if node.country_code not in countries or node.daily_capacity or routes.lacking(node_id, skus):
        return False
    date = routes.promised(node_id, order.destination, order.service_code, skus=skus)
    promises = [order.promises[one.line_number] for one in demands if one.line_number in order.promises]
    return date is not None and all(date.deliver_by <= promise for promise in promises)


def _axes(gathering: Gathering) -> tuple[list[str], list[str]]:
    """The SKUs and nodes of a gathering, in the order in which its batch counts them."""
    skus = {demand.sku for member in gathering.members for demand in member.demands}
    nodes = {candidate.node_id for member in gathering.members for candidate in member.candidates}
    return sorted(skus), sorted(nodes)


def _free(gathering: Gathering, sku: str, node_id: str) -> int:
    """Free units that each of the orders may have."""
    claimants = {member.claimant for member in gathering.members}
    return min(gathering.free.for_whom(one, [sku], node_id)[sku] for one in claimants)


def _joint_order(member: Member, skus: Sequence[str], nodes: Sequence[str], policy: SourcingPolicy) -> JointOrder:
    units = tuple(skus.index(demand.sku) for demand in member.demands for _ in range(demand.quantity))
    split = split_millis(policy)
    more = _FEWEST if split is None or policy.most_parcels else split // MILLIS
    by_node = {one.node_id: one for one in member.candidates}
    unit_costs = {node_id: _mean_unit_cost(member, one) for node_id, one in by_node.items()}
    least = min(unit_costs.values())
    return JointOrder(
        tuple(sorted(units)),
        tuple(_parcel_cost(by_node[node_id]) + more if node_id in by_node else _BARRED for node_id in nodes),
        tuple(unit_costs.get(node_id, least) - least for node_id in nodes),
    )


def _parcel_cost(candidate: Candidate) -> int:
    return candidate.cost.minor + sum(candidate.parcel_terms.values()) // MILLIS


def _mean_unit_cost(member: Member, candidate: Candidate) -> int:
    """What a unit of an order adds at a node: the joint search knows one cost for all units of an order."""
    total = sum(one.quantity * sum(candidate.unit_terms.get(one.sku, {}).values()) for one in member.demands)
    return total // (MILLIS * sum(one.quantity for one in member.demands))


def _units(shares: Shares, skus: Sequence[str], nodes: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    units: dict[str, Counter[str]] = {}
    for sku, node in shares:
        if node < len(nodes):
            units.setdefault(nodes[node], Counter())[skus[sku]] += 1
    return units


def _plan(member: Member, units: Mapping[str, Mapping[str, int]], policy: SourcingPolicy) -> Plan:
    """Return the plan by which an order has units from nodes, with its exact cost."""
    used = [replace(one, available=units[one.node_id]) for one in member.candidates if units.get(one.node_id)]
    others = [one.node_id for one in member.candidates if not units.get(one.node_id)]
    free_limit = replace(policy, most_parcels=0)
    return choose(
        member.demands, used, excluded=dict.fromkeys(others, _OTHERS), node_budget=SEARCH_BUDGET, policy=free_limit
    )


def _cost(plans: Sequence[Plan]) -> int:
    return sum(sum(plan.terms.values()) for plan in plans)
