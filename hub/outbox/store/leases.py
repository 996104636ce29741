"""Leases by name: one holder at a time, for a while of machine time, with a fence that grows with every new holder."""

from __future__ import annotations

from typing import Final

from hub.database.tx import Tx
from hub.kernel.instant import Instant

_TAKE: Final = """
INSERT INTO lease (name, holder, fence, until) VALUES (%(name)s, %(holder)s, 1, %(until)s)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,
    fence = lease.fence + (lease.holder <> excluded.holder OR lease.until <= %(now)s)::int
WHERE lease.holder = excluded.holder OR lease.until <= %(now)s
RETURNING fence
"""


async def take(tx: Tx, name: str, holder: str, *, now: Instant, until: Instant) -> int | None:
    """Takes or renews a lease; answers its fence, None while another one holds it."""
    rows = await tx.fetch(_TAKE, {"name": name, "holder": holder, "now": now, "until": until})
    return int(rows[0]["fence"]) if rows else None


async def hold(tx: Tx, name: str, fence: int) -> bool:
    """Locks the lease's row to the end of the transaction; False when another holder came since `fence` was given."""
    rows = await tx.fetch(
        "SELECT fence FROM lease WHERE name = %(name)s AND fence = %(fence)s FOR UPDATE",
        {"name": name, "fence": fence},
    )
    return bool(rows)


async def release(tx: Tx, name: str, fence: int, *, now: Instant) -> None:
    """Gives a lease back, so that the next holder need not wait."""
    await tx.execute(
        "UPDATE lease SET until = %(now)s WHERE name = %(name)s AND fence = %(fence)s",
        {"name": name, "fence": fence, "now": now},
    )
