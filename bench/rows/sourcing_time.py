"""The time of a plan at 5 lines and 50 nodes, 99th percentile, against the median of HiGHS; seeds from 0."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Final

from bench.ratio import Row, Sides, Window
from bench.sourcing import instance, ours, theirs

LINES: Final = 5
NODES: Final = 50


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Give the 99th percentile of our seconds, and the median of HiGHS's."""
    yield Sides(
        _window(lambda seed: ours(*instance(seed, LINES, NODES))[0], _slow),
        _window(lambda seed: theirs(*instance(seed, LINES, NODES)), statistics.median),
    )


def _window(solve: Callable[[int], float], figure: Callable[[list[float]], float]) -> Window:
    seeds = count()

    async def window(seconds: float) -> float:
        end = time.perf_counter() + seconds
        times: list[float] = []
        while time.perf_counter() < end or len(times) < 2:
            times.append(solve(next(seeds)))
        return figure(times)

    return window


def _slow(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


ROW: Final = Row(
    name="sourcing_time",
    says="99th percentile of a plan's time at 5 lines and 50 nodes, against HiGHS's median",
    bar=1.5,
    aim=1.0,
    at_most=True,
    prepare=prepare,
)
