"""What a process counts and measures: counts, spreads in buckets, levels; each by labels, told to whoever collects.

Cheap to note. `metrics` sends figures by OTLP, `prometheus` writes them for a scrape.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of how long calls take, in seconds."""
SIZES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""Upper bounds of how many things are done at once."""

Labels = tuple[str, ...]


class Count:
    """How often something happened since the process began; `labels` are the names of what it is told apart by."""

    def __init__(self, name: str, meaning: str, labels: Labels = ()) -> None:
        self.name, self.meaning, self.labels = name, meaning, labels
        self.values: Counter[Labels] = Counter()

    def add(self, *labels: str, times: int = 1) -> None:
        """Count once more, or several times."""
        self.values[labels] += times


class Buckets:
    """Values of one spread: how many there are up to each bound, and beyond the last."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    @property
    def count(self) -> int:
        """How many values there are."""
        return sum(self.counts)


class Spread:
    """How long or large something was, in buckets with upper `bounds`; told apart by labels."""

    def __init__(
        self, name: str, meaning: str, labels: Labels = (), *, bounds: Sequence[float] = SECONDS, unit: str = "s"
    ) -> None:
        self.name, self.meaning, self.labels, self.bounds, self.unit = name, meaning, labels, tuple(bounds), unit
        self.values: dict[Labels, Buckets] = {}

    def note(self, value: float, *labels: str) -> None:
        """Take a value."""
        buckets = self.values.get(labels)
        if buckets is None:
            buckets = self.values[labels] = Buckets(self.bounds)
        buckets.counts[bisect_left(self.bounds, value)] += 1
        buckets.total += value


class Level:
    """How much there is of something at the moment, as `read` answers it by labels."""

    def __init__(
        self, name: str, meaning: str, labels: Labels, read: Callable[[], Mapping[Labels, float]], *, unit: str = "1"
    ) -> None:
        self.name, self.meaning, self.labels, self.read, self.unit = name, meaning, labels, read, unit


Figure = Count | Spread | Level
