"""Rows of what channels were last told of stock."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Table, Text

from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Tx

PUBLISHED_LEVEL = Table(
    "published_level",
    METADATA,
    Column("channel_id", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("available", BigInteger, nullable=False),
)

_CHANGED = """
WITH level AS (
    SELECT sku, greatest(sum(greatest(on_hand - reserved - allocated - safety, 0)) - %(buffer)s, 0)::bigint AS available
    FROM stock WHERE node_id = ANY(%(node_ids)s) GROUP BY sku
)
INSERT INTO published_level (channel_id, sku, available)
SELECT %(channel_id)s, level.sku, level.available FROM level
LEFT JOIN published_level AS told ON told.channel_id = %(channel_id)s AND told.sku = level.sku
WHERE told.available IS DISTINCT FROM level.available
ON CONFLICT (channel_id, sku) DO UPDATE SET available = excluded.available
RETURNING sku, available
"""


async def changed_levels(tx: Tx, channel_id: str, node_ids: Sequence[str], buffer: int) -> list[tuple[str, int]]:
    """What can be sold per SKU from the nodes less the buffer, where it differs from what the channel was told last.

    Noted as told in the same statement; by SKU.
    """
    rows = await tx.fetch(_CHANGED, {"channel_id": channel_id, "node_ids": texts(node_ids), "buffer": buffer})
    return sorted((row["sku"], row["available"]) for row in rows)
