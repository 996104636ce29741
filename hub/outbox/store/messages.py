"""Rows of messages: numbered in their lanes, settled, put off, given up, listed. Claiming them is in `claims`.

Appending locks the lanes' rows in the order of their names and keeps them to the commit: a number of a lane is visible
only after all lower ones, so whoever sees no older unsettled message of a lane knows that none will appear.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import convert

from hub.database.arrays import array, bigints, texts, uuids
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.messages import codec
from hub.messages.payload import Payload
from hub.outbox.model import Claim, KeptAnswer, Message, MessageRecord, MessageState, Overdue, Revival

WORK_CHANNEL: Final = "crossdock_work"
"""NOTIFY channel that wakes workers: there is a message or a timer."""

_TAKE: Final = """
INSERT INTO lane (lane, last_number)
SELECT lane, count(*) FROM unnest(%(lanes)s::text[]) AS given(lane) GROUP BY lane ORDER BY lane
ON CONFLICT (lane) DO UPDATE SET last_number = lane.last_number + excluded.last_number
RETURNING lane, last_number
"""
_APPEND: Final = """
INSERT INTO message (message_id, lane, lane_number, kind, account_id, order_id, payload, traceparent, priority, created_at)
SELECT message_id, given.lane,
    taken.last_number + 1 - row_number() OVER (PARTITION BY given.lane ORDER BY ordinal DESC),
    kind, account_id, order_id, payload, traceparent, priority::integer, %(at)s
FROM unnest(
    %(ids)s::uuid[], %(lanes)s::text[], %(kinds)s::text[], %(accounts)s::text[], %(orders)s::uuid[],
    %(payloads)s::jsonb[], %(traces)s::text[], %(priorities)s::bigint[]
) WITH ORDINALITY AS given(message_id, lane, kind, account_id, order_id, payload, traceparent, priority, ordinal)
JOIN taken ON taken.lane = given.lane
ON CONFLICT (message_id) DO NOTHING
"""  # noqa: E501

_COLUMNS: Final = "message_id, lane, kind, account_id, order_id, payload, traceparent, priority"


async def append(tx: Tx, messages: Sequence[Message[Payload]], *, at: Instant) -> None:
    """Inserts messages at the end of their lanes, in the order given; one whose id is there already is left out."""
    if not messages:
        return
    await tx.write(
        _APPEND,
        {
            "ids": uuids([message.message_id for message in messages]),
            "lanes": texts([message.lane for message in messages]),
            "kinds": texts([message.kind for message in messages]),
            "accounts": texts([message.account_id or "" for message in messages]),
            "orders": uuids([message.order_id for message in messages]),
            "payloads": array("jsonb", [codec.stored(message.payload) for message in messages]),
            "traces": texts([message.traceparent for message in messages]),
            "priorities": bigints([message.priority for message in messages]),
            "at": at,
        },
        taking=("taken", _TAKE),
    )
    tx.notify(WORK_CHANNEL)


_SETTLE: Final = """
UPDATE message SET state = 'SETTLED', settled_at = %(at)s, answer = given.answer, leased_until = NULL, unknown = false
FROM unnest(%(ids)s::uuid[], %(fences)s::bigint[], %(answers)s::jsonb[]) AS given(message_id, fence, answer)
WHERE message.message_id = given.message_id AND message.fence = given.fence AND message.leased_until IS NOT NULL
RETURNING message.message_id
"""


async def settle(tx: Tx, answered: Sequence[tuple[Claim, KeptAnswer | None]], *, at: Instant) -> set[UUID]:
    """Settles messages whose claim still holds; answers which."""
    rows = await tx.fetch(
        _SETTLE,
        {
            **held([claim for claim, _ in answered]),
            "answers": array("jsonb", [answer for _, answer in answered]),
            "at": at,
        },
    )
    return {row["message_id"] for row in rows}


_PUT_OFF: Final = """
UPDATE message SET leased_until = NULL, not_before = given.not_before, unknown = given.unknown,
    last_failure = given.failure
