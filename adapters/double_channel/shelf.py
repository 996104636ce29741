"""What the channel stand-in shows as sellable: the last level of each SKU, per account."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Final

from adapters.sdk.doubles.book import reading
from adapters.sdk.times import text_of

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS level (
    account_id TEXT NOT NULL, sku TEXT NOT NULL, available INTEGER NOT NULL, business_time TEXT NOT NULL,
    PRIMARY KEY (account_id, sku)
);
"""


def show(tx: sqlite3.Connection, account_id: str, sku: str, available: int, at: datetime) -> None:
    """Shows a level, unless a newer one is shown."""
    tx.execute(
        "INSERT INTO level VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET available = excluded.available,"
        " business_time = excluded.business_time WHERE excluded.business_time >= level.business_time",
        (account_id, sku, available, text_of(at)),
    )


def shown(path: Path, account_id: str) -> dict[str, int]:
    """Answers the levels shown for an account, by SKU; for tests, from any process."""
    with reading(path) as connection:
        rows = connection.execute("SELECT sku, available FROM level WHERE account_id = ? ORDER BY sku", (account_id,))
        return {row["sku"]: row["available"] for row in rows}
