"""When a process ends: on SIGTERM or SIGINT, or because the process that started it is gone, however that went."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LOOK_SECONDS: Final = 1.0


@asynccontextmanager
async def told_to_end(parent_pid: int | None = None) -> AsyncIterator[asyncio.Event]:
    """Gives an event that is set on SIGTERM, on SIGINT, and when the parent `parent_pid` is no longer there.

    The kernel is asked to send SIGTERM at the parent's end; since that follows the parent's thread and not its process,
    we look every second too.
    """
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    watch = loop.create_task(_orphaned(parent_pid, ending)) if parent_pid else None
    try:
        yield ending
    finally:
        if watch is not None:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def _orphaned(parent_pid: int, ending: asyncio.Event) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    while os.getppid() == parent_pid and not await until(ending, _LOOK_SECONDS):
        pass
    ending.set()


async def until(ending: asyncio.Event, seconds: float) -> bool:
    """Waits for the end, or what else an event stands for, at most so long; answers whether it has come."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ending.wait()
    return ending.is_set()
