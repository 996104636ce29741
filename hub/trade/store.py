"""Rows of the tax record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.trade.model import TaxRecord

TAX_RECORD = Table(
    "tax_record",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("line_number", Integer, primary_key=True),
    Column("rate", Text, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

_ON_CONFLICT = (
    "(order_id, line_number) DO UPDATE SET rate = excluded.rate, tax_minor = excluded.tax_minor,"
    " recorded_at = excluded.recorded_at"
)


async def record_tax(tx: Tx, records: Sequence[TaxRecord]) -> None:
    """Keeps the tax of lines; what a line had before is replaced."""
    rows = [
        {
            "order_id": record.order_id,
            "line_number": record.line_number,
            "rate": record.rate,
            "tax_minor": record.tax_minor,
            "recorded_at": record.recorded_at,
        }
        for record in records
    ]
    await sets.insert(tx, TAX_RECORD, rows, on_conflict=_ON_CONFLICT)


async def taxes(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[TaxRecord, ...]]:
    """The recorded taxes of orders, by line."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM tax_record WHERE order_id = ANY(%(ids)s) ORDER BY order_id, line_number",
        {"ids": uuids(order_ids)},
    )
    found: dict[UUID, list[TaxRecord]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(TaxRecord(**row))
    return {order_id: tuple(records) for order_id, records in found.items()}
