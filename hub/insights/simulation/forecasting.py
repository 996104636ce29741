"""Opportunity values during a cycle, renewed as it goes on from what the retailer knows of demand."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hub.insights.simulation.replay import Stock, Value
from hub.insights.simulation.scenario import CENTERS, LOST_ONLINE, LOST_WALK_IN, PRODUCTS, REGIONS, Scenario
from hub.sourcing.policy.values import drawn, kept_values, value_steps, values_afar


class Forecast:
    """Values of units, computed anew `renewals` times in a cycle from so many samples of the demand to come."""

    def __init__(self, scenario: Scenario, seed: int, *, renewals: int, samples: int) -> None:
        """Draw the samples from `seed`."""
        self._scenario = scenario
        self._chance = Random(seed)  # noqa: S311 (a draw of demand keeps no secret)
        self._renewals = renewals
        self._samples = samples
        self._next = 0
        self._afar: list[list[float]] = []
        self._kept: list[list[list[float]]] = []
        self._costs = [
            [site.unit(region) + site.parcel(region) / scenario.basket for region in range(REGIONS)]
            for site in scenario.sites
        ]

    def __call__(self, time: float, stock: Stock) -> Value:
        """Return the values that hold at a time, renewed if it is time to."""
        if time * self._renewals >= self._next:
            self._next = int(time * self._renewals) + 1
            self._kept = [self._kept_of(product, 1 - time, stock[product]) for product in range(PRODUCTS)]
            self._afar = [self._afar_of(product, 1 - time, stock[product]) for product in range(PRODUCTS)]
        return self._value

    def _value(self, product: int, site: int, units: int) -> int:
        kept = () if site < CENTERS else self._kept[product][site]
        return value_steps(units, kept, LOST_WALK_IN, self._afar[product][site], most=1)[0]

    def _kept_of(self, product: int, left: float, supply: Sequence[int]) -> list[list[float]]:
        rates = self._scenario.walk_in[product]
        return [kept_values(units, rate * left, LOST_WALK_IN) for units, rate in zip(supply, rates, strict=True)]

    def _afar_of(self, product: int, left: float, supply: Sequence[int]) -> list[float]:
        rates = [rate * left for rate in self._scenario.online[product]]
        samples = [[drawn(self._chance, rate) for rate in rates] for _ in range(self._samples)]
        return values_afar(supply, samples, self._costs, unmet=LOST_ONLINE, kept=self._kept[product])
