"""Applies full counts of nodes whose rows are all there: one statement over the stock rows that differ.

What left or came after the count stays counted: a row becomes what was counted plus what the ledger says moved since,
never less than orders claim. Corrections by other counts are no movement of goods and are left out.

Nothing is locked beforehand. How much each row is off is worked out at one instant, and added to the row as it stands
when its turn comes: whoever ships or adjusts in between adds to the row and to the ledger alike, so what is off stays
the same. Rows that were changed in between, or would fall below what orders claim, are locked and done one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.model import Count, StockKey
from hub.inventory.policy.counts import CORRECTION
from hub.inventory.store.counts import ROWS
from hub.kernel.instant import Instant

CAUSE: Final = CORRECTION
NEW_ROWS: Final = "count_new"
"""The relation, in the transaction that applies a count, of counted rows without a stock row."""

SNAPSHOT_MARK = Table(
    "snapshot_mark",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("counted_at", DateTime(timezone=True), nullable=False),
)

STOCK_DISCREPANCY = Table(
    "stock_discrepancy",
    METADATA,
    Column("sku", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("snapshot_id", Uuid, nullable=False),
    Column("counted", BigInteger, nullable=False),
    Column("claimed", BigInteger, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)

CHANGING: Final = 7302
"""Class of the advisory locks that changes of a node's stock hold, and that a count waits for before it begins."""
APPLYING: Final = 7303
"""Class of the advisory locks that a count holds while it is applied to a node."""

_SETTINGS = (
    "SELECT set_config('work_mem', '256MB', true),"
    " set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true)"
)
"""For this transaction alone: both sides of a comparison in memory, by two processes where there are two processors."""
_OFF = f"""
CREATE TEMP TABLE count_off ON COMMIT DROP AS
WITH moved AS MATERIALIZED (
    SELECT sku, node_id, sum(on_hand_delta)::bigint AS units FROM stock_move
    WHERE at > %(counted_at)s AND coalesce(occurred_at, at) > %(counted_at)s
        AND node_id = ANY(%(nodes)s) AND cause <> '{CAUSE}'
    GROUP BY sku, node_id
), told AS (
    {ROWS}
), held AS (
    SELECT sku, node_id, on_hand, safety, reserved + allocated AS claimed, ctid AS place FROM stock
    WHERE node_id = ANY(%(nodes)s)
), target AS (
    SELECT place, sku, node_id, claimed,
        coalesce(told.on_hand, 0) + coalesce(moved.units, 0) AS counted,
        coalesce(told.on_hand, 0) + coalesce(moved.units, 0) - coalesce(held.on_hand, 0) AS delta,
        coalesce(told.safety, held.safety) - coalesce(held.safety, 0) AS kept
    FROM held FULL JOIN told USING (sku, node_id) LEFT JOIN moved USING (sku, node_id)
)
SELECT place, sku, node_id, delta, kept, coalesce(counted < claimed, false) AS short FROM target
WHERE delta <> 0 OR kept <> 0
"""

_NEW = f"""
CREATE TEMP TABLE {NEW_ROWS} ON COMMIT DROP AS SELECT sku, node_id, delta, kept FROM count_off WHERE place IS NULL
"""

_RECORD = """
INSERT INTO stock_correction (sku, node_ids, on_hand_deltas, safety_deltas, cause_id, at)
SELECT sku, array_agg(node_id), array_agg(delta), array_agg(kept), %(cause_id)s, %(at)s FROM {changed} GROUP BY sku
"""

_APPLY = """
UPDATE stock SET on_hand = stock.on_hand + off.delta, safety = stock.safety + off.kept FROM count_off AS off
WHERE stock.ctid = off.place AND stock.sku = off.sku AND stock.node_id = off.node_id AND NOT off.short
    AND stock.on_hand + off.delta >= stock.reserved + stock.allocated AND stock.safety + off.kept >= 0
"""
_DIFFERING = "SELECT count(*) AS rows FROM count_off WHERE place IS NOT NULL"
_RECORD_ALL = _RECORD.format(changed="count_off WHERE place IS NOT NULL")
_RECORD_APPLIED = _RECORD.format(
    changed="count_off JOIN stock USING (sku, node_id)"
    " WHERE place IS NOT NULL AND NOT short AND stock.xmin = pg_current_xact_id()::xid"
)
"""What was applied is recorded in a statement of its own: rows handed from one to the other cost a fifth of both."""

