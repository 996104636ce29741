"""Applies full counts of nodes: staged, then one statement over the stock rows that differ.

What left or came after the count stays counted: the target of a row is what was counted plus what the ledger says moved
since, never below what orders claim. Corrections by other counts are no movement of goods and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Table, Text

from hub.database import sets
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.model import Snapshot
from hub.kernel.instant import Instant

CAUSE: Final = "SNAPSHOT"

SNAPSHOT_MARK = Table(
    "snapshot_mark",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("counted_at", DateTime(timezone=True), nullable=False),
)

SNAPSHOT_ROW = Table(
    "snapshot_row",
    METADATA,
    Column("sku", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("on_hand", BigInteger, nullable=False),
    Column("safety", BigInteger, nullable=False),
)

_ENSURE = (
    "INSERT INTO stock (sku, node_id) SELECT sku, node_id FROM snapshot_row"
    " WHERE (on_hand > 0 OR safety > 0) AND NOT EXISTS"
    " (SELECT FROM stock WHERE stock.sku = snapshot_row.sku AND stock.node_id = snapshot_row.node_id)"
    " ORDER BY sku, node_id ON CONFLICT (sku, node_id) DO NOTHING"
)

_TARGET = f"""
WITH moved AS MATERIALIZED (
    SELECT sku, node_id, sum(on_hand_delta)::bigint AS units FROM stock_move
    WHERE at > %(counted_at)s AND node_id = ANY(%(nodes)s) AND cause <> '{CAUSE}'
    GROUP BY sku, node_id
), target AS (
    SELECT stock.sku, stock.node_id, stock.on_hand AS before, stock.safety AS kept_before,
        coalesce(snapshot_row.on_hand, 0) + coalesce(moved.units, 0) AS counted,
        stock.reserved + stock.allocated AS claimed,
        greatest(coalesce(snapshot_row.on_hand, 0) + coalesce(moved.units, 0), stock.reserved + stock.allocated)
            AS on_hand,
        coalesce(snapshot_row.safety, stock.safety) AS safety
    FROM stock
    LEFT JOIN snapshot_row ON snapshot_row.sku = stock.sku AND snapshot_row.node_id = stock.node_id
    LEFT JOIN moved ON moved.sku = stock.sku AND moved.node_id = stock.node_id
    WHERE stock.node_id = ANY(%(nodes)s)
)
"""

_LOCK = f"""{_TARGET}
SELECT count(*) FROM (
    SELECT FROM stock JOIN target ON target.sku = stock.sku AND target.node_id = stock.node_id
    WHERE target.on_hand <> target.before OR target.safety <> target.kept_before
    ORDER BY stock.sku, stock.node_id FOR UPDATE OF stock
) AS locked
"""

_APPLY = f"""{_TARGET}, changed AS (
    UPDATE stock SET on_hand = target.on_hand, safety = target.safety FROM target
    WHERE stock.sku = target.sku AND stock.node_id = target.node_id
        AND (target.on_hand <> target.before OR target.safety <> target.kept_before)
    RETURNING stock.sku, stock.node_id, target.on_hand - target.before AS delta,
        target.safety - target.kept_before AS kept
), recorded AS (
    INSERT INTO stock_move
        (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, safety_delta, cause, cause_id, at)
    SELECT sku, node_id, delta, 0, 0, kept, '{CAUSE}', %(cause_id)s, %(at)s FROM changed
)
SELECT sku, node_id, counted, claimed, (SELECT count(*) FROM changed) AS changed
FROM target WHERE counted < claimed
UNION ALL SELECT NULL, NULL, NULL, NULL, (SELECT count(*) FROM changed)
ORDER BY sku, node_id
"""


async def newer(tx: Tx, snapshot: Snapshot) -> list[Row]:
    """The nodes of a snapshot of which a newer count by its source is in force (node_id, counted_at).

    Keeps other snapshots of these nodes waiting until the commit.
    """
    nodes = texts(sorted(snapshot.node_ids))
    await tx.fetch("SELECT pg_advisory_xact_lock(hashtext(node)) FROM unnest(%(nodes)s) AS node", {"nodes": nodes})
    return await tx.fetch(
        "SELECT node_id, counted_at FROM snapshot_mark"
        " WHERE source = %(source)s AND node_id = ANY(%(nodes)s) AND counted_at > %(counted_at)s ORDER BY node_id",
        {"source": snapshot.source, "nodes": nodes, "counted_at": snapshot.counted_at},
    )


async def apply(
    tx: Tx, snapshot: Snapshot, counts: Sequence[tuple[str, str, int, int]], *, cause_id: UUID, at: Instant
) -> list[Row]:
    """Makes stock what was counted; `counts` as `policy.counted` answers them.

    Answers (sku, node_id, counted, claimed, changed) for each discrepancy; the last row names no key and says how many
    stock rows changed.
    """
    parameters: dict[str, Any] = {
        "counted_at": snapshot.counted_at,
        "nodes": texts(sorted(snapshot.node_ids)),
        "cause_id": cause_id,
        "at": at,
    }
    await _mark(tx, snapshot)
    await tx.copy_in("COPY snapshot_row (sku, node_id, on_hand, safety) FROM STDIN", counts)
    await tx.execute(_ENSURE)
    await tx.fetch(_LOCK, parameters)
    rows = await tx.fetch(_APPLY, parameters)
    await tx.execute("DELETE FROM snapshot_row")
    return rows


async def _mark(tx: Tx, snapshot: Snapshot) -> None:
    rows = [
        {"source": snapshot.source, "node_id": node_id, "counted_at": snapshot.counted_at}
        for node_id in sorted(snapshot.node_ids)
    ]
    await sets.insert(
        tx, SNAPSHOT_MARK, rows, on_conflict="(source, node_id) DO UPDATE SET counted_at = excluded.counted_at"
    )
