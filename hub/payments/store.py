"""Rows of instruments and transactions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.payments.model import Holder, Instrument, Payments, Transaction, TransactionKind, TransactionState

INSTRUMENT = Table(
    "instrument",
    METADATA,
    Column("instrument_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("account_id", Text),
    Column("token", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("balance_id", Uuid),
    Column("takes_rest", Boolean, nullable=False),
    Column("credit_account_id", Text, nullable=False),
)

PAYMENT_TRANSACTION = Table(
    "payment_transaction",
    METADATA,
    Column("transaction_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("instrument_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("shipment_id", Uuid),
    Column("provider_reference", Text, nullable=False),
    Column("failure_code", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("credit_id", Uuid),
    Column("capture_id", Uuid),
    Column("adopted", Boolean, nullable=False),
    Column("authorization_id", Uuid),
    Column("action_url", Text, nullable=False),
)


def _upsert(key: str, columns: Sequence[str]) -> str:
    return f"({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in columns)


_INSTRUMENT_CHANGES = _upsert("instrument_id", ("amount_minor", "account_id", "token", "reference"))
_TRANSACTION_CHANGES = _upsert(
    "transaction_id",
    ("state", "amount_minor", "shipment_id", "provider_reference", "failure_code", "expires_at", "action_url"),
)

_INSTRUMENTS: Form[Instrument] = Form(
    INSTRUMENT,
    instrument_id="instrument_id",
    order_id="order_id",
    rank="rank",
    holder="holder._value_",
    kind="kind",
    amount_minor="amount_minor",
    account_id="account_id",
    token="token",  # noqa: S106 (the name of an attribute)
    reference="reference",
    balance_id="balance_id",
    takes_rest="takes_rest",
    credit_account_id="credit_account_id",
)
_TRANSACTIONS: Form[Transaction] = Form(
    PAYMENT_TRANSACTION,
    transaction_id="transaction_id",
    order_id="order_id",
    instrument_id="instrument_id",
    kind="kind._value_",
    state="state._value_",
    amount_minor="amount_minor",
    created_at="created_at",
    shipment_id="shipment_id",
    provider_reference="provider_reference",
    failure_code="failure_code",
    expires_at="expires_at",
    credit_id="credit_id",
    capture_id="capture_id",
    adopted="adopted",
    authorization_id="authorization_id",
    action_url="action_url",
)


async def load(tx: Tx, orders: Mapping[UUID, str]) -> dict[UUID, Payments]:
    """All money of orders (order id -> its currency): instruments by rank, transactions oldest first."""
    if not orders:
        return {}
    ids = uuids(list(orders))
    instruments: dict[UUID, list[Instrument]] = {order_id: [] for order_id in orders}
    transactions: dict[UUID, list[Transaction]] = {order_id: [] for order_id in orders}
    for row in await tx.fetch(
        "SELECT * FROM instrument WHERE order_id = ANY(%(ids)s) ORDER BY rank, instrument_id", {"ids": ids}
    ):
        instruments[row["order_id"]].append(_instrument(row))
    for row in await tx.fetch(
        "SELECT * FROM payment_transaction WHERE order_id = ANY(%(ids)s) ORDER BY created_at, transaction_id",
        {"ids": ids},
    ):
        transactions[row["order_id"]].append(_transaction(row))
    return {
        order_id: Payments(currency, tuple(instruments[order_id]), tuple(transactions[order_id]))
        for order_id, currency in orders.items()
    }


async def save(
    tx: Tx, instruments: Sequence[Instrument], transactions: Sequence[Transaction], *, new: bool = False
) -> None:
    """Inserts instruments and transactions, or writes what changed in them: one statement per table.

    `new`: all are of orders that have none yet.
    """
    changes = ("", "") if new else (_INSTRUMENT_CHANGES, _TRANSACTION_CHANGES)
    await sets.insert_all(tx, _INSTRUMENTS, instruments, on_conflict=changes[0])
    await sets.insert_all(tx, _TRANSACTIONS, transactions, on_conflict=changes[1])


async def orders_of(tx: Tx, transaction_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The orders of transactions: transaction id -> order id."""
    if not transaction_ids:
        return {}
    rows = await tx.fetch(
        "SELECT transaction_id, order_id FROM payment_transaction WHERE transaction_id = ANY(%(ids)s)",
        {"ids": uuids(transaction_ids)},
    )
    return {row["transaction_id"]: row["order_id"] for row in rows}


async def settleable(
    tx: Tx, account_id: str, transaction_ids: Sequence[UUID], since: Instant | None, until: Instant | None
) -> list[tuple[Transaction, str]]:
    """Return captures, refunds and chargebacks with their accounts: those of the ids, and those of an account's period.

    The period is from `since` and before `until`; without both there is none. A chargeback that was won is of none.
    """
    rows = await tx.fetch(
        """
        SELECT payment_transaction.*, instrument.account_id FROM payment_transaction
        JOIN instrument USING (instrument_id)
        WHERE payment_transaction.kind IN ('CAPTURE', 'REFUND', 'CHARGEBACK') AND NOT payment_transaction.adopted
            AND (transaction_id = ANY(%(ids)s)
                OR instrument.account_id = %(account)s AND created_at >= %(since)s AND created_at < %(until)s
                    AND NOT (payment_transaction.kind = 'CHARGEBACK' AND state = 'FAILED'))
        """,
        {"ids": uuids(transaction_ids), "account": account_id, "since": since, "until": until},
    )
    return [
        (_transaction({name: row[name] for name in row if name != "account_id"}), row["account_id"]) for row in rows
    ]


def _instrument(row: Row) -> Instrument:
    return Instrument(**(row | {"holder": Holder(row["holder"])}))


def _transaction(row: Row) -> Transaction:
    return Transaction(**(row | {"kind": TransactionKind(row["kind"]), "state": TransactionState(row["state"])}))
