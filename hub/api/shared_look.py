"""One look at what was committed, for all who watch: it costs the database the same for one watcher as for hundreds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

log = logging.getLogger(__name__)

GATHER_SECONDS: Final = 0.02
"""What is committed within so long of a look is seen by the next one together."""


class SharedLook:
    """Looks whenever something may have been committed, while somebody watches.

    `news` comes back when something may have been committed, or after a moment. A look that fails is tried again then.
    """

    def __init__(self, look: Callable[[], Awaitable[None]], news: Callable[[], Awaitable[None]]) -> None:
        self._look, self._news = look, news
        self._watchers = 0
        self._looked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Look while the block runs; it begins once there was a look."""
        self._watchers += 1
        if self._task is None:
            self._task = asyncio.create_task(self._follow())
        try:
            await self._looked.wait()
            yield
        finally:
            self._watchers -= 1
            if not self._watchers:
                self._task.cancel()
                self._task = None
                self._looked.clear()

    @property
    def watchers(self) -> int:
        """How many watch."""
        return self._watchers

    async def _follow(self) -> None:
        while True:
            heard = asyncio.ensure_future(self._news())
            try:
                await self._try()
                await asyncio.sleep(GATHER_SECONDS)
                await heard
            finally:
                heard.cancel()

    async def _try(self) -> None:
        try:
            await self._look()
        except Exception as error:  # whatever befalls one look, watchers are told by the next
            log.warning("a look at what was committed failed: %s", type(error).__name__)
        else:
            self._looked.set()
