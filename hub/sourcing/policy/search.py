"""Chooses a plan: as many units as possible; of these plans the fewest parcels; of these the cheapest; ties by node id.

One node that covers everything is thus always preferred to a split, and the cheapest such node is taken. In a split
the cheapest node ships as much as it has, the next one what is left, and so on; each node used ships something, since
a plan without it would have been smaller. What no node has is assigned to no node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from hub.kernel.money import Money, total
from hub.sourcing.model import Assignment, Candidate, Demand, Looked, Plan
from hub.sourcing.policy.cover import Cover, Option, smallest_cover

_node_id: Final = attrgetter("node_id")
_by_line: Final = attrgetter("line_number", "sku")


def choose(
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    *,
    excluded: Mapping[str, str],
    node_budget: int,
) -> Plan:
    """The plan for an order's demands.

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
    units_wanted = sum(wanted.values())
    alone = [one for one, units in looked if units and units == units_wanted]
    if alone:
        used, cover = [min(alone, key=_by_cost)], Cover((0,), proved=True, steps=0)
    else:
        used, cover = _covering(wanted, useful, node_budget)
    cost = _added(used)
    assignments = _shared_out(demands, used)
    seen = [Looked(one.node_id, units, one.cost) for one, units in looked]
    if excluded:
        seen += [Looked(node_id, excluded_because=reason) for node_id, reason in excluded.items()]
        seen.sort(key=_node_id)
    explanation = _explained(assignments, used, useful, cost, cover)
    return Plan(assignments, cost, explanation, tuple(seen))


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


def _shared_out(demands: Sequence[Demand], used: Sequence[Candidate]) -> tuple[Assignment, ...]:
    """Who ships which units: by line, the cheapest node as much as it has."""
    left = [(one.node_id, dict(one.available)) for one in used]
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


def _explained(
    assignments: Sequence[Assignment],
    used: Sequence[Candidate],
    useful: Sequence[Candidate],
    cost: Money | None,
    cover: Cover,
) -> str:
    """One sentence for people: why this plan."""
    covered = sum([assignment.quantity for assignment in assignments if assignment.node_id is not None])
    missing = sum([assignment.quantity for assignment in assignments if assignment.node_id is None])
    if not used:
        return f"No node has stock for any of {_units(missing)}."
    waits = f"; {_units(missing)} no node has" if missing else ""
    if len(used) == 1:
        why = f"the cheapest single node that covers them, of {len(useful)} with stock"
        if len(useful) == 1:
            why = "the only node with stock"
        return f"{used[0].node_id} ships {_units(covered)} in one parcel for {cost}, {why}{waits}."
    names = " and ".join([", ".join(one.node_id for one in used[:-1]), used[-1].node_id])
    why = (
        "no plan has fewer parcels, or as few for less"
        if cover.proved
        else f"the best plan that a search of {cover.steps} steps found"
    )
    return f"{names} ship {_units(covered)} in {len(used)} parcels for {cost}, the cheapest first: {why}{waits}."


def _units(quantity: int) -> str:
    return "1 unit" if quantity == 1 else f"{quantity} units"
