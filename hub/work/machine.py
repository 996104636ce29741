"""Machine time and chance as the worker is handed them, so that tests can move the one and fix the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random
from typing import Protocol

from msgspec import Struct

from hub.database.pool import Database
from hub.kernel.instant import Instant

BusinessClock = Callable[[Database], Awaitable[Instant]]
"""Tells business time."""


class Machine(Protocol):
    """The machine's clock: for leases, retries and breakers only."""

    def now(self) -> Instant:
        """Machine time."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Comes back after a while of machine time."""
        ...


class WorkSettings(Struct, frozen=True):
    """How a worker works; times in seconds of machine time.

    `lease_seconds`: a worker that dies leaves its messages to others after it; living ones renew at a third of it.
    `patience`: attempts after which a message that waits for its partner no longer holds up business time.
    `faults`: attempts after which a message that fails in our own code is given up.
    """

    lease_seconds: float = 15.0
    claim_limit: int = 100
    account_ceiling: int = 8
    task_ceiling: int = 256
    attempts: int = 1000
    faults: int = 5
    first_wait_seconds: float = 0.25
    longest_wait_seconds: float = 300.0
    breaker_failures: int = 5
    breaker_seconds: float = 5.0
    longest_breaker_seconds: float = 60.0
    patience: int = 4
    idle_seconds: float = 0.5
    timer_limit: int = 500
    position_limit: int = 2000
    grace_seconds: float = 10.0


def wait_seconds(settings: WorkSettings, attempts: int, random: Random) -> float:
    """How long to wait after a number of attempts: doubling, up to the longest, with up to a quarter of jitter."""
    wait = min(settings.first_wait_seconds * 2.0 ** min(attempts - 1, 30), settings.longest_wait_seconds)
    return wait * (1 + random.random() / 4)
