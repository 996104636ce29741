"""Rows of the tax record, and the versions of the trade rules: one row each, all files, as a JSON document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.kernel.instant import Instant
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

TRADE_RULES = Table(
    "trade_rules",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

VERSION: Final = "(SELECT coalesce(max(version), 0) FROM trade_rules)"
"""The version of the trade rules in force, as part of a question; 0 before any were loaded."""
_LOCK: Final = "LOCK TABLE trade_rules IN SHARE ROW EXCLUSIVE MODE"
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


async def lock_rules(tx: Tx) -> None:
    """Lets nobody else put a version of the trade rules until the transaction ends; readers go on."""
    await tx.execute(_LOCK)


async def latest_rules(tx: Tx) -> int:
    """Return the version of the trade rules in force; 0 before any were loaded."""
    return int((await tx.fetch(f"SELECT {VERSION} AS version"))[0]["version"])


async def rule_files(tx: Tx, version: int) -> dict[str, str] | None:
    """Return the files of a version that was loaded, by name; None where there is none."""
    rows = await tx.fetch("SELECT document FROM trade_rules WHERE version = %(version)s", {"version": version})
    return dict(rows[0]["document"]) if rows else None


async def add_rules(tx: Tx, version: int, files: Mapping[str, str], put_by: str, *, at: Instant) -> None:
    """Writes a version of the trade rules, from now on the one in force."""
    row = {"version": version, "document": dict(files), "put_by": put_by, "put_at": at}
    await sets.insert(tx, TRADE_RULES, [row])
