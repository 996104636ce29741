"""Rows of withdrawals: insert-only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import Column, DateTime, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.returns.model import Withdrawal

WITHDRAWAL = Table(
    "withdrawal",
    METADATA,
    Column("withdrawal_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("stated_at", DateTime(timezone=True), nullable=False),
    Column("document", JSONB, nullable=False),
)


async def add(tx: Tx, withdrawals: Sequence[Withdrawal]) -> None:
    """Writes new withdrawals."""
    rows = [
        {
            "withdrawal_id": one.withdrawal_id,
            "order_id": one.order_id,
            "stated_at": one.stated_at,
            "document": to_builtins(one),
        }
        for one in withdrawals
    ]
    await sets.insert(tx, WITHDRAWAL, rows)


async def load(tx: Tx, order_ids: Collection[UUID]) -> list[Withdrawal]:
    """The withdrawals from orders, oldest first; who asks sees the orders."""
    rows = await tx.fetch(
        "SELECT document FROM withdrawal WHERE order_id = ANY(%(ids)s) ORDER BY stated_at, withdrawal_id",
        {"ids": uuids(sorted(order_ids))},
    )
    return [convert(row["document"], Withdrawal) for row in rows]
