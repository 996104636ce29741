"""What a unit is worth where it is, to demand still to come: its opportunity value.

A unit kept at a node finds a buyer there with some chance (the newsvendor's: that as many come as there are units), and
is then worth what a buyer lost costs. Else it is worth a share of what orders from afar make of it. Those are sampled:
for each sample the transport problem says what the last unit of each node saves, and the mean over the samples counts.
A sample knows all its demand from the start, so it makes a little too much of a unit: hence the share.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, sqrt
from typing import Final, Protocol

from hub.sourcing.policy.transport import Transport, solved

AFAR_SHARE: Final = 0.7
"""What counts of the value that samples give a unit."""
MILLIS: Final = 1_000
"""Thousandths in the unit of the costs."""
_LARGE: Final = 500.0
"""Of so many buyers expected and more, Poisson's chances are taken as the normal distribution's."""


class Chance(Protocol):
    """What draws numbers: `random.Random` of a seed, so that values computed again are the same."""

    def expovariate(self, lambd: float) -> float:
        """Return the time until the next arrival, at so many in a time."""

    def gauss(self, mu: float, sigma: float) -> float:
        """Return a number of the normal distribution."""


def drawn(chance: Chance, mean: float) -> int:
    """Return a number of arrivals where so many are expected (Poisson)."""
    if mean > _LARGE:
        return max(0, round(chance.gauss(mean, sqrt(mean))))
    count = 0
    time = chance.expovariate(1.0)
    while time < mean:
        count += 1
        time += chance.expovariate(1.0)
    return count


def values_afar(
    supply: Sequence[int],
    samples: Sequence[Sequence[int]],
    costs: Sequence[Sequence[float]],
    *,
    unmet: float,
    kept: Sequence[Sequence[float]],
) -> list[float]:
    """Return what the last unit at each source saves orders from afar, in the unit of the costs.

    `samples` are units wanted at each sink, drawn for the time to come; `costs[source][sink]` is what a unit sent
    costs, `unmet` what one not sent does; `kept` is as `kept_values` returns it, by source.
    """
    answers = [solved(Transport(supply, sample, costs, unmet, kept)).values for sample in samples]
    return [sum(values) / len(answers) for values in zip(*answers, strict=True)]


def kept_values(units: int, mean: float, lost_buyer: float) -> list[float]:
    """Return what the first unit kept is worth, the second, and so on, where so many buyers are expected (Poisson)."""
    if mean > _LARGE:
        return [lost_buyer * erfc((number - 0.5 - mean) / sqrt(2 * mean)) / 2 for number in range(1, units + 1)]
    chance, at_least, steps = exp(-mean), 1.0, []
    for number in range(1, units + 1):
        at_least = max(0.0, at_least - chance)
        chance *= mean / number
        steps.append(lost_buyer * at_least)
    return steps


def unit_value(kept: float, lost_buyer: float, afar: float) -> float:
    """Return what a unit is worth that, kept, is worth `kept` to the node's own buyers, and `afar` to other orders."""
    missed = 1 - kept / lost_buyer if lost_buyer else 1.0
    return kept + missed * AFAR_SHARE * afar


def value_steps(units: int, kept: Sequence[float], lost_buyer: float, afar: float, *, most: int) -> tuple[int, ...]:
    """Return what the last unit is worth in thousandths, where `units` lie at a node, one fewer, and so on.

    `kept` is as `kept_values` returns it; at most so many steps.
    """
    left = range(units, max(0, units - most), -1)
    return tuple(round(unit_value(kept[one - 1] if kept else 0.0, lost_buyer, afar) * MILLIS) for one in left)
