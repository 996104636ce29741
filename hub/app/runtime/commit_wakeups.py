"""Wakes those who wait for something to be committed: listens to the database, and lets go of all that wait at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from hub.app.process.shutdown import until
from hub.outbox import operations as outbox
from hub.work.machine import Machine
from hub.work.wakeups import listen

MOMENT_SECONDS: Final = 2.0
"""After so long a waiter looks without having been woken: nothing rests on being told."""


class News:
    """Call it to wait until something may have been committed."""

    def __init__(self) -> None:
        self._heard, self._turn = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        """Comes back at the next news, or after a moment."""
        await until(self._turn, MOMENT_SECONDS)

    def stop(self) -> None:
        """Lets go of all that wait."""
        self._heard.set()

    async def _pass_on(self) -> None:
        while True:
            await self._heard.wait()
            self._heard.clear()
            turn, self._turn = self._turn, asyncio.Event()
            turn.set()

    @asynccontextmanager
    async def listening(self, url: str, machine: Machine) -> AsyncIterator[None]:
        """Listens while the block runs; `url` leads to the server itself."""
        wakes = {outbox.FEED_CHANNEL: self._heard, outbox.EVENT_CHANNEL: self._heard}
        tasks = [asyncio.create_task(listen(url, wakes, machine)), asyncio.create_task(self._pass_on())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
