"""That a decision made again from what was kept of it is the same, and what another stock would have made of it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from hub.sourcing.model import PLAIN, Candidate, Demand, Plan
from hub.sourcing.policy.costs import parcel_terms, unit_terms
from hub.sourcing.policy.replaying import demands_of, replayed
from hub.sourcing.policy.search import choose

SKUS = ["X", "Y", "Z"]
PRICED = SourcingPolicy(split_cost=Money(100, "EUR"), pick_cost=Money(30, "EUR"), pack_cost=Money(10, "EUR"))
BUDGET = 10_000

demands = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 5)), min_size=1, max_size=4).map(
    lambda parts: [Demand(number, sku, quantity) for number, (sku, quantity) in enumerate(parts, start=1)]
)
stock = st.lists(st.tuples(st.dictionaries(st.sampled_from(SKUS), st.integers(0, 6)), st.integers(1, 4)), max_size=5)
policies = st.sampled_from([PLAIN, PRICED, SourcingPolicy(most_parcels=1)])


def decided(demands: Sequence[Demand], parts: Sequence[tuple[dict[str, int], int]], policy: SourcingPolicy) -> Plan:
    terms = unit_terms(policy)
    candidates = [
        Candidate(
            f"N{number}",
            has,
            Money(cost * 100, "EUR"),
            parcel_terms(policy),
            dict.fromkeys(SKUS, terms) if terms else {},
        )
        for number, (has, cost) in enumerate(parts)
    ]
    return choose(demands, candidates, excluded={"N9": "no lane"}, node_budget=BUDGET, policy=policy)


@settings(deadline=None)
@given(demands, stock, policies)
def test_a_decision_made_again_is_the_same(
    demands: list[Demand], parts: list[tuple[dict[str, int], int]], policy: SourcingPolicy
) -> None:
    plan = decided(demands, parts, policy)
    asked = demands_of(plan, {demand.line_number: demand.sku for demand in demands})

    assert asked == demands
    assert replayed(plan, asked, more={}, closed=(), node_budget=BUDGET) == plan


def test_two_units_more_at_a_cheaper_node_would_have_been_taken_there() -> None:
    demands = [Demand(1, "X", 3), Demand(2, "Y", 1)]
    plan = decided(demands, [({"X": 1, "Y": 1}, 1), ({"X": 3, "Y": 1}, 4)], PLAIN)

    otherwise = replayed(plan, demands, more={("X", "N0"): 2}, closed=(), node_budget=BUDGET)

    assert (plan.node_ids, otherwise.node_ids) == (("N1",), ("N0",))


def test_a_node_thought_closed_ships_nothing_and_is_told_so() -> None:
    demands = [Demand(1, "X", 1)]
    plan = decided(demands, [({"X": 1}, 1), ({"X": 1}, 4)], PLAIN)

    otherwise = replayed(plan, demands, more={}, closed={"N0"}, node_budget=BUDGET)

    assert otherwise.node_ids == ("N1",)
    assert [(one.node_id, one.excluded_because) for one in otherwise.looked_at] == [
        ("N0", "it is thought closed"),
        ("N1", ""),
        ("N9", "no lane"),
    ]


def test_another_policy_decides_otherwise_from_the_same_candidates() -> None:
    demands = [Demand(1, "X", 1), Demand(2, "Y", 1)]
    plan = decided(demands, [({"X": 1}, 1), ({"Y": 1}, 1), ({"X": 1, "Y": 1}, 4)], PLAIN)
    free_splits = SourcingPolicy(split_cost=Money(0, "EUR"))

    otherwise = replayed(plan, demands, more={}, closed=(), node_budget=BUDGET, policy=free_splits)

    assert (plan.node_ids, otherwise.node_ids) == (("N2",), ("N0", "N1"))
