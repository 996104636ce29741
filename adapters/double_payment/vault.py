"""Rows of the payment stand-in: authorizations, per account. Sums are kept as text, exact at any size."""

from __future__ import annotations

import sqlite3
from typing import Final

from adapters.double_payment.policy import Authorization
from adapters.sdk.times import instant_from, text_of

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS authorization (
    account_id TEXT NOT NULL, reference TEXT NOT NULL, currency TEXT NOT NULL, amount TEXT NOT NULL,
    captured TEXT NOT NULL, reversed TEXT NOT NULL, expire_time TEXT NOT NULL, PRIMARY KEY (account_id, reference)
);
"""


def load(tx: sqlite3.Connection, account_id: str, reference: str) -> Authorization | None:
    """Answers an authorization of the account; None when there is none."""
    row = tx.execute(
        "SELECT * FROM authorization WHERE account_id = ? AND reference = ?", (account_id, reference)
    ).fetchone()
    if row is None:
        return None
    return Authorization(
        reference=row["reference"],
        currency=row["currency"],
        amount=int(row["amount"]),
        captured=int(row["captured"]),
        reversed=int(row["reversed"]),
        expires_at=instant_from(row["expire_time"]),
    )


def save(tx: sqlite3.Connection, account_id: str, authorization: Authorization) -> None:
    """Keeps an authorization as it stands."""
    tx.execute(
        "INSERT OR REPLACE INTO authorization VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            account_id,
            authorization.reference,
            authorization.currency,
            str(authorization.amount),
            str(authorization.captured),
            str(authorization.reversed),
            text_of(authorization.expires_at),
        ),
    )
