"""Callers whom no token shows: their failures are counted by address, logged seldom, and refused early where many.

Whose token holds is let in before anything here is asked, so that nobody pays for what another does at its address.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable
from typing import Final

from hub.kernel.errors import AuthenticationThrottled, Refusal, Unauthenticated

log = logging.getLogger(__name__)

WINDOW_SECONDS: Final = 60.0
MOST_FAILURES: Final = 300
"""Failed authentications of an address within a window; later ones are told to wait for the next window."""
MOST_KEPT: Final = 10_000
"""Addresses that are counted, and reasons at addresses that are logged, within a window; others are counted in the
next one.
"""


class Strangers:
    """Counts failed authentications by address. `now` is in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._until = -math.inf
        self._failures: Counter[str] = Counter()
        self._logged: set[tuple[str, str]] = set()

    def refused(self, peer: str, refusal: Unauthenticated) -> Refusal:
        """Count a failure of a peer (`ipv4:ADDRESS:PORT`); return how its call is refused."""
        now, address = self._now(), peer.rpartition(":")[0] or peer
        if now >= self._until:
            self._begin(now)
        if address in self._failures or len(self._failures) < MOST_KEPT:
            self._failures[address] += 1
        throttled = self._failures[address] > MOST_FAILURES
        self._log(address, f"it failed more than {MOST_FAILURES} times within a minute" if throttled else str(refusal))
        return AuthenticationThrottled(math.ceil(self._until - now)) if throttled else refusal

    def _begin(self, now: float) -> None:
        if more := self._failures.total() - len(self._logged):
            log.warning("%d more calls came without a token that holds within the last minute", more)
        self._until = now + WINDOW_SECONDS
        self._failures.clear()
        self._logged.clear()

    def _log(self, address: str, why: str) -> None:
        """Log a reason once for an address; further failures of it are told together."""
        if (address, why) not in self._logged and len(self._logged) < MOST_KEPT:
            self._logged.add((address, why))
            log.warning("a caller at %s was not let in: %s", address, why)
