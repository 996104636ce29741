"""Values of a channel's stock, some SKUs at a time, from what was ordered and sold; and values as a process has them.

The values are those of the simulation, by the same functions: what a unit is worth to buyers of its node, and to orders
from afar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.sourcing.policy.values import Chance, drawn, kept_values, value_steps, values_afar

WINDOW: Final = timedelta(days=28)
"""What was ordered and sold in this time tells what will be."""
LASTING: Final = timedelta(days=2)
"""Values that are older count nothing."""
STOCK_DAYS: Final = 14
"""Days until nodes have new stock, where a policy states none."""
SAMPLES: Final = 2
"""Samples of the demand to come, of each SKU."""
STEPS: Final = 12
"""Units by which a node's stock may fall before the values are computed anew; what is below is worth as much."""
_PERMILLE: Final = 1_000


class SkuDemand(Struct, frozen=True):
    """A SKU at the nodes of a problem: free units, buyers expected there, and units expected to be ordered by sink."""

    sku: str
    supply: tuple[int, ...]
    buyers: tuple[float, ...]
    orders: tuple[float, ...]


class ValueProblem(Struct, frozen=True):
    """Some SKUs of a channel: `costs[node][sink]` of a unit sent, and what is lost, all in minor units.

    `seed` is what the chance of each SKU is made of.
    """

    node_ids: tuple[str, ...]
    costs: tuple[tuple[float, ...], ...]
    lost_order: int
    lost_buyer: int
    demands: tuple[SkuDemand, ...]
    seed: str


class StockValue(Struct, frozen=True):
    """What the last unit of a SKU at a node is worth where `units` are free, one fewer, and so on: thousandths."""

    sku: str
    node_id: str
    units: int
    steps: tuple[int, ...]

    def of(self, free: int | None) -> int:
        """Return what the last of so many free units is worth; None: of as many as there were."""
        fewer = 0 if free is None else max(0, self.units - free)
        return self.steps[min(fewer, len(self.steps) - 1)]


Values = Mapping[tuple[str, str], StockValue]
"""By SKU and node; where there is none a unit is worth nothing."""


class ChannelValues(Struct, frozen=True):
    """A version of the values of a channel, and when it was computed."""

    version: int
    computed_at: Instant
    values: Values

    def worth(self, sku: str, node_id: str, free: int | None, permille: int, at: Instant) -> int:
        """Return the part that counts of what a unit is worth at an instant, in thousandths of a minor unit."""
        known = self.values.get((sku, node_id))
        if known is None or not is_fresh(self.computed_at, at):
            return 0
        return known.of(free) * permille // _PERMILLE


def is_fresh(computed_at: Instant, at: Instant) -> bool:
    """Whether values still count at an instant."""
    return at - computed_at <= LASTING


def stock_values(problem: ValueProblem, chance_of: Callable[[str], Chance]) -> list[StockValue]:
    """Return the values of a problem's stock, those of nothing left out; `chance_of` makes chance of a seed."""
    return [
        value
        for demand in problem.demands
        for value in _of_sku(problem, demand, chance_of(f"{problem.seed}/{demand.sku}"))
    ]


def _of_sku(problem: ValueProblem, demand: SkuDemand, chance: Chance) -> list[StockValue]:
    samples = [[drawn(chance, mean) for mean in demand.orders] for _ in range(SAMPLES)]
    pairs = list(zip(demand.supply, demand.buyers, strict=True))
    kept = [kept_values(units, mean, problem.lost_buyer) if mean else [] for units, mean in pairs]
    afar = [0.0] * len(problem.node_ids)
    if any(map(any, samples)) and any(demand.supply):
        afar = values_afar(demand.supply, samples, problem.costs, unmet=problem.lost_order, kept=kept)
    found = []
    for index, units in enumerate(demand.supply):
        steps = value_steps(units, kept[index], problem.lost_buyer, afar[index], most=STEPS)
        if any(steps):
            found.append(StockValue(demand.sku, problem.node_ids[index], units, steps))
    return found
