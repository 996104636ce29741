"""How long something takes, counted in buckets: cheap to note, told as quantiles and to a collector."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

BOUNDS: Final = (
    *(0.0001 * step for step in (1, 2, 3, 4, 5, 6, 7, 8, 9)),
    *(0.001 * step for step in (1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 7, 8, 9)),
    *(0.01 * step for step in (1, 1.5, 2, 3, 4, 5, 7.5)),
    *(0.1 * step for step in (1, 2, 3, 5)),
    *(1.0, 2.0, 5.0, 10.0, 30.0, 60.0),
)
"""Upper bounds of the buckets, in seconds; beyond the last there is one more."""


class Delays:
    """Counts delays, in seconds, since the process began. What `name` and `meaning` say is told to collectors."""

    def __init__(self, name: str, meaning: str) -> None:
        self.name, self.meaning = name, meaning
        self.counts = [0] * (len(BOUNDS) + 1)
        self.count = 0
        self.sum_seconds = 0.0
        self.most_seconds = 0.0
        self.last_seconds = 0.0

    def note(self, seconds: float, times: int = 1) -> None:
        """Counts a delay."""
        self.counts[bisect_left(BOUNDS, seconds)] += times
        self.count += times
        self.sum_seconds += seconds * times
        self.last_seconds = seconds
        self.most_seconds = max(self.most_seconds, seconds)

    def quantile(self, share: float) -> float:
        """A delay that `share` of all do not exceed: the bound of its bucket, at most the longest; 0 before any."""
        wanted, seen = share * self.count, 0
        for bound, count in zip(BOUNDS, self.counts, strict=False):
            seen += count
            if self.count and seen >= wanted:
                return min(bound, self.most_seconds)
        return self.most_seconds
