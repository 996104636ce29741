"""Chooses nodes and shares by cost: of the plans that ship most units, within the limit of parcels, the cheapest.

Terms of candidates and the policy become the whole numbers that `least_cost` searches. Units that the limit of parcels
leaves out count as given by nobody, at a cost above all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from hub.network.model import SourcingPolicy
from hub.sourcing.model import Candidate
from hub.sourcing.policy.costs import MILLIS, split_millis
from hub.sourcing.policy.least_cost import Solution, Source, least_cost

_PARCEL = "parcel"
_SPLIT = "split"


class Share(Struct, frozen=True):
    """Units by SKU that a node ships."""

    node: Candidate
    units: Mapping[str, int]


class Choice(Struct, frozen=True):
    """Who ships what, the cost by term and the most that another plan may save, in thousandths of a minor unit."""

    shares: tuple[Share, ...]
    terms: Mapping[str, int]
    gap: int
    steps: int


def cheapest(
    wanted: Mapping[str, int], useful: Sequence[Candidate], policy: SourcingPolicy, *, step_budget: int
) -> Choice:
    """Return who ships what of `wanted` (units by SKU); `useful`, by node id, have some of it each."""
    skus = sorted(wanted)
    stock = {sku: sum(max(0, one.available.get(sku, 0)) for one in useful) for sku in skus}
    needs = [min(wanted[sku], stock[sku]) for sku in skus]
    if not useful:
        return Choice((), {}, 0, 0)
    sources = [_source(one, skus, needs) for one in useful]
    dearest = _more_than_all(needs, sources)
    split = split_millis(policy)
    split = dearest if split is None else split
    sources = [Source(one.node_id, one.units, one.fixed + split, one.unit_costs) for one in sources]
    limit = len(sources)
    nobody: tuple[int, ...] = ()
    if 0 < policy.most_parcels < len(sources):
        limit, nobody = policy.most_parcels + 1, (len(sources),)
        missed = _more_than_all(needs, sources)
        sources.append(Source("", tuple(needs), 0, (missed,) * len(needs)))
    solution = least_cost(needs, sources, limit=limit, step_budget=step_budget, given=nobody)
    shares = _shares(needs, skus, sources, useful, solution)
    terms = _terms(shares, 0 if policy.split_cost is None else split)
    gap = min(solution.cost - solution.bound, sum(terms.values()))
    return Choice(shares, terms, gap, solution.steps)


def _source(candidate: Candidate, skus: Sequence[str], needs: Sequence[int]) -> Source:
    units = tuple([min(need, max(0, candidate.available.get(sku, 0))) for sku, need in zip(skus, needs, strict=True)])
    fixed = candidate.cost.minor * MILLIS + sum(candidate.parcel_terms.values())
    costs = tuple([sum(candidate.unit_terms.get(sku, {}).values()) for sku in skus])
    return Source(candidate.node_id, units, fixed, costs)


def _more_than_all(needs: Sequence[int], sources: Sequence[Source]) -> int:
    """An amount above what any two plans differ by."""
    return 1 + sum(
        abs(source.fixed) + sum(need * abs(cost) for need, cost in zip(needs, source.unit_costs, strict=True))
        for source in sources
    )


def _shares(
    needs: Sequence[int], skus: Sequence[str], sources: Sequence[Source], useful: Sequence[Candidate], found: Solution
) -> tuple[Share, ...]:
    """Each SKU from its cheapest nodes first."""
    units: dict[int, dict[str, int]] = {}
    for index, (sku, need) in enumerate(zip(skus, needs, strict=True)):
        missing = need
        for _, position in sorted((sources[one].unit_costs[index], one) for one in found.used):
            share = min(missing, sources[position].units[index])
            missing -= share
            if share and position < len(useful):
                units.setdefault(position, {})[sku] = share
    return tuple(Share(useful[position], units[position]) for position in sorted(units))


def _terms(shares: Sequence[Share], split: int) -> Mapping[str, int]:
    terms: dict[str, int] = {}
    if shares:
        terms[_PARCEL] = sum(share.node.cost.minor for share in shares) * MILLIS
    if split and len(shares) > 1:
        terms[_SPLIT] = split * (len(shares) - 1)
    for share in shares:
        for name, amount in share.node.parcel_terms.items():
            terms[name] = terms.get(name, 0) + amount
        for sku, units in share.units.items():
            for name, amount in share.node.unit_terms.get(sku, {}).items():
                terms[name] = terms.get(name, 0) + units * amount
    return terms
