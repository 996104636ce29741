"""The share of 200 orders of up to 10 lines at 100 nodes whose plan is proved to cost least; seeds 0 to 199."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Final

from bench.ratio import Row, Sides
from bench.sourcing import instance, ours

INSTANCES: Final = 200
NODES: Final = 100
_A_ROUND: Final = 40


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Give what solves the next forty instances, against all of them proved."""
    seeds = count()

    async def proved(seconds: float) -> float:
        del seconds
        solved = [
            ours(*instance(seed % INSTANCES, 1 + seed % 10, NODES))[1]
            for seed in (next(seeds) for _ in range(_A_ROUND))
        ]
        return sum(solved) / len(solved)

    async def all_of_them(seconds: float) -> float:
        del seconds
        return 1.0

    yield Sides(proved, all_of_them)


ROW: Final = Row(
    name="sourcing_gap",
    says="orders of up to 10 lines at 100 nodes with a plan proved to cost least, as a share of all",
    bar=0.99,
    aim=1.0,
    prepare=prepare,
    seconds=(1.0, 3.0),
)
