"""Hubs with callers inside, each a process of its own, as api processes are scaled out; all on one database.

`python -m bench.crowd ROW CALLERS SERIES URL` is one of them: it does what `work_of` of the row's module makes. A line
with a number of seconds on its standard input has its callers work for that long, and is answered by how many things
they did a second.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module

import uvloop

from bench.ratio import Unmeasurable, Window
from bench.scene import hub_on
from bench.windows import called


@asynccontextmanager
async def crowd(row: str, url: str, *, callers: int, processes: int) -> AsyncIterator[Window]:
    """Starts so many hubs with the callers shared among them; gives a window in which all work at once."""
    async with AsyncExitStack() as stack:
        share = callers // processes
        hubs = [await stack.enter_async_context(_hub(row, share, f"B{one}", url)) for one in range(processes)]

        async def window(seconds: float) -> float:
            return sum(await asyncio.gather(*(_asked(hub, seconds) for hub in hubs)))

        await window(0.0)
        yield window


@asynccontextmanager
async def _hub(row: str, callers: int, series: str, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.crowd", row, str(callers), series, url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _asked(hub: asyncio.subprocess.Process, seconds: float) -> float:
    if hub.stdin is None or hub.stdout is None:
        raise Unmeasurable("a hub has no pipes")
    hub.stdin.write(f"{seconds}\n".encode())
    if not (line := await hub.stdout.readline()):
        raise Unmeasurable("a hub broke off")
    return float(line)


async def _work(row: str, callers: int, series: str, url: str) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with hub_on(url) as hub:
        window = called(callers, import_module(f"bench.rows.{row}").work_of(hub, series))
        while line := await lines.readline():
            sys.stdout.write(f"{await window(float(line))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(_work(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
