"""Sources many orders together from the stock they share: near the least cost, with a proven bound.

Each order takes one of its plans. First prices of stock are found at which orders, each for itself, want as much as
there is: by the linear program over plans, to which plans are added that are cheaper at its prices (column generation).
At any prices the cheapest plans, less the worth of the stock, cost no more than the plans of any solution: the best
such bound is what the result is measured by. Then the orders that take one plan in the program keep it, the others
choose in a whole program, and groups of orders choose anew, each with all the stock it holds, in as many rounds as are
asked for.

The work is bounded by counts of rounds and of nodes of search trees, never by a clock, and chance is handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Protocol

import numpy as np
from msgspec import Struct

from hub.sourcing.policy.joint_plans import AlikeOrders, Floats, JointOrder, PricedOrders, Shares, Whole
from hub.sourcing.policy.joint_program import Column, chosen, mixed

MOST_UNITS: Final = 8
"""Units of an order that can be sourced together with others: the sets of its units are enumerated."""
PRICING_ROUNDS: Final = 60
"""Rounds in which prices follow what orders want, before the first program."""
PROGRAM_ROUNDS: Final = 30
"""Programs solved at most until no plan is missing."""
GROUP: Final = 600
"""Orders that choose anew together."""
NODE_BUDGET: Final = 100
"""Nodes of a search tree for a group."""
_CLOSE: Final = 1e-6
"""A bound as near to the program's cost as this share is not improved."""
_STILL: Final = 1e-6
"""A bound that rises by no more than this share has not risen."""
_PATIENCE: Final = 5
"""Rounds without a better bound after which the stride is halved."""
_FIRST_AIM: Final = 1.08
_NEXT_AIM: Final = 1.002
"""What the cost is taken to be, as a share of the bound: at first, and later at least."""
_LEAST_CHANCE: Final = 0.3
_HOLDERS: Final = 4
"""Orders that join a group at most, of those that hold what one of it wants."""
_ROOM: Final = 0.2
"""Plans are tried that cost more than an order's cheapest by at most this share of its mean cost."""


class Chance(Protocol):
    """What draws numbers: `random.Random` of a seed, so that a batch sourced again has the same plans."""

    def uniform(self, a: float, b: float) -> float:
        """Return a number between two."""

    def sample(self, population: Sequence[int], k: int) -> list[int]:
        """Return so many of a population, each once."""


class Batch(Struct, frozen=True):
    """Orders to source together. `stock[sku][node]` are units; a unit that nobody ships costs `unmet`.

    So that no unit is refused that is there, `unmet` is above all that shipping units can cost.
    """

    orders: Sequence[JointOrder]
    stock: Sequence[Sequence[int]]
    unmet: int


class Joint(Struct, frozen=True):
    """A plan for each order of a batch, what they cost, and a cost that no plan of the batch is below."""

    plans: tuple[Shares, ...]
    cost: int
    bound: float

    @property
    def gap(self) -> float:
        """How much less another plan of the batch may cost at most, as a share of the bound."""
        return max(0.0, self.cost - self.bound) / self.bound if self.bound > 0 else 0.0


def sourced_together(batch: Batch, *, rounds: int, chance: Chance) -> Joint:
    """Return a plan for each order of a batch; groups of orders, by `chance`, choose anew so many rounds.

    Raises ValueError for an order of more than MOST_UNITS units.
    """
    if any(len(order.units) > MOST_UNITS for order in batch.orders):
        raise ValueError(f"an order of more than {MOST_UNITS} units is not sourced together with others")
    if not batch.orders:
        return Joint((), 0, 0.0)
    search = _Search(batch, chance)
    search.find_prices()
    whole = search.solve_program()
    search.take(whole)
    search.choose_anew(set(range(len(batch.orders))) - whole.keys())
    for _ in range(rounds):
        search.choose_anew(search.group())
    search.ship_what_is_free()
    return Joint(tuple(search.plans), search.cost(range(len(batch.orders))), search.bound)


