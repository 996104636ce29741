"""Rows of what ERPs were posted of stock movements: up to which row of the ledger, per account, node and SKU.

A stock row is locked before its ledger is read: whoever writes the ledger holds that lock to its commit, so no row of
the ledger below the last one read can appear later.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Table, Text

from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.inventory.model import StockMovement

STOCK_BOOK: Final = Table(
    "stock_book",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("last_number", BigInteger, nullable=False),
)

STOCK_POSTED: Final = Table(
    "stock_posted",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("on_hand", BigInteger, nullable=False),
    Column("last_move_id", BigInteger, nullable=False),
)

_BOOK: Final = """
INSERT INTO stock_book (account_id, node_id) VALUES (%(account_id)s, %(node_id)s)
ON CONFLICT (account_id, node_id) DO UPDATE SET last_number = stock_book.last_number RETURNING last_number
"""

_DIFFERING: Final = """
SELECT stock.sku FROM stock
LEFT JOIN stock_posted AS told
    ON told.account_id = %(account_id)s AND told.node_id = stock.node_id AND told.sku = stock.sku
WHERE stock.node_id = %(node_id)s AND stock.on_hand <> coalesce(told.on_hand, 0)
ORDER BY stock.sku, stock.node_id LIMIT %(size)s FOR UPDATE OF stock
"""

_POST: Final = """
WITH moved AS (
    SELECT wanted.sku, move.cause, sum(move.on_hand_delta)::bigint AS units, max(move.move_id) AS last_move_id
    FROM unnest(%(skus)s::text[]) AS wanted(sku)
    LEFT JOIN stock_posted AS told
        ON told.account_id = %(account_id)s AND told.node_id = %(node_id)s AND told.sku = wanted.sku
    CROSS JOIN LATERAL (
        SELECT cause, on_hand_delta, move_id FROM every_stock_move
        WHERE sku = wanted.sku AND node_id = %(node_id)s AND move_id > coalesce(told.last_move_id, 0)
            AND on_hand_delta <> 0 OFFSET 0 -- so that it is looked for SKU by SKU, from the last number on
    ) AS move
    GROUP BY wanted.sku, move.cause
), posted AS (
    INSERT INTO stock_posted (account_id, node_id, sku, on_hand, last_move_id)
    SELECT %(account_id)s, %(node_id)s, sku, sum(units), max(last_move_id) FROM moved GROUP BY sku ORDER BY sku
    ON CONFLICT (account_id, node_id, sku) DO UPDATE SET on_hand = stock_posted.on_hand + excluded.on_hand,
        last_move_id = excluded.last_move_id
)
SELECT sku, cause, units FROM moved WHERE units <> 0 ORDER BY sku, cause
"""

_NUMBERED: Final = (
    "UPDATE stock_book SET last_number = last_number + %(documents)s"
    " WHERE account_id = %(account_id)s AND node_id = %(node_id)s"
)


async def open_book(tx: Tx, account_id: str, node_id: str) -> int:
    """Locks the book of a node and answers the number of its last document."""
    return int((await tx.fetch(_BOOK, {"account_id": account_id, "node_id": node_id}))[0]["last_number"])


async def unposted(tx: Tx, account_id: str, node_id: str, size: int) -> list[StockMovement]:
    """What moved of the next `size` SKUs since the last posting, noted as posted; empty when nothing is left."""
    book = {"account_id": account_id, "node_id": node_id}
    differing = await tx.fetch(_DIFFERING, {**book, "size": size})
    if not differing:
        return []
    rows = await tx.fetch(_POST, {**book, "skus": [row["sku"] for row in differing]})
    return [StockMovement(**row) for row in rows]


async def close_book(tx: Tx, account_id: str, node_id: str, documents: int) -> None:
    """Notes how many documents were made."""
    await tx.execute(_NUMBERED, {"account_id": account_id, "node_id": node_id, "documents": documents})
