"""Ways to fill a window: work repeated one by one, callers that each ask again once they are answered, and its cost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bench.ratio import Window

Work = Callable[[], Awaitable[int]]
"""Does one piece of work and answers how many things it did."""


def repeated(work: Work) -> Window:
    """Work repeated until the time is over; things a second."""
    return called(1, work)


def called(callers: int, work: Work) -> Window:
    """So many callers, each asking again as soon as it is answered; things a second.

    The window ends when the last call that began in time is answered: what is under way counts, and its time too.
    """

    async def window(seconds: float) -> float:
        started = time.perf_counter()
        done = sum(await asyncio.gather(*(_caller(work, started + seconds) for _ in range(callers))))
        return done / (time.perf_counter() - started)

    return window


def costing(callers: int, work: Work) -> Window:
    """The same, but answers processor seconds of this process per thing."""

    async def window(seconds: float) -> float:
        until, began = time.perf_counter() + seconds, time.process_time()
        done = sum(await asyncio.gather(*(_caller(work, until) for _ in range(callers))))
        return (time.process_time() - began) / done

    return window


async def _caller(work: Work, until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        done += await work()
    return done
