"""Rows of holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import convert
from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.holds.model import Hold, HoldScope, HoldStatus, HoldType, Operation, WithheldNotice

HOLD = Table(
    "hold",
    METADATA,
    Column("hold_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("blocks", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("note", Text, nullable=False),
    Column("withheld", JSONB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("line_number", Integer),
    Column("quantity", BigInteger),
    Column("fulfillment_order_id", Uuid),
    Column("instrument_id", Uuid),
    Column("owner", Text, nullable=False),
    Column("credit_ids", JSONB, nullable=False),
)

_MUTABLE = ("status", "reason", "blocks", "expires_at", "note", "withheld", "quantity", "credit_ids")
_ON_CONFLICT = "(hold_id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _MUTABLE)


async def load(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, tuple[Hold, ...]]:
    """The holds of orders, ended ones too, oldest first."""
    if not order_ids:
        return {}
    rows = await tx.fetch(
        "SELECT * FROM hold WHERE order_id = ANY(%(ids)s) ORDER BY created_at, hold_id", {"ids": uuids(order_ids)}
    )
    found: dict[UUID, list[Hold]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(_hold(row))
    return {order_id: tuple(holds) for order_id, holds in found.items()}


async def save(tx: Tx, holds: Sequence[Hold]) -> None:
    """Inserts holds, or writes what changed in them: status, reason, what they block, units, expiry, note, notices."""
    await sets.insert(tx, HOLD, [_row(hold) for hold in holds], on_conflict=_ON_CONFLICT)


async def orders_held(tx: Tx, hold_type: HoldType) -> list[UUID]:
    """Return the orders that an active hold of a type is on."""
    rows = await tx.fetch(
        "SELECT DISTINCT order_id FROM hold WHERE status = %(active)s AND type = %(type)s ORDER BY order_id",
        {"active": HoldStatus.ACTIVE.value, "type": hold_type.value},
    )
    return [row["order_id"] for row in rows]


def _row(hold: Hold) -> dict[str, Any]:
    return {
        "hold_id": hold.hold_id,
        "order_id": hold.order_id,
        "type": hold.type.value,
        "status": hold.status.value,
        "reason": hold.reason,
        "blocks": sorted(operation.value for operation in hold.blocks),
        "created_at": hold.created_at,
        "expires_at": hold.expires_at,
        "note": hold.note,
        "withheld": list(hold.withheld),
        "scope": hold.scope.value,
        "line_number": hold.line_number,
        "quantity": hold.quantity,
        "fulfillment_order_id": hold.fulfillment_order_id,
        "instrument_id": hold.instrument_id,
        "owner": hold.owner,
        "credit_ids": [str(one) for one in hold.credit_ids],
    }


def _hold(row: Row) -> Hold:
    values = row | {
        "type": HoldType(row["type"]),
        "status": HoldStatus(row["status"]),
        "blocks": frozenset(Operation(operation) for operation in row["blocks"]),
        "withheld": convert(row["withheld"], tuple[WithheldNotice, ...]),
        "scope": HoldScope(row["scope"]),
        "credit_ids": convert(row["credit_ids"], tuple[UUID, ...]),
    }
    return Hold(**values)
