"""Rows of claims: written when they are opened, and once more when they are decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import Column, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.returns.policy.claims import Claim

CLAIM = Table(
    "claim",
    METADATA,
    Column("claim_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("document", JSONB, nullable=False),
)
_CHANGES: Final = "(claim_id) DO UPDATE SET state = excluded.state, document = excluded.document"


async def put(tx: Tx, claims: Sequence[Claim]) -> None:
    """Writes claims that are new or were decided."""
    rows = [
        {
            "claim_id": one.claim_id,
            "order_id": one.order_id,
            "state": one.state.value,
            "opened_at": one.opened_at,
            "document": to_builtins(one),
        }
        for one in claims
    ]
    await sets.insert(tx, CLAIM, rows, on_conflict=_CHANGES)


async def load(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, Claim]:
    """The claims about orders by id, oldest first; who asks sees the orders."""
    rows = await tx.fetch(
        "SELECT document FROM claim WHERE order_id = ANY(%(ids)s) ORDER BY opened_at, claim_id",
        {"ids": uuids(sorted(order_ids))},
    )
    claims = [convert(row["document"], Claim) for row in rows]
    return {claim.claim_id: claim for claim in claims}


async def orders_of(tx: Tx, claim_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """The order of each claim that there is, whoever may see it."""
    rows = await tx.fetch(
        "SELECT claim_id, order_id FROM claim WHERE claim_id = ANY(%(ids)s)", {"ids": uuids(sorted(claim_ids))}
    )
    return {row["claim_id"]: row["order_id"] for row in rows}
