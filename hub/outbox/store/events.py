"""Rows of events: inserted without a position, given one after their commit, read by it.

A reader that followed `written` would miss the rows of transactions that commit late. Positions are given to committed
rows only, by whoever holds the sequencer's lease row, counting on from the last: whatever becomes visible later gets a
higher position. Versions of one order are in order because their transactions wait for each other at the order's row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.messages.events.codec import read, written
from hub.outbox.model import Event, EventFilter, EventRecord
from hub.outbox.store.tables import EVENT

FEED_CHANNEL: Final = "crossdock_feed"
"""NOTIFY channel that wakes readers of the feed: there are new positions."""
EVENT_CHANNEL: Final = "crossdock_event"
"""NOTIFY channel that wakes the sequencer: there are events without a position."""


_EVENTS: Final[Form[Event]] = Form(
    EVENT,
    event_id="event_id",
    type=lambda event: event.type,
    order_id="order_id",
    order_version="order_version",
    occurred_at="occurred_at",
    facts=lambda event: written(event.facts),
    traceparent="traceparent",
    channel_id="channel_id",
    seller_id="seller_id",
    node_id="node_id",
)


async def insert(tx: Tx, events: Sequence[Event]) -> None:
    """Inserts events without positions, each order's in version order; wakes the sequencer on commit."""
    if events:
        await sets.insert_all(tx, _EVENTS, _by_version(events))
        tx.notify(EVENT_CHANNEL)


_GIVE: Final = """
WITH last AS (SELECT coalesce(max(position), 0) AS position FROM event),
fresh AS (SELECT event_id, written FROM event WHERE position IS NULL ORDER BY written LIMIT %(limit)s),
numbered AS (SELECT event_id, row_number() OVER (ORDER BY written) AS number FROM fresh),
given AS (
    UPDATE event SET position = last.position + numbered.number
    FROM numbered, last WHERE event.event_id = numbered.event_id
    RETURNING event.position
)
SELECT count(*) AS given, pg_notify(%(channel)s, '') FROM given HAVING count(*) > 0
"""


async def give_positions(tx: Tx, *, limit: int) -> int:
    """Gives the next positions to committed events, in the order of their writing; answers how many got one.

    The caller holds the row of the sequencer's lease, so that no two count on from the same last position.
    """
    rows = await tx.fetch(_GIVE, {"limit": limit, "channel": FEED_CHANNEL})
    return int(rows[0]["given"]) if rows else 0


_SCOPED: Final = (
    "(%(channels)s::text[] IS NULL OR channel_id = ANY(%(channels)s))"
    " AND (%(sellers)s::text[] IS NULL OR seller_id = ANY(%(sellers)s))"
    " AND (%(nodes)s::text[] IS NULL OR node_id = ANY(%(nodes)s))"
)
_WANTED: Final = (
    "(%(types)s::text[] IS NULL OR type = ANY(%(types)s)) AND (%(channel)s::text IS NULL OR channel_id = %(channel)s)"
)


async def after(tx: Tx, scope: Scope, position: int, wanted: EventFilter, *, limit: int) -> list[EventRecord]:
    """Events after a position that the scope may see and the reader wants, by position."""
    rows = await tx.fetch(
        f"SELECT * FROM event WHERE position > %(position)s AND {_SCOPED} AND {_WANTED}"
        " ORDER BY position LIMIT %(limit)s",
        {
            "position": position,
            "limit": limit,
            "channels": scope.channel_list(),
            "sellers": scope.seller_list(),
            "nodes": scope.node_list(),
            "types": list(wanted.types) or None,
            "channel": wanted.channel_id or None,
        },
    )
    return [_record(row) for row in rows]


_OF_ORDER: Final = """
SELECT * FROM every_event WHERE order_id = %(order_id)s
    AND (%(after)s::uuid IS NULL OR (occurred_at, coalesce(order_version, 0), written) > (
        SELECT occurred_at, coalesce(order_version, 0), written FROM every_event WHERE event_id = %(after)s))
ORDER BY occurred_at, coalesce(order_version, 0), written LIMIT %(size)s
"""


async def of_order(tx: Tx, order_id: UUID, *, after: UUID | None, size: int) -> list[EventRecord]:
    """Events of an order by when they happened, at most `size`, from behind `after`; those of one instant by version.

    Those without a position yet are included.
    """
    rows = await tx.fetch(_OF_ORDER, {"order_id": order_id, "after": after, "size": size})
    return [_record(row) for row in rows]


async def by_id(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, Event]:
    """The events among ids."""
    rows = await tx.fetch("SELECT * FROM every_event WHERE event_id = ANY(%(ids)s)", {"ids": uuids(ids)})
    return {row["event_id"]: _record(row).event for row in rows}


async def last_position(tx: Tx) -> int:
    """The end of the feed; 0 while it is empty."""
    return int((await tx.fetch("SELECT coalesce(max(position), 0) AS last FROM event"))[0]["last"])


async def first_position(tx: Tx) -> int:
    """The first position that is still in the feed; 1 while it is empty."""
    return int((await tx.fetch("SELECT coalesce(min(position), 1) AS first FROM event"))[0]["first"])


async def unplaced(tx: Tx) -> bool:
    """Whether a committed event waits for its position."""
    return bool((await tx.fetch("SELECT EXISTS (SELECT FROM event WHERE position IS NULL) AS any"))[0]["any"])


async def unnumbered(tx: Tx) -> tuple[int, Instant | None]:
    """Return how many events have no position yet, and when the oldest of them happened."""
    (row,) = await tx.fetch("SELECT count(*) AS count, min(occurred_at) AS oldest_at FROM event WHERE position IS NULL")
    return int(row["count"]), row["oldest_at"]


def _by_version(events: Sequence[Event]) -> list[Event]:
    """Events with each order's sorted by version within the places that they have; the others stay where they are."""
    places: dict[UUID, list[int]] = {}
    for index, event in enumerate(events):
        if event.order_id is not None and event.order_version is not None:
            places.setdefault(event.order_id, []).append(index)
    if len(places) == len(events):
        return list(events)
    result = list(events)
    for indexes in places.values():
        ordered = sorted((events[index] for index in indexes), key=lambda event: event.order_version or 0)
        for index, event in zip(indexes, ordered, strict=True):
            result[index] = event
    return result


def _record(row: Row) -> EventRecord:
    event = Event(
        event_id=row["event_id"],
        facts=read(row["type"], row["facts"]),
        occurred_at=row["occurred_at"],
        order_id=row["order_id"],
        order_version=row["order_version"],
        traceparent=row["traceparent"],
        channel_id=row["channel_id"],
        seller_id=row["seller_id"],
        node_id=row["node_id"],
    )
    return EventRecord(event, row["position"])
