"""Rows of timers: set, cleared, taken when due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hub.database import sets
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.outbox.model import POLL, Poll, Timer
from hub.outbox.store.tables import TIMER

_REPLACE: Final = (
    "(subject, kind) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload,"
    " order_id = excluded.order_id, traceparent = excluded.traceparent"
)
_EARLIEST: Final = "(subject, kind) DO UPDATE SET due_at = least(timer.due_at, excluded.due_at)"


async def put(tx: Tx, timers: Sequence[Timer]) -> None:
    """Inserts timers, replacing those under the same subject and kind."""
    rows = {(timer.subject, timer.kind): _row(timer) for timer in timers}
    await sets.insert(tx, TIMER, [rows[key] for key in sorted(rows)], on_conflict=_REPLACE)


async def put_absent(tx: Tx, timers: Sequence[Timer]) -> None:
    """Inserts timers where none stands under the same subject and kind; one that stands is not even locked.

    Many transactions ask for the same ones: they are set last, so that nobody waits for the first of them.
    """
    rows = {(timer.subject, timer.kind): _row(timer) for timer in timers}
    await sets.insert(tx, TIMER, [rows[key] for key in sorted(rows)], on_conflict="DO NOTHING", last=True)


async def put_earliest(tx: Tx, polls: Sequence[Poll]) -> None:
    """Inserts timers of polls; one that stands keeps the earlier instant."""
    rows: dict[str, Mapping[str, Any]] = {}
    for poll in sorted(polls, key=lambda one: one.due_at, reverse=True):
        rows[poll.account_id] = _row(Timer(poll.account_id, POLL, poll.due_at, {"message_kind": poll.kind}))
    await sets.insert(tx, TIMER, [rows[key] for key in sorted(rows)], on_conflict=_EARLIEST)


async def clear(tx: Tx, keys: Sequence[tuple[str, str]]) -> None:
    """Deletes timers."""
    await sets.delete(tx, TIMER, [{"subject": subject, "kind": kind} for subject, kind in sorted(set(keys))])


async def take_due(tx: Tx, *, at: Instant, limit: int) -> list[Timer]:
    """Deletes timers that are due, the earliest first, and answers them in that order."""
    rows = await tx.fetch(
        "WITH due AS (SELECT subject, kind FROM timer WHERE due_at <= %(at)s ORDER BY due_at, subject, kind"
        " LIMIT %(limit)s FOR UPDATE SKIP LOCKED)"
        " DELETE FROM timer USING due WHERE timer.subject = due.subject AND timer.kind = due.kind RETURNING timer.*",
        {"at": at, "limit": limit},
    )
    return sorted((_timer(row) for row in rows), key=lambda one: (one.due_at, one.subject, one.kind))


async def next_due_at(tx: Tx) -> Instant | None:
    """When the earliest timer is due; None when none is set."""
    at: Instant | None = (await tx.fetch("SELECT min(due_at) AS at FROM timer"))[0]["at"]
    return at


async def of_subjects(tx: Tx, subjects: Sequence[str]) -> list[Timer]:
    """Timers of subjects, the earliest first."""
    rows = await tx.fetch(
        "SELECT * FROM timer WHERE subject = ANY(%(subjects)s) ORDER BY due_at, subject, kind",
        {"subjects": list(subjects)},
    )
    return [_timer(row) for row in rows]


def _row(timer: Timer) -> dict[str, Any]:
    return {
        "subject": timer.subject,
        "kind": timer.kind,
        "due_at": timer.due_at,
        "payload": dict(timer.payload),
        "order_id": timer.order_id,
        "traceparent": timer.traceparent,
    }


def _timer(row: Row) -> Timer:
    return Timer(row["subject"], row["kind"], row["due_at"], row["payload"], row["order_id"], row["traceparent"])
