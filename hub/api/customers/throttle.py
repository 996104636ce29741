"""Bounds how often codes are asked for and tried, by address and by principal: guesses are refused unread then."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from hub.customers.errors import DoorThrottled
from hub.kernel.instant import EPOCH, Instant

WINDOW: Final = timedelta(minutes=1)
MOST_OF_ADDRESS: Final = 300
"""Codes that an address asks for, and wrong ones that it tries, within a window."""
MOST_OF_PRINCIPAL: Final = 3000
"""The same for a principal: a shop's page is one for all of its guests."""
MOST_KEPT: Final = 10_000
"""Addresses that are counted within a window."""


class Throttle:
    """Counts within windows of one process. `now` is the machine's clock."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._now = now
        self._until = EPOCH
        self._counts: Counter[tuple[str, str]] = Counter()

    def admit(self, principal: str, peer: str) -> None:
        """Raises DoorThrottled where a principal or a peer (`ADDRESS:PORT`) has asked or failed too often."""
        now = self._now()
        if now >= self._until or self._until - now > WINDOW:
            self._until = now + WINDOW
            self._counts.clear()
        for key, most in _keys(principal, peer):
            if self._counts[key] >= most:
                raise DoorThrottled(math.ceil((self._until - now).total_seconds()))

    def count(self, principal: str, peer: str) -> None:
        """Count a code that was asked for, or a wrong one."""
        for key, _ in _keys(principal, peer):
            if key in self._counts or len(self._counts) < MOST_KEPT:
                self._counts[key] += 1


def _keys(principal: str, peer: str) -> tuple[tuple[tuple[str, str], int], ...]:
    address = peer.rpartition(":")[0] or peer
    return (("address", address), MOST_OF_ADDRESS), (("principal", principal), MOST_OF_PRINCIPAL)
