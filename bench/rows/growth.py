"""What an order costs over its whole life when there are many old ones, against what it costs when there are few.

Two databases on one server: one with 10,000 orders that ended during the last month, one with 500,000, or 5,000,000
with --full. In each window orders live from the first request to the last event, their request ids random; a checkpoint
is made in its middle, so that the writing of whole pages that follows it counts.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

import psycopg

from bench.ageing import grow_old
from bench.lifetimes import COHORT, Lives, lives_on
from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.scene import database_on, postgres

FEW: Final = 10_000
MANY: Final = 500_000
FULL: Final = 5_000_000
SPARE_BYTES: Final = 4 * 1024**3
"""For the write-ahead log and what orders of the windows add."""


@asynccontextmanager
async def prepared(orders: int) -> AsyncIterator[Sides]:
    """Builds both databases, the small one first: from it is known how much room the large one takes."""
    with postgres() as server:
        small = await database_on(server, "small")
        async with lives_on(small, series="S") as few:
            empty = await _bytes(small)
            await grow_old(few, small, FEW)
            _refuse_without_room((await _bytes(small) - empty) * orders // FEW + SPARE_BYTES, orders)
            large = await database_on(server, "large")
            async with lives_on(large, series="L") as many:
                await grow_old(many, large, orders)
                yield Sides(_living(many, large), _living(few, small))


def _refuse_without_room(needed: int, orders: int) -> None:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    sentence = f"{orders:,} old orders take {needed / 1024**3:.0f} GiB in {tempfile.gettempdir()}"
    if free < needed:
        raise Unmeasurable(f"{sentence}, where {free / 1024**3:.0f} GiB are free")


def _living(lives: Lives, url: str) -> Window:
    """Seconds an order takes, with a checkpoint in the middle."""

    async def window(seconds: float) -> float:
        began, lived = time.perf_counter(), 0
        checkpoint = asyncio.create_task(_checkpoint(url, seconds / 2))
        while time.perf_counter() - began < seconds or not checkpoint.done():
            await lives.live()
            lived += COHORT
        await checkpoint
        return (time.perf_counter() - began) / lived

    return window


async def _checkpoint(url: str, wait_seconds: float) -> None:
    await asyncio.sleep(wait_seconds)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("CHECKPOINT")


async def _bytes(url: str) -> int:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        found = await (await connection.execute("SELECT pg_database_size(current_database())")).fetchone()
    return int(found[0]) if found else 0


def quick() -> AbstractAsyncContextManager[Sides]:
    """As many old orders as a quick run has time for."""
    return prepared(MANY)


def full() -> AbstractAsyncContextManager[Sides]:
    """As many as a year of a large retailer."""
    return prepared(FULL)


ROW: Final = Row(
    name="growth",
    says=f"seconds of an order's whole life with {MANY:,} old orders ({FULL:,} with --full), against with {FEW:,}",
    bar=1.3,
    prepare=quick,
    aim=1.1,
    at_most=True,
    seconds=(200.0, 9.0),
    full=full,
)
