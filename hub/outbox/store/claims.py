"""Claiming messages: which are next, and who holds them for how long. Machine time throughout.

A message may be claimed when it is the oldest unsettled one of its lane, due, and its account has room in flight.
Claims are made one after the other (an advisory lock), so that a ceiling holds over all workers. A claim that
finds an expired lease marks the message's outcome as unknown: its holder may have called the partner before it died.
Of an account that a person has paused nothing is claimed. Where an account's breaker is open and its time is over, the
message put off for the shortest time tries the partner, without waiting for its own next attempt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from hub.database.arrays import bigints, texts
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.outbox.model import Claim, MessageState, OutboxCounts, Pace, Waiting
from hub.outbox.store.messages import WORK_CHANNEL, held, message_of

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('crossdock claim'), 0)"

_CLAIM: Final = """
WITH RECURSIVE account(account_id) AS (
    (SELECT account_id FROM message WHERE state = 'DUE' ORDER BY account_id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT next.account_id FROM message AS next
        WHERE next.state = 'DUE' AND next.account_id > account.account_id ORDER BY next.account_id LIMIT 1
    ) FROM account WHERE account.account_id IS NOT NULL
), room AS (
    SELECT account.account_id, breaker.account_id IS NOT NULL AS probe,
        CASE WHEN breaker.account_id IS NULL THEN coalesce(given.ceiling, %(ceiling)s) ELSE 1 END - (
            SELECT count(*) FROM message AS held
            WHERE held.account_id = account.account_id AND held.state = 'DUE' AND held.leased_until > %(now)s
        ) AS free
    FROM account
    LEFT JOIN breaker ON breaker.account_id = account.account_id
    LEFT JOIN unnest(%(accounts)s::text[], %(ceilings)s::bigint[]) AS given(account_id, ceiling)
        ON given.account_id = account.account_id
    WHERE account.account_id IS NOT NULL AND (breaker.account_id IS NULL OR breaker.open_until <= %(now)s)
        AND NOT EXISTS (SELECT FROM paused_account WHERE paused_account.account_id = account.account_id)
), probe AS (
    SELECT first.* FROM room CROSS JOIN LATERAL (
        SELECT candidate.message_id, candidate.priority, candidate.created_at FROM message AS candidate
        WHERE room.probe AND room.free > 0 AND candidate.account_id = room.account_id AND candidate.state = 'DUE'
            AND (candidate.leased_until IS NULL OR candidate.leased_until <= %(now)s)
            AND NOT EXISTS (
                SELECT FROM message AS older WHERE older.lane = candidate.lane
                    AND older.lane_number < candidate.lane_number AND older.state <> 'SETTLED'
            )
        ORDER BY candidate.not_before NULLS FIRST, candidate.priority, candidate.created_at, candidate.message_id
        LIMIT 1
    ) AS first
), head AS (
    SELECT message_id, true AS probe, priority, created_at FROM probe
    UNION ALL
    SELECT first.message_id, false, first.priority, first.created_at FROM room CROSS JOIN LATERAL (
        SELECT candidate.message_id, candidate.priority, candidate.created_at FROM message AS candidate
        WHERE NOT room.probe AND candidate.account_id = room.account_id AND candidate.state = 'DUE'
            AND (candidate.not_before IS NULL OR candidate.not_before <= %(now)s)
            AND (candidate.leased_until IS NULL OR candidate.leased_until <= %(now)s)
            AND NOT EXISTS (
                SELECT FROM message AS older WHERE older.lane = candidate.lane
                    AND older.lane_number < candidate.lane_number AND older.state <> 'SETTLED'
            )
        ORDER BY candidate.priority, candidate.created_at, candidate.message_id
        LIMIT least(greatest(room.free, 0), %(limit)s)
    ) AS first
    ORDER BY priority, created_at, message_id
    LIMIT %(limit)s
), free AS (
    SELECT message.message_id, head.probe FROM message JOIN head ON head.message_id = message.message_id
    WHERE message.state = 'DUE' AND (message.leased_until IS NULL OR message.leased_until <= %(now)s)
    FOR UPDATE OF message SKIP LOCKED
)
UPDATE message SET leased_until = %(until)s, fence = message.fence + 1, attempts = message.attempts + 1,
    unknown = message.unknown OR message.leased_until IS NOT NULL
