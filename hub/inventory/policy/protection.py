"""How many units are kept from somebody who claims stock: a floor that stays at the node whatever they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hub.inventory.model import StockKey
from hub.inventory.model.supply import Claimant, Protection

NO_FLOORS: Final[Mapping[StockKey, int]] = {}
"""Nothing is kept."""


def held_for(protection: Protection, claimant: Claimant) -> bool:
    """Whether units are kept for this claimant."""
    return protection.channel_id in {"", claimant.channel_id} and protection.demand_class in {"", claimant.demand_class}


def floor(protections: Iterable[Protection], sku: str, node_id: str, claimant: Claimant) -> int:
    """Units of a SKU at a node kept for others than the claimant: the sum over all holders that they are not.

    What a holder keeps of every SKU gives way to what it keeps of this one.
    """
    kept: dict[tuple[str, str], Protection] = {}
    for protection in protections:
        if protection.node_id == node_id and protection.sku in {"", sku} and not held_for(protection, claimant):
            holder = (protection.channel_id, protection.demand_class)
            if protection.sku or holder not in kept:
                kept[holder] = protection
    return sum(one.units for one in kept.values())


def floors(protections: Sequence[Protection], keys: Iterable[StockKey], claimant: Claimant) -> Mapping[StockKey, int]:
    """The floors of stock rows for a claimant; rows of which nothing is kept are left out."""
    by_row: dict[StockKey, list[Protection]] = {}
    for protection in protections:
        by_row.setdefault((protection.sku, protection.node_id), []).append(protection)
    found = {
        (sku, node_id): floor([*by_row.get((sku, node_id), ()), *by_row.get(("", node_id), ())], sku, node_id, claimant)
        for sku, node_id in keys
    }
    return {key: units for key, units in found.items() if units}
