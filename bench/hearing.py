"""Readers for the row about staleness, each a process of its own: one follows the stock, one only hears commits.

`python -m bench.hearing follow|hear URL` notes when it saw each number. A line on its standard input is answered by all
it noted since: JSON, number -> nanoseconds of the clock that all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg
import uvloop

from bench.children import Child, answer, asked, child
from hub.app.runtime.availability_follower import Follower
from hub.app.runtime.clock import SystemMachine
from hub.app.runtime.networks import NetworkInForce
from hub.database.pool import Database
from hub.wire.stock.availability import piece

CHANNEL: Final = "bench_commit"


class Reader:
    """A reader that runs."""

    def __init__(self, process: Child) -> None:
        self._process = process

    async def seen(self) -> dict[int, int]:
        """What it saw since it was asked last: number -> nanoseconds."""
        return {int(number): at for number, at in json.loads(await self._process.ask()).items()}


@asynccontextmanager
async def reader(kind: str, url: str) -> AsyncIterator[Reader]:
    """Starts a reader; it is ready when this comes back."""
    async with child("bench.hearing", kind, url) as process:
        made = Reader(process)
        await made.seen()
        yield made


async def _follow(url: str, noted: dict[int, int]) -> None:
    """Notes when memory shows each transaction."""
    async with Database(url, max_connections=1) as database:
        follower = Follower(url, NetworkInForce(database), piece, SystemMachine())
        board: Any = follower.board
        apply = board.apply

        def applied(news: Any, *counted: Any) -> None:
            apply(news, *counted)
            now = time.monotonic_ns()
            for change in news.changes:
                noted[change.number] = now

        board.apply = applied
        async with follower.following():
            await follower.ready(None)
            await _answer(noted)


async def _hear(url: str, noted: dict[int, int]) -> None:
    """Notes when each commit is heard of."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        answering = asyncio.create_task(_answer(noted))
        async for notification in connection.notifies():
            noted[int(notification.payload)] = time.monotonic_ns()
        await answering


async def _answer(noted: dict[int, int]) -> None:
    async for _ in asked():
        answer(json.dumps(noted))
        noted.clear()


if __name__ == "__main__":
    uvloop.run({"follow": _follow, "hear": _hear}[sys.argv[1]](sys.argv[2], {}))
