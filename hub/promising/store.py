"""Rows of quotes that are kept, of the orders that took them, and of places taken at nodes with a limit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import BigInteger, Column, Date, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import bigints, texts, uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.promising.model import FrozenQuote, PlaceKey

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

CAPACITY = Table(
    "capacity",
    METADATA,
    Column("node_id", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("used", BigInteger, nullable=False),
    Column("ceiling", BigInteger, nullable=False),
)

_USED: Final = """
SELECT node_id, day, used FROM capacity WHERE node_id = ANY(%(nodes)s) AND day >= %(since)s::text::date AND used > 0
"""
_CHANGE: Final = """
INSERT INTO capacity (node_id, day, used, ceiling)
SELECT node_id, day::date, places, ceiling
FROM unnest(%(nodes)s, %(days)s, %(places)s, %(ceilings)s) AS changed (node_id, day, places, ceiling)
WHERE places <= ceiling ORDER BY node_id, day
ON CONFLICT (node_id, day) DO UPDATE SET used = capacity.used + excluded.used, ceiling = excluded.ceiling
WHERE excluded.used <= 0 OR capacity.used + excluded.used <= excluded.ceiling
RETURNING node_id
"""


async def used(tx: Tx, node_ids: Sequence[str], since: date) -> dict[PlaceKey, int]:
    """Return the places taken at nodes, by (node, day), from a day on."""
    rows = await tx.fetch(_USED, {"nodes": texts(sorted(node_ids)), "since": since.isoformat()})
    return {(row["node_id"], row["day"]): row["used"] for row in rows}


async def change(tx: Tx, changes: Mapping[PlaceKey, int], ceilings: Mapping[str, int]) -> None:
    """Takes places, or gives them back, last of all: by (node, day), under the ceiling of each node.

    The transaction is AssumptionBroken where a day has not enough places left.
    """
    ordered = sorted(changes.items())
    parameters = {
        "nodes": texts([node_id for (node_id, _), _ in ordered]),
        "days": texts([day.isoformat() for (_, day), _ in ordered]),
        "places": bigints([places for _, places in ordered]),
        "ceilings": bigints([ceilings[node_id] for (node_id, _), _ in ordered]),
    }
    await tx.write(_CHANGE, parameters, last=True, rows=len(ordered))
