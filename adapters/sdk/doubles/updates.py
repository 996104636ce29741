"""What a stand-in will do by itself, and the log of what it has to tell.

Steps wait until their business time is reached and are worked in due order; what comes of them is appended to the log
under a number that counts without gaps per account, so that a cursor is simply the last number told. What a step means
stands in the stand-in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from google.protobuf import json_format
from google.protobuf.message import Message

from adapters.sdk.calls import BadCall, business_time_of
from adapters.sdk.times import instant_from, text_of, timestamp_of
from crossdock.partner.call.v1 import call_pb2

UpdateMessage = TypeVar("UpdateMessage", bound=Message)

PAGE: Final = 500

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS step (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account_id TEXT NOT NULL, due_time TEXT NOT NULL, kind TEXT NOT NULL,
    subject TEXT NOT NULL, argument TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS step_by_due ON step (account_id, due_time, id);
CREATE INDEX IF NOT EXISTS step_by_subject ON step (account_id, subject);
CREATE TABLE IF NOT EXISTS told (
    account_id TEXT NOT NULL, number INTEGER NOT NULL, update_id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (account_id, number), UNIQUE (account_id, update_id)
);
"""


@dataclass(frozen=True)
class Step:
    """Something due: what, about what, with what, when."""

    kind: str
    subject: str
    argument: str
    due: datetime


@dataclass(frozen=True)
class Page(Generic[UpdateMessage]):
    """Updates after a cursor, and where to go on."""

    updates: Sequence[UpdateMessage]
    pulled: call_pb2.Pulled


def plan(tx: sqlite3.Connection, account_id: str, step: Step) -> None:
    """Adds a step."""
    tx.execute(
        "INSERT INTO step (account_id, due_time, kind, subject, argument) VALUES (?, ?, ?, ?, ?)",
        (account_id, text_of(step.due), step.kind, step.subject, step.argument),
    )


def drop(tx: sqlite3.Connection, account_id: str, subject: str, kinds: Sequence[str]) -> None:
    """Removes the subject's steps of these kinds."""
    tx.executemany(
        "DELETE FROM step WHERE account_id = ? AND subject = ? AND kind = ?",
        [(account_id, subject, kind) for kind in kinds],
    )


def take_due(tx: sqlite3.Connection, account_id: str, at: datetime) -> Step | None:
    """Takes the earliest step due by `at` off the plan; None when nothing is due."""
    row = tx.execute(
        "SELECT * FROM step WHERE account_id = ? AND due_time <= ? ORDER BY due_time, id LIMIT 1",
        (account_id, text_of(at)),
    ).fetchone()
    if row is None:
        return None
    tx.execute("DELETE FROM step WHERE id = ?", (row["id"],))
    return Step(row["kind"], row["subject"], row["argument"], instant_from(row["due_time"]))


def tell(tx: sqlite3.Connection, account_id: str, update_id: str, update: Message) -> None:
    """Appends an update to the account's log."""
    tx.execute(
        "INSERT INTO told (account_id, number, update_id, body)"
        " SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM told WHERE account_id = ?",
        (account_id, update_id, json_format.MessageToJson(update, indent=None), account_id),
    )


def read_page(tx: sqlite3.Connection, pull: call_pb2.Pull, update_type: type[UpdateMessage]) -> Page[UpdateMessage]:
    """Answers the updates after the pull's cursor, at most PAGE. Raises BadCall for a cursor it never gave."""
    account_id = pull.call.account_id
    start = cursor_of(pull)
    rows = tx.execute(
        "SELECT body FROM told WHERE account_id = ? AND number > ? ORDER BY number LIMIT ?",
        (account_id, start, PAGE + 1),
    ).fetchall()
    updates = [json_format.Parse(row["body"], update_type()) for row in rows[:PAGE]]
    pulled = call_pb2.Pulled(cursor=str(start + len(updates)))
    following = business_time_of(pull.call) if len(rows) > PAGE else _next_due(tx, account_id)
    if following is not None:
        pulled.next_update_time.CopyFrom(timestamp_of(following))
    return Page(updates, pulled)


def cursor_of(pull: call_pb2.Pull) -> int:
    """Answers the number a pull goes on from; 0 for an empty cursor. Raises BadCall for a malformed one."""
    if not pull.cursor:
        return 0
    if not pull.cursor.isdecimal():
        raise BadCall("pull.cursor is none that was given out")
    return int(pull.cursor)


def _next_due(tx: sqlite3.Connection, account_id: str) -> datetime | None:
    row = tx.execute("SELECT min(due_time) AS due FROM step WHERE account_id = ?", (account_id,)).fetchone()
    return instant_from(row["due"]) if row["due"] else None
