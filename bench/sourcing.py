"""Orders to source, drawn from seeds: what rows measure the solver on, and another solver for the same."""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random
from typing import Any, Final

import highspy

from hub.sourcing.policy.least_cost import Source, least_cost

STEP_BUDGET: Final = 5_000
_CENTER_SHARE: Final = 0.1


def instance(seed: int, lines: int, nodes: int) -> tuple[list[int], list[Source]]:
    """Return the units that an order needs of each SKU, and the nodes with some: costs are millionths of a euro."""
    chance = Random(seed)  # noqa: S311 (a draw of demand keeps no secret)
    needs = [chance.choice((1, 1, 1, 2, 3, 5)) for _ in range(lines)]
    drawn = [_source(chance, number, needs) for number in range(nodes)]
    needs = [min(need, sum(one.units[index] for one in drawn)) for index, need in enumerate(needs)]
    return needs, [one for one in drawn if any(one.units)]


def _source(chance: Random, number: int, needs: Sequence[int]) -> Source:
    center = chance.random() < _CENTER_SHARE
    zone = chance.randint(0, 6)
    fixed = 6_000_000 + 5_500_000 * zone // 6 + (400_000 if center else 900_000)
    unit = 500_000 + 800_000 * zone // 6 + (1_200_000 if center else 2_200_000)
    has, most = (0.9, 8) if center else (0.4, 3)
    units = tuple(min(need, chance.randint(0, most) if chance.random() < has else 0) for need in needs)
    return Source(f"N{number:03}", units, fixed, tuple(unit + chance.randint(0, 6_000_000) for _ in needs))


def ours(needs: Sequence[int], sources: Sequence[Source]) -> tuple[float, bool]:
    """Return the seconds that our search took, and whether it proved its plan."""
    began = time.perf_counter()
    solution = least_cost(needs, sources, limit=len(sources), step_budget=STEP_BUDGET)
    return time.perf_counter() - began, solution.proved


def theirs(needs: Sequence[int], sources: Sequence[Source]) -> float:
    """Return the seconds that HiGHS took for the same on one thread, without those in which the program is built."""
    program: Any = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
        program.setOptionValue(option, value)
    used = [program.addBinary(obj=source.fixed / 1e6) for source in sources]
    for index, need in enumerate(needs):
        shares = []
        for number, source in enumerate(sources):
            if source.units[index]:
                cost = source.unit_costs[index] / 1e6
                share = program.addIntegral(lb=0, ub=source.units[index], obj=cost)
                program.addConstr(share <= source.units[index] * used[number])
                shares.append(share)
        if shares:
            program.addConstr(program.qsum(shares) == need)
    began = time.perf_counter()
    program.run()
    return time.perf_counter() - began