FROM unnest(%(ids)s::uuid[], %(fences)s::bigint[], %(until)s::timestamptz[], %(unknown)s::boolean[], %(failures)s::text[])
    AS given(message_id, fence, not_before, unknown, failure)
WHERE message.message_id = given.message_id AND message.fence = given.fence AND message.leased_until IS NOT NULL
RETURNING message.message_id
"""  # noqa: E501


async def put_off(tx: Tx, claims: Sequence[tuple[Claim, Instant, str]]) -> set[UUID]:
    """Gives claimed messages back to be tried from an instant of machine time on; `unknown` as in the claim."""
    rows = await tx.fetch(
        _PUT_OFF,
        {
            **held([claim for claim, _, _ in claims]),
            "until": array("timestamptz", [until for _, until, _ in claims]),
            "unknown": array("boolean", [claim.unknown for claim, _, _ in claims]),
            "failures": texts([failure for _, _, failure in claims]),
        },
    )
    return {row["message_id"] for row in rows}


_BURY: Final = """
UPDATE message SET state = 'DEAD', leased_until = NULL, unknown = given.unknown, last_failure = given.failure
FROM unnest(%(ids)s::uuid[], %(fences)s::bigint[], %(unknown)s::boolean[], %(failures)s::text[])
    AS given(message_id, fence, unknown, failure)
WHERE message.message_id = given.message_id AND message.fence = given.fence AND message.leased_until IS NOT NULL
RETURNING message.message_id, message.fence
"""


async def bury(tx: Tx, claims: Sequence[tuple[Claim, str]]) -> set[tuple[UUID, int]]:
    """Give claimed messages up, with the reason; return the keys of the claims that still held."""
    rows = await tx.fetch(
        _BURY,
        {
            **held([claim for claim, _ in claims]),
            "unknown": array("boolean", [claim.unknown for claim, _ in claims]),
            "failures": texts([failure for _, failure in claims]),
        },
    )
    return {(row["message_id"], row["fence"]) for row in rows}


async def revive(tx: Tx, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Makes dead letters due again, with all their attempts; answers which."""
    rows = await tx.fetch(
        "UPDATE message SET state = 'DUE', attempts = 0, not_before = NULL"
        " WHERE message_id = ANY(%(ids)s) AND state = 'DEAD' RETURNING *",
        {"ids": uuids(message_ids)},
    )
    if rows:
        tx.notify(WORK_CHANNEL)
    return [_record(row) for row in rows]


