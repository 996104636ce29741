"""Rows of counts that were applied, and what each changed: the differences stand in the stock ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, DateTime, Table, Text, Uuid

from hub.database import visibility
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.inventory.model import StockKey, Variance
from hub.inventory.store.snapshots import CAUSE
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

STOCK_COUNT: Final = Table(
    "stock_count",
    METADATA,
    Column("cause_id", Uuid, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("counted_at", DateTime(timezone=True), nullable=False),
    Column("applied_at", DateTime(timezone=True), nullable=False),
    Column("since", DateTime(timezone=True)),
)

_NOTE: Final = """
INSERT INTO stock_count (cause_id, node_id, source, counted_at, applied_at, since)
SELECT %(cause_id)s, node_id, %(source)s, %(counted_at)s, %(at)s,
    (SELECT max(before.counted_at) FROM stock_count AS before
     WHERE before.node_id = node.node_id AND before.counted_at < %(counted_at)s)
FROM unnest(%(nodes)s::text[]) AS node(node_id)
ON CONFLICT (cause_id, node_id) DO NOTHING
"""

_OF_COUNTS: Final = f"""
WITH noted AS MATERIALIZED (
    SELECT cause_id, node_id, source, counted_at, applied_at, since FROM stock_count AS noted WHERE {{conditions}}
), applied AS (
    SELECT DISTINCT cause_id, applied_at AS at FROM noted
), moved AS (
    SELECT cause_id, sku, part.node_id, part.quantity FROM applied JOIN stock_correction USING (cause_id, at)
    CROSS JOIN unnest(node_ids, on_hand_deltas) AS part (node_id, quantity)
    UNION ALL
    SELECT cause_id, sku, node_id, on_hand_delta FROM applied JOIN stock_move USING (cause_id, at)
    WHERE cause = '{CAUSE}'
)
SELECT sku, node_id, quantity, source, counted_at, since FROM noted JOIN moved USING (cause_id, node_id)
WHERE quantity <> 0
"""
"""What counts changed. Before corrections had a table of their own they stood among the other rows of the ledger."""


async def note(
    tx: Tx, cause_id: UUID, source: str, counted_at: Instant, node_ids: Sequence[str], *, at: Instant
) -> None:
    """Notes that a count of nodes was applied."""
    parameters = {"cause_id": cause_id, "source": source, "counted_at": counted_at, "nodes": texts(node_ids), "at": at}
    await tx.execute(_NOTE, parameters)


async def largest(tx: Tx, cause_id: UUID, node_ids: Sequence[str], size: int) -> list[Variance]:
    """What a count changed at nodes, the most units first, at most `size`."""
    of_count = _OF_COUNTS.format(conditions="cause_id = %(cause_id)s AND node_id = ANY(%(nodes)s)")
    rows = await tx.fetch(
        f"{of_count} ORDER BY abs(quantity) DESC, sku, node_id LIMIT %(size)s",
        {"cause_id": cause_id, "nodes": texts(node_ids), "size": size},
    )
    return [_variance(row) for row in rows]


async def page(
    tx: Tx,
    scope: Scope,
    skus: Sequence[str],
    node_ids: Sequence[str],
    min_quantity: int,
    after: StockKey | None,
    size: int,
) -> list[Variance]:
    """What the last count of each node in scope changed, by SKU and node, from behind the key `after`."""
    conditions, parameters = visibility.columns_seen(scope, nodes="noted.node_id")
    conditions.append(
        "noted.counted_at = (SELECT max(last.counted_at) FROM stock_count AS last WHERE last.node_id = noted.node_id)"
    )
    wanted = ["abs(quantity) >= %(least)s"]
    values: dict[str, Any] = {**parameters, "least": min_quantity, "size": size}
    if skus:
        wanted.append("sku = ANY(%(skus)s)")
        values["skus"] = texts(skus)
    if node_ids:
        conditions.append("noted.node_id = ANY(%(nodes)s)")
        values["nodes"] = texts(node_ids)
    if after is not None:
        wanted.append("(sku, node_id) > (%(after_sku)s, %(after_node)s)")
        values |= {"after_sku": after[0], "after_node": after[1]}
    of_counts = _OF_COUNTS.format(conditions=" AND ".join(conditions))
    rows = await tx.fetch(f"{of_counts} AND {' AND '.join(wanted)} ORDER BY sku, node_id LIMIT %(size)s", values)
    return [_variance(row) for row in rows]


def _variance(row: Row) -> Variance:
    return Variance(**row)
