"""Rows of the payment stand-in: authorizations and captures, per account. Sums are kept as text, exact at any size."""

from __future__ import annotations

import sqlite3
from typing import Final

from adapters.double_payment.policy import Authorization, Capture
from adapters.sdk.times import instant_from, text_of

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS authorization (
    account_id TEXT NOT NULL, reference TEXT NOT NULL, currency TEXT NOT NULL, amount TEXT NOT NULL,
    captured TEXT NOT NULL, reversed TEXT NOT NULL, expire_time TEXT NOT NULL, PRIMARY KEY (account_id, reference)
);
CREATE TABLE IF NOT EXISTS capture (
    account_id TEXT NOT NULL, reference TEXT NOT NULL, currency TEXT NOT NULL, amount TEXT NOT NULL,
    refunded TEXT NOT NULL, PRIMARY KEY (account_id, reference)
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


def load_capture(tx: sqlite3.Connection, account_id: str, reference: str) -> Capture | None:
    """Answers a capture of the account; None when there is none."""
    row = tx.execute("SELECT * FROM capture WHERE account_id = ? AND reference = ?", (account_id, reference)).fetchone()
    if row is None:
        return None
    return Capture(row["reference"], row["currency"], int(row["amount"]), int(row["refunded"]))


def save_capture(tx: sqlite3.Connection, account_id: str, capture: Capture) -> None:
    """Keeps a capture as it stands."""
    values = (account_id, capture.reference, capture.currency, str(capture.amount), str(capture.refunded))
    tx.execute("INSERT OR REPLACE INTO capture VALUES (?, ?, ?, ?, ?)", values)
