"""Reads the stock ledger of one SKU at one node: its sums as of an instant, and its rows, newest first."""

from __future__ import annotations

from typing import Any

from hub.database.tx import Row, Tx
from hub.inventory.model import Condition, ConditionedStock
from hub.inventory.model.explanation import Figures, LedgerRow
from hub.kernel.instant import Instant

Position = tuple[Instant, int]
"""(instant, number) of a row: the order of the ledger."""

_SUMS = """
SELECT coalesce(sum(on_hand_delta), 0)::bigint AS on_hand, coalesce(sum(reserved_delta), 0)::bigint AS reserved,
    coalesce(sum(allocated_delta), 0)::bigint AS allocated, coalesce(sum(safety_delta), 0)::bigint AS safety,
    count(*) AS rows
FROM every_stock_move WHERE sku = %(sku)s AND node_id = %(node_id)s AND at <= %(at)s
"""
_ROWS = """
SELECT * FROM every_stock_move WHERE sku = %(sku)s AND node_id = %(node_id)s AND at <= %(at)s
"""
_BEHIND = " AND (at, move_id) < (%(behind_at)s, %(behind)s)"
_NEWEST_FIRST = " ORDER BY at DESC, move_id DESC LIMIT %(size)s"
_CONDITIONED = """
SELECT condition, sum(on_hand_delta)::bigint AS units FROM conditioned_move
WHERE sku = %(sku)s AND node_id = %(node_id)s AND at <= %(at)s
GROUP BY condition HAVING sum(on_hand_delta) <> 0 ORDER BY condition
"""


async def sums(tx: Tx, sku: str, node_id: str, at: Instant, *, behind: Position | None = None) -> tuple[Figures, int]:
    """The sums of the rows until an instant, only those before `behind` where it is given; and how many there are."""
    parameters: dict[str, Any] = {"sku": sku, "node_id": node_id, "at": at}
    sql = _SUMS
    if behind is not None:
        sql += _BEHIND
        parameters |= {"behind_at": behind[0], "behind": behind[1]}
    (row,) = await tx.fetch(sql, parameters)
    return Figures(row["on_hand"], row["reserved"], row["allocated"], row["safety"]), row["rows"]


async def rows(tx: Tx, sku: str, node_id: str, at: Instant, *, behind: Position | None, size: int) -> list[LedgerRow]:
    """Rows until an instant, newest first, at most `size`, from behind a row."""
    parameters: dict[str, Any] = {"sku": sku, "node_id": node_id, "at": at, "size": size}
    sql = _ROWS
    if behind is not None:
        sql += _BEHIND
        parameters |= {"behind_at": behind[0], "behind": behind[1]}
    return [_row(row) for row in await tx.fetch(sql + _NEWEST_FIRST, parameters)]


async def conditioned(tx: Tx, sku: str, node_id: str, at: Instant) -> list[ConditionedStock]:
    """Units not sold as new at an instant, by condition."""
    found = await tx.fetch(_CONDITIONED, {"sku": sku, "node_id": node_id, "at": at})
    return [ConditionedStock(sku, node_id, Condition(row["condition"]), row["units"]) for row in found]


def _row(row: Row) -> LedgerRow:
    return LedgerRow(
        number=row["move_id"],
        at=row["at"],
        delta=Figures(row["on_hand_delta"], row["reserved_delta"], row["allocated_delta"], row["safety_delta"]),
        cause=row["cause"],
        cause_id=row["cause_id"],
    )
