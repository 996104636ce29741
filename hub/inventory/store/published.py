"""Rows of what channels were last told of stock: what is kept for others than a channel is not told to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Table, Text

from hub.database import sets
from hub.database.arrays import bigints, texts
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
WITH teller AS MATERIALIZED (
    SELECT * FROM unnest(%(channels)s, %(buffers)s) AS teller(channel_id, buffer)
), kept AS MATERIALIZED (
    SELECT teller.channel_id AS from_channel_id, protection.* FROM protection JOIN teller
        ON NOT (protection.channel_id IN ('', teller.channel_id) AND protection.demand_class = '')
    WHERE units > 0 AND node_id = ANY(%(node_ids)s)
), every AS (
    SELECT from_channel_id, node_id, sum(units) AS units FROM kept WHERE sku = '' GROUP BY from_channel_id, node_id
), own AS (
    SELECT kept.from_channel_id, kept.node_id, kept.sku, sum(kept.units - coalesce(every.units, 0)) AS units
    FROM kept LEFT JOIN kept AS every ON every.sku = '' AND every.node_id = kept.node_id
        AND every.channel_id = kept.channel_id AND every.demand_class = kept.demand_class
        AND every.from_channel_id = kept.from_channel_id
    WHERE kept.sku <> '' GROUP BY kept.from_channel_id, kept.node_id, kept.sku
), there AS MATERIALIZED (
    SELECT stock.sku, node_id, on_hand - reserved - allocated - safety AS units
    FROM unnest(%(skus)s) AS asked(sku) CROSS JOIN LATERAL (
        SELECT * FROM stock WHERE stock.sku = asked.sku OFFSET 0 -- so that it is looked for SKU by SKU
    ) AS stock JOIN unnest(%(node_ids)s) AS selling(node_id) USING (node_id)
), everybody AS (
    SELECT sku, count(*) AS nodes, sum(greatest(units, 0)) AS units FROM there GROUP BY sku
), others AS (
    SELECT from_channel_id, sku, node_id, sum(units) AS units FROM (
        SELECT every.from_channel_id, there.sku, node_id, every.units FROM there JOIN every USING (node_id)
        UNION ALL SELECT from_channel_id, sku, node_id, units FROM own
    ) AS kept GROUP BY from_channel_id, sku, node_id
), less AS (
    SELECT others.from_channel_id, sku,
        sum(greatest(there.units, 0) - greatest(there.units - others.units, 0)) AS units
    FROM others JOIN there USING (sku, node_id) GROUP BY others.from_channel_id, sku
), level AS (
    SELECT teller.channel_id, asked.sku, everybody.nodes,
        greatest(coalesce(everybody.units, 0) - coalesce(less.units, 0) - teller.buffer, 0)::bigint AS available
    FROM teller CROSS JOIN unnest(%(skus)s) AS asked(sku) LEFT JOIN everybody USING (sku)
    LEFT JOIN less ON less.from_channel_id = teller.channel_id AND less.sku = asked.sku
)
INSERT INTO published_level (channel_id, sku, available)
SELECT level.channel_id, level.sku, level.available FROM level
LEFT JOIN LATERAL (
    SELECT * FROM published_level
    WHERE published_level.channel_id = level.channel_id AND published_level.sku = level.sku OFFSET 0
) AS told ON true
WHERE told.available IS DISTINCT FROM level.available AND (nodes > 0 OR told.sku IS NOT NULL)
ORDER BY coalesce(told.available, 0) <= level.available, level.channel_id, level.sku LIMIT %(most)s::bigint
ON CONFLICT (channel_id, sku) DO UPDATE SET available = excluded.available
RETURNING channel_id, sku, available
"""
"""The rows of stock are read, and added up, once for all channels that sell from the same nodes; less what is kept from
each.
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
    tx: Tx, buffers: Mapping[str, int], node_ids: Sequence[str], skus: Sequence[str], most: int | None = None
) -> dict[str, list[tuple[str, int]]]:
    """What channels can sell of SKUs from the nodes less their buffers, where it differs from what they were told last.

    `buffers` by channel id. At most `most` levels, those first of which a channel would sell too many. Noted as told in
    the same statement. Returns (SKU, units) by channel, in order of SKUs.
    """
    channels = sorted(buffers)
    parameters: dict[str, Any] = {"channels": texts(channels), "buffers": bigints([buffers[one] for one in channels])}
    parameters |= {"node_ids": texts(node_ids), "skus": texts(skus), "most": most}
    levels: dict[str, list[tuple[str, int]]] = {channel_id: [] for channel_id in channels}
    for row in await tx.fetch(_CHANGED, parameters):
        levels[row["channel_id"]].append((row["sku"], row["available"]))
    return {channel_id: sorted(told) for channel_id, told in levels.items()}
