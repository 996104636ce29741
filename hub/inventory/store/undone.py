"""Counts that are undone: what stock is off by because of one, and the count before it put in force again.

A count changed stock by its corrections. While it was in force it also kept goods off the shelf that moved before it
and were told after it: each such movement stands in the ledger beside the correction that took it back. Both are
negated; a movement that the count before it contains as well stays taken back. `snapshots.apply` writes the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.database.arrays import texts
from hub.database.tx import Row, Tx
from hub.inventory.model import Count
from hub.inventory.store.snapshots import APPLYING, CAUSE, CHANGING, NEW_ROWS

_OFF: Final = f"""
CREATE TEMP TABLE count_off ON COMMIT DROP AS
WITH corrected AS (
    SELECT sku, part.node_id, part.units, part.kept, move_id FROM stock_correction
    CROSS JOIN unnest(node_ids, on_hand_deltas, safety_deltas) AS part (node_id, units, kept)
    WHERE cause_id = %(id)s AND at = %(applied_at)s
), told AS (
    SELECT move.sku, move.node_id, move.on_hand_delta AS units FROM stock_move AS move
    WHERE move.cause = '{CAUSE}' AND move.node_id = ANY(%(nodes)s) AND move.at >= %(applied_at)s
        AND coalesce(move.occurred_at, move.at) >= coalesce(
            (SELECT max(counted_at) FROM snapshot_mark AS mark WHERE mark.node_id = move.node_id), '-infinity')
), back AS (
    SELECT sku, node_id, -sum(units)::bigint AS delta, -sum(kept)::bigint AS kept FROM (
        SELECT sku, node_id, units, CASE WHEN EXISTS (
            SELECT FROM stock_move AS later WHERE later.sku = corrected.sku AND later.node_id = corrected.node_id
                AND later.move_id > corrected.move_id AND later.safety_delta <> 0
        ) THEN 0 ELSE kept END AS kept FROM corrected
        UNION ALL SELECT sku, node_id, units, 0 FROM told
    ) AS part GROUP BY sku, node_id
)
SELECT stock.ctid AS place, sku, node_id, delta, back.kept,
    stock.on_hand + delta < stock.reserved + stock.allocated AS short
FROM back JOIN stock USING (sku, node_id) WHERE delta <> 0 OR back.kept <> 0
"""
"""What was kept back by hand after the count stays: that figure was stated as a whole, not added to."""
_NONE_NEW: Final = (
    f"CREATE TEMP TABLE {NEW_ROWS} ON COMMIT DROP AS SELECT sku, node_id, delta, kept FROM count_off LIMIT 0"
)

_LATER: Final = """
SELECT cause_id, node_id, counted_at FROM stock_count
WHERE node_id = ANY(%(nodes)s) AND cause_id <> %(id)s AND (counted_at, applied_at) >= (%(counted_at)s, %(applied_at)s)
ORDER BY counted_at DESC, applied_at DESC, node_id LIMIT 1
"""
_MARK: Final = """
INSERT INTO snapshot_mark (source, node_id, counted_at)
SELECT source, node_id, max(counted_at) FROM stock_count
WHERE source = %(source)s AND node_id = ANY(%(nodes)s) GROUP BY source, node_id
"""


async def begin(tx: Tx, node_ids: Sequence[str]) -> None:
    """Waits for those who change stock of nodes or count them, and keeps them waiting to the end of the transaction.

    So nobody tells movements meanwhile as if the count were in force.
    """
    for lock_class in (CHANGING, APPLYING):
        await tx.fetch(
            "SELECT pg_advisory_xact_lock(%(class)s, hashtext(node)) FROM unnest(%(nodes)s) AS node",
            {"class": lock_class, "nodes": texts(sorted(node_ids))},
        )


async def later(tx: Tx, count: Count) -> Row | None:
    """The last count (cause_id, node_id, counted_at) that was applied to a node of this one after it, if any."""
    parameters = {
        "id": count.snapshot_id,
        "nodes": texts(sorted(count.node_ids)),
        "counted_at": count.counted_at,
        "applied_at": count.ended_at,
    }
    rows = await tx.fetch(_LATER, parameters)
    return rows[0] if rows else None


async def forget(tx: Tx, count: Count) -> list[tuple[str, str]]:
    """Puts the count before this one in force again; answers (sku, node) that this one found fewer of than claimed."""
    parameters = {"id": count.snapshot_id, "source": count.source, "nodes": texts(sorted(count.node_ids))}
    await tx.execute("DELETE FROM stock_count WHERE cause_id = %(id)s", parameters)
    await tx.execute("DELETE FROM snapshot_mark WHERE source = %(source)s AND node_id = ANY(%(nodes)s)", parameters)
    await tx.execute(_MARK, parameters)
    rows = await tx.fetch("SELECT sku, node_id FROM stock_discrepancy WHERE snapshot_id = %(id)s", parameters)
    return sorted((row["sku"], row["node_id"]) for row in rows)


async def compare(tx: Tx, count: Count) -> None:
    """Works out by how much stock is off because of a count that `forget` took out of force; see `snapshots.apply`."""
    await tx.execute(f"DROP TABLE IF EXISTS count_off, {NEW_ROWS}")
    parameters = {"id": count.snapshot_id, "nodes": texts(sorted(count.node_ids)), "applied_at": count.ended_at}
    await tx.execute(_OFF, parameters)
    await tx.execute(_NONE_NEW)


async def largest(tx: Tx, cause_id: UUID, size: int) -> list[Row]:
    """The rows (sku, node_id, delta, kept) that corrections under a cause changed, the most units first."""
    return await tx.fetch(
        "SELECT sku, part.node_id, part.delta, part.kept FROM stock_correction"
        " CROSS JOIN unnest(node_ids, on_hand_deltas, safety_deltas) AS part (node_id, delta, kept)"
        " WHERE cause_id = %(id)s ORDER BY abs(part.delta) DESC, sku, part.node_id LIMIT %(size)s",
        {"id": cause_id, "size": size},
    )
