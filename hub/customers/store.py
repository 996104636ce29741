"""Rows of codes and sessions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import convert
from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid

from hub.customers.model import Code, Session, Subject
from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Tx
from hub.kernel.instant import Instant

CUSTOMER_CODE = Table(
    "customer_code",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("code_id", Uuid, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("wrong_tries", Integer, nullable=False),
    Column("used_at", DateTime(timezone=True)),
)
CUSTOMER_SESSION = Table(
    "customer_session",
    METADATA,
    Column("session_id", Uuid, primary_key=True),
    Column("order_id", Uuid),
    Column("party_id", Uuid),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)

_CODES: Final[Form[Code]] = Form(CUSTOMER_CODE, **{name: name for name in Code.__struct_fields__})
_TRIES: Final[Form[Code]] = Form(
    CUSTOMER_CODE, order_id="order_id", number="number", wrong_tries="wrong_tries", used_at="used_at"
)
_SESSIONS: Final[Form[Session]] = Form(CUSTOMER_SESSION, **{name: name for name in Session.__struct_fields__})
_SENT: Final = "SELECT * FROM customer_code WHERE order_id = ANY(%(ids)s) ORDER BY order_id, number"
_END: Final = """
WITH ended AS (
    UPDATE customer_session SET ended_at = %(at)s
    WHERE (order_id = %(order_id)s OR party_id = %(party_id)s) AND ended_at IS NULL AND expires_at > %(at)s
    RETURNING session_id
)
SELECT count(*) AS sessions FROM ended
"""
_FORGET: Final = """
WITH codes AS (
    DELETE FROM customer_code WHERE (order_id, number) IN (
        SELECT order_id, number FROM customer_code WHERE expires_at < %(before)s
        ORDER BY expires_at LIMIT %(limit)s
    ) RETURNING number
), sessions AS (
    DELETE FROM customer_session WHERE session_id IN (
        SELECT session_id FROM customer_session WHERE expires_at < %(before)s
        ORDER BY expires_at LIMIT %(limit)s
    ) RETURNING session_id
)
SELECT greatest((SELECT count(*) FROM codes), (SELECT count(*) FROM sessions)) AS rows
"""


async def codes(tx: Tx, order_ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, list[Code]]:
    """The codes of orders, oldest first; `lock` keeps others from trying them until the commit."""
    found: dict[UUID, list[Code]] = {}
    for row in await tx.fetch(f"{_SENT} FOR UPDATE" if lock else _SENT, {"ids": uuids(sorted(order_ids))}):
        found.setdefault(row["order_id"], []).append(convert(row, Code))
    return found


async def add_codes(tx: Tx, sent: Sequence[Code]) -> list[Code]:
    """Writes codes; returns those that no other one of the same order and number forestalled."""
    rows: list[Any] = await sets.insert_all(
        tx, _CODES, sent, on_conflict="(order_id, number) DO NOTHING", returning="code_id"
    )
    added = {row["code_id"] for row in rows}
    return [one for one in sent if one.code_id in added]


async def save_tries(tx: Tx, tried: Sequence[Code]) -> None:
    """Writes how often codes were tried, and when they were used."""
    await sets.update_all(tx, _TRIES, tried, key=("order_id", "number"))


async def add_sessions(tx: Tx, sessions: Sequence[Session]) -> None:
    """Writes new sessions."""
    await sets.insert_all(tx, _SESSIONS, sessions)


async def sessions(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, Session]:
    """Sessions by their ids, ended ones too."""
    rows = await tx.fetch(
        "SELECT * FROM customer_session WHERE session_id = ANY(%(ids)s)", {"ids": uuids(sorted(session_ids))}
    )
    return {row["session_id"]: convert(row, Session) for row in rows}


async def end(tx: Tx, subject: Subject, *, at: Instant) -> int:
    """Ends the sessions of an order or party that still hold; returns how many."""
    parameters = {"order_id": subject.order_id, "party_id": subject.party_id, "at": at}
    (row,) = await tx.fetch(_END, parameters)
    return int(row["sessions"])


async def forget(tx: Tx, *, before: Instant, limit: int) -> int:
    """Deletes codes and sessions whose time was over before an instant, at most `limit` of each; the larger number."""
    (row,) = await tx.fetch(_FORGET, {"before": before, "limit": limit})
    return int(row["rows"])
