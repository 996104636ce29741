"""How much an adapter may ask of a partner: a bucket for each account and operation, filled with time.

A request takes its cost: 1 where the partner counts requests. Nobody waits here: a request that finds too little is
put off by the hub, until the bucket holds its cost. Buckets are a process's own, and the partner's 429 has the last
word.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.sdk.http.failures import RateLimited


@dataclass(frozen=True)
class Rate:
    """What a bucket holds at most, and how much of it comes back in a second."""

    capacity: float
    per_second: float


@dataclass
class _Bucket:
    left: float
    at: float


@dataclass(frozen=True)
class Buckets:
    """The buckets of a partner; `clock` returns seconds that never go back."""

    rate: Rate
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)

    def take(self, account_id: str, operation: str, cost: float = 1.0) -> None:
        """Take the cost of a request. Raises RateLimited with the seconds until there is enough."""
        bucket = self._filled(account_id, operation)
        missing = min(cost, self.rate.capacity) - bucket.left
        if missing > 0:
            seconds = missing / self.rate.per_second
            raise RateLimited(f"{operation} is asked too often of account {account_id}; nothing was sent.", seconds)
        bucket.left -= cost

    def state(self, account_id: str, operation: str, left: float) -> None:
        """Take over what the partner says is left."""
        self._filled(account_id, operation).left = min(left, self.rate.capacity)

    def pause(self, account_id: str, operation: str, seconds: float) -> None:
        """Have the bucket hold the cost of one request in so many seconds, and not before."""
        self._filled(account_id, operation).left = min(1.0, self.rate.capacity) - seconds * self.rate.per_second

    def _filled(self, account_id: str, operation: str) -> _Bucket:
        now = self.clock()
        bucket = self._buckets.setdefault((account_id, operation), _Bucket(self.rate.capacity, now))
        bucket.left = min(bucket.left + (now - bucket.at) * self.rate.per_second, self.rate.capacity)
        bucket.at = now
        return bucket
