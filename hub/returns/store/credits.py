"""Rows of credits: what customers are owed. Insert-only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.returns.model import Credit, CreditKind, CreditLine
from hub.returns.store.rows import plain

CREDIT = Table(
    "credit",
    METADATA,
    Column("credit_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("return_id", Uuid),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
)
CREDIT_LINE = Table(
    "credit_line",
    METADATA,
    Column("credit_id", Uuid, primary_key=True),
    Column("entry_number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("line_number", Integer, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
)


async def load(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[Credit, ...]]:
    """All credits of orders with their lines, oldest first; orders without any are absent."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM credit WHERE order_id = ANY(%(ids)s) ORDER BY granted_at, credit_id", {"ids": uuids(order_ids)}
    )
    lines: dict[UUID, list[CreditLine]] = {}
    if rows:
        for row in await tx.fetch(
            "SELECT * FROM credit_line WHERE credit_id = ANY(%(ids)s) ORDER BY credit_id, entry_number",
            {"ids": uuids([row["credit_id"] for row in rows])},
        ):
            lines.setdefault(row["credit_id"], []).append(_credit_line(row))
    found: dict[UUID, list[Credit]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(Credit(**row, lines=tuple(lines.get(row["credit_id"], ()))))
    return {order_id: tuple(several) for order_id, several in found.items()}


async def add(tx: Tx, granted: Sequence[Credit]) -> None:
    """Writes new credits."""
    rows = [
        {name: getattr(one, name) for name in ("credit_id", "order_id", "return_id", "granted_at", "reason")}
        for one in granted
    ]
    await sets.insert(tx, CREDIT, rows)
    lines = [
        {"credit_id": one.credit_id, "entry_number": number} | plain(line)
        for one in granted
        for number, line in enumerate(one.lines, 1)
    ]
    await sets.insert(tx, CREDIT_LINE, lines)


def _credit_line(row: Row) -> CreditLine:
    values = {name: value for name, value in row.items() if name not in {"credit_id", "entry_number"}}
    return CreditLine(**(values | {"kind": CreditKind(row["kind"])}))
