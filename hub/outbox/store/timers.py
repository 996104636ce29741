"""Rows of timers: set, cleared, taken when due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from hub.database import sets
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.messages import codec
from hub.messages.payload import TimerPayload
from hub.messages.timers import PollDue
from hub.outbox.model import Timer, TimerRecord
from hub.outbox.store.tables import TIMER

_REPLACE: Final = (
    "(subject, kind) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload,"
    " order_id = excluded.order_id, traceparent = excluded.traceparent"
)
_EARLIEST: Final = "(subject, kind) DO UPDATE SET due_at = least(timer.due_at, excluded.due_at)"


async def put(tx: Tx, timers: Sequence[Timer]) -> None:
    """Inserts timers, replacing those under the same subject and kind."""
    await sets.insert(tx, TIMER, _rows(timers), on_conflict=_REPLACE)


async def put_absent(tx: Tx, timers: Sequence[Timer]) -> None:
    """Inserts timers where none stands under the same subject and kind; one that stands is not even locked.

    Many transactions ask for the same ones: they are set last, so that nobody waits for the first of them.
    """
    await sets.insert(tx, TIMER, _rows(timers), on_conflict="DO NOTHING", last=True)


async def put_earliest(tx: Tx, polls: Sequence[PollDue]) -> None:
    """Inserts timers of polls; one that stands keeps the earlier instant."""
    latest_first = sorted(polls, key=lambda poll: poll.due_at, reverse=True)
    await sets.insert(tx, TIMER, _rows([Timer(poll) for poll in latest_first]), on_conflict=_EARLIEST)


async def clear(tx: Tx, keys: Sequence[tuple[type[TimerPayload], UUID | str]]) -> None:
    """Deletes timers."""
    named = sorted({(str(subject), codec.timer_kind(struct)) for struct, subject in keys})
    await sets.delete(tx, TIMER, [{"subject": subject, "kind": kind} for subject, kind in named])


async def take_due(tx: Tx, *, at: Instant, limit: int) -> list[TimerRecord]:
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


async def of_subjects(tx: Tx, subjects: Sequence[str]) -> list[TimerRecord]:
    """Timers of subjects, the earliest first."""
    rows = await tx.fetch(
        "SELECT * FROM timer WHERE subject = ANY(%(subjects)s) ORDER BY due_at, subject, kind",
        {"subjects": list(subjects)},
    )
    return [_timer(row) for row in rows]


def _rows(timers: Sequence[Timer]) -> list[dict[str, Any]]:
    """Rows in the order of their keys; of equal ones the last."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for timer in timers:
        subject, fields = codec.stored_timer(timer.payload)
        kind = codec.timer_kind(type(timer.payload))
        rows[subject, kind] = {
            "subject": subject,
            "kind": kind,
            "due_at": timer.payload.due_at,
            "payload": fields,
            "order_id": timer.order_id,
            "traceparent": timer.traceparent,
        }
    return [rows[key] for key in sorted(rows)]


def _timer(row: Row) -> TimerRecord:
    subject, kind, due_at = row["subject"], row["kind"], row["due_at"]
    payload = codec.read_timer(kind, subject, due_at, row["payload"])
    return TimerRecord(subject, kind, due_at, payload, row["order_id"], row["traceparent"])
