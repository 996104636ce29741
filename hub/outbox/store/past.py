"""What is over: settled messages, their lanes and old events leave the tables that are worked on, so many at a time.

They move to tables of the past, a partition per month, and stay readable by order. A lane that nothing waits in is
forgotten: when it is used again it counts from 1, which tells no less, as numbers order only what is unsettled.
"""

from __future__ import annotations

from typing import Final

from hub.database.arrays import texts, uuids
from hub.database.months import make_months
from hub.database.tx import Tx
from hub.kernel.instant import Instant

_SETTLED: Final = """
SELECT message_id, lane, settled_at FROM message WHERE state = 'SETTLED' AND settled_at < %(before)s
ORDER BY settled_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""

_MESSAGE_COLUMNS: Final = (
    "message_id, lane, lane_number, kind, account_id, order_id, payload, traceparent, priority, attempts,"
    " last_failure, created_at, settled_at, answer"
)
_MOVE_MESSAGES: Final = f"""
WITH gone AS (DELETE FROM message WHERE message_id = ANY(%(ids)s) AND state = 'SETTLED' RETURNING *)
INSERT INTO settled_message ({_MESSAGE_COLUMNS}) SELECT {_MESSAGE_COLUMNS} FROM gone
"""


async def move_messages(tx: Tx, *, before: Instant, limit: int) -> int:
    """Moves the messages settled longest ago, at most so many, and forgets lanes with nothing left to do."""
    rows = await tx.fetch(_SETTLED, {"before": before, "limit": limit})
    if rows:
        await make_months(tx, "settled_message", [row["settled_at"] for row in rows])
        await tx.execute(_MOVE_MESSAGES, {"ids": uuids([row["message_id"] for row in rows])})
        await _forget_lanes(tx, {row["lane"] for row in rows})
    return len(rows)


async def _forget_lanes(tx: Tx, lanes: set[str]) -> None:
    """Lanes are locked by one statement and judged by the next, which sees what appenders committed before the lock."""
    locked = await tx.fetch(
        "SELECT lane FROM lane WHERE lane = ANY(%(lanes)s) ORDER BY lane FOR UPDATE SKIP LOCKED",
        {"lanes": texts(sorted(lanes))},
    )
    await tx.execute(
        "DELETE FROM lane WHERE lane = ANY(%(lanes)s) AND NOT EXISTS ("
        "SELECT FROM message WHERE message.lane = lane.lane"
        " AND (state <> 'SETTLED' OR answer ->> 'outcome' = 'PENDING'))",
        {"lanes": texts([row["lane"] for row in locked])},
    )


_OLD: Final = """
WITH first AS (
    SELECT event_id, occurred_at, position FROM event WHERE position IS NOT NULL ORDER BY position LIMIT %(limit)s
), judged AS (
    SELECT event_id, occurred_at, bool_and(occurred_at < %(before)s) OVER (ORDER BY position) AS old FROM first
    WHERE position < (SELECT max(position) FROM event)
)
SELECT event_id, occurred_at FROM judged WHERE old
"""

_EVENT_COLUMNS: Final = (
    "event_id, type, order_id, order_version, occurred_at, facts, traceparent, channel_id, seller_id, node_id,"
    " written, position"
)
_MOVE_EVENTS: Final = f"""
WITH gone AS (DELETE FROM event WHERE event_id = ANY(%(ids)s) RETURNING *)
INSERT INTO past_event ({_EVENT_COLUMNS}) SELECT {_EVENT_COLUMNS} FROM gone
"""


async def move_events(tx: Tx, *, before: Instant, limit: int) -> int:
    """Moves the first events of the feed that are old, at most so many; the last one of the feed always stays."""
    rows = await tx.fetch(_OLD, {"before": before, "limit": limit})
    if rows:
        await make_months(tx, "past_event", [row["occurred_at"] for row in rows])
        await tx.execute(_MOVE_EVENTS, {"ids": uuids([row["event_id"] for row in rows])})
    return len(rows)
