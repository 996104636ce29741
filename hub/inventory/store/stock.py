"""Rows of stock and of the stock ledger. Applying counts is in `snapshots`, beside it.

A batch locks all rows it touches in one statement, in the order of (sku, node), before anything is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace
from sqlalchemy import BigInteger, Column, DateTime, Identity, Table, Text, Uuid

from hub.database import sets
from hub.database.arrays import bigints, texts
from hub.database.schema import METADATA
from hub.database.sets import Form, Getter
from hub.database.tx import Row, Tx
from hub.inventory.model import Stock, StockKey, StockMove
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

STOCK = Table(
    "stock",
    METADATA,
    Column("sku", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("on_hand", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    Column("allocated", BigInteger, nullable=False),
    Column("safety", BigInteger, nullable=False),
)

STOCK_MOVE = Table(
    "stock_move",
    METADATA,
    Column("sku", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("move_id", BigInteger, Identity(always=True), primary_key=True),
    Column("on_hand_delta", BigInteger, nullable=False),
    Column("reserved_delta", BigInteger, nullable=False),
    Column("allocated_delta", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
    Column("cause_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("safety_delta", BigInteger, nullable=False),
    Column("occurred_at", DateTime(timezone=True)),
)

_QUANTITIES: Form[Stock] = Form(
    STOCK, sku="sku", node_id="node_id", on_hand="on_hand", reserved="reserved", allocated="allocated"
)

_MOVE: Final[Mapping[str, Getter]] = {
    "sku": "sku",
    "node_id": "node_id",
    "on_hand_delta": "on_hand",
    "reserved_delta": "reserved",
    "allocated_delta": "allocated",
    "cause": "cause",
    "cause_id": "cause_id",
    "safety_delta": "safety",
}
_MOVES: Final[Form[StockMove]] = Form(STOCK_MOVE, **_MOVE)
_DATED_MOVES: Final[Form[StockMove]] = Form(STOCK_MOVE, **_MOVE, occurred_at="occurred_at")

_READ = "SELECT stock.* FROM stock JOIN unnest(%(skus)s, %(nodes)s) AS given(sku, node_id) USING (sku, node_id)"
_AVAILABLE = (
    "SELECT sku, node_id, greatest(0, on_hand - reserved - allocated - safety) AS available FROM stock"
    " WHERE sku = ANY(%(skus)s)"
)
_LOCK = f"{_READ} ORDER BY stock.sku, stock.node_id FOR UPDATE OF stock"
FEW_NODES: Final = 16
"""Of up to so many nodes a page is put together from pages of each; of more, all stock is read in the order of SKUs."""
_PAGE_OF_NODES = """
SELECT stock.* FROM unnest(%(nodes)s) AS asked(node_id) CROSS JOIN LATERAL (
    SELECT * FROM stock WHERE stock.node_id = asked.node_id AND stock.sku >= %(after_sku)s
        AND (stock.sku > %(after_sku)s OR stock.node_id > %(after_node)s)
    ORDER BY stock.sku LIMIT %(size)s
) AS stock ORDER BY stock.sku, stock.node_id LIMIT %(size)s
"""
_WANTED = """
SELECT stock.sku, stock.node_id, given.units, given.floor
FROM stock JOIN (
    SELECT unnest(%(skus)s) AS sku, unnest(%(nodes)s) AS node_id,
        unnest(%(units)s) AS units, unnest(%(floors)s) AS floor
) AS given USING (sku, node_id)
ORDER BY stock.sku, stock.node_id FOR UPDATE OF stock
"""
_CLAIM = """
UPDATE stock SET reserved = stock.reserved + wanted.units FROM wanted
WHERE stock.sku = wanted.sku AND stock.node_id = wanted.node_id
    AND stock.on_hand - stock.reserved - stock.allocated - stock.safety >= wanted.units + wanted.floor