async def calls(tx: Tx, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Calls by their ids, settled ones too."""
    rows = await tx.fetch(
        "SELECT * FROM every_message WHERE message_id = ANY(%(ids)s) AND account_id <> '' ORDER BY message_id",
        {"ids": uuids(message_ids)},
    )
    return [_record(row) for row in rows]


_WAITS: Final = """
state = 'DUE' AND account_id <> '' AND answer IS NULL AND NOT EXISTS (
    SELECT FROM message AS dead WHERE dead.lane = message.lane AND dead.state = 'DEAD'
)
"""
"""Messages that wait for their partner; not those behind a dead letter, nor those that it answered PENDING."""

_OVERDUE: Final = f"""
SELECT account_id, count(*) AS messages, (array_agg(kind ORDER BY created_at, message_id))[1] AS kind,
    min(created_at) AS since, (array_agg(last_failure ORDER BY created_at, message_id))[1] AS last_failure
FROM message WHERE {_WAITS} AND created_at <= %(before)s GROUP BY account_id ORDER BY account_id
"""


async def overdue(tx: Tx, *, before: Instant) -> list[Overdue]:
    """Accounts with messages that wait since an instant of business time or longer."""
    rows = await tx.fetch(_OVERDUE, {"before": before})
    return [Overdue(**row) for row in rows]


async def oldest_failed(tx: Tx) -> Instant | None:
    """Since when the oldest message waits that failed at its partner; None where none does."""
    rows = await tx.fetch(f"SELECT min(created_at) AS since FROM message WHERE {_WAITS} AND last_failure <> ''")
    since: Instant | None = rows[0]["since"]
    return since


_TRY_NOW: Final = """
WITH closed AS (DELETE FROM breaker WHERE account_id = ANY(%(ids)s))
UPDATE message SET not_before = NULL WHERE account_id = ANY(%(ids)s) AND state = 'DUE' AND leased_until IS NULL
"""


async def try_now(tx: Tx, account_ids: Sequence[str]) -> None:
    """Has all that waits for accounts tried at once."""
    await tx.execute(_TRY_NOW, {"ids": texts(account_ids)})
    tx.notify(WORK_CHANNEL)


_ASK_AGAIN: Final = """
UPDATE message SET state = 'DUE', attempts = 0, not_before = NULL, settled_at = NULL, unknown = true
WHERE message_id = ANY(%(ids)s) AND state = 'SETTLED' AND answer ->> 'outcome' = 'PENDING' RETURNING *
"""


async def ask_again(tx: Tx, message_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Makes messages due that were answered PENDING, their outcome unknown; answers which."""
    rows = await tx.fetch(_ASK_AGAIN, {"ids": uuids(message_ids)})
    if rows:
        tx.notify(WORK_CHANNEL)
    return [_record(row) for row in rows]


_REVIVE: Final = """
WITH revived AS (
    UPDATE message SET state = 'DUE', attempts = 0, not_before = NULL
    WHERE message_id IN (
        SELECT message_id FROM message
        WHERE state = 'DEAD' AND account_id = %(account)s
            AND (%(since)s::timestamptz IS NULL OR created_at >= %(since)s)
        ORDER BY created_at, message_id LIMIT %(limit)s FOR UPDATE
    )
    RETURNING message_id
)
SELECT array_agg(revived.message_id) FILTER (WHERE revived.message_id IS NOT NULL) AS retried,
    count(*) - count(revived.message_id) AS remaining
FROM message LEFT JOIN revived USING (message_id)
WHERE state = 'DEAD' AND account_id = %(account)s AND (%(since)s::timestamptz IS NULL OR created_at >= %(since)s)
"""


async def revive_many(tx: Tx, revival: Revival, *, limit: int) -> tuple[list[UUID], int]:
    """Makes the oldest dead letters of an account due again, at most so many; answers which, and how many are left."""
    rows = await tx.fetch(_REVIVE, {"account": revival.account_id, "since": revival.since, "limit": limit})
    retried = rows[0]["retried"] or []
    if retried:
        tx.notify(WORK_CHANNEL)
    return retried, rows[0]["remaining"]


async def refused(tx: Tx, message_ids: Sequence[UUID], kinds: Collection[str]) -> list[MessageRecord]:
    """Settled messages among these, of some kinds, that were answered REFUSED."""
    rows = await tx.fetch(
        "SELECT * FROM every_message WHERE message_id = ANY(%(ids)s) AND kind = ANY(%(kinds)s)"
        " AND answer ->> 'outcome' = 'REFUSED' ORDER BY message_id",
        {"ids": uuids(message_ids), "kinds": texts(sorted(kinds))},
    )
    return [_record(row) for row in rows]


async def drop(tx: Tx, message_id: UUID, *, at: Instant) -> MessageRecord | None:
    """Settles a dead letter without its having been done; None when it is none."""
    rows = await tx.fetch(
        "WITH dropped AS (UPDATE message SET state = 'SETTLED', settled_at = %(at)s,"
        " answer = jsonb_build_object('outcome', 'DROPPED')"
        " WHERE message_id = %(id)s AND state = 'DEAD' RETURNING *)"
        " SELECT dropped.*, pg_notify(%(channel)s, '') FROM dropped",
        {"id": message_id, "at": at, "channel": WORK_CHANNEL},
    )
    return _record(rows[0]) if rows else None


_WITHDRAW: Final = """
UPDATE message SET state = 'SETTLED', settled_at = %(at)s, answer = jsonb_build_object('outcome', 'DROPPED'),
    leased_until = NULL, unknown = false
WHERE account_id = %(account)s AND state <> 'SETTLED' RETURNING kind, payload
"""


async def withdraw(tx: Tx, account_id: str, *, at: Instant) -> list[Payload]:
    """Settles all messages to an account without their having been done; answers their payloads."""
    rows = await tx.fetch(_WITHDRAW, {"account": account_id, "at": at})
    return [codec.read(row["kind"], row["payload"]) for row in rows]


async def listed(
    tx: Tx, state: MessageState | None, *, account_id: str | None = None, after: UUID | None, limit: int
) -> list[MessageRecord]:
    """Messages in a state (None: in any), to an account (None: to any), by id, from behind `after`."""
    where = "WHERE (%(after)s::uuid IS NULL OR message_id > %(after)s)"
    if state is not None:
        where += " AND state = %(state)s"
    if account_id is not None:
        where += " AND account_id = %(account)s"
    rows = await tx.fetch(
        f"SELECT * FROM every_message {where} ORDER BY message_id LIMIT %(limit)s",
        {"state": state and state.value, "account": account_id, "after": after, "limit": limit},
    )
    return [_record(row) for row in rows]


async def unsettled_of(tx: Tx, account_ids: Sequence[str]) -> dict[str, int]:
    """Messages to accounts that are due or dead, counted by account."""
    rows = await tx.fetch(
        "SELECT account_id, count(*) AS messages FROM message"
        " WHERE state <> 'SETTLED' AND account_id = ANY(%(accounts)s) GROUP BY account_id",
        {"accounts": texts(account_ids)},
    )
    return {row["account_id"]: row["messages"] for row in rows}


async def unsettled_lanes(tx: Tx, lanes: Sequence[str]) -> set[str]:
    """Those of the lanes in which a message is due or dead."""
    rows = await tx.fetch(
        "SELECT DISTINCT lane FROM message WHERE state <> 'SETTLED' AND lane = ANY(%(lanes)s)", {"lanes": texts(lanes)}
    )
    return {row["lane"] for row in rows}


async def of_orders(tx: Tx, order_ids: Sequence[UUID]) -> list[MessageRecord]:
    """Messages about orders, in the order of their making."""
    rows = await tx.fetch(
        "SELECT * FROM every_message WHERE order_id = ANY(%(ids)s) ORDER BY created_at, lane, lane_number",
        {"ids": uuids(order_ids)},
    )
    return [_record(row) for row in rows]


def message_of(row: Row) -> Message[Payload]:
    """The message in a row that has its columns."""
    return Message(
        message_id=row["message_id"],
        lane=row["lane"],
        payload=codec.read(row["kind"], row["payload"]),
        account_id=row["account_id"] or None,
        order_id=row["order_id"],
        traceparent=row["traceparent"],
        priority=row["priority"],
        answered_before=row["answer"] is not None,
        appended_at=row["created_at"],
    )


def _record(row: Row) -> MessageRecord:
    return MessageRecord(
        message=message_of(row),
        lane_number=row["lane_number"],
        state=MessageState(row["state"]),
        attempts=row["attempts"],
        last_failure=row["last_failure"],
        created_at=row["created_at"],
        settled_at=row["settled_at"],
        answer=None if row["answer"] is None else convert(row["answer"], KeptAnswer),
    )


def held(claims: Sequence[Claim]) -> dict[str, Any]:
    """Ids and fences of claims as parameters."""
    return {
        "ids": uuids([claim.message.message_id for claim in claims]),
        "fences": bigints([claim.fence for claim in claims]),
    }
