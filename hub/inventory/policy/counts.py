"""Which changes of stock a count contains already, because the goods moved before it was taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from hub.inventory.model import StockChange, StockKey
from hub.kernel.instant import Instant

CORRECTION: Final = "SNAPSHOT"
"""Cause of the ledger's rows by which counts correct stock."""


def moved_before(change: StockChange, counted_at: Instant) -> bool:
    """Whether goods moved before a count was taken. At its very instant, what is told after it happened after it."""
    return change.occurred_at is not None and change.occurred_at < counted_at


def ascending(rows: Sequence[tuple[str, str, int, int]]) -> bool:
    """Whether counted rows stand by SKU and node, each key once."""
    last_sku = last_node = ""
    for sku, node_id, _, _ in rows:
        if sku < last_sku or (sku == last_sku and node_id <= last_node):
            return False
        last_sku, last_node = sku, node_id
    return True


def within_count(
    elements: Sequence[Sequence[StockChange]], inside: Collection[StockChange], surplus: Mapping[StockKey, int]
) -> tuple[dict[StockKey, int], list[list[StockChange]]]:
    """The elements with what is `inside` a count taken back at once, and what is left of the surplus.

    So the ledger has the movement and its correction, and nothing on hand is changed. `surplus` are units that were not
    counted and stand on hand only because orders claim them: what leaves takes from them first.
    """
    left = dict(surplus)
    return left, [
        [part for one in element for part in ([one, _back(one, left)] if one in inside else [one])]
        for element in elements
    ]


def _back(change: StockChange, left: dict[StockKey, int]) -> StockChange:
    key = (change.sku, change.node_id)
    taken = min(left.get(key, 0), max(0, -change.on_hand))
    if taken:
        left[key] -= taken
    return StockChange(
        change.sku,
        change.node_id,
        CORRECTION,
        change.cause_id,
        on_hand=-change.on_hand - taken,
        occurred_at=change.occurred_at,
    )
