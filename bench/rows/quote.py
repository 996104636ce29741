"""Quotes of 5 lines by 4 services from 100 nodes, asked by 16 callers, against an echo of the same answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from bench.quoting import SERVICES, quoted
from bench.ratio import Row, Sides
from bench.windows import called

CALLERS: Final = 16
LINES: Final = 5


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start the hub and the echo."""
    async with quoted(LINES, SERVICES, each_line_alone=False, window=partial(called, CALLERS)) as (ours, theirs):
        yield Sides(ours, theirs)


ROW: Final = Row(
    name="quote",
    says="quotes/s of 5 lines by 4 services from 100 nodes to 16 callers, against an echo of the same answer",
    bar=0.08,
    aim=0.25,
    prepare=prepare,
    seconds=(8.0, 6.3),
)
