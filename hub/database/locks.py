"""The one lock order of the house: rows are locked kind by kind in this order, and by key within a kind.

request keys, feeds, totes, orders, fulfillment orders, returns, payments, transfers, supply, stock (sku, node), stock
by condition (sku, node, condition), reservations, credit accounts, capacity (node, day). Each kind by one
`SELECT ... ORDER BY key FOR UPDATE` before any write. `LockOrder` follows the statements of a transaction and names the
first that breaks it; tests hand its cursor to the pool.
"""

from __future__ import annotations

import re
from typing import Final

LOCK_ORDER: Final = (
    "request",
    "feed",
    "tote",
    "orders",
    "fulfillment_order",
    "payment",
    "transfer",
    "supply",
    "stock",
    "conditioned_stock",
    "reservation",
    "credit_account",
    "capacity",
)
"""Tables in the order in which a transaction may lock their rows."""

_LOCKING: Final = re.compile(
    r"\bFROM\s+(\w+)\b.*\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b(?!\s+SKIP)", re.IGNORECASE | re.DOTALL
)
_SORTED: Final = re.compile(r"\bORDER\s+BY\b.*\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b", re.IGNORECASE | re.DOTALL)


class LockOrder:
    """Watches the statements of one transaction; `broken` is the first violation in words, or None."""

    def __init__(self) -> None:
        self._highest = -1
        self.broken: str | None = None

    def see(self, sql: str) -> None:
        """Takes note of one statement."""
        match = _LOCKING.search(sql)
        if match is None or match[1] not in LOCK_ORDER or self.broken:
            return
        rank = LOCK_ORDER.index(match[1])
        if rank < self._highest:
            self.broken = f"{match[1]} locked after {LOCK_ORDER[self._highest]}"
        if not _SORTED.search(sql):
            self.broken = f"{match[1]} locked without ORDER BY its key"
        self._highest = max(self._highest, rank)
