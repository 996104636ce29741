"""Rows of postings and their entries: insert-only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid

from hub.database.arrays import array, bigints, texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.ledger.model import Account, Posting

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
