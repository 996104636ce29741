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

from bench.ratio import Unmeasurable
from hub.app.clock import SystemMachine
from hub.app.following import Follower
from hub.app.networks import NetworkInForce
from hub.database.pool import Database
from hub.wire.availability import piece

CHANNEL: Final = "bench_commit"
_LONGEST_LINE: Final = 64 * 1024 * 1024


class Reader:
    """A reader that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def seen(self) -> dict[int, int]:
        """What it saw since it was asked last: number -> nanoseconds."""
        if self._process.stdin is None or self._process.stdout is None:
            raise Unmeasurable("a reader has no pipes")
        self._process.stdin.write(b"\n")
        line = await self._process.stdout.readline()
        return {int(number): at for number, at in json.loads(line).items()}


@asynccontextmanager
async def reader(kind: str, url: str) -> AsyncIterator[Reader]:
    """Starts a reader; it is ready when this comes back."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.hearing", kind, url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
    )
    try:
        made = Reader(process)
        await made.seen()
        yield made
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


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
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while await lines.readline():
        sys.stdout.write(json.dumps(noted) + "\n")
        sys.stdout.flush()
        noted.clear()


if __name__ == "__main__":
    uvloop.run({"follow": _follow, "hear": _hear}[sys.argv[1]](sys.argv[2], {}))
