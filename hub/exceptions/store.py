"""Rows of exception records; one open row per (reason, subject)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import Column, DateTime, Table, Text, Uuid

from hub.database import sets, visibility
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.exceptions.model import ExceptionFilter, ExceptionReason, ExceptionRecord
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

EXCEPTION_RECORD = Table(
    "exception_record",
    METADATA,
    Column("exception_id", Uuid, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("deadline_at", DateTime(timezone=True), nullable=False),
    Column("suggested_command", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("order_id", Uuid),
    Column("resolved_at", DateTime(timezone=True)),
    Column("snoozed_until", DateTime(timezone=True)),
    Column("note", Text, nullable=False),
)

_RESOLVE = (
    "UPDATE exception_record SET resolved_at = %(at)s"
    " FROM unnest(%(reasons)s, %(subjects)s) AS given(reason, subject)"
    " WHERE exception_record.reason = given.reason AND exception_record.subject = given.subject"
    " AND exception_record.resolved_at IS NULL"
)

_END = (
    "UPDATE exception_record SET resolved_at = %(at)s, note = given.note"
    " FROM unnest(%(ids)s, %(notes)s) AS given(exception_id, note)"
    " WHERE exception_record.exception_id = given.exception_id AND exception_record.resolved_at IS NULL"
)

_DROP_ENDED = "DELETE FROM exception_record WHERE exception_id = ANY(%(ids)s) AND resolved_at IS NOT NULL"

_ORDER = "order_id = exception_record.order_id"

_ASKED = {
    "reason": "reason = %(reason)s",
    "owner": "owner = %(owner)s",
    "channel_id": f"EXISTS (SELECT FROM orders named WHERE named.{_ORDER} AND named.channel_id = %(channel_id)s)",
    "node_id": f"(EXISTS (SELECT FROM slice at WHERE at.{_ORDER} AND at.node_id = %(node_id)s)"
    f" OR EXISTS (SELECT FROM fulfillment_order at WHERE at.{_ORDER} AND at.node_id = %(node_id)s))",
    "overdue": "deadline_at < %(at)s AND resolved_at IS NULL",
}
"""Field of a filter -> the condition on records when it is given."""


async def open_all(tx: Tx, records: Sequence[ExceptionRecord]) -> None:
    """Opens records, in the order of (reason, subject); one that is open already stays as it is.

    A record whose id is known and ended is raised again: it takes the place of the ended one.
    """
    if not records:
        return
    ordered = sorted(records, key=lambda record: (record.reason.value, record.subject))
    await tx.write(_DROP_ENDED, {"ids": uuids([record.exception_id for record in ordered])})
    await sets.insert(
        tx,
        EXCEPTION_RECORD,
        [_row(record) for record in ordered],
        on_conflict="(reason, subject) WHERE resolved_at IS NULL DO NOTHING",
    )


async def resolve(tx: Tx, keys: Sequence[tuple[ExceptionReason, str]], *, at: Instant) -> None:
    """Ends the open records of (reason, subject), where there are any."""
    if keys:
        reasons, subjects = texts([reason.value for reason, _ in keys]), texts([subject for _, subject in keys])
        await tx.execute(_RESOLVE, {"at": at, "reasons": reasons, "subjects": subjects})


async def of_orders(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[ExceptionRecord, ...]]:
    """The records of orders, ended ones too, oldest first."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM exception_record WHERE order_id = ANY(%(ids)s) ORDER BY created_at, exception_id",
        {"ids": uuids(order_ids)},
    )
    found: dict[UUID, list[ExceptionRecord]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(_record(row))
    return {order_id: tuple(records) for order_id, records in found.items()}


async def page(
    tx: Tx, scope: Scope, asked: ExceptionFilter, after: tuple[Instant, UUID] | None, size: int
) -> list[ExceptionRecord]:
    """Records in scope by their deadline, at most `size`, from behind `after` (deadline_at, exception_id)."""
    conditions, parameters = visibility.order_seen(scope, "exception_record.order_id")
    conditions += [condition for name, condition in _ASKED.items() if getattr(asked, name)]
    if not asked.ended:
        conditions.append("resolved_at IS NULL")
    if not asked.snoozed:
        conditions.append("(snoozed_until IS NULL OR snoozed_until <= %(at)s OR resolved_at IS NOT NULL)")
    if after is not None:
        conditions.append("(deadline_at, exception_id) > (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    parameters |= asdict(asked) | {"reason": asked.reason.value if asked.reason else None, "size": size}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT * FROM exception_record{where} ORDER BY deadline_at, exception_id LIMIT %(size)s", parameters
    )
    return [_record(row) for row in rows]


async def find(tx: Tx, scope: Scope, exception_ids: Sequence[UUID]) -> dict[UUID, ExceptionRecord]:
    """The records in scope of these ids, ended ones too."""
    conditions, parameters = visibility.order_seen(scope, "exception_record.order_id")
    where = " AND ".join(["exception_id = ANY(%(ids)s)", *conditions])
    rows = await tx.fetch(f"SELECT * FROM exception_record WHERE {where}", parameters | {"ids": uuids(exception_ids)})
    return {row["exception_id"]: _record(row) for row in rows}


async def end(tx: Tx, records: Sequence[ExceptionRecord], *, at: Instant) -> None:
    """End those records that are open, with their notes."""
    ids, notes = uuids([record.exception_id for record in records]), texts([record.note for record in records])
    await tx.execute(_END, {"ids": ids, "notes": notes, "at": at})


async def triage(tx: Tx, records: Sequence[ExceptionRecord]) -> None:
    """Save who owns records and until when they are put aside."""
    rows = [
        {"exception_id": record.exception_id, "owner": record.owner, "snoozed_until": record.snoozed_until}
        for record in records
    ]
    await sets.update(tx, EXCEPTION_RECORD, rows, key=("exception_id",))


async def open_among(tx: Tx, reason: ExceptionReason, subjects: Sequence[str]) -> list[str]:
    """The subjects among these that have an open record of a reason, locked to the end of the transaction."""
    rows = await tx.fetch(
        "SELECT subject FROM exception_record WHERE reason = %(reason)s AND subject = ANY(%(subjects)s)"
        " AND resolved_at IS NULL ORDER BY subject FOR UPDATE",
        {"reason": reason.value, "subjects": texts(subjects)},
    )
    return [row["subject"] for row in rows]


async def open_subjects(tx: Tx, reason: ExceptionReason) -> list[str]:
    """The subjects of all open records of a reason, in order."""
    rows = await tx.fetch(
        "SELECT subject FROM exception_record WHERE reason = %(reason)s AND resolved_at IS NULL ORDER BY subject",
        {"reason": reason.value},
    )
    return [row["subject"] for row in rows]


async def count_open(tx: Tx) -> int:
    """How many records are open."""
    rows = await tx.fetch("SELECT count(*) AS open FROM exception_record WHERE resolved_at IS NULL")
    return int(rows[0]["open"])


async def open_by_reason(tx: Tx) -> dict[str, int]:
    """How many records are open, by reason."""
    sql = "SELECT reason, count(*) AS open FROM exception_record WHERE resolved_at IS NULL GROUP BY reason"
    return {row["reason"]: int(row["open"]) for row in await tx.fetch(sql)}


def _row(record: ExceptionRecord) -> dict[str, Any]:
    return {
        "exception_id": record.exception_id,
        "reason": record.reason.value,
        "subject": record.subject,
        "detail": record.detail,
        "owner": record.owner,
        "deadline_at": record.deadline_at,
        "suggested_command": record.suggested_command,
        "created_at": record.created_at,
        "order_id": record.order_id,
        "resolved_at": record.resolved_at,
        "snoozed_until": record.snoozed_until,
        "note": record.note,
    }


def _record(row: Row) -> ExceptionRecord:
    return ExceptionRecord(**(row | {"reason": ExceptionReason(row["reason"])}))
