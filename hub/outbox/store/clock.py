"""The row of business time, and the cursors of polls."""

from __future__ import annotations

from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.outbox.model import BusinessTime
from hub.outbox.store.messages import WORK_CHANNEL


async def load(tx: Tx, *, lock: bool = False) -> BusinessTime:
    """The row; locked to the end of the transaction if asked."""
    rows = await tx.fetch("SELECT virtual, at, fired_timers FROM business_clock" + (" FOR UPDATE" if lock else ""))
    return BusinessTime(rows[0]["virtual"], rows[0]["at"], rows[0]["fired_timers"])


async def save(tx: Tx, time: BusinessTime) -> None:
    """Writes the row and wakes the workers; virtual time never goes back."""
    await tx.fetch(
        "UPDATE business_clock SET at = CASE WHEN virtual THEN greatest(at, %(at)s) ELSE %(at)s END,"
        " virtual = %(virtual)s RETURNING pg_notify(%(channel)s, '')",
        {"virtual": time.virtual, "at": time.at, "channel": WORK_CHANNEL},
    )


async def count_fired(tx: Tx, count: int) -> None:
    """Counts timers that fired."""
    await tx.execute("UPDATE business_clock SET fired_timers = fired_timers + %(count)s", {"count": count})


async def cursor(tx: Tx, account_id: str) -> str:
    """Where the last poll of an account ended; empty before the first."""
    rows = await tx.fetch("SELECT cursor FROM poll_cursor WHERE account_id = %(id)s", {"id": account_id})
    return str(rows[0]["cursor"]) if rows else ""


async def save_cursor(tx: Tx, account_id: str, cursor: str, *, at: Instant) -> None:
    """Remembers where a poll ended."""
    await tx.execute(
        "INSERT INTO poll_cursor (account_id, cursor, updated_at) VALUES (%(id)s, %(cursor)s, %(at)s)"
        " ON CONFLICT (account_id) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at",
        {"id": account_id, "cursor": cursor, "at": at},
    )