FROM free WHERE message.message_id = free.message_id
RETURNING message.*, free.probe
"""


async def claim(
    tx: Tx, *, now: Instant, until: Instant, ceilings: Mapping[str, int], default_ceiling: int, limit: int
) -> list[Claim]:
    """Claims up to `limit` messages until an instant; `ceilings` by account ('' are tasks), others the default one."""
    await tx.fetch(_LOCK)
    rows = await tx.fetch(
        _CLAIM,
        {
            "now": now,
            "until": until,
            "accounts": texts(list(ceilings)),
            "ceilings": bigints(list(ceilings.values())),
            "ceiling": default_ceiling,
            "limit": limit,
        },
    )
    rows.sort(key=lambda row: (row["priority"], row["created_at"], row["message_id"]))
    return [Claim(message_of(row), row["fence"], row["attempts"], row["unknown"], row["probe"]) for row in rows]


_COUNTS: Final = """
SELECT count(*) FILTER (WHERE state = 'DUE') AS due,
    count(*) FILTER (WHERE state = 'DUE' AND leased_until IS NOT NULL) AS in_flight,
    count(*) FILTER (WHERE state = 'DEAD') AS dead,
    (SELECT count(*) FROM timer) AS timers,
    (SELECT coalesce(max(position), 0) FROM event) AS last_position
FROM message WHERE state <> 'SETTLED'
"""


async def counts(tx: Tx) -> OutboxCounts:
    """How much there is."""
    return OutboxCounts(**(await tx.fetch(_COUNTS))[0])


_PACE: Final = """
WITH settled AS (
    SELECT created_at <= %(since)s AS waited FROM message WHERE state = 'SETTLED' AND settled_at > %(since)s
)
SELECT (SELECT count(*) FROM settled) AS settled,
    (SELECT count(*) FROM settled WHERE waited)
        - (SELECT count(*) FROM message WHERE state = 'DUE' AND created_at > %(since)s) AS drained
"""


async def pace(tx: Tx, since: Instant) -> Pace:
    """How much was settled since an instant of business time, and how many fewer messages are due than then."""
    return Pace(**(await tx.fetch(_PACE, {"since": since}))[0])


_WAITING: Final = """
SELECT account_id, kind, state, count(*) AS count, min(created_at) AS oldest_at
FROM message WHERE state <> 'SETTLED' GROUP BY account_id, kind, state
"""


async def waiting(tx: Tx) -> list[Waiting]:
    """Return what is not settled, by account, kind and state."""
    return [
        Waiting(row["account_id"], row["kind"], MessageState(row["state"]), row["count"], row["oldest_at"])
        for row in await tx.fetch(_WAITING)
    ]


_BUSY: Final = """
SELECT EXISTS (
    SELECT FROM message AS candidate WHERE state = 'DUE'
        AND (leased_until IS NOT NULL OR attempts < %(patience)s OR not_before IS NULL OR not_before <= %(now)s)
        AND NOT EXISTS (
            SELECT FROM message AS older WHERE older.lane = candidate.lane
                AND older.lane_number < candidate.lane_number AND older.state <> 'SETTLED'
        )
        AND NOT EXISTS (
            SELECT FROM breaker WHERE breaker.account_id = candidate.account_id AND breaker.open_until > %(now)s
                AND candidate.leased_until IS NULL AND (%(pass_over)s OR candidate.attempts >= %(patience)s)
        )
        AND (candidate.leased_until IS NOT NULL OR NOT EXISTS (
            SELECT FROM paused_account WHERE paused_account.account_id = candidate.account_id
        ))
) AS busy
"""


async def busy(tx: Tx, *, now: Instant, patience: int, pass_over: bool) -> bool:
    """Whether a message is due or in flight.

    Not counted are those behind another one of their lane, those put off `patience` times or more that wait for their
    next attempt, those of a paused account that are not in flight, and those of an account whose breaker is open: all
    of them if `pass_over`, else by their attempts.
    """
    return bool((await tx.fetch(_BUSY, {"now": now, "patience": patience, "pass_over": pass_over}))[0]["busy"])


_NEXT: Final = """
SELECT min(at) AS at FROM message LEFT JOIN breaker ON breaker.account_id = message.account_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN breaker.account_id IS NULL THEN greatest(not_before, leased_until)
        ELSE greatest(leased_until, breaker.open_until) END AS at
) AS next
WHERE message.state = 'DUE' AND at > %(now)s
    AND NOT EXISTS (SELECT FROM paused_account WHERE paused_account.account_id = message.account_id)
