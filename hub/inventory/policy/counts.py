"""Which changes of stock a count contains already, because the goods moved before it was taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hub.inventory.model import StockChange, StockKey
from hub.kernel.instant import Instant


def moved_before(change: StockChange, counted_at: Instant) -> bool:
    """Whether goods moved before a count was taken, or at its very instant."""
    return change.occurred_at is not None and change.occurred_at <= counted_at


def within_count(
    elements: Sequence[Sequence[StockChange]], inside: Collection[StockChange], surplus: Mapping[StockKey, int]
) -> tuple[dict[StockKey, int], list[list[StockChange]]]:
    """The elements with nothing on hand changed by what is `inside` a count, and what is left of the surplus.

    `surplus` are units that were not counted and stand on hand only because orders claim them: what leaves takes from
    them first.
    """
    left = dict(surplus)
    return left, [[_seen(one, left) if one in inside else one for one in element] for element in elements]


def _seen(change: StockChange, left: dict[StockKey, int]) -> StockChange:
    key = (change.sku, change.node_id)
    taken = min(left.get(key, 0), max(0, -change.on_hand))
    if taken:
        left[key] -= taken
    return replace(change, on_hand=-taken)
