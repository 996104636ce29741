"""Cycles of the simulation, each compared once for all rows that ask about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from itertools import count
from typing import Final

from bench.ratio import Sides
from hub.insights.simulation.comparing import Comparison, compared

FIRST_SEED: Final = 1
"""A run begins with this seed, and takes the next one for each round; the first warms up and does not count."""


@cache
def cycle(seed: int, stock_ratio: float) -> Comparison:
    """Return the comparison of a cycle at full size."""
    return compared(seed, stock_ratio=stock_ratio, share=1.0)


def judged(
    figure: Callable[[Comparison], float], stock_ratio: float
) -> Callable[[], AbstractAsyncContextManager[Sides]]:
    """Return what prepares a row of a figure of cycles, against 1."""

    @asynccontextmanager
    async def prepare() -> AsyncIterator[Sides]:
        seeds = count(FIRST_SEED - 1)

        async def next_cycle(seconds: float) -> float:
            del seconds
            return figure(cycle(max(FIRST_SEED, next(seeds)), stock_ratio))

        async def one(seconds: float) -> float:
            del seconds
            return 1.0

        yield Sides(next_cycle, one)

    return prepare
