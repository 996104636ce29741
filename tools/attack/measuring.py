"""One flood against one server: what a caller beside it notices, what memory is held, and how long it has an effect."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import psutil
from msgspec import Struct

from tools.attack.caller import Caller, quantile
from tools.attack.floods import Target

ALONE_SECONDS: Final = 5.0
FLOOD_SECONDS: Final = 10.0
AFTER_SECONDS: Final = 12.0
NORMAL_SHARE: Final = 0.9
NORMAL_TIMES: Final = 3.0
"""A second is normal again if so large a share of its calls took at most so many times the p99 of before, or 50 ms."""
NORMAL_SECONDS: Final = 0.05
_MEBIBYTE: Final = 1024 * 1024


class Figures(Struct, frozen=True):
    """What a flood did: p50 and p99 of the caller's seconds, MiB that the server held, and seconds until normal."""

    alone: tuple[float, float]
    flooded: tuple[float, float]
    memory_before: float
    memory: float
    until_normal: float | None

    @property
    def times(self) -> float:
        """How many times as long a call took at p99."""
        return self.flooded[1] / self.alone[1]


async def measured(flood: str, target: Target, pid: int, request: Callable[[], bytes]) -> Figures:
    """Flood a server once, with a caller beside."""
    loop = asyncio.get_running_loop()
    caller, server = Caller(target.address, target.tokens[0], request), psutil.Process(pid)
    before = server.memory_info().rss / _MEBIBYTE
    async with caller.calling(), _memory(server) as memory:
        await asyncio.sleep(1.0)
        began = loop.time()
        await asyncio.sleep(ALONE_SECONDS)
        flooded = loop.time()
        async with _flooding(flood, target):
            await asyncio.sleep(FLOOD_SECONDS)
            ended = loop.time()
        await asyncio.sleep(AFTER_SECONDS)
    alone, beside = caller.between(began, flooded), caller.between(flooded, ended)
    return Figures(
        (quantile(alone, 0.5), quantile(alone, 0.99)),
        (quantile(beside, 0.5), quantile(beside, 0.99)),
        before,
        max(memory),
        _until_normal(caller, ended, quantile(alone, 0.99)),
    )


@asynccontextmanager
async def _flooding(flood: str, target: Target) -> AsyncIterator[None]:
    """Flood by a process of its own while the block runs."""
    arguments = (flood, target.address, str(FLOOD_SECONDS + 5), *target.tokens)
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tools.attack.floods", *arguments)
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def _memory(server: psutil.Process) -> AsyncIterator[list[float]]:
    """Give a list that fills with the MiB that a process holds, five times a second."""
    held = [server.memory_info().rss / _MEBIBYTE]

    async def look() -> None:
        while True:
            await asyncio.sleep(0.2)
            held.append(server.memory_info().rss / _MEBIBYTE)

    task = asyncio.create_task(look())
    try:
        yield held
    finally:
        task.cancel()


def _until_normal(caller: Caller, ended: float, alone: float) -> float | None:
    """Return after how many seconds calls are as they were, None where they are not within the time looked at."""
    bound = max(NORMAL_TIMES * alone, NORMAL_SECONDS)
    late = 0.0
    for second in range(int(AFTER_SECONDS)):
        samples = caller.between(ended + second, ended + second + 1)
        if quantile(samples, NORMAL_SHARE) > bound:
            late = second + 1.0
    return late if late < AFTER_SECONDS - 1 else None