_MAKE = f"""
WITH made AS (
    INSERT INTO stock (sku, node_id, on_hand, safety) SELECT sku, node_id, delta, kept FROM {NEW_ROWS}
    ORDER BY sku, node_id ON CONFLICT (sku, node_id) DO NOTHING
    RETURNING sku, node_id, on_hand AS delta, safety AS kept
), recorded AS ({_RECORD.format(changed="made")})
SELECT count(*) AS changed, (SELECT count(*) FROM {NEW_ROWS}) AS differing FROM made
"""

_REST = f"""
WITH rest AS MATERIALIZED (
    SELECT stock.sku, stock.node_id, stock.on_hand + off.delta AS counted,
        stock.reserved + stock.allocated AS claimed,
        greatest(stock.on_hand + off.delta, stock.reserved + stock.allocated) AS target, stock.on_hand AS before,
        greatest(stock.safety + off.kept, 0) AS safety, stock.safety AS kept_before
    FROM stock JOIN (
        SELECT sku, node_id, delta, kept, short FROM count_off WHERE place IS NOT NULL
        UNION ALL SELECT sku, node_id, delta, kept, false FROM {NEW_ROWS}
    ) AS off ON stock.sku = off.sku AND stock.node_id = off.node_id
    WHERE off.short OR stock.xmin <> pg_current_xact_id()::xid
    ORDER BY stock.sku, stock.node_id FOR UPDATE OF stock
), changed AS (
    UPDATE stock SET on_hand = rest.target, safety = rest.safety FROM rest
    WHERE stock.sku = rest.sku AND stock.node_id = rest.node_id
        AND (rest.target <> rest.before OR rest.safety <> rest.kept_before)
    RETURNING stock.sku, stock.node_id, rest.target - rest.before AS delta, rest.safety - rest.kept_before AS kept
), recorded AS ({_RECORD.format(changed="changed")})
SELECT sku, node_id, counted, claimed, (SELECT count(*) FROM changed) AS changed FROM rest
ORDER BY sku, node_id
"""


async def begin(tx: Tx, node_ids: Sequence[str]) -> None:
    """Waits for those who change stock of nodes right now, then keeps other counts of these nodes waiting.

    Who changes stock from now on finds the count coming in, and waits for it where the change happened before it.
    """
    nodes = texts(sorted(node_ids))
    await tx.fetch(
        "SELECT pg_advisory_lock(%(class)s, hashtext(node)), pg_advisory_unlock(%(class)s, hashtext(node))"
        " FROM unnest(%(nodes)s) AS node",
        {"class": CHANGING, "nodes": nodes},
    )
    await tx.fetch(
        "SELECT pg_advisory_xact_lock(%(class)s, hashtext(node)) FROM unnest(%(nodes)s) AS node",
        {"class": APPLYING, "nodes": nodes},
    )


async def announce(tx: Tx, node_ids: Sequence[str]) -> None:
    """Has counts of nodes that begin from now on wait for this transaction."""
    await _share(tx, CHANGING, node_ids)


async def await_counts(tx: Tx, node_ids: Sequence[str]) -> None:
    """Waits for counts that are being applied to nodes."""
    await _share(tx, APPLYING, node_ids)


async def in_force(tx: Tx, node_ids: Sequence[str]) -> dict[str, Instant]:
    """When the counts in force of nodes were taken; nodes that were never counted are absent."""
    rows = await tx.fetch(
        "SELECT node_id, max(counted_at) AS counted_at FROM snapshot_mark WHERE node_id = ANY(%(nodes)s)"
        " GROUP BY node_id ORDER BY node_id",
        {"nodes": texts(sorted(node_ids))},
    )
    return {row["node_id"]: row["counted_at"] for row in rows}


