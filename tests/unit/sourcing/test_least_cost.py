"""That no plan costs less than the one found: against every plan there is, and another solver on larger ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.sourcing.policy.least_cost import Solution, Source, cost_of, least_cost

MANY = 100_000
NEEDS = 3

sources = st.lists(
    st.tuples(
        st.tuples(*[st.integers(0, 4)] * NEEDS),
        st.integers(0, 9),
        st.tuples(*[st.integers(-2, 6)] * NEEDS),
    ),
    min_size=1,
    max_size=6,
)
wanted = st.tuples(*[st.integers(0, 5)] * NEEDS)


def instance(
    parts: Sequence[tuple[tuple[int, ...], int, tuple[int, ...]]], needs: Sequence[int]
) -> tuple[list[int], list[Source]]:
    """An instance whose sources cover its needs together, and have no more of each than is needed."""
    needs = [min(need, sum(units[index] for units, _, _ in parts)) for index, need in enumerate(needs)]
    return needs, [
        Source(f"N{number}", tuple(min(have, need) for have, need in zip(units, needs, strict=True)), fixed, costs)
        for number, (units, fixed, costs) in enumerate(parts)
    ]


def cheapest_of_all(needs: Sequence[int], sources: Sequence[Source], limit: int) -> int:
    sets = [way for size in range(limit + 1) for way in combinations(range(len(sources)), size)]
    return min(cost for way in sets if (cost := cost_of(needs, sources, way)) is not None)


@settings(deadline=None)
@given(sources, wanted)
def test_no_set_of_sources_costs_less(
    parts: list[tuple[tuple[int, ...], int, tuple[int, ...]]], needs: Sequence[int]
) -> None:
    needs, offered = instance(parts, needs)

    solution = least_cost(needs, offered, limit=len(offered), step_budget=MANY)

    assert solution.proved
    assert solution.cost == cost_of(needs, offered, solution.used)
    assert solution.cost == cheapest_of_all(needs, offered, len(offered))


@settings(deadline=None)
@given(sources, wanted, st.integers(0, 3))
def test_within_a_limit_no_set_costs_less_and_who_is_given_stays(
    parts: list[tuple[tuple[int, ...], int, tuple[int, ...]]], needs: Sequence[int], limit: int
) -> None:
    needs, offered = instance(parts, needs)
    nobody = Source("", tuple(needs), 0, (1_000,) * NEEDS)

    solution = least_cost(needs, [*offered, nobody], limit=limit + 1, step_budget=MANY, given=(len(offered),))

    assert len(solution.used) <= limit + 1
    assert len(offered) in solution.used
    others = [
        cost_of(needs, [*offered, nobody], (*way, len(offered)))
        for size in range(min(limit, len(offered)) + 1)
        for way in combinations(range(len(offered)), size)
    ]
    assert solution.cost == min(cost for cost in others if cost is not None)


@settings(deadline=None)
@given(sources, wanted, st.integers(0, 3))
def test_a_search_that_ends_early_has_a_bound_that_no_plan_is_below(
    parts: list[tuple[tuple[int, ...], int, tuple[int, ...]]], needs: Sequence[int], budget: int
) -> None:
    needs, offered = instance(parts, needs)

    solution = least_cost(needs, offered, limit=len(offered), step_budget=budget)

    assert solution.bound <= cheapest_of_all(needs, offered, len(offered)) <= solution.cost


@pytest.mark.parametrize("seed", range(6))
def test_a_solver_of_mixed_integer_programs_finds_nothing_cheaper(seed: int) -> None:
    chance = Random(seed)
    parts = [
        (
            tuple(chance.choice((0, 0, 1, 3)) for _ in range(5)),
            chance.randint(600, 1150),
            tuple(chance.randint(50, 300) for _ in range(5)),
        )
        for _ in range(30)
    ]
    needs, offered = instance(parts, [chance.randint(1, 5) for _ in range(5)])

    solution = least_cost(needs, offered, limit=len(offered), step_budget=MANY)

    assert solution.proved
    assert solution.cost == optimum(needs, offered)


def test_the_same_question_has_the_same_answer() -> None:
    chance = Random(7)
    parts = [((chance.randint(0, 2), chance.randint(0, 2), 1), 5, (1, 1, 1)) for _ in range(12)]
    needs, offered = instance(parts, (5, 5, 5))

    found = {answer(needs, offered) for _ in range(3)}

    assert len(found) == 1


def answer(needs: Sequence[int], offered: Sequence[Source]) -> tuple[tuple[int, ...], int, int]:
    solution: Solution = least_cost(needs, offered, limit=len(offered), step_budget=50)
    return solution.used, solution.cost, solution.steps


def optimum(needs: Sequence[int], sources: Sequence[Source]) -> int:
    """The least cost by HiGHS: a binary per source, a whole number per source and need."""
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    program.setOptionValue("mip_rel_gap", 0.0)
    used = [program.addBinary(obj=source.fixed) for source in sources]
    for index, need in enumerate(needs):
        shares = []
        for number, source in enumerate(sources):
            share = program.addIntegral(lb=0, ub=source.units[index], obj=source.unit_costs[index])
            program.addConstr(share <= source.units[index] * used[number])
            shares.append(share)
        program.addConstr(program.qsum(shares) == need)
    program.run()
    return round(program.getInfo().objective_function_value)
