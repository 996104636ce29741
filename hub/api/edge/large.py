"""Calls whose request may have megabytes: few are read at a time, and their memory is given back to the system.

A request that waits for its turn is not read: the connection holds it back at its sender. One that turns out to be
small gives its turn away at once.
"""

from __future__ import annotations

import asyncio
import ctypes
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from hub.api.edge.rpcs import RPCS

LARGE_BYTES: Final = 16 * 1024 * 1024
"""Rpcs that take no larger requests need no turn."""
SMALL_BYTES: Final = 1024 * 1024
MOST_AT_ONCE: Final = 2
"""A call holds some five copies of its request: as it came, parsed, sealed, and as the database takes it."""


def _keep(_: int) -> int:
    return 0


_trim: Final[Callable[[int], Any]] = getattr(ctypes.CDLL(None), "malloc_trim", _keep)
"""Gives free memory back to the system, where the C library is glibc; others do so by themselves."""


class Turn:
    """The turn of one call, until it is over or its request is known to be small."""

    def __init__(self, turns: asyncio.Semaphore | None) -> None:
        self._turns = turns

    def read(self, size_bytes: int) -> None:
        """Hear how large the request is."""
        if size_bytes <= SMALL_BYTES:
            self.end()

    def end(self) -> bool:
        """Give the turn away; returns whether it was still held."""
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.release()
        return turns is not None


class LargeCalls:
    """Lets calls of rpcs with large requests take turns, `most` at once."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._turns = asyncio.Semaphore(most)

    @asynccontextmanager
    async def turn(self, rpc: str) -> AsyncIterator[Turn]:
        """Wait for the turn of a call; its memory is given back when it ends."""
        if RPCS[rpc].largest_bytes <= LARGE_BYTES:
            yield Turn(None)
            return
        await self._turns.acquire()
        turn = Turn(self._turns)
        try:
            yield turn
        finally:
            if turn.end():
                _trim(0)
