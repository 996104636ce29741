"""Chooses a plan: of those that ship most units, the one of least cost; ties by node id.

Where the policy states no cost of a split, the fewest parcels come first. Without other terms that is a question of
sets of nodes only (`cover`): one node that covers everything is preferred to a split, and the cheapest such node is
taken; in a split the cheapest node ships as much as it has, the next one what is left. Where units cost something, or a
split has its price, the search is by cost (`priced`). What no node has is assigned to no node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from hub.kernel.money import Money, total
from hub.network.model import SourcingPolicy
from hub.sourcing.model import NO_UNITS, PLAIN, Assignment, Candidate, Demand, Looked, Plan
from hub.sourcing.policy.costs import rounded
from hub.sourcing.policy.cover import Cover, Option, smallest_cover
from hub.sourcing.policy.explaining import beyond_parcels, explained, explained_cover
from hub.sourcing.policy.priced import cheapest

_node_id: Final = attrgetter("node_id")
_by_line: Final = attrgetter("line_number", "sku")


def choose(
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    *,
    excluded: Mapping[str, str],
    node_budget: int,
    policy: SourcingPolicy = PLAIN,
) -> Plan:
    """The plan for an order's demands under a policy.

    `candidates` are the nodes that may ship, their costs in one currency (else CurrencyMismatch is raised);
    `excluded` maps other nodes to the reason, for the record, and leaves out a candidate of the same id.
    `node_budget` bounds the steps of the search. The order of arguments makes no difference.
    """
    wanted = _by_sku(demands)
    asked = sorted([candidate for candidate in candidates if candidate.node_id not in excluded], key=_node_id)
    looked = [(one, _coverable(wanted, one)) for one in asked]
    useful = [one for one, units in looked if units]
    if len({one.cost.currency for one in useful}) > 1:
        _added(useful)  # what cannot be added cannot be compared either
    seen = [_looked(wanted, one, units) for one, units in looked]
    if excluded:
        seen += [Looked(node_id, excluded_because=reason) for node_id, reason in excluded.items()]
        seen.sort(key=_node_id)
    limited = policy is not PLAIN and (policy.split_cost is not None or policy.most_parcels)
    if useful and (limited or _has_terms(useful)):
        return _by_terms(demands, wanted, useful, policy, node_budget, tuple(seen))
    units_wanted = sum(wanted.values())
    alone = [one for one, units in looked if units and units == units_wanted]
    if alone:
        used, cover = [min(alone, key=_by_cost)], Cover((0,), proved=True, steps=0)
    else:
        used, cover = _covering(wanted, useful, node_budget)
    cost = _added(used)
    assignments = _shared_out(demands, [(one.node_id, one.available) for one in used])
    return Plan(assignments, cost, explained_cover(assignments, used, useful, cost, cover), tuple(seen))


def useful_for(
    demands: Sequence[Demand], candidates: Sequence[Candidate], excluded: Mapping[str, str]
) -> tuple[Mapping[str, int], list[Candidate]]:
    """Return the units wanted by SKU, and the candidates that are not excluded and have some of them, by node id."""
    wanted = _by_sku(demands)
    asked = sorted([one for one in candidates if one.node_id not in excluded], key=_node_id)
    return wanted, [one for one in asked if _coverable(wanted, one)]


def _looked(wanted: Mapping[str, int], node: Candidate, coverable: int) -> Looked:
    """What is kept of a look at a node: with what it has of several SKUs where that is neither nothing nor all."""
    units = NO_UNITS
    if len(wanted) > 1 and 0 < coverable < sum(wanted.values()):
        units = {sku: min(need, max(0, node.available.get(sku, 0))) for sku, need in wanted.items()}
    return Looked(node.node_id, coverable, node.cost, "", units, node.parcel_terms, node.unit_terms)


def _has_terms(candidates: Sequence[Candidate]) -> bool:
    return any(one.parcel_terms or one.unit_terms for one in candidates)


def _by_terms(
    demands: Sequence[Demand],
    wanted: Mapping[str, int],
    useful: Sequence[Candidate],
    policy: SourcingPolicy,
    step_budget: int,
    seen: tuple[Looked, ...],
) -> Plan:
    choice = cheapest(wanted, useful, policy, step_budget=step_budget)
    currency = useful[0].cost.currency
    cost = rounded(sum(choice.terms.values()), currency)
    gap = rounded(choice.gap, currency) if choice.gap else None
    assignments = _shared_out(demands, [(share.node.node_id, share.units) for share in choice.shares])
    explanation = explained(assignments, choice, wanted, useful, cost, policy)
    limit = beyond_parcels(assignments, wanted, useful, policy)
    return Plan(assignments, cost, explanation, seen, gap, choice.terms, policy, limit)


def _added(nodes: Sequence[Candidate]) -> Money | None:
    """What parcels of nodes cost together. Raises CurrencyMismatch."""
    if len(nodes) == 1:
        return nodes[0].cost
    return total((node.cost for node in nodes), nodes[0].cost.currency) if nodes else None


def _by_cost(candidate: Candidate) -> tuple[int, str]:
    return candidate.cost.minor, candidate.node_id


def _by_sku(demands: Sequence[Demand]) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for demand in demands:
        wanted[demand.sku] = wanted.get(demand.sku, 0) + demand.quantity
    return wanted


def _coverable(wanted: Mapping[str, int], node: Candidate) -> int:
    found = 0
    for sku, units in wanted.items():
        free = node.available.get(sku, 0)
        found += units if free >= units else max(0, free)
    return found


def _covering(
    wanted: Mapping[str, int], useful: Sequence[Candidate], node_budget: int
) -> tuple[list[Candidate], Cover]:
    """The nodes to use, cheapest first, and how they were found."""
    if not useful:
        return [], Cover((), proved=True, steps=0)
    skus = sorted(wanted)
    stock = {sku: sum(max(0, one.available.get(sku, 0)) for one in useful) for sku in skus}
    needs = [min(wanted[sku], stock[sku]) for sku in skus]
    options = [
        Option(
            one.node_id,
            tuple(min(need, max(0, one.available.get(sku, 0))) for sku, need in zip(skus, needs, strict=True)),
            one.cost.minor,
        )
        for one in useful
    ]
    cover = smallest_cover(needs, options, node_budget=node_budget)
    return sorted((useful[position] for position in cover.used), key=_by_cost), cover


def _shared_out(demands: Sequence[Demand], used: Sequence[tuple[str, Mapping[str, int]]]) -> tuple[Assignment, ...]:
    """Who ships which units: by line, the first node as much as it has."""
    left = [(node_id, dict(units)) for node_id, units in used]
    assignments: list[Assignment] = []
    for demand in sorted(demands, key=_by_line):
        missing = demand.quantity
        for node_id, units in left:
            taken = min(missing, units.get(demand.sku, 0))
            if taken > 0:
                units[demand.sku] -= taken
                missing -= taken
                assignments.append(Assignment(demand.line_number, node_id, taken))
        if missing:
            assignments.append(Assignment(demand.line_number, None, missing))
    return tuple(assignments)