async def mark(tx: Tx, count: Count) -> None:
    """Notes a count as the one in force of its nodes."""
    rows = [
        {"source": count.source, "node_id": node_id, "counted_at": count.counted_at}
        for node_id in sorted(count.node_ids)
    ]
    await sets.insert(
        tx, SNAPSHOT_MARK, rows, on_conflict="(source, node_id) DO UPDATE SET counted_at = excluded.counted_at"
    )


async def compare(tx: Tx, count: Count) -> None:
    """Work out by how much stock differs from a count, which has one row per SKU and node; see `apply`."""
    await tx.execute(_SETTINGS)
    await tx.execute("DROP TABLE IF EXISTS count_off, count_new")
    parameters = {
        "snapshot_id": count.snapshot_id,
        "counted_at": count.counted_at,
        "nodes": texts(sorted(count.node_ids)),
    }
    await tx.execute(_OFF, parameters)
    await tx.execute(_NEW)


async def apply(tx: Tx, *, cause_id: UUID, at: Instant) -> tuple[int, list[Row]]:
    """Corrects stock by what `compare` found, in the ledger too: a row per SKU.

    Answers how many rows changed, and (sku, node_id, counted, claimed) where fewer were counted than orders claim.
    """
    parameters: dict[str, Any] = {"cause_id": cause_id, "at": at}
    await tx.execute("SET LOCAL random_page_cost = 0")  # rows are fetched by their place, never searched
    applied = await tx.execute(_APPLY)
    await tx.execute("SET LOCAL random_page_cost TO DEFAULT")
    differing = (await tx.fetch(_DIFFERING))[0]["rows"]
    await tx.execute(_RECORD_ALL if applied == differing else _RECORD_APPLIED, parameters)
    (made,) = await tx.fetch(_MAKE, parameters)
    changed = applied + made["changed"]
    if changed == differing + made["differing"]:
        return changed, []
    rest = await tx.fetch(_REST, parameters)
    return changed + (rest[0]["changed"] if rest else 0), [row for row in rest if row["counted"] < row["claimed"]]


async def note_discrepancies(tx: Tx, count: Count, short: Sequence[Row]) -> None:
    """Keeps where fewer were counted than orders claim, in place of what earlier counts of these nodes found."""
    await tx.execute(
        "DELETE FROM stock_discrepancy WHERE node_id = ANY(%(nodes)s)", {"nodes": texts(sorted(count.node_ids))}
    )
    rows = [
        {
            "sku": row["sku"],
            "node_id": row["node_id"],
            "snapshot_id": count.snapshot_id,
            "counted": row["counted"],
            "claimed": row["claimed"],
            "since": count.counted_at,
        }
        for row in short
    ]
    await sets.insert(tx, STOCK_DISCREPANCY, rows)


async def surplus(tx: Tx, keys: Sequence[StockKey]) -> dict[StockKey, int]:
    """Units that stand on hand only because orders claim them: claimed when counted, less what was counted."""
    parameters = {"skus": texts([sku for sku, _ in keys]), "nodes": texts([node_id for _, node_id in keys])}
    rows = await tx.fetch(
        "SELECT sku, node_id, claimed - counted AS units FROM stock_discrepancy"
        " JOIN unnest(%(skus)s, %(nodes)s) AS given(sku, node_id) USING (sku, node_id)"
        " ORDER BY sku, node_id FOR UPDATE OF stock_discrepancy",
        parameters,
    )
    return {(row["sku"], row["node_id"]): row["units"] for row in rows if row["units"] > 0}


async def use_surplus(tx: Tx, used: dict[StockKey, int]) -> None:
    """Lowers what stands on hand only because orders claim it, by units that have left."""
    for (sku, node_id), units in sorted(used.items()):
        await tx.execute(
            "UPDATE stock_discrepancy SET claimed = claimed - %(units)s WHERE sku = %(sku)s AND node_id = %(node)s",
            {"units": units, "sku": sku, "node": node_id},
        )


async def _share(tx: Tx, lock_class: int, node_ids: Sequence[str]) -> None:
    await tx.fetch(
        "SELECT pg_advisory_xact_lock_shared(%(class)s, hashtext(node)) FROM unnest(%(nodes)s) AS node",
        {"class": lock_class, "nodes": texts(sorted(node_ids))},
    )