"""


async def next_attempt_at(tx: Tx, *, now: Instant) -> Instant | None:
    """When the next message that waits, or whose holder may have died, can be claimed; None when none waits."""
    at: Instant | None = (await tx.fetch(_NEXT, {"now": now}))[0]["at"]
    return at


_RENEW: Final = """
WITH kept AS (
    SELECT message_id FROM message JOIN unnest(%(ids)s::uuid[], %(fences)s::bigint[]) AS given(message_id, fence)
        USING (message_id, fence)
    WHERE message.leased_until IS NOT NULL
    ORDER BY message_id FOR UPDATE OF message SKIP LOCKED
)
UPDATE message SET leased_until = %(until)s FROM kept WHERE message.message_id = kept.message_id
"""


async def renew(tx: Tx, claims: Sequence[Claim], *, until: Instant) -> None:
    """Holds claimed messages for longer; those lost to another worker are left alone.

    Those that a transaction is taking in are passed over: nobody can claim them while it holds them, and all others
    must not wait for it.
    """
    await tx.execute(_RENEW, {**held(claims), "until": until})


async def hold(tx: Tx, claims: Sequence[Claim]) -> set[tuple[UUID, int]]:
    """Lock claimed messages to the end of the transaction; return the keys of the claims that still hold."""
    rows = await tx.fetch(
        "SELECT message.message_id, message.fence FROM message JOIN unnest(%(ids)s::uuid[], %(fences)s::bigint[])"
        " AS given(message_id, fence) ON message.message_id = given.message_id AND message.fence = given.fence"
        " WHERE message.leased_until IS NOT NULL ORDER BY message.message_id FOR UPDATE OF message",
        held(claims),
    )
    return {(row["message_id"], row["fence"]) for row in rows}


_HASTEN: Final = """
WITH closing AS (UPDATE breaker SET open_until = %(now)s WHERE open_until > %(now)s)
UPDATE message SET not_before = NULL WHERE state = 'DUE' AND leased_until IS NULL AND not_before > %(now)s
"""


async def hasten(tx: Tx, *, now: Instant) -> int:
    """Ends the waiting of messages that were put off and of open breakers; answers how many messages waited."""
    return await tx.execute(_HASTEN, {"now": now})


async def open_breaker(tx: Tx, account_id: str, *, until: Instant) -> None:
    """Has nothing of an account claimed until an instant; then one message tries it."""
    await tx.execute(
        "INSERT INTO breaker (account_id, open_until) VALUES (%(id)s, %(until)s)"
        " ON CONFLICT (account_id) DO UPDATE SET open_until = greatest(breaker.open_until, excluded.open_until)",
        {"id": account_id, "until": until},
    )


_CLOSE: Final = """
WITH closed AS (DELETE FROM breaker WHERE account_id = ANY(%(ids)s))
UPDATE message SET not_before = NULL
WHERE account_id = ANY(%(ids)s) AND state = 'DUE' AND leased_until IS NULL AND not_before > %(now)s
"""


async def close_breakers(tx: Tx, account_ids: Sequence[str], *, now: Instant) -> None:
    """Ends the breakers of accounts whose partner is back, and the waiting of all their messages."""
    await tx.execute(_CLOSE, {"ids": texts(account_ids), "now": now})
    tx.notify(WORK_CHANNEL)
