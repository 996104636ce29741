"""Rows of how far channels were told of stock, and the SKUs that are to be told: those that changed since then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Boolean, Column, Table, Text

from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.inventory.model.feed import Publication

PUBLICATION: Final = Table(
    "publication",
    METADATA,
    Column("channel_id", Text, primary_key=True),
    Column("basis", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("until", Text),
    Column("after_sku", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
)

_OPEN: Final = """
INSERT INTO publication (channel_id, basis, seen) VALUES (%(channel_id)s, %(basis)s, pg_current_snapshot()::text)
ON CONFLICT (channel_id) DO UPDATE SET channel_id = excluded.channel_id RETURNING publication.*
"""
_FEED: Final = """
SELECT pg_current_snapshot()::text AS now, number::text::bigint <= split_part(%(seen)s, ':', 1)::bigint AS complete
FROM stock_change_floor
"""
_SAVE: Final = """
UPDATE publication SET basis = %(basis)s, seen = %(seen)s, until = %(until)s, after_sku = %(after_sku)s,
    whole = %(whole)s
WHERE channel_id = %(channel_id)s
"""
_ALL: Final = """
SELECT sku FROM (
    (SELECT sku FROM stock WHERE sku > %(after_sku)s GROUP BY sku ORDER BY sku LIMIT %(size)s::bigint)
    UNION (
        SELECT sku FROM published_level WHERE channel_id = %(channel_id)s AND sku > %(after_sku)s
        ORDER BY sku LIMIT %(size)s::bigint
    )
) AS known ORDER BY sku LIMIT %(size)s::bigint
"""
_CHANGED: Final = """
WITH change AS MATERIALIZED (
    SELECT deltas, recounted FROM stock_change WHERE number >= split_part(%(seen)s, ':', 1)::xid8
        AND NOT pg_visible_in_snapshot(number, %(seen)s::pg_snapshot)
), node AS MATERIALIZED (
    SELECT DISTINCT node_id FROM change, json_array_elements_text(recounted) AS node_id
)
SELECT sku FROM (
    SELECT delta->>0 AS sku FROM change, json_array_elements(deltas) AS delta
    UNION SELECT counted.sku FROM node CROSS JOIN LATERAL (
        SELECT stock.sku FROM stock WHERE stock.node_id = node.node_id AND stock.sku > %(after_sku)s
        ORDER BY stock.sku LIMIT %(size)s::bigint
    ) AS counted
) AS changed WHERE sku > %(after_sku)s ORDER BY sku LIMIT %(size)s::bigint
"""


async def open_publication(tx: Tx, channel_id: str, basis: str) -> Publication:
    """Return how far a channel was told, locked to the end of the transaction.

    It begins anew, with all stock, where it rested on another basis or the feed was forgotten beyond what it has seen.
    """
    (row,) = await tx.fetch(_OPEN, {"channel_id": channel_id, "basis": basis})
    publication = Publication(**row)
    (feed,) = await tx.fetch(_FEED, {"seen": publication.seen})
    if publication.basis != basis or not feed["complete"]:
        return Publication(channel_id, basis, seen=feed["now"], until=feed["now"], whole=True)
    return publication if publication.until else replace(publication, until=feed["now"])


async def skus_to_tell(tx: Tx, publication: Publication, size: int | None) -> list[str]:
    """The next SKUs of which a channel is to be told, in order, `size` at most; None: all of them."""
    parameters = {
        "channel_id": publication.channel_id,
        "seen": publication.seen,
        "after_sku": publication.after_sku,
        "size": size,
    }
    return [row["sku"] for row in await tx.fetch(_ALL if publication.whole else _CHANGED, parameters)]


async def save_publication(tx: Tx, publication: Publication, told: Sequence[str], *, ended: bool) -> None:
    """Notes that a channel was told of SKUs; `ended`: of all that there were to tell."""
    if ended:
        seen = publication.until or publication.seen
        after = replace(publication, seen=seen, until=None, after_sku="", whole=False)
    else:
        after = replace(publication, after_sku=told[-1] if told else publication.after_sku)
    await tx.execute(
        _SAVE,
        {
            "channel_id": after.channel_id,
            "basis": after.basis,
            "seen": after.seen,
            "until": after.until,
            "after_sku": after.after_sku,
            "whole": after.whole,
        },
    )
