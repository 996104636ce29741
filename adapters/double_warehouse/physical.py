"""What is really there at the nodes, whatever anybody's system says.

    python -m adapters.double_warehouse.physical FILE NODE SKU QUANTITY [--account ID]

A SKU that nobody spoke of never runs out. A row without account counts for every account that has none of its own.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from adapters.sdk.doubles.book import Book

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS physical (
    account_id TEXT NOT NULL, node_id TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
    PRIMARY KEY (account_id, node_id, sku)
);
"""


def set_physical(path: Path, node_id: str, sku: str, quantity: int, *, account_id: str = "") -> None:
    """Says how many units are really there from now on; from any process, also while the stand-in is live.

    Raises ValueError for a negative quantity.
    """
    if quantity < 0:
        raise ValueError(f"{quantity} units cannot be there")
    with closing(Book(path, SCHEMA)) as book, book.transaction() as tx:
        tx.execute("INSERT OR REPLACE INTO physical VALUES (?, ?, ?, ?)", (account_id, node_id, sku, quantity))


def start_with(tx: sqlite3.Connection, account_id: str, node_id: str, sku: str, quantity: int) -> None:
    """Takes a quantity of the profile's, unless more is known already."""
    if units_there(tx, account_id, node_id, sku) is None:
        tx.execute("INSERT INTO physical VALUES (?, ?, ?, ?)", (account_id, node_id, sku, quantity))


def units_there(tx: sqlite3.Connection, account_id: str, node_id: str, sku: str) -> int | None:
    """Answers the units there; None when nobody spoke of them."""
    row = tx.execute(
        "SELECT quantity FROM physical WHERE account_id IN (?, '') AND node_id = ? AND sku = ?"
        " ORDER BY account_id DESC LIMIT 1",
        (account_id, node_id, sku),
    ).fetchone()
    return None if row is None else int(row["quantity"])


def move(tx: sqlite3.Connection, account_id: str, node_id: str, sku: str, units: int) -> None:
    """Adds units (takes them, when negative) where they are counted."""
    tx.execute(
        "UPDATE physical SET quantity = quantity + ? WHERE node_id = ? AND sku = ? AND account_id = ("
        " SELECT max(account_id) FROM physical WHERE account_id IN (?, '') AND node_id = ? AND sku = ?)",
        (units, node_id, sku, account_id, node_id, sku),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m adapters.double_warehouse.physical")
    parser.add_argument("file", type=Path, help="file of the stand-in: DIR/NAME.sqlite")
    parser.add_argument("node")
    parser.add_argument("sku")
    parser.add_argument("quantity", type=int)
    parser.add_argument("--account", default="", help="only for this account")
    asked = parser.parse_args(arguments)
    set_physical(asked.file, asked.node, asked.sku, asked.quantity, account_id=asked.account)
    return 0


if __name__ == "__main__":
    sys.exit(main())
