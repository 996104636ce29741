"""Rows of postings and their entries: insert-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import array, bigints, texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.ledger.model import Account, EntryKind, Posting, SettlementEntry

POSTING = Table(
    "posting",
    METADATA,
    Column("posting_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("cause", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

ENTRY = Table(
    "entry",
    METADATA,
    Column("posting_id", Uuid, primary_key=True),
    Column("entry_number", Integer, primary_key=True),
    Column("account", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
)

SETTLEMENT_ENTRY = Table(
    "settlement_entry",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("report", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("operation_key", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
)

_POST = """
WITH posted AS (
    INSERT INTO posting (posting_id, order_id, cause, currency, at)
    SELECT * FROM unnest(%(ids)s, %(orders)s, %(causes)s, %(currencies)s, %(instants)s)
    ON CONFLICT (posting_id) DO NOTHING
    RETURNING posting_id
)
INSERT INTO entry (posting_id, entry_number, account, amount_minor)
SELECT posting_id, entry_number::integer, account, amount_minor
FROM unnest(%(entry_ids)s, %(numbers)s, %(accounts)s, %(amounts)s)
    AS given(posting_id, entry_number, account, amount_minor)
JOIN posted USING (posting_id)
"""


async def post(tx: Tx, postings: Sequence[Posting]) -> None:
    """Writes postings with their entries; one whose id stands already is left as it stands."""
    once = list({posting.posting_id: posting for posting in reversed(postings)}.values())
    if not once:
        return
    once.sort(key=lambda posting: posting.posting_id)
    entries: list[tuple[UUID, int, Account, int]] = [
        (posting.posting_id, number, account, amount)
        for posting in once
        for number, (account, amount) in enumerate(posting.entries, start=1)
    ]
    await tx.execute(
        _POST,
        {
            "ids": uuids([posting.posting_id for posting in once]),
            "orders": uuids([posting.order_id for posting in once]),
            "causes": texts([posting.cause for posting in once]),
            "currencies": texts([posting.currency for posting in once]),
            "instants": array("timestamptz", [posting.at for posting in once]),
            "entry_ids": uuids([entry[0] for entry in entries]),
            "numbers": bigints([entry[1] for entry in entries]),
            "accounts": texts([entry[2].value for entry in entries]),
            "amounts": bigints([entry[3] for entry in entries]),
        },
    )


async def moved(tx: Tx, posting_ids: Sequence[UUID], account: Account) -> Mapping[UUID, tuple[str, int]]:
    """What postings moved on an account: posting id -> (currency, minor units, without a sign)."""
    if not posting_ids:
        return {}
    rows = await tx.fetch(
        "SELECT posting_id, currency, abs(amount_minor) AS amount FROM posting JOIN entry USING (posting_id)"
        " WHERE posting_id = ANY(%(ids)s) AND account = %(account)s",
        {"ids": uuids(posting_ids), "account": account.value},
    )
    return {row["posting_id"]: (row["currency"], row["amount"]) for row in rows}


async def entries_known(tx: Tx, account_id: str, references: Sequence[str]) -> dict[str, SettlementEntry]:
    """Return the entries of an account that were imported before, by their reference."""
    rows = await tx.fetch(
        "SELECT * FROM settlement_entry WHERE account_id = %(account)s AND reference = ANY(%(references)s)",
        {"account": account_id, "references": texts(references)},
    )
    return {row["reference"]: _entry(row) for row in rows}


async def settled_by(tx: Tx, account_id: str, operation_keys: Sequence[str]) -> dict[str, str]:
    """Return the first entry by which each operation of an account was settled: operation key -> reference."""
    rows = await tx.fetch(
        "SELECT operation_key, reference FROM settlement_entry WHERE account_id = %(account)s"
        " AND operation_key = ANY(%(keys)s) ORDER BY imported_at DESC, reference DESC",
        {"account": account_id, "keys": texts(operation_keys)},
    )
    return {row["operation_key"]: row["reference"] for row in rows}


async def record_entries(
    tx: Tx, account_id: str, report: str, entries: Sequence[SettlementEntry], *, at: Instant
) -> None:
    """Keeps the entries of a report; one whose reference is known stays as it was imported first."""
    once = {entry.reference: entry for entry in reversed(entries)}
    rows = [
        {
            "account_id": account_id,
            "reference": entry.reference,
            "report": report,
            "kind": entry.kind.value,
            "operation_key": entry.operation_key,
            "amount_minor": entry.amount_minor,
            "currency": entry.currency,
            "imported_at": at,
        }
        for entry in once.values()
    ]
    await sets.insert(tx, SETTLEMENT_ENTRY, rows, on_conflict="DO NOTHING")


def _entry(row: Row) -> SettlementEntry:
    return SettlementEntry(
        row["reference"], EntryKind(row["kind"]), row["operation_key"], row["amount_minor"], row["currency"]
    )
