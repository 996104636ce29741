"""Quotes of 10 lines from 20 nodes abroad with their landed costs, against the same quotes without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from bench.quoting import quoted_across
from bench.ratio import Row, Sides
from bench.windows import called

CALLERS: Final = 8
LINES, NODES = 10, 20


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start the hub."""
    async with quoted_across(LINES, NODES, window=partial(called, CALLERS)) as (landed, plain):
        yield Sides(landed, plain)


ROW: Final = Row(
    name="quote_landed",
    says="quotes/s of 10 lines from 20 nodes abroad with their landed costs to 8 callers, against the same without",
    bar=0.7,
    aim=0.9,
    prepare=prepare,
    seconds=(8.0, 6.3),
    part=True,
)
