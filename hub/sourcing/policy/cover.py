"""Finds the smallest, then cheapest set of nodes that covers needs: branch and bound from a greedy start.

Nodes are tried in the order of their ids, so that of sets of one size and one cost the first found is the one whose ids
come first. The work is bounded by a count of steps and never by a clock: the same question has the same answer
everywhere. Who takes which units of a set is decided in `search`.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct


class Option(Struct, frozen=True):
    """A node: useful units of each need (never more than the need), and the cost of using it in minor units."""

    node_id: str
    units: tuple[int, ...]
    cost_minor: int


class Cover(Struct, frozen=True):
    """Positions of the options used, whether no better set exists, and how many steps that took."""

    used: tuple[int, ...]
    proved: bool
    steps: int


def smallest_cover(needs: Sequence[int], options: Sequence[Option], *, node_budget: int) -> Cover:
    """The fewest options that cover all needs together; of these the cheapest; of these the first by ids.

    `options`, sorted by node id, cover the needs when all are used. After `node_budget` steps the best set found by
    then is answered, and not proved.
    """
    greedy = _greedy(needs, options)
    search = _Search(needs, options, len(greedy), node_budget)
    for size in range(1, len(greedy) + 1):
        found = search.of_size(size, at_most=_cost(options, greedy) if size == len(greedy) else None)
        if search.exhausted:
            return Cover(found or greedy, proved=False, steps=node_budget)
        if found is not None:
            return Cover(found, proved=True, steps=search.steps)
    return Cover(greedy, proved=True, steps=search.steps)


class _Search:
    """The tree of sets: at each step an option is taken or left, as long as the rest can still cover the needs."""

    def __init__(self, needs: Sequence[int], options: Sequence[Option], largest: int, node_budget: int) -> None:
        # The sum of all needs stands as one more need: nodes that are each good at something may be bad at all.
        self.needs = (*needs, sum(needs))
        self.options = [
            Option(option.node_id, (*option.units, sum(option.units)), option.cost_minor) for option in options
        ]
        self.steps = 0
        self._budget = node_budget
        self._most, self._least_cost = _bounds(self.options, len(self.needs), largest)
        self._best: tuple[int, ...] | None = None
        self._ceiling: int | None = None

    @property
    def exhausted(self) -> bool:
        """Whether the budget is used up."""
        return self.steps >= self._budget

    def of_size(self, size: int, *, at_most: int | None) -> tuple[int, ...] | None:
        """The cheapest cover of `size` options, first by ids; with `at_most`, of those that cost no more."""
        self._best = None
        self._ceiling = None if at_most is None else at_most + 1
        self._extend((), 0, self.needs, size, 0)
        return self._best

    def _extend(self, used: tuple[int, ...], start: int, missing: tuple[int, ...], left: int, cost: int) -> None:
        """Tries all sets that go on from `used` with `left` options at or after `start`."""
        for position in range(start, len(self.options) - left + 1):
            if self.exhausted or not self._hopeful(position, missing, left, cost):
                return
            self.steps += 1
            option = self.options[position]
            still = tuple(max(0, need - units) for need, units in zip(missing, option.units, strict=True))
            if still == missing:
                continue
            if left > 1:
                self._extend((*used, position), position + 1, still, left - 1, cost + option.cost_minor)
            elif not any(still) and (self._ceiling is None or cost + option.cost_minor < self._ceiling):
                self._best = (*used, position)
                self._ceiling = cost + option.cost_minor

    def _hopeful(self, position: int, missing: tuple[int, ...], left: int, cost: int) -> bool:
        """Whether `left` options at or after `position` may cover what is missing for less than the best so far."""
        if self._ceiling is not None and cost + self._least_cost[position][left] >= self._ceiling:
            return False
        most = self._most[position]
        return all(need <= most[index][left] for index, need in enumerate(missing) if need)


def _bounds(options: Sequence[Option], needs: int, largest: int) -> tuple[list[list[list[int]]], list[list[int]]]:
    """From each position on: the most units of each need that k options have, and the least that k cost.

    k runs from 0 to `largest`.
    """
    most: list[list[list[int]]] = []
    least: list[list[int]] = []
    units: list[list[int]] = [[] for _ in range(needs)]
    costs: list[int] = []
    for option in reversed(options):
        insort(costs, option.cost_minor)
        least.append(list(accumulate(costs[:largest], initial=0)))
        for index, column in enumerate(units):
            insort(column, -option.units[index])
        most.append([list(accumulate((-one for one in column[:largest]), initial=0)) for column in units])
    return most[::-1], least[::-1]


def _greedy(needs: Sequence[int], options: Sequence[Option]) -> tuple[int, ...]:
    """A cover to begin with: always the option that covers most of what is missing; then those not needed are left."""
    missing = list(needs)
    used: list[int] = []
    while any(missing):
        best = max(
            (position for position in range(len(options)) if position not in used),
            key=lambda position: (_gain(missing, options[position]), -options[position].cost_minor, -position),
        )
        used.append(best)
        missing = [max(0, need - units) for need, units in zip(missing, options[best].units, strict=True)]
    for position in sorted(used, key=lambda one: (-options[one].cost_minor, -one)):
        rest = [options[one] for one in used if one != position]
        if all(sum(one.units[index] for one in rest) >= need for index, need in enumerate(needs)):
            used.remove(position)
    return tuple(sorted(used))


def _gain(missing: Sequence[int], option: Option) -> int:
    return sum(min(need, units) for need, units in zip(missing, option.units, strict=True))


def _cost(options: Sequence[Option], used: Sequence[int]) -> int:
    return sum(options[position].cost_minor for position in used)
