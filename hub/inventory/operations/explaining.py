"""Why the stock of a SKU at a node is what it is, now or as of any past instant."""

from __future__ import annotations

from itertools import accumulate

from hub.database.tx import Tx
from hub.inventory.model.explanation import Explained, Figures
from hub.inventory.model.supply import Claimant
from hub.inventory.policy.protection import floor
from hub.inventory.store import ledger, protections
from hub.inventory.store.ledger import Position
from hub.kernel.instant import Instant

__all__ = ["Position", "explain"]


async def explain(
    tx: Tx, sku: str, node_id: str, at: Instant, claimant: Claimant, *, behind: Position | None, size: int
) -> Explained:
    """The figures as of an instant, for who asks, and `size` rows of the ledger from behind a row, newest first.

    To be called in a transaction that sees one instant, so that figures and rows are of the same ledger.
    """
    figures, count = await ledger.sums(tx, sku, node_id, at)
    found = await ledger.rows(tx, sku, node_id, at, behind=behind, size=size + 1)
    rows = found[:size]
    before = Figures()
    if rows:
        oldest = rows[-1]
        before, _ = await ledger.sums(tx, sku, node_id, at, behind=(oldest.at, oldest.number))
    oldest_first = rows[::-1]
    after = list(accumulate((row.delta for row in oldest_first), initial=before))[1:]
    kept = floor(await protections.as_of(tx, sku, node_id, at), sku, node_id, claimant)
    conditioned = await ledger.conditioned(tx, sku, node_id, at)
    balanced = tuple(zip(oldest_first, after, strict=True))[::-1]
    return Explained(at, figures, kept, tuple(conditioned), count, balanced, len(found) > size)
