"""Rows written by one statement over arrays, against a statement per row, in a transaction of 64 either way.

This is what "everything takes many" rests on. The table is like a ledger's: an identity, an instant, a number, a text.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, MetaData, Table, Text, Uuid

from bench.ratio import Row, Sides
from bench.scene import postgres
from bench.windows import repeated
from hub.database import sets
from hub.database.pool import Database

BATCH: Final = 64
MOVES: Final = Table(
    "bench_moves",
    MetaData(),
    Column("move_id", Uuid, primary_key=True),
    Column("moved_at", DateTime(timezone=True), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
)
CREATE: Final = (
    "CREATE TABLE bench_moves (move_id uuid PRIMARY KEY, moved_at timestamptz NOT NULL,"
    " quantity bigint NOT NULL, cause text NOT NULL)"
)
INSERT: Final = "INSERT INTO bench_moves VALUES (%(move_id)s, %(moved_at)s, %(quantity)s, %(cause)s)"
MOVED_AT: Final = datetime(2026, 3, 3, 10, tzinfo=UTC)


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start a PostgreSQL for this row, and give both ways to write a batch."""
    identities = count(1)
    with postgres() as server:
        async with Database(server) as database:
            async with database.transaction() as tx:
                await tx.execute(CREATE)

            async def at_once() -> int:
                async with database.transaction() as tx:
                    await sets.insert(tx, MOVES, batch(identities))
                return BATCH

            async def one_by_one() -> int:
                async with database.transaction() as tx:
                    for row in batch(identities):
                        await tx.execute(INSERT, row)
                return BATCH

            yield Sides(repeated(at_once), repeated(one_by_one))


def batch(identities: count[int]) -> list[dict[str, Any]]:
    """Make the rows of one batch."""
    numbers = [next(identities) for _ in range(BATCH)]
    return [{"move_id": UUID(int=n), "moved_at": MOVED_AT, "quantity": n, "cause": f"move {n}"} for n in numbers]


ROW: Final = Row(
    name="set_based",
    says="rows/s by one statement per 64, against one statement per row",
    bar=4.0,
    part=True,
    prepare=prepare,
)
