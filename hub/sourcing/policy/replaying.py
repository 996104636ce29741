"""Decides once more what was decided, from what was kept of it; and otherwise, where something had been otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from hub.inventory.model import StockKey
from hub.network.model import SourcingPolicy
from hub.sourcing.model import Candidate, Demand, Looked, Plan
from hub.sourcing.policy.search import choose

CLOSED: Final = "it is thought closed"
_NOTHING: Final[Mapping[str, str]] = {}


def demands_of(plan: Plan, skus: Mapping[int, str]) -> list[Demand]:
    """Return what a plan was asked for; `skus` are those of the order's lines, by number."""
    units: dict[int, int] = {}
    for assignment in plan.assignments:
        units[assignment.line_number] = units.get(assignment.line_number, 0) + assignment.quantity
    return [Demand(number, skus[number], quantity) for number, quantity in sorted(units.items())]


def replayed(
    plan: Plan,
    demands: Sequence[Demand],
    *,
    more: Mapping[StockKey, int],
    closed: Collection[str],
    node_budget: int,
    policy: SourcingPolicy | None = None,
    barred: Mapping[str, str] = _NOTHING,
) -> Plan:
    """Return the plan for the same demands from the same candidates; the same plan where nothing is otherwise.

    `more` are units that nodes are thought to have beside what they had, by (sku, node); `closed` nodes ship nothing;
    another `policy` counts instead of the plan's own, under which the nodes `barred` ship nothing, each with its
    reason. `node_budget` is that of `choose`.
    """
    candidates = [
        Candidate(look.node_id, _available(look, demands, more), look.cost, look.parcel_terms, look.unit_terms)
        for look in plan.looked_at
        if look.cost is not None
    ]
    excluded = {look.node_id: look.excluded_because for look in plan.looked_at if look.excluded_because}
    excluded |= {node_id: reason for node_id, reason in barred.items() if node_id not in excluded}
    closing = dict.fromkeys([one.node_id for one in candidates if one.node_id in closed], CLOSED)
    return choose(
        demands, candidates, excluded=excluded | closing, node_budget=node_budget, policy=policy or plan.policy
    )


def _available(look: Looked, demands: Sequence[Demand], more: Mapping[StockKey, int]) -> Mapping[str, int]:
    """What the node had by SKU, as far as it was wanted: part of several SKUs, of one, or all or nothing; and more."""
    wanted: dict[str, int] = {}
    for demand in demands:
        wanted[demand.sku] = wanted.get(demand.sku, 0) + demand.quantity
    if look.units:
        had = look.units
    elif len(wanted) == 1:
        had = dict.fromkeys(wanted, look.coverable)
    else:
        had = wanted if look.coverable else dict.fromkeys(wanted, 0)
    return {sku: units + more.get((sku, look.node_id), 0) for sku, units in had.items()}
