"""How far the cost of a batch sourced together is above its bound: 1,000 orders at 20 nodes, seeds 0 to 4."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from random import Random
from typing import Final

from bench.joint import batch
from bench.ratio import Row, Sides
from hub.sourcing.policy.joint import sourced_together

INSTANCES: Final = 5
BUDGET: Final = 40
"""Rounds in which groups of orders choose anew."""


@cache
def distance(seed: int) -> float:
    """Return the cost of a batch against its bound."""
    chance = Random(seed)  # noqa: S311 (which orders choose anew is no secret)
    return 1 + sourced_together(batch(seed), rounds=BUDGET, chance=chance).gap


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Give what sources the next batch, against its bound; the first warms up and comes again."""
    seeds = count(-1)

    async def next_batch(seconds: float) -> float:
        del seconds
        return distance(max(0, next(seeds)) % INSTANCES)

    async def bound(seconds: float) -> float:
        del seconds
        return 1.0

    yield Sides(next_batch, bound)


ROW: Final = Row(
    name="joint_gap",
    says="what 1,000 orders sourced together at 20 nodes cost above the bound of the linear program",
    bar=0.001,
    aim=0.0005,
    at_most=True,
    extra=True,
    prepare=prepare,
    part=True,
    seconds=(1.0, 30.0),
)
