"""Chooses a plan where parcels may cross a customs border: what is owed there depends on the whole plan.

Each model of the import adds terms to parcels and units, so that the search by cost can use it. The plans found under
all models are compared by what they really owe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.kernel.errors import Refusal
from hub.network.model import SourcingPolicy
from hub.sourcing.model import Candidate, Demand, Plan, Terms
from hub.sourcing.policy.costs import MILLIS, rounded
from hub.sourcing.policy.explaining import explained
from hub.sourcing.policy.plans import units_by_node
from hub.sourcing.policy.priced import Choice, Share
from hub.sourcing.policy.search import choose, useful_for
from hub.trade.policy.plan_imports import TERMS, ImportModel, NodeTerms, PlanImports

IMPORT_TERMS: Final = frozenset(TERMS.values())
"""Terms that are owed at a border."""


def owed_at_border(terms: Terms) -> Terms:
    """Return the terms that are owed at a border."""
    return {name: millis for name, millis in terms.items() if name in IMPORT_TERMS}


def choose_across(
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    *,
    excluded: Mapping[str, str],
    node_budget: int,
    policy: SourcingPolicy,
    imports: PlanImports,
) -> Plan:
    """Return the plan as `choose` does, with what is owed at a border among its terms.

    Where that cannot be computed it does not count, and the explanation says why: no cost keeps units from shipping.
    """

    def chosen(by_node: Mapping[str, NodeTerms]) -> Plan:
        terms = [_with_terms(one, by_node.get(one.node_id)) for one in candidates]
        return choose(demands, terms, excluded=excluded, node_budget=node_budget, policy=policy)

    try:
        priced = [_priced(chosen(model.by_node), demands, imports, model) for model in imports.models()]
    except Refusal as refusal:
        plan = chosen({})
        return replace(plan, explanation=f"{plan.explanation} What is owed at the border does not count: {refusal}")
    if not priced:
        return chosen({})
    best = min(priced, key=lambda one: one.rank(policy))
    if best.found.cost is None or best.terms == best.found.terms:
        return best.found
    bound = min(one.bound for one in priced if one.bounds and one.rank(policy)[:2] == best.rank(policy)[:2])
    return _settled(best, bound, demands, candidates, excluded, policy)


class _Priced(Struct, frozen=True):
    """A plan found under a model, and what it really costs; no plan of the model costs less than `bound`."""

    found: Plan
    terms: Terms
    allowed: bool
    bound: int
    bounds: bool

    def rank(self, policy: SourcingPolicy) -> tuple[int, int, bool, int, tuple[str, ...]]:
        """Plans that ship more come first, then those that may go so and cost less, as the policy compares them."""
        parcels = len(self.found.node_ids) if policy.split_cost is None else 0
        return self.found.uncovered, parcels, not self.allowed, sum(self.terms.values()), self.found.node_ids


def _with_terms(candidate: Candidate, added: NodeTerms | None) -> Candidate:
    if added is None:
        return candidate
    parcel, units = added
    skus = candidate.unit_terms.keys() | units.keys()
    return replace(
        candidate,
        parcel_terms={**candidate.parcel_terms, **parcel},
        unit_terms={sku: {**candidate.unit_terms.get(sku, {}), **units.get(sku, {})} for sku in skus},
    )


def _priced(found: Plan, demands: Sequence[Demand], imports: PlanImports, model: ImportModel) -> _Priced:
    linear = found.terms or ({"parcel": found.cost.minor * MILLIS} if found.cost else {})
    gap = found.gap.minor * MILLIS if found.gap else 0
    owed = imports.owed(units_by_node(found, demands))
    others = {name: millis for name, millis in linear.items() if name not in IMPORT_TERMS}
    terms = {**others, **(owed or {})}
    if not owed and not found.terms:
        terms = {}
    return _Priced(found, terms, owed is not None, sum(linear.values()) - gap, model.bounds)


def _settled(
    best: _Priced,
    bound: int,
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    excluded: Mapping[str, str],
    policy: SourcingPolicy,
) -> Plan:
    """The plan with its terms, and the room to a cost that no plan is below, if it is more than cents of rounding."""
    found = best.found
    if found.cost is None:
        return found
    currency, millis = found.cost.currency, sum(best.terms.values())
    room = max(0, millis - bound)
    room = room if room > MILLIS * len(found.assignments) else 0
    cost, wanted, useful = rounded(millis, currency), *useful_for(demands, candidates, excluded)
    units = units_by_node(found, demands)
    shares = [Share(one, units[one.node_id]) for one in useful if one.node_id in units]
    choice = Choice(tuple(shares), best.terms, room, 0)
    text = explained(found.assignments, choice, wanted, useful, cost, policy)
    gap = rounded(room, currency) if room else None
    return replace(found, cost=cost, terms=best.terms, gap=gap, explanation=text)
