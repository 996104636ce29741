"""Finds the plan of least cost: branch and bound over the nodes used, from a greedy start.

A node used costs a fixed amount, and each unit from it costs an amount of its own. For a set of nodes the best shares
are plain: each SKU comes from its cheapest nodes first. So the search decides only which nodes are used. Its lower
bound puts a price on a unit of each SKU (Lagrangian relaxation of the demand): a node is then worth its fixed cost less
what its units save against the prices. A node that cannot be in a better plan by that measure is dropped, one that must
be is kept, and the rest is tried. All amounts are whole numbers, and the work is bounded by a count of steps and never
by a clock: the same question has the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

ROOT_ROUNDS: Final = 120
"""Rounds in which the first prices are improved."""
BRANCH_ROUNDS: Final = 12
"""Rounds in which the prices are improved after each decision."""
_WIDEST: Final = 32
"""The first stride along a price, in sixteenths of what would close the gap."""
_PATIENCE: Final = 4
"""Rounds without a better bound after which the stride is halved."""


class Source(Struct, frozen=True):
    """A node: useful units of each need (never more than the need), the cost of using it, and that of a unit of each.

    Costs are whole numbers of one unit of account.
    """

    node_id: str
    units: tuple[int, ...]
    fixed: int
    unit_costs: tuple[int, ...]


class Solution(Struct, frozen=True):
    """Positions of the sources used, what they cost, a cost that no plan is below, and the steps that took."""

    used: tuple[int, ...]
    cost: int
    bound: int
    steps: int

    @property
    def proved(self) -> bool:
        """Whether no plan is cheaper."""
        return self.bound >= self.cost


def least_cost(
    needs: Sequence[int], sources: Sequence[Source], *, limit: int, step_budget: int, given: tuple[int, ...] = ()
) -> Solution:
    """Return the cheapest sources, at most `limit` of them and `given` among them, that cover all needs.

    `sources` cover the needs, and those `given` do where the limit is less than the number of sources. A step is one
    look at all sources that are still in question; after `step_budget` of them the best plan found by then is returned
    with the bound reached.
    """
    return _Search(needs, sources, limit, step_budget).run(given)


def cost_of(needs: Sequence[int], sources: Sequence[Source], used: Sequence[int]) -> int | None:
    """Return what the needs cost from the sources used; None where these do not cover them."""
    cost = sum(sources[position].fixed for position in used)
    for index, need in enumerate(needs):
        missing = need
        for unit_cost, units in sorted((sources[one].unit_costs[index], sources[one].units[index]) for one in used):
            share = min(missing, units)
            cost += share * unit_cost
            missing -= share
        if missing:
            return None
    return cost


class _Search:
    """The tree of decisions: at each step a source is used, left, or still in question."""

    def __init__(self, needs: Sequence[int], sources: Sequence[Source], limit: int, step_budget: int) -> None:
        self._needs = needs
        self._sources = sources
        self._limit = limit
        self._budget = step_budget
        self._indexes = range(len(needs))
        self._steps = 0
        self._best: tuple[int, ...] = ()
        self._cost = 0
        self._open: int | None = None

    def run(self, given: tuple[int, ...]) -> Solution:
        """Search all of it, or as much as the budget allows."""
        self._best = greedy(self._needs, self._sources, self._limit, given)
        self._cost = cost_of(self._needs, self._sources, self._best) or 0
        rest = tuple(position for position in range(len(self._sources)) if position not in given)
        if len(self._best) > 1 or self._floor(2) < self._cost:
            self._explore(given, rest, self._first_prices(), self._floor(1), ROOT_ROUNDS)
        bound = self._cost if self._open is None else min(self._open, self._cost)
        return Solution(self._best, self._cost, bound, self._steps)

    def _floor(self, size: int) -> int:
        """What no plan of `size` sources or more is below: the cheapest to use, and the cheapest for each unit."""
        fixed = sorted([source.fixed for source in self._sources])
        return sum(fixed[:size]) + sum(
            need * min([source.unit_costs[index] for source in self._sources if source.units[index]])
            for index, need in enumerate(self._needs)
            if need
        )

    def _first_prices(self) -> list[int]:
        """Prices to begin with: what a unit costs in the plan found first."""
        share = sum(self._sources[position].fixed for position in self._best) // max(1, sum(self._needs))
        return [
            share + max(self._sources[one].unit_costs[index] for one in self._best if self._sources[one].units[index])
            if self._needs[index]
            else 0
            for index in self._indexes
        ]

    def _explore(
        self, used: tuple[int, ...], free: tuple[int, ...], prices: list[int], floor: int, rounds: int
    ) -> None:
        """Try all plans that use `used` and some of `free`; none of them costs less than `floor`."""
        if self._steps >= self._budget:
            self._open = floor if self._open is None else min(self._open, floor)
            return
        if not self._may_cover(used, free):
            return
        bound, prices, worth = self._priced(used, free, prices, rounds)
        if bound >= self._cost:
            return
        used, free = self._settled(used, free, bound, worth)
        self._offer((*used, *(position for position in free if worth[position] < 0)))
        if not free or len(used) == self._limit:
            self._offer(used)
            return
        chosen = min(free, key=lambda position: (worth[position], position))
        rest = tuple(position for position in free if position != chosen)
        self._explore((*used, chosen), rest, prices, bound, BRANCH_ROUNDS)
        self._explore(used, rest, prices, bound, BRANCH_ROUNDS)

    def _may_cover(self, used: tuple[int, ...], free: tuple[int, ...]) -> bool:
        left = self._limit - len(used)
        for index in self._indexes:
            need = self._needs[index] - sum([self._sources[one].units[index] for one in used])
            if need > 0:
                most = sorted([self._sources[one].units[index] for one in free], reverse=True)[:left]
                if sum(most) < need:
                    return False
        return True

    def _settled(
        self, used: tuple[int, ...], free: tuple[int, ...], bound: int, worth: dict[int, int]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Take the sources that every better plan uses, and drop those that none does."""
        room = self._cost - bound
        certain: tuple[int, ...] = ()
        if len(used) + len(free) <= self._limit:
            certain = tuple(position for position in free if -worth[position] >= room)
        kept = tuple(position for position in free if worth[position] < room and position not in certain)
        return (*used, *certain), kept

    def _priced(
        self, used: tuple[int, ...], free: tuple[int, ...], prices: list[int], rounds: int
    ) -> tuple[int, list[int], dict[int, int]]:
        """Return the best bound found in so many rounds, its prices, and each free source's cost less its worth."""
        best: tuple[int, list[int], dict[int, int]] | None = None
        stride, waited = _WIDEST, 0
        for _ in range(rounds):
            self._steps += 1
            bound, worth, slopes = self._bound(used, free, prices)
            if best is None or bound > best[0]:
                best, waited = (bound, prices, worth), 0
            else:
                waited += 1
            if waited == _PATIENCE:
                stride, waited = stride // 2, 0
                prices = best[1]
            steepness = sum([slope * slope for slope in slopes])
            if best[0] >= self._cost or not steepness or not stride:
                break
            reach = stride * (self._cost - bound)
            prices = [price + reach * slope // (16 * steepness) for price, slope in zip(prices, slopes, strict=True)]
        return best or (0, prices, {})

    def _bound(
        self, used: tuple[int, ...], free: tuple[int, ...], prices: list[int]
    ) -> tuple[int, dict[int, int], list[int]]:
        """Return what no plan is below at these prices, each free source's worth, and units short by need."""
        bound = sum([price * need for price, need in zip(prices, self._needs, strict=True)])
        worth = {position: self._worth(position, prices) for position in free}
        gainful = sorted([(value, position) for position, value in worth.items() if value < 0])
        chosen = [position for _, position in gainful[: self._limit - len(used)]]
        bound += sum([self._worth(position, prices) for position in used]) + sum([worth[one] for one in chosen])
        short = list(self._needs)
        for position in (*used, *chosen):
            source = self._sources[position]
            for index in self._indexes:
                if source.unit_costs[index] < prices[index]:
                    short[index] -= source.units[index]
        return bound, worth, short

    def _worth(self, position: int, prices: list[int]) -> int:
        source = self._sources[position]
        value = source.fixed
        for units, unit_cost, price in zip(source.units, source.unit_costs, prices, strict=True):
            if units and unit_cost < price:
                value -= units * (price - unit_cost)
        return value

    def _offer(self, used: tuple[int, ...]) -> None:
        """Keep a plan where it is the cheapest so far."""
        used = tuple(sorted(used))
        cost = cost_of(self._needs, self._sources, used) if len(used) <= self._limit else None
        if cost is not None and cost < self._cost:
            self._best, self._cost = used, cost


def greedy(needs: Sequence[int], sources: Sequence[Source], limit: int, given: tuple[int, ...]) -> tuple[int, ...]:
    """Return a plan to begin with: the cheapest source that covers all, or source by source what covers a unit for
    least, less those that turn out to be dear.
    """
    used = _gathered(needs, sources, limit, given)
    alone = [(*given, position) for position in range(len(sources)) if position not in given and len(given) < limit]
    plans = [used, *(_dropped(needs, sources, used, position) for position in used if position not in given), *alone]
    costs = [(cost, plan) for plan in plans if (cost := cost_of(needs, sources, plan)) is not None]
    return tuple(sorted(min(costs)[1]))


def _gathered(needs: Sequence[int], sources: Sequence[Source], limit: int, given: tuple[int, ...]) -> tuple[int, ...]:
    missing = list(needs)
    used = list(given)
    free = [position for position in range(len(sources)) if position not in given]
    while any(missing) and free and len(used) < limit:
        best = min(free, key=lambda position: (*_dearness(missing, sources[position]), position))
        free.remove(best)
        used.append(best)
        missing = [max(0, need - units) for need, units in zip(missing, sources[best].units, strict=True)]
    return tuple(used)


def _dearness(missing: Sequence[int], source: Source) -> tuple[int, int]:
    """Return whether a source covers nothing of what is missing, and thousandths of what a unit covered by it costs."""
    shares = [min(need, units) for need, units in zip(missing, source.units, strict=True)]
    cost = source.fixed + sum([share * unit for share, unit in zip(shares, source.unit_costs, strict=True)])
    covered = sum(shares)
    return (0, 1000 * cost // covered) if covered else (1, 0)


def _dropped(needs: Sequence[int], sources: Sequence[Source], used: tuple[int, ...], position: int) -> tuple[int, ...]:
    rest = tuple(one for one in used if one != position)
    return rest if cost_of(needs, sources, rest) is not None else used
