"""Units that are free, as plans of a batch see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from hub.database.tx import Tx
from hub.inventory.model import StockKey, UnitsByNode
from hub.inventory.model.supply import Claimant, Protection
from hub.inventory.operations import protections
from hub.inventory.policy.protection import NO_FLOORS, floors
from hub.sourcing.model import Demand, Plan

Shelf = Mapping[str, Mapping[str, int]]
"""Units that somebody may have, by SKU and node."""
_NONE: Final[Mapping[str, int]] = {}


class FreeStock(Struct):
    """Units free by SKU and node as read, and what is kept for whom; plans of one batch take from it, so that no unit
    is planned twice. `unclaimed` are the units as read, where anything is kept: no more than these can be kept. `taken`
    is what plans took.
    """

    units: UnitsByNode = field(default_factory=dict)
    protections: Sequence[Protection] = ()
    unclaimed: UnitsByNode = field(default_factory=dict)
    taken: dict[StockKey, int] = field(default_factory=dict)

    @classmethod
    async def read(cls, tx: Tx, skus: Iterable[str]) -> FreeStock:
        """Reads what is free now."""
        units, kept = await protections.free_stock(tx, sorted(set(skus)))
        return cls(units, kept, _copied(units) if kept else {})

    @classmethod
    def of(cls, units: Mapping[StockKey, int], protections: Sequence[Protection] = ()) -> FreeStock:
        """Units that are free by row of stock, as they were read, and what is kept of them."""
        free = cls(protections=protections)
        free.receive(units)
        return free

    def rows(self) -> dict[StockKey, int]:
        """The units by row of stock."""
        return {(sku, node_id): count for sku, nodes in self.units.items() for node_id, count in nodes.items()}

    def free_skus(self) -> list[str]:
        """The SKUs of which units are free at any node, sorted."""
        return sorted(sku for sku, nodes in self.units.items() if any(count > 0 for count in nodes.values()))

    def for_whom(self, claimant: Claimant, skus: Iterable[str], node_id: str) -> dict[str, int]:
        """Units of SKUs at a node that a claimant may have, at least 0."""
        if not self.protections:
            return {sku: max(0, self.units.get(sku, _NONE).get(node_id, 0)) for sku in skus}
        keys = [(sku, node_id) for sku in skus]
        kept = floors(self.protections, keys, claimant)
        return {sku: max(0, self._less(sku, node_id, kept.get((sku, node_id), 0))) for sku in skus}

    def _less(self, sku: str, node_id: str, kept: int) -> int:
        """Units of a row less what is kept of it, which is no more than was read."""
        unclaimed = max(0, self.unclaimed.get(sku, _NONE).get(node_id, 0))
        return self.units.get(sku, _NONE).get(node_id, 0) - min(kept, unclaimed)

    def floors(self, claimant: Claimant, plan: Plan, demands: Sequence[Demand]) -> Mapping[StockKey, int]:
        """Units that the claims of a plan must leave for others, by row."""
        if not self.protections:
            return NO_FLOORS
        skus = {demand.line_number: demand.sku for demand in demands}
        keys = {
            (skus[assignment.line_number], assignment.node_id)
            for assignment in plan.assignments
            if assignment.node_id is not None
        }
        return floors(self.protections, keys, claimant)

    def add(self, units: Mapping[StockKey, int]) -> None:
        """Adds units that are free beside what was read, or takes them away."""
        _add(self.units, units)

    def take(self, plan: Plan, demands: Sequence[Demand]) -> None:
        """Takes what a plan for the demands uses."""
        skus = {demand.line_number: demand.sku for demand in demands}
        for assignment in plan.assignments:
            if assignment.node_id is not None:
                key = (skus[assignment.line_number], assignment.node_id)
                _add(self.units, {key: -assignment.quantity})
                self.taken[key] = self.taken.get(key, 0) + assignment.quantity

    def of_skus(self, skus: Collection[str]) -> FreeStock:
        """The units of some SKUs, apart: what is added and taken there changes nothing here."""
        units, unclaimed = ({sku: rows[sku] for sku in skus if sku in rows} for rows in (self.units, self.unclaimed))
        return FreeStock(_copied(units), self.protections, _copied(unclaimed))

    def receive(self, units: Mapping[StockKey, int]) -> None:
        """Adds units that came: of them, too, some may be kept."""
        self.add(units)
        if self.protections:
            _add(self.unclaimed, units)

    def untouched(self) -> FreeStock:
        """The same with all that plans took from it."""
        whole = FreeStock(_copied(self.units), self.protections, _copied(self.unclaimed))
        whole.add(self.taken)
        return whole

    def shelf(self, claimant: Claimant) -> Shelf:
        """Return the units that a claimant may have, by SKU and node; nodes that have none for it are left out."""
        shelf = {
            sku: {node_id: count for node_id, count in nodes.items() if count > 0} for sku, nodes in self.units.items()
        }
        if self.protections:
            for (sku, node_id), kept in floors(self.protections, self.rows(), claimant).items():
                shelf[sku].pop(node_id, None)
                if (left := self._less(sku, node_id, kept)) > 0:
                    shelf[sku][node_id] = left
        return shelf


def _copied(units: UnitsByNode) -> UnitsByNode:
    return {sku: dict(nodes) for sku, nodes in units.items()}


def _add(rows: UnitsByNode, units: Mapping[StockKey, int]) -> None:
    for (sku, node_id), count in units.items():
        nodes = rows.setdefault(sku, {})
        nodes[node_id] = nodes.get(node_id, 0) + count
