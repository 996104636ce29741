"""What an order costs over its whole life when there are many old ones, against what it costs when there are few.

Two databases on one server: one with 10,000 orders that ended during the last month, one with 500,000, or 5,000,000
with --full. In each window orders live from the first request to the last event, their request ids random; a checkpoint
is made in its middle, so that the writing of whole pages that follows it counts.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
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
GIB: Final = 1024**3
BYTES_PER_ORDER: Final = 17_000
_SHELTERS: Final = ("/var/lib",)
"""Where the data of a server lie that root starts: its user cannot enter a folder of root's."""
SPARE_BYTES: Final = 6 * GIB
"""For the write-ahead log, the small database, and what orders of the windows add."""


@asynccontextmanager
async def prepared(orders: int) -> AsyncIterator[Sides]:
    """Says how much disk it takes, and builds both databases. Raises Unmeasurable where the disk has no room."""
    for folder in (tempfile.gettempdir(), *(_SHELTERS if os.geteuid() == 0 else ())):
        make_sure_of_room(orders, folder)
    with postgres() as server:
        small, large = await database_on(server, "small"), await database_on(server, "large")
        async with lives_on(small, series="S") as few, lives_on(large, series="L") as many:
            await grow_old(few, small, FEW)
            await grow_old(many, large, orders)
            yield Sides(_living(many, large), _living(few, small))


def make_sure_of_room(orders: int, folder: str) -> None:
    """Says what old orders take of the disk. Raises Unmeasurable where there is less."""
    needed, free = orders * BYTES_PER_ORDER + SPARE_BYTES, shutil.disk_usage(folder).free
    sentence = (
        f"{orders:,} old orders take {needed / GIB:.0f} GiB of disk for a while; {folder} has {free / GIB:.0f} GiB"
    )
    print(f"  {sentence}", file=sys.stderr)
    if free < needed:
        raise Unmeasurable(sentence)


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
    seconds=(180.0, 9.0),
    full=full,
)
