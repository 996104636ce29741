"""Rows of changes: each is inserted once, and confirmed once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import Column, DateTime, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.changes.model import OrderChange
from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant

ORDER_CHANGE = Table(
    "order_change",
    METADATA,
    Column("change_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("document", JSONB, nullable=False),
)

_KEYS: Final = ("change_id", "order_id", "expires_at", "confirmed_at")
_FORGET: Final = """
WITH forgotten AS (
    DELETE FROM order_change WHERE change_id IN (
        SELECT change_id FROM order_change WHERE expires_at < %(before)s AND confirmed_at IS NULL
        ORDER BY expires_at, change_id LIMIT %(limit)s
    ) RETURNING change_id
)
SELECT count(*) AS changes FROM forgotten
"""


async def insert(tx: Tx, changes: Sequence[OrderChange]) -> None:
    """Writes new changes."""
    await sets.insert_all(tx, _CHANGES, changes)


async def confirm(tx: Tx, changes: Sequence[OrderChange]) -> None:
    """Writes when changes were confirmed."""
    await sets.update_all(tx, _CONFIRMED, changes, key=("change_id",))


async def load(tx: Tx, change_ids: Collection[UUID]) -> dict[UUID, OrderChange]:
    """The changes among ids, whoever may see them."""
    rows = await tx.fetch("SELECT * FROM order_change WHERE change_id = ANY(%(ids)s)", {"ids": uuids(list(change_ids))})
    return {row["change_id"]: _change(row) for row in rows}


async def forget(tx: Tx, *, before: Instant, limit: int) -> int:
    """Deletes changes that expired before an instant and were not confirmed, at most `limit`; returns how many."""
    rows = await tx.fetch(_FORGET, {"before": before, "limit": limit})
    return int(rows[0]["changes"])


def _document(change: OrderChange) -> dict[str, Any]:
    stated: dict[str, Any] = to_builtins(change)
    return {name: value for name, value in stated.items() if name not in _KEYS}


def _change(row: Row) -> OrderChange:
    return convert(row["document"] | {name: row[name] for name in _KEYS}, OrderChange)


_CHANGES: Final[Form[OrderChange]] = Form(
    ORDER_CHANGE,
    **{name: name for name in _KEYS},
    document=_document,
)
_CONFIRMED: Final[Form[OrderChange]] = Form(ORDER_CHANGE, change_id="change_id", confirmed_at="confirmed_at")
