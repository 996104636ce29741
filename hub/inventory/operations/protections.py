"""What flows do with units that are kept: for a channel or a demand class, and back from everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.database.tx import Tx
from hub.inventory.model import Stock, StockMove
from hub.inventory.model.supply import ProtectionChange, SafetyChange
from hub.inventory.store import changes as feed
from hub.inventory.store import protections as store
from hub.inventory.store import stock
from hub.inventory.store.protections import everything, free_stock, of_skus, page
from hub.kernel.instant import Instant

SAFETY: Final = "SAFETY"
"""Cause of ledger rows that safety stock leaves."""

__all__ = ["SAFETY", "everything", "free_stock", "of_skus", "page", "put", "set_safety"]


async def put(tx: Tx, changes: Sequence[ProtectionChange], *, at: Instant) -> None:
    """Puts protections in force, the last of equals wins; whoever keeps levels in memory reads them anew."""
    if changed := await store.put(tx, changes, at=at):
        touched = [(one.sku, one.node_id, 0) for one in changed if one.sku]
        recounted = sorted({one.node_id for one in changed if not one.sku})
        await feed.note(tx, deltas=touched, recounted=recounted, renewed=True)


async def set_safety(tx: Tx, changes: Sequence[SafetyChange], *, at: Instant) -> list[SafetyChange]:
    """Sets units kept back from everybody, the last of equals wins, each change with a row in the ledger.

    Answers the changes that made a difference.
    """
    wanted = {(change.sku, change.node_id): change for change in changes}
    await stock.ensure(tx, [key for key, one in wanted.items() if one.units])
    rows = await stock.lock(tx, wanted)
    found = {key: rows.get(key) or Stock(*key) for key in wanted}
    differing = [one for key, one in sorted(wanted.items()) if one.units != found[key].safety]
    moves = [
        StockMove(
            one.sku,
            one.node_id,
            0,
            0,
            0,
            SAFETY,
            one.change_id,
            safety=one.units - found[one.sku, one.node_id].safety,
        )
        for one in differing
    ]
    await store.save_safety(tx, differing)
    await stock.record_moves(tx, moves, at=at)
    await feed.note(tx, deltas=[(move.sku, move.node_id, -move.safety) for move in moves])
    return differing
