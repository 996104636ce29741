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

from bench.children import answer, asked, child
from bench.ratio import Window
from bench.scene import hub_on
from bench.windows import called


@asynccontextmanager
async def crowd(row: str, url: str, *, callers: int, processes: int) -> AsyncIterator[Window]:
    """Starts so many hubs with the callers shared among them; gives a window in which all work at once."""
    async with AsyncExitStack() as stack:
        share = str(callers // processes)
        hubs = [
            await stack.enter_async_context(child("bench.crowd", row, share, f"B{one}", url))
            for one in range(processes)
        ]

        async def window(seconds: float) -> float:
            return sum(map(float, await asyncio.gather(*(hub.ask(str(seconds)) for hub in hubs))))

        await window(0.0)
        yield window


async def _work(row: str, callers: int, series: str, url: str) -> None:
    async with hub_on(url) as hub:
        window = called(callers, import_module(f"bench.rows.{row}").work_of(hub, series))
        async for seconds in asked():
            answer(str(await window(float(seconds))))


if __name__ == "__main__":
    uvloop.run(_work(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
