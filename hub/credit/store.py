"""Rows of credit accounts, and of what orders take of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Table, Text, Uuid

from hub.credit.model import AccountKey, CreditAccount, CreditStatus, CreditUse, Waiting
from hub.database import sets
from hub.database.arrays import texts, uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant

CREDIT_ACCOUNT = Table(
    "credit_account",
    METADATA,
    Column("seller_id", Text, primary_key=True),
    Column("credit_account_id", Text, primary_key=True),
    Column("currency", Text, nullable=False),
    Column("limit_minor", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("exposure_minor", BigInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

CREDIT_USE = Table(
    "credit_use",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("seller_id", Text, nullable=False),
    Column("credit_account_id", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("owed_minor", BigInteger, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    Column("granted_minor", BigInteger, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),
)

_ACCOUNTS: Form[CreditAccount] = Form(
    CREDIT_ACCOUNT,
    seller_id="seller_id",
    credit_account_id="credit_account_id",
    currency="currency",
    limit_minor="limit_minor",
    status="status._value_",
    version="version",
    exposure_minor="exposure_minor",
    created_at="created_at",
)
_USES: Form[CreditUse] = Form(
    CREDIT_USE,
    order_id="order_id",
    seller_id="seller_id",
    credit_account_id="credit_account_id",
    currency="currency",
    placed_at="placed_at",
    owed_minor="owed_minor",
    open_minor="open_minor",
    granted_minor="granted_minor",
    waits="waits",
    told="told",
)
_ACCOUNT_CHANGES: Final = "(seller_id, credit_account_id) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ("limit_minor", "status", "version", "exposure_minor")
)
_USE_CHANGES: Final = "(order_id) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ("owed_minor", "open_minor", "granted_minor", "waits", "told")
)
_NAMED: Final = "(seller_id, credit_account_id) IN (SELECT unnest(%(sellers)s::text[]), unnest(%(names)s::text[]))"


async def lock(tx: Tx, keys: Collection[AccountKey]) -> dict[AccountKey, CreditAccount]:
    """Accounts to change, locked in the order of their keys; what has no account yet is locked, too, by its key.

    Others wait until the transaction ends.
    """
    for key in sorted(keys):
        await tx.fetch("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 7))", {"key": "\x1f".join(key)})
    sql = f"SELECT * FROM credit_account WHERE {_NAMED} ORDER BY seller_id, credit_account_id FOR UPDATE"
    return await _accounts(tx, sql, keys)


async def read(tx: Tx, keys: Collection[AccountKey]) -> dict[AccountKey, CreditAccount]:
    """Accounts to look at."""
    return await _accounts(tx, f"SELECT * FROM credit_account WHERE {_NAMED}", keys)


async def save(tx: Tx, accounts: Sequence[CreditAccount], uses: Sequence[CreditUse]) -> None:
    """Inserts accounts and what orders take, or writes what changed in them."""
    await sets.insert_all(tx, _ACCOUNTS, accounts, on_conflict=_ACCOUNT_CHANGES)
    await sets.insert_all(tx, _USES, uses, on_conflict=_USE_CHANGES)


async def uses(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, CreditUse]:
    """What orders take, by order."""
    if not order_ids:
        return {}
    rows = await tx.fetch("SELECT * FROM credit_use WHERE order_id = ANY(%(ids)s)", {"ids": uuids(sorted(order_ids))})
    return {row["order_id"]: CreditUse(**row) for row in rows}


async def waiting(tx: Tx, keys: Collection[AccountKey]) -> list[CreditUse]:
    """Orders that wait for accounts, in the order of their placement."""
    if not keys:
        return []
    sql = f"SELECT * FROM credit_use WHERE waits AND {_NAMED} ORDER BY placed_at, order_id"
    return [CreditUse(**row) for row in await tx.fetch(sql, _names(keys))]


async def awaited(tx: Tx, keys: Collection[AccountKey]) -> dict[AccountKey, Waiting]:
    """How many orders wait for accounts, and what they need; accounts for which none waits are absent."""
    if not keys:
        return {}
    sql = (
        "SELECT seller_id, credit_account_id, count(*) AS orders, sum(open_minor - granted_minor)::bigint AS needed"
        f" FROM credit_use WHERE waits AND {_NAMED} GROUP BY seller_id, credit_account_id"
    )
    rows = await tx.fetch(sql, _names(keys))
    return {(row["seller_id"], row["credit_account_id"]): Waiting(row["orders"], row["needed"]) for row in rows}


async def counted(tx: Tx, key: AccountKey, currency: str) -> int:
    """Return what orders in a currency count towards an account."""
    rows = await tx.fetch(
        "SELECT coalesce(sum(owed_minor + granted_minor), 0)::bigint AS amount FROM credit_use"
        " WHERE seller_id = %(seller)s AND credit_account_id = %(name)s AND currency = %(currency)s",
        {"seller": key[0], "name": key[1], "currency": currency},
    )
    amount: int = rows[0]["amount"]
    return amount


async def list_accounts(
    tx: Tx, sellers: Collection[str], *, after: AccountKey | None, size: int
) -> list[CreditAccount]:
    """Accounts of sellers behind a key, in the order of their keys."""
    rows = await tx.fetch(
        "SELECT * FROM credit_account WHERE seller_id = ANY(%(sellers)s)"
        " AND (seller_id, credit_account_id) > (%(seller)s, %(name)s)"
        " ORDER BY seller_id, credit_account_id LIMIT %(size)s",
        {
            "sellers": texts(sorted(sellers)),
            "seller": after[0] if after else "",
            "name": after[1] if after else "",
            "size": size,
        },
    )
    return [_account(row) for row in rows]


async def list_uses(
    tx: Tx, key: AccountKey, *, only_waiting: bool, after: tuple[Instant, UUID] | None, size: int
) -> list[CreditUse]:
    """What orders take of an account behind one of them, in the order of their placement."""
    behind = "AND (placed_at, order_id) > (%(at)s, %(order)s)" if after else ""
    rows = await tx.fetch(
        "SELECT * FROM credit_use WHERE seller_id = %(seller)s AND credit_account_id = %(name)s"
        f" AND (waits OR NOT %(waiting)s AND owed_minor + open_minor > 0) {behind}"
        " ORDER BY placed_at, order_id LIMIT %(size)s",
        {
            "seller": key[0],
            "name": key[1],
            "waiting": only_waiting,
            "size": size,
            **({"at": after[0], "order": after[1]} if after else {}),
        },
    )
    return [CreditUse(**row) for row in rows]


async def _accounts(tx: Tx, sql: str, keys: Collection[AccountKey]) -> dict[AccountKey, CreditAccount]:
    if not keys:
        return {}
    found = [_account(row) for row in await tx.fetch(sql, _names(keys))]
    return {one.key: one for one in found}


def _names(keys: Collection[AccountKey]) -> dict[str, object]:
    ordered = sorted(keys)
    return {"sellers": texts([key[0] for key in ordered]), "names": texts([key[1] for key in ordered])}


def _account(row: Row) -> CreditAccount:
    return CreditAccount(**(row | {"status": CreditStatus(row["status"])}))
