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
SHORTEST_SECONDS: Final = 3.0

Window = Callable[[float], Awaitable[float]]
"""Works for about so many seconds; answers how many things it did a second, or what one of them cost."""
Check = Callable[[], Awaitable[str]]
"""Looks, once all rounds are over, whether both sides did the same: answers why not, or nothing."""
Told = Callable[[str], None]
"""Hears what is being done."""


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
    """A row of the bench: the ratio of `ours` to `theirs` may not fall below `bar`; better is `aim`.

    `at_most`: less is better, and `bar` is the most. `extra`: the figure is how much more ours costs (0.1: a tenth
    more). `seconds` is about how long preparing and one round take, for a forecast. `full` prepares the row at the size
    of --full, where that differs. A `part` is of use to whoever works on what it measures: only measured when named.
    """

    name: str
    says: str
    bar: float
    prepare: Callable[[], AbstractAsyncContextManager[Sides]]
    aim: float | None = None
    at_most: bool = False
    extra: bool = False
    seconds: tuple[float, float] = (10.0, 6.5)
    part: bool = False
    full: Callable[[], AbstractAsyncContextManager[Sides]] | None = None

    def forecast(self, rounds: int, seconds: float) -> float:
        """About how many seconds the row takes, with windows of so many seconds."""
        preparing, a_round = self.seconds
        return preparing + (rounds + 0.5) * a_round * max(1.0, seconds / SHORTEST_SECONDS)


@dataclass(frozen=True)
class Verdict:
    """What the rounds of a row gave: one ratio each. `refusal` is why they may not be judged, where that is so."""

    ratios: Sequence[float]
    bar: float
    at_most: bool = False
    extra: bool = False
    refusal: str = field(default="")
    seconds: float = SHORTEST_SECONDS

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
        if self.seconds < SHORTEST_SECONDS:
            return f"windows of {self.seconds:g} s, {SHORTEST_SECONDS:g} s are needed"
        if self.spread > WIDEST_SPREAD:
            return f"ratios lie {self.spread:.0%} apart, {WIDEST_SPREAD:.0%} is the most"
        return ""

    @property
    def judged(self) -> bool:
        """Whether the rounds allow a judgment."""
        return self.value is not None and not self.reason

    @property
    def passed(self) -> bool:
        """Whether the value keeps to the bar; means something only where `judged`."""
        return self.value is not None and keeps(self.value, self.bar, at_most=self.at_most)

    def as_json(self) -> dict[str, object]:
        """The verdict as it is printed."""
        shown = [round(figure, 5) for figure in self.figures]
        value = self.value
        return {
            "value": None if value is None else round(value, 5),
            "min": min(shown, default=None),
            "max": max(shown, default=None),
            "bar": self.bar,
            "rounds": len(shown),
            "judged": self.judged,
        }


def keeps(figure: float, bar: float, *, at_most: bool) -> bool:
    """Whether a figure keeps to a bar."""
    return figure <= bar if at_most else figure >= bar


async def measure(row: Row, *, rounds: int, seconds: float, told: Told, full: bool = False) -> Verdict:
    """Run a row: by turns `theirs` and `ours`, `seconds` each, `rounds` times; `told` hears of each step.

    A first round of a third of the time warms both sides up and does not count.
    """
    ratios: list[float] = []
    try:
        told("preparing")
        async with (row.full if full and row.full is not None else row.prepare)() as sides:
            told("warming up")
            await sides.theirs(seconds / 3)
            await sides.ours(seconds / 3)
            for number in range(1, rounds + 1):
                baseline = await sides.theirs(seconds)
                ratios.append(await sides.ours(seconds) / baseline)
                told(f"round {number} of {rounds}: {ratios[-1] - (1 if row.extra else 0):.3f}")
            refusal = await sides.check()
    except Unmeasurable as problem:
        refusal = str(problem)
    except Exception as error:  # the other rows are measured whatever becomes of this one
        refusal = f"it broke off: {type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"
    return Verdict(ratios, row.bar, row.at_most, row.extra, refusal, seconds)
