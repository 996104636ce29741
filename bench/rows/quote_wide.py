"""A quote of 100 items, each alone, from 100 nodes: its median time, against an echo of the same bytes."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bench.quoting import quoted
from bench.ratio import Row, Sides, Window
from bench.windows import Work

ITEMS: Final = 100


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start the hub and the echo."""
    async with quoted(ITEMS, ("STANDARD",), each_line_alone=True, window=median) as (ours, theirs):
        yield Sides(ours, theirs)


def median(work: Work) -> Window:
    """Return what asks one after the other, and answers the median of the seconds that an answer took."""

    async def window(seconds: float) -> float:
        spans = list[float]()
        end = time.monotonic() + seconds
        while not spans or time.monotonic() < end:
            began = time.perf_counter()
            await work()
            spans.append(time.perf_counter() - began)
        return statistics.median(spans)

    return window


ROW: Final = Row(
    name="quote_wide",
    says="median time of a quote of 100 items from 100 nodes, each alone, against an echo of the same bytes",
    bar=4.0,
    aim=2.0,
    at_most=True,
    prepare=prepare,
    seconds=(8.0, 6.3),
)
