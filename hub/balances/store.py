"""Rows of balances and of their movements, which are only added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid

from hub.balances.model import Balance, BalanceKind, Movement, MovementKind
from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx

BALANCE = Table(
    "balance",
    METADATA,
    Column("balance_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("seller_id", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("lasts_seconds", BigInteger, nullable=False),
    Column("free_minor", BigInteger, nullable=False),
    Column("reserved_minor", BigInteger, nullable=False),
    Column("movements", BigInteger, nullable=False),
)

BALANCE_MOVEMENT = Table(
    "balance_movement",
    METADATA,
    Column("balance_id", Uuid, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("free_minor", BigInteger, nullable=False),
    Column("reserved_minor", BigInteger, nullable=False),
    Column("outside_minor", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("principal", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("order_id", Uuid),
    Column("transaction_id", Uuid),
)

_BALANCES: Form[Balance] = Form(
    BALANCE,
    balance_id="balance_id",
    kind="kind._value_",
    seller_id="seller_id",
    currency="currency",
    created_at="created_at",
    expires_at="expires_at",
    lasts_seconds="lasts_seconds",
    free_minor="free_minor",
    reserved_minor="reserved_minor",
    movements="movements",
)
_MOVED: Form[Balance] = Form(
    BALANCE,
    balance_id="balance_id",
    expires_at="expires_at",
    free_minor="free_minor",
    reserved_minor="reserved_minor",
    movements="movements",
)
_MOVEMENTS: Form[Movement] = Form(
    BALANCE_MOVEMENT,
    balance_id="balance_id",
    number="number",
    kind="kind._value_",
    free_minor="free_minor",
    reserved_minor="reserved_minor",
    outside_minor="outside_minor",
    at="at",
    principal="principal",
    reason="reason",
    order_id="order_id",
    transaction_id="transaction_id",
)
_LOCKED: Final = "SELECT * FROM balance WHERE balance_id = ANY(%(ids)s) ORDER BY balance_id FOR UPDATE"
_READ: Final = "SELECT * FROM balance WHERE balance_id = ANY(%(ids)s)"


async def open_new(tx: Tx, balances: Sequence[Balance]) -> set[UUID]:
    """Keeps balances that are not there yet, in the order of their ids; returns which these are."""
    once = {one.balance_id: one for one in balances}
    ordered = [once[balance_id] for balance_id in sorted(once)]
    rows = await sets.insert_all(tx, _BALANCES, ordered, on_conflict="DO NOTHING", returning="balance_id")
    return {row["balance_id"] for row in rows}


async def lock(tx: Tx, balance_ids: Collection[UUID]) -> dict[UUID, Balance]:
    """Balances to change, locked in the order of their ids; others wait until the transaction ends."""
    return await _load(tx, _LOCKED, balance_ids)


async def read(tx: Tx, balance_ids: Collection[UUID]) -> dict[UUID, Balance]:
    """Balances to look at."""
    return await _load(tx, _READ, balance_ids)


async def save(tx: Tx, balances: Sequence[Balance], movements: Sequence[Movement]) -> None:
    """Writes balances that moved, and adds their movements."""
    await sets.update_all(tx, _MOVED, balances, key=("balance_id",))
    await sets.insert_all(tx, _MOVEMENTS, movements)


async def movements(tx: Tx, balance_id: UUID, *, after: int, size: int) -> list[Movement]:
    """The movements of a balance behind a number, oldest first."""
    rows = await tx.fetch(
        "SELECT * FROM balance_movement WHERE balance_id = %(id)s AND number > %(after)s"
        " ORDER BY number LIMIT %(size)s",
        {"id": balance_id, "after": after, "size": size},
    )
    return [Movement(**(row | {"kind": MovementKind(row["kind"])})) for row in rows]


async def _load(tx: Tx, sql: str, balance_ids: Collection[UUID]) -> dict[UUID, Balance]:
    if not balance_ids:
        return {}
    return {row["balance_id"]: _balance(row) for row in await tx.fetch(sql, {"ids": uuids(sorted(balance_ids))})}


def _balance(row: Row) -> Balance:
    return Balance(**(row | {"kind": BalanceKind(row["kind"])}))
