"""How a row is measured and judged: rounds of A and B by turns, a ratio per round, a verdict over the ratios.

Knows neither what is measured nor how it is shown.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final

WIDEST_SPREAD: Final = 0.4
FEWEST_ROUNDS: Final = 5

Work = Callable[[], Awaitable[int]]
"""Does one piece of work and answers how many things it did."""


@dataclass(frozen=True)
class Row:
    """A row of the bench: `ours` against `theirs`, both in things per second; the ratio may not fall below `bar`."""

    name: str
    says: str
    bar: float
    prepare: Callable[[], AbstractAsyncContextManager[tuple[Work, Work]]]


@dataclass(frozen=True)
class Verdict:
    """What the rounds of a row gave: one ratio each."""

    ratios: Sequence[float]
    bar: float

    @property
    def value(self) -> float:
        """The median ratio."""
        return statistics.median(self.ratios)

    @property
    def spread(self) -> float:
        """How far the ratios lie apart, as a share of their median."""
        return (max(self.ratios) - min(self.ratios)) / self.value

    @property
    def judged(self) -> str:
        """`pass`, `fail`, or `refused` where too few rounds or too wide a spread allow no judgment."""
        if len(self.ratios) < FEWEST_ROUNDS or self.spread > WIDEST_SPREAD:
            return "refused"
        return "pass" if self.value >= self.bar else "fail"

    def as_json(self) -> dict[str, object]:
        """The verdict as it is printed."""
        return {
            "value": round(self.value, 3),
            "min": round(min(self.ratios), 3),
            "max": round(max(self.ratios), 3),
            "bar": self.bar,
            "rounds": len(self.ratios),
            "judged": self.judged,
        }


async def measure(row: Row, *, rounds: int, seconds: float, told: Callable[[int, float], None]) -> Verdict:
    """Run a row: by turns `theirs` and `ours`, `seconds` each, `rounds` times; `told` hears of each ratio."""
    ratios = []
    async with row.prepare() as (ours, theirs):
        await pace(theirs, seconds=seconds / 5)
        await pace(ours, seconds=seconds / 5)
        for number in range(1, rounds + 1):
            baseline = await pace(theirs, seconds=seconds)
            ratios.append(await pace(ours, seconds=seconds) / baseline)
            told(number, ratios[-1])
    return Verdict(ratios, row.bar)


async def pace(work: Work, *, seconds: float) -> float:
    """Repeat `work` for a window of `seconds`; answer how many things it did a second."""
    done = 0
    started = time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        done += await work()
    return done / elapsed
