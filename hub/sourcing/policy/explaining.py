"""Says why a plan was chosen, in a sentence or two for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from hub.sourcing.model import Assignment, Candidate, Plan
from hub.sourcing.policy.costs import rounded
from hub.sourcing.policy.cover import Cover
from hub.sourcing.policy.priced import Choice


def explained(
    assignments: Sequence[Assignment],
    choice: Choice,
    wanted: Mapping[str, int],
    useful: Sequence[Candidate],
    cost: Money,
    policy: SourcingPolicy,
) -> str:
    """Why this plan of least cost, what it costs by term, and what keeps units from shipping."""
    covered = sum([assignment.quantity for assignment in assignments if assignment.node_id is not None])
    names = [share.node.node_id for share in choice.shares]
    who = " and ".join([part for part in (", ".join(names[:-1]), names[-1]) if part])
    ship = "ships" if len(names) == 1 else "ship"
    parcels = "one parcel" if len(names) == 1 else f"{len(names)} parcels"
    terms = ", ".join(f"{name} {rounded(amount, cost.currency)}" for name, amount in choice.terms.items())
    saving = rounded(choice.gap, cost.currency)
    why = f"no plan may save more than {saving}" if choice.gap else "no plan that ships as much costs less"
    return (
        f"{who} {ship} {_units(covered)} in {parcels} for {cost} ({terms}), of {len(useful)} nodes with stock:"
        f" {why}{_left_out(assignments, wanted, useful, policy)}."
    )


def _left_out(
    assignments: Sequence[Assignment],
    wanted: Mapping[str, int],
    useful: Sequence[Candidate],
    policy: SourcingPolicy,
) -> str:
    """What no node has, and what would ship were there no limit of parcels."""
    absent = _absent(wanted, useful)
    waits = f"; {_units(absent)} no node has" if absent else ""
    limit = beyond_parcels(assignments, wanted, useful, policy)
    return f"{waits}; {limit}" if limit else waits


def beyond_parcels(
    assignments: Sequence[Assignment],
    wanted: Mapping[str, int],
    useful: Sequence[Candidate],
    policy: SourcingPolicy,
) -> str:
    """Return what would ship were there no limit of parcels, for people; nothing where the limit keeps nothing."""
    missing = sum([assignment.quantity for assignment in assignments if assignment.node_id is None])
    beyond = missing - _absent(wanted, useful)
    if not beyond:
        return ""
    limit = "one parcel" if policy.most_parcels == 1 else f"{policy.most_parcels} parcels"
    return f"{_units(beyond)} would ship in more than the {limit} that the channel's policy allows"


def _absent(wanted: Mapping[str, int], useful: Sequence[Candidate]) -> int:
    """Units that no node has."""
    stock = {sku: sum([max(0, node.available.get(sku, 0)) for node in useful]) for sku in wanted}
    return sum([max(0, units - stock[sku]) for sku, units in wanted.items()])


def limited(plan: Plan, free: Plan, ruled: Mapping[str, str]) -> Plan:
    """Return a plan that says which rules keep units from shipping, the same where none does.

    `free` is the plan without rules; `ruled` maps the nodes that they exclude to the reason.
    """
    more = plan.uncovered - free.uncovered
    used = [f"{node_id} ({ruled[node_id]})" for node_id in free.node_ids if node_id in ruled]
    if more <= 0 or not used:
        return plan
    said = f"{_units(more)} would ship, were it not for rules, from {', '.join(used)}"
    return replace(plan, explanation=f"{plan.explanation} {said}.", limited_by=said)


def explained_cover(
    assignments: Sequence[Assignment],
    used: Sequence[Candidate],
    useful: Sequence[Candidate],
    cost: Money | None,
    cover: Cover,
) -> str:
    """One sentence for people: why this plan of the fewest parcels."""
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
