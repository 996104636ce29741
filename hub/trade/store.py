"""Rows of the tax record, of what orders were quoted and owe across borders, and of the versions of the trade rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import convert, to_builtins
from msgspec.structs import asdict
from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import EPOCH, Instant
from hub.trade.model import TaxRecord
from hub.trade.model.declarations import CustomsDeclaration
from hub.trade.model.intercompany import IntercompanyCause, IntercompanyEntry, IntercompanyFilter
from hub.trade.model.landed_cost import Landed, Settlement
from hub.trade.model.vat_numbers import VatNumberCheck, VatNumberState

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

ORDER_LANDED_COST = Table(
    "order_landed_cost",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("consignments", JSONB, nullable=False),
)

SETTLEMENT = Table(
    "import_settlement",
    METADATA,
    Column("shipment_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("document", JSONB, nullable=False),
    Column("settled_at", DateTime(timezone=True), nullable=False),
)

DECLARATION = Table(
    "declaration",
    METADATA,
    Column("declaration_id", Uuid, primary_key=True),
    Column("shipment_id", Uuid, nullable=False),
    Column("order_id", Uuid, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("customs_reference", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("document", JSONB, nullable=False),
)

INTERCOMPANY_ENTRY = Table(
    "intercompany_entry",
    METADATA,
    Column("entry_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("cause", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("reference", Text, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("line_number", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("from_seller_id", Text, nullable=False),
    Column("to_seller_id", Text, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
)

VAT_NUMBER_CHECK = Table(
    "vat_number_check",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("checked_at", DateTime(timezone=True)),
    Column("consultation_number", Text, nullable=False),
)

VERSION: Final = "(SELECT coalesce(max(version), 0) FROM trade_rules)"
"""The version of the trade rules in force, as part of a question; 0 before any were loaded."""
_LOCK: Final = "LOCK TABLE trade_rules IN SHARE ROW EXCLUSIVE MODE"
_LOCK_REFERENCES: Final = (
    "SELECT pg_advisory_xact_lock(hashtext('customs_reference'), hashtext(reference))"
    " FROM (SELECT reference FROM unnest(%(references)s::text[]) AS given(reference) ORDER BY reference) AS ordered"
)
_ON_CONFLICT = (
    "(order_id, line_number) DO UPDATE SET rate = excluded.rate, tax_minor = excluded.tax_minor,"
    " recorded_at = excluded.recorded_at"
)
_DECLARED_AGAIN = (
    "(declaration_id) DO UPDATE SET state = excluded.state, customs_reference = excluded.customs_reference,"
    " document = excluded.document"
)

_CHECKED_AGAIN = (
    "(order_id) DO UPDATE SET party_id = excluded.party_id, state = excluded.state, attempt = excluded.attempt,"
    " checked_at = excluded.checked_at, consultation_number = excluded.consultation_number"
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


async def keep_landed(tx: Tx, orders: Mapping[UUID, Sequence[Landed]]) -> None:
    """Keeps the landed costs by which orders are charged, by order."""
    rows = [{"order_id": order_id, "consignments": to_builtins(kept)} for order_id, kept in sorted(orders.items())]
    await sets.insert(tx, ORDER_LANDED_COST, rows)


async def landed_of(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, tuple[Landed, ...]]:
    """Return the landed costs by which orders are charged; orders without are absent."""
    rows = await tx.fetch(
        "SELECT * FROM order_landed_cost WHERE order_id = ANY(%(ids)s)", {"ids": uuids(list(order_ids))}
    )
    return {row["order_id"]: convert(row["consignments"], tuple[Landed, ...]) for row in rows}


async def add_settlements(tx: Tx, settlements: Sequence[Settlement], *, at: Instant) -> None:
    """Writes what consignments that left came to."""
    rows = [
        {
            "shipment_id": one.shipment_id,
            "order_id": one.order_id,
            "document": to_builtins(one),
            "settled_at": at,
        }
        for one in settlements
    ]
    await sets.insert(tx, SETTLEMENT, rows)


async def settlements(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, tuple[Settlement, ...]]:
    """Return what the consignments of orders came to, the first first; orders without are absent."""
    rows = await tx.fetch(
        "SELECT order_id, document FROM import_settlement WHERE order_id = ANY(%(ids)s)"
        " ORDER BY settled_at, shipment_id",
        {"ids": uuids(list(order_ids))},
    )
    known: dict[UUID, list[Settlement]] = {}
    for row in rows:
        known.setdefault(row["order_id"], []).append(convert(row["document"], Settlement, strict=False))
    return {order_id: tuple(of_order) for order_id, of_order in known.items()}


async def save_declarations(tx: Tx, declarations: Sequence[CustomsDeclaration]) -> None:
    """Writes declarations; those that are there already are replaced."""
    rows = [
        {
            "declaration_id": one.declaration_id,
            "shipment_id": one.shipment_id,
            "order_id": one.order_id,
            "account_id": one.account_id,
            "state": one.state.value,
            "customs_reference": one.customs_reference,
            "attempt": one.attempt,
            "document": to_builtins(one, str_keys=True),
        }
        for one in declarations
    ]
    await sets.insert(tx, DECLARATION, rows, on_conflict=_DECLARED_AGAIN)


async def declarations(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, list[CustomsDeclaration]]:
    """Return the declarations of orders, the first first; orders without are absent."""
    rows = await tx.fetch(
        "SELECT order_id, document FROM declaration WHERE order_id = ANY(%(ids)s)"
        " ORDER BY document ->> 'declared_at', shipment_id, attempt",
        {"ids": uuids(list(order_ids))},
    )
    known: dict[UUID, list[CustomsDeclaration]] = {}
    for row in rows:
        known.setdefault(row["order_id"], []).append(convert(row["document"], CustomsDeclaration, strict=False))
    return known


async def lock_references(tx: Tx, references: Collection[str]) -> None:
    """Waits for others that take these references of customs for a declaration, until their transactions end."""
    if references:
        await tx.fetch(_LOCK_REFERENCES, {"references": texts(sorted(references))})


async def declarations_named(
    tx: Tx, declaration_ids: Collection[UUID], references: Collection[str]
) -> list[CustomsDeclaration]:
    """Return the declarations of these ids, and those that have one of these references of customs."""
    rows = await tx.fetch(
        "SELECT document FROM declaration WHERE declaration_id = ANY(%(ids)s)"
        " OR (customs_reference <> '' AND customs_reference = ANY(%(references)s)) ORDER BY declaration_id",
        {"ids": uuids(list(declaration_ids)), "references": texts(sorted(references))},
    )
    return [convert(row["document"], CustomsDeclaration, strict=False) for row in rows]


async def save_vat_checks(tx: Tx, checks: Sequence[VatNumberCheck]) -> None:
    """Writes the checks of VAT numbers; what an order had before is replaced."""
    rows = [asdict(one) | {"state": one.state.value} for one in checks]
    await sets.insert(tx, VAT_NUMBER_CHECK, rows, on_conflict=_CHECKED_AGAIN)


async def vat_checks(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, VatNumberCheck]:
    """Return the checks of VAT numbers of orders; orders without are absent."""
    rows = await tx.fetch(
        "SELECT * FROM vat_number_check WHERE order_id = ANY(%(ids)s)", {"ids": uuids(list(order_ids))}
    )
    return {row["order_id"]: VatNumberCheck(**dict(row) | {"state": VatNumberState(row["state"])}) for row in rows}


async def add_intercompany(tx: Tx, entries: Sequence[IntercompanyEntry]) -> None:
    """Writes units that changed their owner."""
    await sets.insert(tx, INTERCOMPANY_ENTRY, [asdict(one) | {"cause": one.cause.value} for one in entries])


async def intercompany(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, tuple[IntercompanyEntry, ...]]:
    """Return what changed its owner of orders, the first first; orders without are absent."""
    rows = await tx.fetch(
        "SELECT * FROM intercompany_entry WHERE order_id = ANY(%(ids)s) ORDER BY occurred_at, entry_id",
        {"ids": uuids(list(order_ids))},
    )
    known: dict[UUID, list[IntercompanyEntry]] = {}
    for row in rows:
        known.setdefault(row["order_id"], []).append(_entry(row))
    return {order_id: tuple(entries) for order_id, entries in known.items()}


async def list_intercompany(
    tx: Tx, wanted: IntercompanyFilter, *, after: tuple[Instant, UUID] | None, size: int
) -> list[IntercompanyEntry]:
    """Return what changed its owner, as a filter asks, the first first, at most `size` from behind `after`."""
    behind = after or (EPOCH, UUID(int=0))
    rows = await tx.fetch(
        "SELECT * FROM intercompany_entry WHERE occurred_at >= %(since)s AND occurred_at < %(before)s"
        " AND (occurred_at, entry_id) > (%(at)s, %(id)s)"
        " AND (%(order)s::uuid IS NULL OR order_id = %(order)s)"
        " AND (%(seller)s = '' OR %(seller)s IN (from_seller_id, to_seller_id))"
        " ORDER BY occurred_at, entry_id LIMIT %(size)s",
        {
            "since": wanted.since,
            "before": wanted.before,
            "order": wanted.order_id,
            "seller": wanted.seller_id,
            "at": behind[0],
            "id": behind[1],
            "size": size,
        },
    )
    return [_entry(row) for row in rows]


def _entry(row: Row) -> IntercompanyEntry:
    return IntercompanyEntry(**dict(row) | {"cause": IntercompanyCause(row["cause"])})


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
