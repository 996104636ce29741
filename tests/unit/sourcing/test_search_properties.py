"""What holds of every plan, and that none is better than the one chosen, against all there are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.money import Money
from hub.sourcing.model import Candidate, Demand, Plan
from hub.sourcing.policy.search import choose

SKUS = ["X", "Y", "Z"]
MANY = 100_000

demands = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 12)), min_size=1, max_size=5).map(
    lambda parts: [Demand(number, sku, quantity) for number, (sku, quantity) in enumerate(parts, start=1)]
)
stock = st.dictionaries(st.sampled_from(SKUS), st.integers(-1, 9))
costs = st.integers(1, 4).map(lambda amount: Money(amount * 100, "EUR"))
candidates = st.lists(st.tuples(stock, costs), max_size=6).map(
    lambda parts: [Candidate(f"N{number}", available, cost) for number, (available, cost) in enumerate(parts)]
)


def planned(demands: Sequence[Demand], candidates: Sequence[Candidate], budget: int = MANY) -> Plan:
    return choose(demands, candidates, excluded={}, node_budget=budget)


def taken(plan: Plan, demands: Sequence[Demand]) -> dict[tuple[str, str], int]:
    sku_of = {demand.line_number: demand.sku for demand in demands}
    units: dict[tuple[str, str], int] = {}
    for one in plan.assignments:
        if one.node_id is not None:
            key = (one.node_id, sku_of[one.line_number])
            units[key] = units.get(key, 0) + one.quantity
    return units


def covered(demands: Sequence[Demand], nodes: Sequence[Candidate]) -> int:
    wanted = {sku: sum(demand.quantity for demand in demands if demand.sku == sku) for sku in SKUS}
    return sum(min(wanted[sku], sum(max(0, node.available.get(sku, 0)) for node in nodes)) for sku in SKUS)


@given(demands, candidates, st.integers(1, 40))
def test_no_node_gives_more_than_it_has(demands: list[Demand], candidates: list[Candidate], budget: int) -> None:
    has = {node.node_id: node.available for node in candidates}

    for (node_id, sku), units in taken(planned(demands, candidates, budget), demands).items():
        assert 0 < units <= has[node_id][sku]


@given(demands, candidates, st.integers(1, 40))
def test_every_unit_is_assigned_once_and_all_that_can_be_are_covered(
    demands: list[Demand], candidates: list[Candidate], budget: int
) -> None:
    plan = planned(demands, candidates, budget)

    for demand in demands:
        parts = [one for one in plan.assignments if one.line_number == demand.line_number]
        assert sum(one.quantity for one in parts) == demand.quantity
    assert sum(taken(plan, demands).values()) == covered(demands, candidates)


@given(demands, candidates)
def test_no_plan_is_better_than_the_one_chosen(demands: list[Demand], candidates: list[Candidate]) -> None:
    plan = planned(demands, candidates)

    ways = [way for size in range(len(candidates) + 1) for way in combinations(candidates, size)]
    best = min(
        ways,
        key=lambda way: (
            -covered(demands, way),
            len(way),
            sum(node.cost.minor for node in way),
            [node.node_id for node in way],
        ),
    )
    assert list(plan.node_ids) == [node.node_id for node in best]
    assert (plan.cost.minor if plan.cost else 0) == sum(node.cost.minor for node in best)


@given(demands, candidates, st.randoms(use_true_random=False), st.integers(1, 40))
def test_the_order_of_nodes_and_lines_makes_no_difference(
    demands: list[Demand], candidates: list[Candidate], chance: Random, budget: int
) -> None:
    plan = planned(demands, candidates, budget)
    turned, mixed = list(demands), list(candidates)
    chance.shuffle(turned)
    chance.shuffle(mixed)

    assert planned(turned, mixed, budget) == plan


@given(demands, candidates, st.integers(1, 40))
def test_the_cheapest_node_of_a_split_gives_as_much_as_it_can(
    demands: list[Demand], candidates: list[Candidate], budget: int
) -> None:
    plan = planned(demands, candidates, budget)
    used = sorted(
        (node for node in candidates if node.node_id in plan.node_ids), key=lambda one: (one.cost, one.node_id)
    )

    for node in used[:1]:
        given_units = sum(units for (node_id, _), units in taken(plan, demands).items() if node_id == node.node_id)
        assert given_units == covered(demands, [node])
