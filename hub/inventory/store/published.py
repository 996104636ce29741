"""Rows of what channels were last told of stock: what is kept for others than a channel is not told to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Table, Text

from hub.database import sets
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.kernel.instant import Instant

PUBLISHED_LEVEL = Table(
    "published_level",
    METADATA,
    Column("channel_id", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("available", BigInteger, nullable=False),
)

STOCK_PUBLICATION = Table(
    "stock_publication",
    METADATA,
    Column("account_id", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("levels", BigInteger, nullable=False),
)

_MINUTE: Final = timedelta(minutes=1)

_CHANGED = """
WITH kept AS MATERIALIZED (
    SELECT * FROM protection
    WHERE units > 0 AND node_id = ANY(%(node_ids)s) AND NOT (channel_id IN ('', %(channel_id)s) AND demand_class = '')
), every AS (
    SELECT node_id, sum(units) AS units FROM kept WHERE sku = '' GROUP BY node_id
), own AS (
    SELECT kept.node_id, kept.sku, sum(kept.units - coalesce(every.units, 0)) AS units
    FROM kept LEFT JOIN kept AS every ON every.sku = '' AND every.node_id = kept.node_id
        AND every.channel_id = kept.channel_id AND every.demand_class = kept.demand_class
    WHERE kept.sku <> '' GROUP BY kept.node_id, kept.sku
), there AS MATERIALIZED (
    SELECT stock.* FROM unnest(%(skus)s) AS asked(sku) CROSS JOIN LATERAL (
        SELECT * FROM stock WHERE stock.sku = asked.sku OFFSET 0 -- so that it is looked for SKU by SKU
    ) AS stock
), free AS (
    SELECT sku, greatest(
        on_hand - reserved - allocated - safety - coalesce(every.units, 0) - coalesce(own.units, 0), 0
    ) AS units
    FROM there JOIN unnest(%(node_ids)s) AS selling(node_id) USING (node_id)
    LEFT JOIN every USING (node_id) LEFT JOIN own USING (node_id, sku)
), level AS (
    SELECT sku, count(free.units) AS nodes, greatest(sum(free.units) - %(buffer)s, 0)::bigint AS available
    FROM unnest(%(skus)s) AS asked(sku) LEFT JOIN free USING (sku) GROUP BY sku
)
INSERT INTO published_level (channel_id, sku, available)
SELECT %(channel_id)s, level.sku, level.available FROM level
LEFT JOIN LATERAL (
    SELECT * FROM published_level WHERE channel_id = %(channel_id)s AND published_level.sku = level.sku OFFSET 0
) AS told ON true
WHERE told.available IS DISTINCT FROM level.available AND (nodes > 0 OR told.sku IS NOT NULL)
ORDER BY coalesce(told.available, 0) <= level.available, level.sku LIMIT %(most)s::bigint
ON CONFLICT (channel_id, sku) DO UPDATE SET available = excluded.available
RETURNING sku, available
"""


_ROOM = """
WITH locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtext('stock_publication'), hashtext(%(account_id)s))
), gone AS (
    DELETE FROM stock_publication WHERE account_id = %(account_id)s AND at <= %(at)s - interval '1 minute'
)
SELECT count(*) AS locked FROM locked
"""
_SPENT = """
SELECT coalesce(sum(levels), 0)::bigint AS levels, min(at) AS first_at FROM stock_publication
WHERE account_id = %(account_id)s AND at > %(at)s - interval '1 minute'
"""


async def room_for_levels(tx: Tx, account_id: str, most: int, at: Instant) -> tuple[int, Instant]:
    """How many levels an account may be told now that it is told `most` in any minute, and when it may be told more.

    Whoever asks holds the account to the end of the transaction.
    """
    await tx.fetch(_ROOM, {"account_id": account_id, "at": at})
    (row,) = await tx.fetch(_SPENT, {"account_id": account_id, "at": at})
    return max(0, most - row["levels"]), (row["first_at"] or at) + _MINUTE


async def told_levels(tx: Tx, account_id: str, levels: int, at: Instant) -> None:
    """Notes how many levels an account is told."""
    await sets.insert(tx, STOCK_PUBLICATION, [{"account_id": account_id, "at": at, "levels": levels}])


async def changed_levels(
    tx: Tx, channel_id: str, node_ids: Sequence[str], buffer: int, skus: Sequence[str], most: int | None = None
) -> list[tuple[str, int]]:
    """What can be sold of SKUs from the nodes less the buffer, where it differs from what the channel was told last.

    At most `most` of them, those first of which it would sell too many. Noted as told in the same statement; by SKU.
    """
    parameters: dict[str, Any] = {"channel_id": channel_id, "node_ids": texts(node_ids), "buffer": buffer}
    parameters |= {"skus": texts(skus), "most": most}
    rows = await tx.fetch(_CHANGED, parameters)
    return sorted((row["sku"], row["available"]) for row in rows)