class _Search:
    """A batch on its way to a plan for each order; at first nobody ships anything."""

    def __init__(self, batch: Batch, chance: Chance) -> None:
        self.bound = 0.0
        self._batch, self._chance = batch, chance
        self._free: Whole = np.array(batch.stock, dtype=np.int64)
        self._prices: Floats = np.zeros(self._free.shape)
        self._nobody = self._free.shape[1]
        self._alike = self._alike_of(range(len(batch.orders)))
        self.plans: list[Shares] = [tuple((sku, self._nobody) for sku in sorted(order.units)) for order in batch.orders]
        self._wanted = list(self.plans)
        self._least: Floats = np.zeros(len(batch.orders))
        self._pool: dict[tuple[int, Shares], int] = {}
        self._add(self.plans)

    def cost(self, orders: Iterable[int]) -> int:
        """Return what the plans of orders cost."""
        return sum(self._batch.orders[order].cost(self.plans[order], self._batch.unmet) for order in orders)

    def take(self, plans: Mapping[int, Shares]) -> None:
        """Gives orders the stock of their plans, and has them give back what they had."""
        self._move([self.plans[order] for order in plans], 1)
        for order, shares in plans.items():
            self.plans[order] = shares
        self._move(plans.values(), -1)

    def find_prices(self) -> None:
        """Has prices follow what orders want, in ever smaller steps, and keeps the plans that are wanted on the way."""
        prices, stride, since, aim = self._prices, 1.0, 0, 0.0
        for _ in range(PRICING_ROUNDS):
            best = self.bound
            bound, plans = self._bound_at(prices)
            self._add(plans)
            since = 0 if bound > best * (1 + _STILL) else since + 1
            if since >= _PATIENCE:
                prices, stride, since = self._prices, stride / 2, 0
            aim = max(aim or bound * _FIRST_AIM, self.bound * _NEXT_AIM)
            excess = -self._free.astype(float)
            for sku, node in (share for shares in plans for share in shares if share[1] != self._nobody):
                excess[sku, node] += 1
            excess[(prices <= 0) & (excess < 0)] = 0.0
            prices = np.maximum(0.0, prices + stride * (aim - bound) / max(1.0, (excess**2).sum()) * excess)

    def solve_program(self) -> dict[int, Shares]:
        """Return the plans that orders take whole in the linear program, once no plan is missing in it."""
        whole: dict[int, Shares] = {}
        for _ in range(PROGRAM_ROUNDS):
            columns = [Column(order, shares, cost) for (order, shares), cost in self._pool.items()]
            mixture = mixed(columns, self._free)
            whole = mixture.whole(columns)
            known = len(self._pool)
            before = self._prices
            self._add(self._bound_at(mixture.prices)[1])
            self._add(self._bound_at((mixture.prices + before) / 2)[1])
            if len(self._pool) == known or mixture.cost - self.bound < _CLOSE * mixture.cost:
                break
        return whole

    def choose_anew(self, orders: Collection[int]) -> None:
        """Has orders choose together from what is free and what they hold; the better plans are taken."""
        self._move([self.plans[order] for order in orders], 1)
        pool = {(order, self.plans[order]): self.cost([order]) for order in orders}
        pool |= {one: cost for one, cost in self._pool.items() if one[0] in orders and self._fits(one[1])}
        for alike in self._alike_of(orders):
            self._add_near(pool, alike.priced(self._prices, self._free))
        columns = [Column(order, shares, cost) for (order, shares), cost in pool.items()]
        plans = chosen(columns, self._free, node_budget=NODE_BUDGET)
        self._move([self.plans[order] for order in orders], -1)
        if len(plans) == len(orders) and sum(pool[one] for one in plans.items()) < self.cost(orders):
            self.take(plans)

    def ship_what_is_free(self) -> None:
        """Gives units that nobody ships the cheapest node that has one."""
        for order, shares in enumerate(self.plans):
            for sku, node in shares:
                if node == self._nobody and (nodes := np.flatnonzero(self._free[sku])).size:
                    left = list(self.plans[order])
                    left.remove((sku, node))
                    plans = [tuple(sorted([*left, (sku, int(one))])) for one in nodes]
                    costs = [self._batch.orders[order].cost(plan, self._batch.unmet) for plan in plans]
                    self.take({order: plans[costs.index(min(costs))]})

    def group(self) -> set[int]:
        """Return orders to choose anew: those that lose most at the prices, who holds what they want, and others."""
        losses = {order: self._loss(order) for order in range(len(self.plans))}
        weighed = {order: loss * self._chance.uniform(_LEAST_CHANCE, 1.0) for order, loss in losses.items()}
        holders: dict[tuple[int, int], list[int]] = {}
        for order, shares in enumerate(self.plans):
            for share in shares:
                holders.setdefault(share, []).append(order)
        group: set[int] = set()
        for order in sorted(weighed, key=lambda one: -weighed[one]):
            if losses[order] < 1 or len(group) >= GROUP // 2:
                break
            group.add(order)
            for share in set(self._wanted[order]) - set(self.plans[order]):
                held = holders.get(share, [])
                group.update(self._chance.sample(held, min(len(held), _HOLDERS)))
        others = sorted(set(range(len(self.plans))) - group)
        return group | set(self._chance.sample(others, min(len(others), max(0, GROUP - len(group)))))

    def _alike_of(self, orders: Iterable[int]) -> list[AlikeOrders]:
        """Return orders side by side with those of as many units."""
        known = self._batch.orders
        by_size: dict[int, list[int]] = {}
        for number in orders:
            by_size.setdefault(len(known[number].units), []).append(number)
        return [
            AlikeOrders(numbers, [known[one] for one in numbers], self._batch.unmet)
            for _, numbers in sorted(by_size.items())
        ]

    def _loss(self, order: int) -> float:
        """What an order costs at the prices more than its cheapest plan there."""
        shares = self.plans[order]
        worth = sum(self._prices[share] for share in shares if share[1] != self._nobody)
        return float(self.cost([order]) + worth - self._least[order])

    def _bound_at(self, prices: Floats) -> tuple[float, list[Shares]]:
        """Return what no plan of the batch is below, by prices, and the plans that are cheapest at them."""
        least, plans = np.zeros(len(self.plans)), list(self.plans)
        for alike in self._alike:
            priced = alike.priced(prices, self._free)
            least[alike.numbers] = priced.least()
            for number, shares in zip(alike.numbers, priced.plans(), strict=True):
                plans[number] = shares
        bound = float(least.sum() - (prices * self._free).sum())
        if bound > self.bound:
            self.bound, self._prices, self._least, self._wanted = bound, prices, least, plans
        return bound, plans

    def _add(self, plans: Sequence[Shares]) -> None:
        for order, shares in enumerate(plans):
            if (order, shares) not in self._pool:
                self._pool[order, shares] = self._batch.orders[order].cost(shares, self._batch.unmet)

    def _add_near(self, pool: dict[tuple[int, Shares], int], priced: PricedOrders) -> None:
        for row, order in enumerate(priced.numbers):
            for shares in priced.near(row, _ROOM * self.bound / len(self.plans)):
                pool[order, shares] = self._batch.orders[order].cost(shares, self._batch.unmet)

    def _fits(self, shares: Shares) -> bool:
        return all(
            node == self._nobody or self._free[sku, node] >= shares.count((sku, node)) for sku, node in set(shares)
        )

    def _move(self, plans: Iterable[Shares], sign: int) -> None:
        for sku, node in (share for shares in plans for share in shares):
            if node != self._nobody:
                self._free[sku, node] += sign
