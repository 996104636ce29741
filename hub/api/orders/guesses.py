"""Codes that were looked up and that no balance has: counted by principal, and refused where they are many."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Final

from hub.balances.errors import BalanceLookupsThrottled

WINDOW_SECONDS: Final = 60.0
MOST_MISSES: Final = 20
"""Codes of no balance that a principal may ask for within a window; later questions wait for the next window."""


class Guesses:
    """Counts codes that were guessed wrong, in this process. `now` is in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._until = -math.inf
        self._misses: Counter[str] = Counter()

    def refuse_many(self, principal: str) -> None:
        """Raises BalanceLookupsThrottled for who missed too often, whatever they ask for now."""
        now = self._now()
        if now >= self._until:
            self._until = now + WINDOW_SECONDS
            self._misses.clear()
        if self._misses[principal] >= MOST_MISSES:
            raise BalanceLookupsThrottled(math.ceil(self._until - now))

    def missed(self, principal: str) -> None:
        """Count a code that no balance has."""
        self._misses[principal] += 1
