"""Ways to fill a window: work repeated one by one, callers that each ask again once they are answered, and its cost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bench.ratio import Window

Work = Callable[[], Awaitable[int]]
"""Does one piece of work and answers how many things it did."""


def repeated(work: Work) -> Window:
    """Work repeated until the time is over; things a second."""
    return called(1, work)


def called(callers: int, work: Work) -> Window:
    """So many callers, each asking again as soon as it is answered; things a second."""

    async def window(seconds: float) -> float:
        return await rate([work] * callers, seconds)

    return window


async def rate(works: Sequence[Work], seconds: float) -> float:
    """Things a second of callers, each with a work of its own.

    The window ends when the last call that began in time is answered: what is under way counts, and its time too.
    """
    started = time.perf_counter()
    done = sum(await asyncio.gather(*(_caller(work, started + seconds) for work in works)))
    return done / (time.perf_counter() - started)


def costing(callers: int, work: Work, finish: Callable[[], None]) -> Window:
    """So many callers as above; answers processor seconds of this process per thing, those of `finish` included."""

    async def window(seconds: float) -> float:
        until, began = time.perf_counter() + seconds, time.process_time()
        done = sum(await asyncio.gather(*(_caller(work, until) for _ in range(callers))))
        await asyncio.to_thread(finish)
        return (time.process_time() - began) / done

    return window


async def _caller(work: Work, until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        done += await work()
    return done
