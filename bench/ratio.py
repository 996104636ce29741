"""How a row is measured and judged: rounds of A and B by turns, a figure per round, a verdict over the figures.

Knows neither what is measured nor how it is shown.
"""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Final

WIDEST_SPREAD: Final = 0.4
FEWEST_ROUNDS: Final = 5

Window = Callable[[float], Awaitable[float]]
"""Works for about so many seconds; answers how many things it did a second, or what one of them cost."""
Check = Callable[[], Awaitable[str]]
"""Looks, once all rounds are over, whether both sides did the same: answers why not, or nothing."""


class Unmeasurable(Exception):
    """A row cannot be measured here; the message says why."""


async def _alike() -> str:
    return ""


@dataclass(frozen=True)
class Sides:
    """Both sides of a row, ready to run, and what must hold of them at the end."""

    ours: Window
    theirs: Window
    check: Check = _alike


@dataclass(frozen=True)
class Row:
    """A row of the bench: the ratio of `ours` to `theirs` may not fall below `bar`.

    `extra`: the sides are costs, the figure is how much more ours costs (0.1: a tenth more), and `bar` is the most.
    """

    name: str
    says: str
    bar: float
    prepare: Callable[[], AbstractAsyncContextManager[Sides]]
    extra: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the rounds of a row gave: one ratio each. `refusal` is why they may not be judged, where that is so."""

    ratios: Sequence[float]
    bar: float
    extra: bool = False
    refusal: str = field(default="")

    @property
    def figures(self) -> list[float]:
        """What is shown of each round: the ratio, or its excess over 1 where `extra`."""
        return [ratio - 1 if self.extra else ratio for ratio in self.ratios]

    @property
    def value(self) -> float | None:
        """The median figure; None when there was no round."""
        return statistics.median(self.figures) if self.ratios else None

    @property
    def spread(self) -> float:
        """How far the ratios lie apart, as a share of their median."""
        return (max(self.ratios) - min(self.ratios)) / statistics.median(self.ratios)

    @property
    def reason(self) -> str:
        """Why the row is not judged; empty when it is."""
        if self.refusal:
            return self.refusal
        if len(self.ratios) < FEWEST_ROUNDS:
            return f"{len(self.ratios)} rounds, {FEWEST_ROUNDS} are needed"
        if self.spread > WIDEST_SPREAD:
            return f"ratios lie {self.spread:.0%} apart, {WIDEST_SPREAD:.0%} is the most"
        return ""

    @property
    def judged(self) -> str:
        """`pass`, `fail`, or `refused` where the rounds allow no judgment."""
        value = self.value
        if value is None or self.reason:
            return "refused"
        return "pass" if (value <= self.bar if self.extra else value >= self.bar) else "fail"

    def as_json(self) -> dict[str, object]:
        """The verdict as it is printed."""
        shown = [round(figure, 3) for figure in self.figures]
        value = self.value
        told: dict[str, object] = {
            "value": None if value is None else round(value, 3),
            "min": min(shown, default=None),
            "max": max(shown, default=None),
            "bar": self.bar,
            "rounds": len(shown),
            "judged": self.judged,
        }
        return told | ({"reason": self.reason} if self.reason else {})


async def measure(row: Row, *, rounds: int, seconds: float, told: Callable[[int, float], None]) -> Verdict:
    """Run a row: by turns `theirs` and `ours`, `seconds` each, `rounds` times; `told` hears of each figure."""
    ratios: list[float] = []
    try:
        async with row.prepare() as sides:
            await sides.theirs(seconds / 3)
            await sides.ours(seconds / 3)
            for number in range(1, rounds + 1):
                baseline = await sides.theirs(seconds)
                ratios.append(await sides.ours(seconds) / baseline)
                told(number, ratios[-1] - 1 if row.extra else ratios[-1])
            refusal = await sides.check()
    except Unmeasurable as problem:
        refusal = str(problem)
    return Verdict(ratios, row.bar, row.extra, refusal)