RETURNING stock.sku
"""


async def ensure(tx: Tx, keys: Iterable[StockKey]) -> None:
    """Makes the rows of keys where there are none, with nothing in them."""
    rows = [{"sku": sku, "node_id": node_id} for sku, node_id in sorted(keys)]
    await sets.insert(tx, STOCK, rows, on_conflict="(sku, node_id) DO NOTHING")


async def lock(tx: Tx, keys: Iterable[StockKey]) -> dict[StockKey, Stock]:
    """Locks the rows of keys and answers those that exist."""
    ordered = sorted(keys)
    if not ordered:
        return {}
    parameters = {"skus": texts([sku for sku, _ in ordered]), "nodes": texts([node_id for _, node_id in ordered])}
    return _by_key(await tx.fetch(_LOCK, parameters))


async def read(tx: Tx, keys: Iterable[StockKey]) -> dict[StockKey, Stock]:
    """The rows of keys that exist, as they stand, without locks."""
    ordered = sorted(keys)
    parameters = {"skus": texts([sku for sku, _ in ordered]), "nodes": texts([node_id for _, node_id in ordered])}
    return _by_key(await tx.fetch(_READ, parameters))


async def save(tx: Tx, rows: Iterable[Stock]) -> None:
    """Writes the quantities of rows that exist and are locked."""
    await sets.update_all(tx, _QUANTITIES, list(rows), key=("sku", "node_id"))


async def claim(tx: Tx, claims: Mapping[StockKey, tuple[int, int]], moves: Sequence[StockMove], *, at: Instant) -> None:
    """Reserves units of rows, last of all, and records it: (units, those to leave for others) by key.

    The transaction is AssumptionBroken where a row has fewer than both, or is none.
    """
    ordered = sorted(claims.items())
    parameters = {
        "skus": texts([sku for (sku, _), _ in ordered]),
        "nodes": texts([node_id for (_, node_id), _ in ordered]),
        "units": bigints([units for _, (units, _) in ordered]),
        "floors": bigints([floor for _, (_, floor) in ordered]),
    }
    await tx.write(_CLAIM, parameters, taking=("wanted", _WANTED), last=True, rows=len(ordered))
    await _record(tx, moves, at, last=True)


async def record_moves(tx: Tx, moves: Sequence[StockMove], *, at: Instant) -> None:
    """Appends rows to the stock ledger."""
    await _record(tx, moves, at)


async def _record(tx: Tx, moves: Sequence[StockMove], at: Instant, *, last: bool = False) -> None:
    dated = any(move.occurred_at for move in moves)
    recorded = [_recorded(move, at) for move in moves] if dated else moves
    await sets.insert_all(tx, _DATED_MOVES if dated else _MOVES, recorded, same={"at": at}, last=last)


def _recorded(move: StockMove, at: Instant) -> StockMove:
    """A move that tells when goods moved only where that is before it is recorded."""
    return replace(move, occurred_at=None) if move.occurred_at is not None and move.occurred_at >= at else move


async def read_of(tx: Tx, skus: Sequence[str], node_ids: Sequence[str] | None) -> dict[StockKey, Stock]:
    """The rows of SKUs as they stand, without locks; `node_ids` None means every node."""
    sql = "SELECT * FROM stock WHERE sku = ANY(%(skus)s)"
    parameters = {"skus": texts(skus)}
    if node_ids is not None:
        sql += " AND node_id = ANY(%(nodes)s)"
        parameters["nodes"] = texts(node_ids)
    return _by_key(await tx.fetch(sql, parameters))


async def available(tx: Tx, skus: Sequence[str], node_ids: Sequence[str] | None) -> dict[StockKey, int]:
    """Units that can be promised of SKUs, by (sku, node), at least 0; `node_ids` None means every node."""
    if not skus:
        return {}
    sql = _AVAILABLE
    parameters = {"skus": texts(skus)}
    if node_ids is not None:
        sql += " AND node_id = ANY(%(nodes)s)"
        parameters["nodes"] = texts(node_ids)
    return {(row["sku"], row["node_id"]): row["available"] for row in await tx.fetch(sql, parameters)}


SALE: Final = "SALE"
"""The cause of adjustments by which buyers took units in a store."""
_SOLD: Final = """
SELECT move.sku, move.node_id, -sum(move.on_hand_delta)::bigint AS units FROM stock_move AS move
WHERE move.sku = ANY(%(skus)s) AND move.node_id = ANY(%(nodes)s) AND move.at >= %(since)s AND move.cause = %(cause)s
GROUP BY move.sku, move.node_id HAVING sum(move.on_hand_delta) < 0
"""


async def units_sold(tx: Tx, skus: Sequence[str], node_ids: Sequence[str], since: Instant) -> dict[StockKey, int]:
    """Units that buyers took at nodes since an instant, less what they brought back, by SKU and node."""
    asked = {"skus": texts(skus), "nodes": texts(node_ids), "since": since, "cause": SALE}
    return {(row["sku"], row["node_id"]): row["units"] for row in await tx.fetch(_SOLD, asked)}


async def stocked_skus(tx: Tx, after_sku: str, size: int) -> list[str]:
    """SKUs of which units are on hand, sorted, at most `size`, from behind one."""
    rows = await tx.fetch(
        "SELECT DISTINCT sku FROM stock WHERE sku > %(after)s AND on_hand > 0 ORDER BY sku LIMIT %(size)s",
        {"after": after_sku, "size": size},
    )
    return [row["sku"] for row in rows]


async def on_hand_at(tx: Tx, node_ids: Sequence[str]) -> dict[str, int]:
    """Units that lie at nodes, in whatever condition, by node; nodes without any are left out."""
    rows = await tx.fetch(
        "SELECT node_id, sum(on_hand)::bigint AS units FROM (SELECT node_id, on_hand FROM stock"
        " UNION ALL SELECT node_id, on_hand FROM conditioned_stock) AS every_stock"
        " WHERE node_id = ANY(%(nodes)s) GROUP BY node_id HAVING sum(on_hand) > 0",
        {"nodes": texts(node_ids)},
    )
    return {row["node_id"]: row["units"] for row in rows}


async def page(
    tx: Tx, scope: Scope, skus: Sequence[str], node_ids: Sequence[str], after: StockKey | None, size: int
) -> list[Stock]:
    """Stock at nodes in scope by SKU and node, at most `size` rows, from behind the key `after`.

    Empty `skus` or `node_ids` ask for all. Of a few nodes only the next `size` rows of each are read.
    """
    after_sku, after_node = after or ("", "")
    parameters = {"skus": texts(skus), "after_sku": after_sku, "after_node": after_node, "size": size}
    conditions = ["(sku, node_id) > (%(after_sku)s, %(after_node)s)"]
    if skus:
        conditions.append("sku = ANY(%(skus)s)")
    nodes = _nodes_asked(scope, node_ids)
    if nodes is not None and len(nodes) <= FEW_NODES and not skus:
        rows = await tx.fetch(_PAGE_OF_NODES, parameters | {"nodes": texts(nodes)})
    else:
        if nodes is not None:
            conditions.append("node_id = ANY(%(nodes)s)")
            parameters["nodes"] = texts(nodes)
        where = " AND ".join(conditions)
        rows = await tx.fetch(f"SELECT * FROM stock WHERE {where} ORDER BY sku, node_id LIMIT %(size)s", parameters)
    return list(_by_key(rows).values())


def _nodes_asked(scope: Scope, node_ids: Sequence[str]) -> list[str] | None:
    """The nodes that are both asked for and in scope; None: all nodes there are."""
    if not node_ids:
        return scope.node_list()
    return sorted({node_id for node_id in node_ids if scope.sees(node_id=node_id)})


def _by_key(rows: Sequence[Row]) -> dict[StockKey, Stock]:
    return {(row["sku"], row["node_id"]): Stock(**row) for row in rows}
