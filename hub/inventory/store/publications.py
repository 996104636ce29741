"""Rows of how far channels were told of stock, and the SKUs that are to be told: those that changed since then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Boolean, Column, Table, Text

from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
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
INSERT INTO publication (channel_id, basis, seen)
SELECT channel_id, basis, pg_current_snapshot()::text
FROM unnest(%(channels)s, %(bases)s) AS asked(channel_id, basis) ORDER BY channel_id
ON CONFLICT (channel_id) DO UPDATE SET channel_id = excluded.channel_id RETURNING publication.*
"""
_FEED: Final = "SELECT pg_current_snapshot()::text AS now, number::text::bigint AS first FROM stock_change_floor"
_SAVE: Final = """
UPDATE publication SET basis = told.basis, seen = %(seen)s, until = %(until)s, after_sku = %(after_sku)s,
    whole = %(whole)s
FROM unnest(%(channels)s, %(bases)s) AS told(channel_id, basis) WHERE publication.channel_id = told.channel_id
"""
_ALL: Final = """
SELECT sku FROM (
    (SELECT sku FROM stock WHERE sku > %(after_sku)s GROUP BY sku ORDER BY sku LIMIT %(size)s::bigint)
    UNION SELECT told.sku FROM unnest(%(channels)s) AS asked(channel_id) CROSS JOIN LATERAL (
        SELECT sku FROM published_level WHERE channel_id = asked.channel_id AND sku > %(after_sku)s
        ORDER BY sku LIMIT %(size)s::bigint
    ) AS told
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


async def open_publications(tx: Tx, bases: Mapping[str, str]) -> list[Publication]:
    """Return how far channels were told, by channel, locked to the end of the transaction; `bases` by channel id.

    One begins anew, with all stock, where it rested on another basis or the feed was forgotten beyond what it has seen.
    """
    channels = sorted(bases)
    rows = await tx.fetch(_OPEN, {"channels": texts(channels), "bases": texts([bases[one] for one in channels])})
    (feed,) = await tx.fetch(_FEED)
    return [
        _opened(Publication(**row), bases[row["channel_id"]], feed)
        for row in sorted(rows, key=lambda row: row["channel_id"])
    ]


def _opened(publication: Publication, basis: str, feed: Row) -> Publication:
    complete = feed["first"] <= int(publication.seen.partition(":")[0])
    if publication.basis != basis or not complete:
        return Publication(publication.channel_id, basis, seen=feed["now"], until=feed["now"], whole=True)
    return publication if publication.until else replace(publication, until=feed["now"])


async def skus_to_tell(tx: Tx, publications: Sequence[Publication], size: int | None) -> list[str]:
    """The next SKUs of which channels are to be told, in order, `size` at most; None: all of them.

    All were told equally far.
    """
    first = publications[0]
    parameters = {
        "channels": texts([one.channel_id for one in publications]),
        "seen": first.seen,
        "after_sku": first.after_sku,
        "size": size,
    }
    return [row["sku"] for row in await tx.fetch(_ALL if first.whole else _CHANGED, parameters)]


async def save_publications(tx: Tx, publications: Sequence[Publication], told: Sequence[str], *, ended: bool) -> None:
    """Notes that channels, told equally far before, were told of SKUs; `ended`: of all that there were to tell."""
    first = publications[0]
    if ended:
        after = replace(first, seen=first.until or first.seen, until=None, after_sku="", whole=False)
    else:
        after = replace(first, after_sku=told[-1] if told else first.after_sku)
    await tx.execute(
        _SAVE,
        {
            "channels": texts([one.channel_id for one in publications]),
            "bases": texts([one.basis for one in publications]),
            "seen": after.seen,
            "until": after.until,
            "after_sku": after.after_sku,
            "whole": after.whole,
        },
    )
