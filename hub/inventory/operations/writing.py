"""Writes what became of stock: the rows, their ledger, and what changed of what can be promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.database.tx import Tx
from hub.inventory.model import Admission, Stock, StockChange, StockKey
from hub.inventory.policy import claims_of, move_of
from hub.inventory.store import changes as feed
from hub.inventory.store import stock
from hub.kernel.instant import Instant


async def write_stock(tx: Tx, before: Mapping[StockKey, Stock], admission: Admission, *, at: Instant) -> None:
    """Writes an admission over rows that are locked and were as `before`."""
    await stock.save(tx, admission.after.values())
    await stock.record_moves(tx, admission.moves, at=at)
    await feed.note(tx, deltas=_deltas(before, admission.after))


async def claim(tx: Tx, changes: Sequence[StockChange], *, at: Instant) -> None:
    """Claims units that are assumed to be there, when the transaction ends; raises AssumptionBroken where they are not.

    Nothing but claims may be among the changes. Units that reservations hold beyond their time are not there.
    """
    if not changes:
        return
    claims = claims_of(changes)
    await stock.claim(tx, claims, list(map(move_of, changes)), at=at)
    await feed.note(tx, deltas=[(sku, node_id, -units) for (sku, node_id), (units, _) in claims.items()])


def _deltas(before: Mapping[StockKey, Stock], after: Mapping[StockKey, Stock]) -> list[tuple[str, str, int]]:
    """What was added to what can be promised, where anything was."""
    changed = [(key, row.spare - (before[key].spare if key in before else 0)) for key, row in after.items()]
    return [(*key, units) for key, units in changed if units]
