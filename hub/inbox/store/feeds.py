"""Rows of feeds: how far each source is, which numbers it told, and which source counts which node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import bigints, texts
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.inbox.model import NodeSource, Seen, SourceSequence
from hub.kernel.instant import Instant

RETENTION: Final = timedelta(days=7)
"""How long numbers that were taken in are remembered; older ones are refused as going backwards."""

FEED = Table(
    "feed",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("watermark", BigInteger, nullable=False),
)

FEED_EVENT = Table(
    "feed_event",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("parked_event_id", Uuid),
    Column("refusal", JSONB),
)

NODE_SOURCE = Table(
    "node_source",
    METADATA,
    Column("node_id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)

_SEEN = (
    "SELECT feed_event.* FROM feed_event"
    " JOIN unnest(%(sources)s, %(numbers)s) AS given(source, number) USING (source, number)"
)


class Told(Struct, frozen=True):
    """A number to remember, and what became of it where it was not just taken in."""

    sequence: SourceSequence
    seen: Seen


async def lock(tx: Tx, sources: Sequence[str]) -> dict[str, int]:
    """Locks the feeds of sources, new ones at 0; source -> watermark."""
    ordered = sorted(set(sources))
    await sets.insert(tx, FEED, [{"source": one, "watermark": 0} for one in ordered], on_conflict="DO NOTHING")
    rows = await tx.fetch(
        "SELECT * FROM feed WHERE source = ANY(%(sources)s) ORDER BY source FOR UPDATE", {"sources": texts(ordered)}
    )
    return {row["source"]: row["watermark"] for row in rows}


async def save(tx: Tx, watermarks: Mapping[str, int]) -> None:
    """Writes how far feeds are; they are locked."""
    rows = [{"source": source, "watermark": watermarks[source]} for source in sorted(watermarks)]
    await sets.update(tx, FEED, rows, key=("source",))


async def seen(tx: Tx, sequences: Sequence[SourceSequence]) -> dict[SourceSequence, Seen]:
    """What is known of numbers that came before."""
    parameters = {
        "sources": texts([sequence.source for sequence in sequences]),
        "numbers": bigints([sequence.number for sequence in sequences]),
    }
    return {
        SourceSequence(row["source"], row["number"]): Seen(
            bytes(row["fingerprint"]), row["parked_event_id"], row["refusal"]
        )
        for row in await tx.fetch(_SEEN, parameters)
    }


async def remember(tx: Tx, told: Sequence[Told], *, at: Instant) -> None:
    """Remembers numbers, or what has become of them since."""
    rows = [
        {
            "source": one.sequence.source,
            "number": one.sequence.number,
            "fingerprint": one.seen.fingerprint,
            "received_at": at,
            "parked_event_id": one.seen.parked_event_id,
            "refusal": one.seen.refusal,
        }
        for one in sorted(told, key=lambda one: (one.sequence.source, one.sequence.number))
    ]
    await sets.insert(
        tx,
        FEED_EVENT,
        rows,
        on_conflict="(source, number) DO UPDATE SET parked_event_id = excluded.parked_event_id,"
        " refusal = excluded.refusal",
    )


async def forget(tx: Tx, *, before: Instant) -> int:
    """Forgets numbers that were taken in before an instant; those of events that still wait stay."""
    return await tx.execute(
        "DELETE FROM feed_event USING feed WHERE feed.source = feed_event.source AND received_at < %(before)s"
        " AND number <= watermark",
        {"before": before},
    )


async def page(tx: Tx, source: str, after: str, size: int) -> list[tuple[str, int]]:
    """Feeds by source (source, watermark), at most `size`, behind the source `after`; of one source where given."""
    parameters: dict[str, Any] = {"after": after, "size": size, "source": source}
    rows = await tx.fetch(
        "SELECT * FROM feed WHERE source > %(after)s AND (%(source)s = '' OR source = %(source)s)"
        " ORDER BY source LIMIT %(size)s",
        parameters,
    )
    return [(row["source"], row["watermark"]) for row in rows]


async def claim_nodes(tx: Tx, source_of: Mapping[str, str], *, at: Instant) -> dict[str, NodeSource]:
    """Makes sources the counters of nodes that have none (node -> source); answers who counts each of them."""
    rows = [{"node_id": node_id, "source": source_of[node_id], "since": at} for node_id in sorted(source_of)]
    await sets.insert(tx, NODE_SOURCE, rows, on_conflict="DO NOTHING")
    return await node_sources(tx, sorted(source_of))


async def hand_over(tx: Tx, node_ids: Sequence[str], source: str, *, at: Instant) -> dict[str, NodeSource]:
    """Makes a source the counter of nodes; who was it already stays it since when it was."""
    rows = [{"node_id": node_id, "source": source, "since": at} for node_id in sorted(set(node_ids))]
    await sets.insert(
        tx,
        NODE_SOURCE,
        rows,
        on_conflict="(node_id) DO UPDATE SET source = excluded.source, since = excluded.since"
        " WHERE node_source.source <> excluded.source",
    )
    return await node_sources(tx, node_ids)


async def node_sources(tx: Tx, node_ids: Sequence[str]) -> dict[str, NodeSource]:
    """Who counts nodes; nodes that nobody counts are absent."""
    rows = await tx.fetch("SELECT * FROM node_source WHERE node_id = ANY(%(nodes)s)", {"nodes": texts(node_ids)})
    return {row["node_id"]: NodeSource(**row) for row in rows}


async def nodes_of(tx: Tx, sources: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The nodes that sources count, sorted."""
    rows = await tx.fetch(
        "SELECT source, node_id FROM node_source WHERE source = ANY(%(sources)s) ORDER BY source, node_id",
        {"sources": texts(sources)},
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["source"], []).append(row["node_id"])
    return {source: tuple(nodes) for source, nodes in found.items()}
