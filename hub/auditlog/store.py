"""Rows of the audit log. The database refuses to change or to empty them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, LargeBinary, Table, Text

from hub.auditlog.model import Entry, Head, Link, Question
from hub.database import sets
from hub.database.schema import METADATA
from hub.database.tx import Tx

AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("number", BigInteger, primary_key=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("principal", Text, nullable=False),
    Column("rpc", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("trace_id", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("singleton", Boolean, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)

_HEAD: Final = "SELECT number, digest FROM audit_head"
_MOVE: Final = "UPDATE audit_head SET number = %(number)s, digest = %(digest)s"
_BEHIND: Final = "SELECT * FROM audit_entry WHERE number > %(number)s ORDER BY number LIMIT %(size)s"


async def head(tx: Tx, *, lock: bool = False) -> Head:
    """Return the last link; `lock` keeps others from adding links until the transaction ends."""
    (row,) = await tx.fetch(f"{_HEAD} FOR UPDATE" if lock else _HEAD)
    return Head(row["number"], bytes(row["digest"]))


async def add(tx: Tx, links: Sequence[Link]) -> None:
    """Write links behind the head, which is locked."""
    await sets.insert(tx, AUDIT_ENTRY, [_row(link) for link in links])
    await tx.execute(_MOVE, {"number": links[-1].number, "digest": links[-1].digest})


async def behind(tx: Tx, number: int, size: int) -> list[Link]:
    """Return at most `size` links behind a number, in their order."""
    return [_link(row) for row in await tx.fetch(_BEHIND, {"number": number, "size": size})]


async def page(tx: Tx, question: Question) -> list[Link]:
    """Return the links that a question asks for, the latest first."""
    stated = {
        "principal = %(principal)s": question.principal,
        "rpc = %(rpc)s": question.rpc,
        "outcome = %(outcome)s": question.outcome,
        "made_at >= %(since)s": question.since,
        "number < %(before)s": question.before,
    }
    conditions = [condition for condition, value in stated.items() if value not in ("", None)]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    parameters = {
        "principal": question.principal,
        "rpc": question.rpc,
        "outcome": question.outcome,
        "since": question.since,
        "before": question.before,
        "size": question.size,
    }
    sql = f"SELECT * FROM audit_entry {where} ORDER BY number DESC LIMIT %(size)s"
    return [_link(row) for row in await tx.fetch(sql, parameters)]


def _row(link: Link) -> Mapping[str, Any]:
    entry = link.entry
    return {
        "number": link.number,
        "made_at": entry.at,
        "principal": entry.principal,
        "rpc": entry.rpc,
        "outcome": entry.outcome,
        "request_id": entry.request_id,
        "subject": entry.subject,
        "trace_id": entry.trace_id,
        "calls": entry.calls,
        "digest": link.digest,
    }


def _link(row: Mapping[str, Any]) -> Link:
    entry = Entry(
        at=row["made_at"],
        principal=row["principal"],
        rpc=row["rpc"],
        outcome=row["outcome"],
        request_id=row["request_id"],
        subject=row["subject"],
        trace_id=row["trace_id"],
        calls=row["calls"],
    )
    return Link(row["number"], entry, bytes(row["digest"]))
