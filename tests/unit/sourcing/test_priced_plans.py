"""Plans under a policy: terms of the cost, a price of a split, a limit of parcels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from hub.sourcing.model import Candidate, Demand, Plan
from hub.sourcing.policy.costs import parcel_terms, rounded, unit_terms
from hub.sourcing.policy.search import choose

ONE_EACH = [Demand(1, "X", 1), Demand(2, "Y", 1)]
ALL_TERMS = SourcingPolicy(
    split_cost=Money(100, "EUR"),
    pick_cost=Money(30, "EUR"),
    pack_cost=Money(40, "EUR"),
    freight_per_kg=Money(90, "EUR"),
    late_day_cost=Money(50, "EUR"),
    returned_permille=200,
    carbon_cost_per_kg=Money(8, "EUR"),
)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def node(node_id: str, minor: int, policy: SourcingPolicy, weight: int = 0, **available: int) -> Candidate:
    terms = unit_terms(policy, weight_grams=weight)
    return Candidate(node_id, available, euros(minor), parcel_terms(policy), dict.fromkeys(available, terms))


def planned(policy: SourcingPolicy, *candidates: Candidate, demands: list[Demand] = ONE_EACH) -> Plan:
    return choose(demands, candidates, excluded={}, node_budget=10_000, policy=policy)


def test_each_term_is_exact_to_the_thousandth_of_a_cent() -> None:
    assert unit_terms(ALL_TERMS, weight_grams=7, return_handling=euros(250), opportunity=1_001, duty=euros(12)) == {
        "pick": 30_000,
        "freight": 630,
        "returns": 50_000,
        "duty": 12_000,
        "opportunity": 1_001,
    }
    assert parcel_terms(ALL_TERMS, days_late=2, carbon_grams=500) == {
        "packing": 40_000,
        "lateness": 100_000,
        "carbon": 4_000,
    }
    assert unit_terms(SourcingPolicy(), markdown=euros(7)) == {"markdown": -7_000}
    assert unit_terms(SourcingPolicy(carbon_cost_per_kg=euros(8)), weight_grams=250, carbon_grams_per_kg=40) == {
        "carbon": 80
    }


@pytest.mark.parametrize(("millis", "minor"), [(499, 0), (500, 1), (1_499, 1), (1_500, 2)])
def test_a_plan_costs_its_terms_rounded_half_up(millis: int, minor: int) -> None:
    assert rounded(millis, "EUR") == euros(minor)


@pytest.mark.parametrize(("split", "nodes"), [(0, ("A", "B")), (299, ("A", "B")), (301, ("C",))])
def test_two_cheap_parcels_are_taken_where_the_split_costs_less_than_it_saves(
    split: int, nodes: tuple[str, ...]
) -> None:
    policy = SourcingPolicy(split_cost=euros(split))

    plan = planned(policy, node("A", 300, policy, X=1), node("B", 300, policy, Y=1), node("C", 900, policy, X=1, Y=1))

    assert plan.node_ids == nodes
    assert plan.cost == euros(600 + split if len(nodes) == 2 else 900)
    assert plan.gap is None


def test_without_a_price_of_a_split_the_fewest_parcels_come_first() -> None:
    policy = SourcingPolicy(pick_cost=euros(10))

    plan = planned(policy, node("A", 100, policy, X=1), node("B", 100, policy, Y=1), node("C", 900, policy, X=1, Y=1))

    assert plan.node_ids == ("C",)
    assert plan.cost == euros(920)
    assert plan.terms == {"parcel": 900_000, "pick": 20_000}


def test_units_are_taken_where_they_are_worth_least() -> None:
    policy = SourcingPolicy(split_cost=euros(0))
    dear = Candidate("A", {"X": 1}, euros(500), {}, {"X": unit_terms(policy, opportunity=300_000)})
    cheap = Candidate("B", {"X": 1}, euros(700), {}, {"X": unit_terms(policy, opportunity=50_000)})

    plan = planned(policy, dear, cheap, demands=[Demand(1, "X", 1)])

    assert plan.node_ids == ("B",)
    assert plan.terms == {"parcel": 700_000, "opportunity": 50_000}


def test_freight_counts_by_weight() -> None:
    policy = SourcingPolicy(split_cost=euros(0), freight_per_kg=euros(200))

    plan = planned(policy, node("A", 500, policy, weight=1_250, X=2), demands=[Demand(1, "X", 2)])

    assert plan.cost == euros(1_000)
    assert plan.terms == {"parcel": 500_000, "freight": 500_000}


def test_a_limit_of_parcels_leaves_units_out_and_says_what_would_ship_them() -> None:
    policy = SourcingPolicy(most_parcels=1)

    plan = planned(
        policy, node("A", 300, policy, X=3), node("B", 300, policy, Y=2), demands=[Demand(1, "X", 3), Demand(2, "Y", 2)]
    )

    assert plan.node_ids == ("A",)
    assert plan.uncovered == 2
    assert "2 units would ship in more than the one parcel that the channel's policy allows" in plan.explanation


def test_a_limit_that_is_wide_enough_changes_nothing() -> None:
    policy = SourcingPolicy(most_parcels=2)
    nodes = [node("A", 300, policy, X=1), node("B", 300, policy, Y=1)]

    assert planned(policy, *nodes).assignments == planned(SourcingPolicy(), *nodes).assignments


def test_the_terms_are_told_with_the_plan() -> None:
    policy = SourcingPolicy(split_cost=euros(100), pick_cost=euros(30))

    plan = planned(policy, node("A", 300, policy, X=1), node("B", 300, policy, Y=1))

    assert plan.explanation == (
        "A and B ship 2 units in 2 parcels for 7.60 EUR (parcel 6.00 EUR, split 1.00 EUR, pick 0.60 EUR), of 2 nodes"
        " with stock: no plan that ships as much costs less."
    )


values = st.lists(st.integers(-5_000_000, 5_000_000), min_size=3, max_size=3)
stock = st.lists(st.dictionaries(st.sampled_from(["X", "Y", "Z"]), st.integers(0, 4)), min_size=3, max_size=3)


@settings(deadline=None)
@given(stock, values)
def test_with_any_values_a_unit_waits_only_where_no_node_has_it(stock: list[dict[str, int]], values: list[int]) -> None:
    policy = SourcingPolicy(split_cost=euros(50))
    demands = [Demand(1, "X", 3), Demand(2, "Y", 2), Demand(3, "Z", 1)]
    candidates = [
        Candidate(f"N{number}", has, euros(500), {}, dict.fromkeys(has, unit_terms(policy, opportunity=value)))
        for number, (has, value) in enumerate(zip(stock, values, strict=True))
    ]

    plan = planned(policy, *candidates, demands=demands)

    assert plan.uncovered == planned(SourcingPolicy(), *candidates, demands=demands).uncovered
