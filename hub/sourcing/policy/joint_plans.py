"""The best plans of single orders at prices of stock, for many orders at once.

Orders of as many units are laid side by side in arrays. A parcel carries a set of an order's units; for each set the
cheapest node is found, and of all ways to divide the units among parcels the cheapest. Sets are numbers whose bits are
units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

BARRED = 1e9
"""The cost of a unit from a node that has too few."""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Shares = tuple[tuple[int, int], ...]
"""Where each unit of an order comes from: (SKU, node), sorted; the node behind the last is nobody."""


class JointOrder(Struct, frozen=True):
    """An order of a batch: the SKU of each unit wanted, by number; what a parcel, and a unit in it, costs by node."""

    units: tuple[int, ...]
    parcels: tuple[int, ...]
    unit_costs: tuple[int, ...]

    def cost(self, shares: Shares, unmet: int) -> int:
        """Return what a plan costs; a unit from nobody costs `unmet`."""
        nobody = len(self.parcels)
        nodes = {node for _, node in shares} - {nobody}
        units = sum(unmet if node == nobody else self.unit_costs[node] for _, node in shares)
        return units + sum(self.parcels[node] for node in nodes)


class AlikeOrders:
    """Orders of as many units, by their numbers in the batch."""

    def __init__(self, numbers: Sequence[int], orders: Sequence[JointOrder], unmet: int) -> None:
        self.numbers = list(numbers)
        self._skus: Whole = np.array([order.units for order in orders], dtype=np.int64)
        self._parcels: Floats = np.array([[*order.parcels, 0] for order in orders], dtype=float)
        self._units: Floats = np.array([[*order.unit_costs, unmet] for order in orders], dtype=float)
        alike = self._skus[:, :, None] == self._skus[:, None, :]
        self._same: Whole = (alike * (1 << np.arange(self._skus.shape[1]))).sum(axis=2)

    def priced(self, prices: Floats, stock: Whole) -> PricedOrders:
        """Return what parcels cost where a unit costs its price, by (SKU, node), on top."""
        count = self._skus.shape[1]
        nobody = self._units.shape[1] - 1
        parcels = np.empty((1 << count, *self._units.shape))
        parcels[0] = self._parcels
        for units in range(1, 1 << count):
            last = units.bit_length() - 1
            skus = self._skus[:, last]
            parcels[units] = parcels[units ^ (1 << last)] + self._units
            of_sku = np.bitwise_count(self._same[:, last] & units)
            short = stock[skus] < of_sku[:, None]
            parcels[units][:, :nobody] += prices[skus] + np.where(short, BARRED, 0.0)
        return PricedOrders(self.numbers, self._skus, parcels)


class PricedOrders:
    """What each parcel of each order costs from its cheapest node, and each set of units in its cheapest parcels."""

    def __init__(self, numbers: Sequence[int], skus: Whole, parcels: Floats) -> None:
        """`parcels` are costs by set of units, order and node."""
        self.numbers, self._skus, self._parcels = numbers, skus, parcels
        self._cheapest: Floats = parcels.min(axis=2)
        self._least: Floats = np.full(self._cheapest.shape, np.inf)
        self._least[0] = 0.0
        self._first: Whole = np.zeros(self._cheapest.shape, dtype=np.int64)
        for units in range(1, len(parcels)):
            for parcel in _parcels_of(units):
                cost = self._cheapest[parcel] + self._least[units ^ parcel]
                better = cost < self._least[units]
                self._least[units][better] = cost[better]
                self._first[units][better] = parcel

    def least(self) -> Floats:
        """Return what no plan of each order is below: its cheapest, two parcels of one node allowed."""
        costs: Floats = self._least[-1]
        return costs

    def plans(self) -> list[Shares]:
        """Return the cheapest plan of each order."""
        plans = []
        for row in range(len(self.numbers)):
            shares: list[tuple[int, int]] = []
            left = len(self._parcels) - 1
            while left:
                parcel = int(self._first[left, row])
                shares += self._shares(row, parcel, int(self._parcels[parcel, row].argmin()))
                left ^= parcel
            plans.append(tuple(sorted(shares)))
        return plans

    def near(self, row: int, room: float) -> set[Shares]:
        """Return the plans of the order in a row that cost at most so much more than `least` says."""
        plans: set[Shares] = set()
        self._extend(row, len(self._parcels) - 1, self._least[-1, row] + room, (), plans)
        return plans

    def _extend(self, row: int, left: int, budget: float, shares: Shares, plans: set[Shares]) -> None:
        if not left:
            plans.add(tuple(sorted(shares)))
            return
        for parcel in _parcels_of(left):
            rest = self._least[left ^ parcel, row]
            for node in np.flatnonzero(self._parcels[parcel, row] <= budget - rest):
                if node in {used for _, used in shares}:
                    continue
                cost = self._parcels[parcel, row, node]
                more = (*shares, *self._shares(row, parcel, int(node)))
                self._extend(row, left ^ parcel, budget - cost, more, plans)

    def _shares(self, row: int, parcel: int, node: int) -> list[tuple[int, int]]:
        return [(int(sku), node) for bit, sku in enumerate(self._skus[row]) if parcel >> bit & 1]


def _parcels_of(units: int) -> Iterator[int]:
    """All sets within a set of units that have its first: each way to divide the units begins with one."""
    first = units & -units
    parcel = units
    while parcel:
        if parcel & first:
            yield parcel
        parcel = (parcel - 1) & units
