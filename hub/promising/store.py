"""Rows of quotes that are kept, and of the orders that took them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import Column, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.promising.model import FrozenQuote

PROMISE_QUOTE = Table(
    "promise_quote",
    METADATA,
    Column("quote_id", Uuid, primary_key=True),
    Column("channel_id", Text, nullable=False),
    Column("principal", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("document", JSONB, nullable=False),
)
PROMISE_USE = Table(
    "promise_use",
    METADATA,
    Column("quote_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
)

_KEYS: Final = ("quote_id", "channel_id", "principal", "order_id")
_LOAD: Final = """
SELECT quote.*, used.order_id FROM promise_quote AS quote LEFT JOIN promise_use AS used USING (quote_id)
WHERE quote_id = ANY(%(ids)s)
"""
_FORGET: Final = """
WITH forgotten AS (
    DELETE FROM promise_quote WHERE quote_id IN (
        SELECT quote_id FROM promise_quote WHERE expires_at < %(before)s ORDER BY expires_at, quote_id LIMIT %(limit)s
    ) RETURNING quote_id
), used AS (DELETE FROM promise_use USING forgotten WHERE promise_use.quote_id = forgotten.quote_id)
SELECT count(*) AS quotes FROM forgotten
"""


async def insert(tx: Tx, quotes: Sequence[FrozenQuote]) -> None:
    """Writes quotes."""
    await sets.insert_all(tx, _QUOTES, quotes)


async def load(tx: Tx, quote_ids: Collection[UUID]) -> dict[UUID, FrozenQuote]:
    """The quotes among ids, whoever may see them."""
    rows = await tx.fetch(_LOAD, {"ids": uuids(list(quote_ids))})
    return {row["quote_id"]: _quote(row) for row in rows}


async def take(tx: Tx, orders: Mapping[UUID, UUID]) -> set[UUID]:
    """Gives quotes to orders, quote id -> order id; returns those that another order has, even uncommitted."""
    rows = [{"quote_id": quote_id, "order_id": orders[quote_id]} for quote_id in sorted(orders)]
    taken = await sets.insert(tx, PROMISE_USE, rows, on_conflict="(quote_id) DO NOTHING", returning="quote_id")
    return orders.keys() - {row["quote_id"] for row in taken}


async def give_back(tx: Tx, orders: Mapping[UUID, UUID]) -> None:
    """Takes quotes back from orders that this very transaction gave them to."""
    await sets.delete(tx, PROMISE_USE, [{"quote_id": quote_id} for quote_id in sorted(orders)])


async def forget(tx: Tx, *, before: Instant, limit: int) -> int:
    """Deletes quotes that expired before an instant, at most `limit`; returns how many."""
    rows = await tx.fetch(_FORGET, {"before": before, "limit": limit})
    return int(rows[0]["quotes"])


def _document(frozen: FrozenQuote) -> dict[str, Any]:
    stated: dict[str, Any] = to_builtins(frozen)
    return {name: value for name, value in stated.items() if name not in _KEYS}


def _quote(row: Row) -> FrozenQuote:
    return convert(row["document"] | {name: row[name] for name in _KEYS}, FrozenQuote)


_QUOTES: Final[Form[FrozenQuote]] = Form(
    PROMISE_QUOTE,
    quote_id="quote_id",
    channel_id="channel_id",
    principal="principal",
    expires_at="quote.expires_at",
    document=_document,
)
