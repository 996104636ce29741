"""Compares ways to source on one cycle: centers first, least cost, least cost with values, and hindsight."""

from __future__ import annotations

from msgspec import Struct

from hub.insights.simulation.forecasting import Forecast
from hub.insights.simulation.hindsight import bound
from hub.insights.simulation.replay import Outcome, myopic, run
from hub.insights.simulation.scenario import scenario

RENEWALS = 12
"""Times in a cycle that values are computed anew."""
SAMPLES = 2
"""Samples of the demand to come, each time."""


class Comparison(Struct, frozen=True):
    """What a cycle costs under each way, in cents, and what no way costs less than."""

    centers_first: Outcome
    least_cost: Outcome
    with_values: Outcome
    hindsight: float

    @property
    def gap_closed(self) -> float:
        """The share of the gap between least cost and hindsight that values close."""
        gap = self.least_cost.cost - self.hindsight
        return (self.least_cost.cost - self.with_values.cost) / gap if gap > 0 else 0.0

    @property
    def saving(self) -> float:
        """What values save against distribution centers first, as a share of its cost."""
        return 1 - self.with_values.cost / self.centers_first.cost


def compared(seed: int, *, stock_ratio: float, share: float) -> Comparison:
    """Return how the ways compare on the cycle of a seed; `stock_ratio` and `share` are those of `scenario`."""
    cycle = scenario(seed, stock_ratio=stock_ratio, share=share)
    return Comparison(
        centers_first=run(cycle, myopic, centers_first=True),
        least_cost=run(cycle, myopic),
        with_values=run(cycle, Forecast(cycle, seed, renewals=RENEWALS, samples=SAMPLES)),
        hindsight=bound(cycle),
    )
