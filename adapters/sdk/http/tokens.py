"""Access tokens that expire: one request fetches a token for all who wait, and again before it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

MARGIN_SECONDS: Final = 30.0
"""A token is no longer used so long before its end: a request under way must not outlive it."""


@dataclass(frozen=True)
class Token:
    """An access token and the seconds it is good for, from when it was fetched."""

    value: str = field(repr=False)
    seconds: float


@dataclass
class Tokens:
    """The token of one account; `fetch` asks the partner for a new one, `clock` returns seconds that never go back."""

    fetch: Callable[[], Awaitable[Token]] = field(repr=False)
    clock: Callable[[], float] = time.monotonic
    _value: str = field(default="", repr=False)
    _until: float = 0.0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def current(self) -> str:
        """Return a token that is good for some time. Raises what `fetch` raises."""
        async with self._lock:
            if not self._value or self.clock() >= self._until:
                asked_at = self.clock()
                token = await self.fetch()
                self._value, self._until = token.value, asked_at + token.seconds - MARGIN_SECONDS
            return self._value

    def drop(self, value: str) -> None:
        """Forget a token that the partner no longer knows; one that took its place stays."""
        if value == self._value:
            self._value = ""
