"""Accounts of partners as messages see them: paused by a person, failing, and what waits for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.database.arrays import texts
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.outbox.model import AccountState
from hub.outbox.store.messages import WORK_CHANNEL

_STATES: Final = """
WITH waiting AS (
    SELECT account_id, count(*) FILTER (WHERE state = 'DUE') AS due,
        count(*) FILTER (WHERE state = 'DUE' AND leased_until IS NOT NULL) AS in_flight,
        count(*) FILTER (WHERE state = 'DUE' AND last_failure <> '') AS failing,
        count(*) FILTER (WHERE state = 'DEAD') AS dead,
        min(created_at) FILTER (WHERE state = 'DUE') AS oldest_at,
        (array_agg(last_failure ORDER BY created_at DESC) FILTER (WHERE last_failure <> ''))[1] AS last_failure
    FROM message WHERE state <> 'SETTLED' AND account_id = ANY(%(ids)s) GROUP BY account_id
), settled AS (
    SELECT account_id, count(*) AS settled, max(settled_at) AS last_settled_at FROM message
    WHERE state = 'SETTLED' AND settled_at > %(since)s AND account_id = ANY(%(ids)s) GROUP BY account_id
)
SELECT account_id, paused_at, coalesce(reason, '') AS pause_reason, open_until AS breaker_until,
    coalesce(due, 0) AS due, coalesce(in_flight, 0) AS in_flight, coalesce(failing, 0) AS failing,
    coalesce(dead, 0) AS dead, oldest_at, coalesce(last_failure, '') AS last_failure,
    coalesce(settled, 0) AS settled, last_settled_at
FROM unnest(%(ids)s::text[]) AS account(account_id)
LEFT JOIN paused_account USING (account_id) LEFT JOIN breaker USING (account_id)
LEFT JOIN waiting USING (account_id) LEFT JOIN settled USING (account_id)
ORDER BY account_id
"""


async def account_states(tx: Tx, account_ids: Sequence[str], *, since: Instant) -> list[AccountState]:
    """Return how accounts stand, by id; `since` (business time) is from when settled messages count."""
    rows = await tx.fetch(_STATES, {"ids": texts(account_ids), "since": since})
    return [AccountState(**row) for row in rows]


_PAUSE: Final = """
INSERT INTO paused_account (account_id, paused_at, reason) VALUES (%(id)s, %(at)s, %(reason)s)
ON CONFLICT (account_id) DO UPDATE SET reason = paused_account.reason RETURNING paused_at
"""


async def pause_account(tx: Tx, account_id: str, reason: str, *, now: Instant) -> Instant:
    """Have nothing of an account claimed; return since when (machine time). One that is paused stays as it is."""
    at: Instant = (await tx.fetch(_PAUSE, {"id": account_id, "at": now, "reason": reason}))[0]["paused_at"]
    return at


async def resume_account(tx: Tx, account_id: str) -> None:
    """Have messages of an account claimed again."""
    await tx.execute("DELETE FROM paused_account WHERE account_id = %(id)s", {"id": account_id})
    tx.notify(WORK_CHANNEL)
