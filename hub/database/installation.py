"""What a database knows of its installation: the fingerprint of its keys, and when it last took a write of a check."""

from __future__ import annotations

from typing import Final

from hub.database.tx import Tx
from hub.kernel.instant import Instant

_KEEP: Final = """
INSERT INTO installation (keys_fingerprint) VALUES (%(fingerprint)s)
ON CONFLICT (singleton) DO UPDATE
    SET keys_fingerprint = coalesce(installation.keys_fingerprint, excluded.keys_fingerprint)
RETURNING keys_fingerprint
"""
_CHECK: Final = """
INSERT INTO installation (checked_at) VALUES (clock_timestamp())
ON CONFLICT (singleton) DO UPDATE SET checked_at = clock_timestamp()
RETURNING checked_at
"""


async def fingerprint(tx: Tx) -> bytes | None:
    """Return the fingerprint of the keys with which the database was written; None where no process has kept one."""
    rows = await tx.fetch("SELECT keys_fingerprint FROM installation")
    return rows[0]["keys_fingerprint"] if rows else None


async def keep_fingerprint(tx: Tx, given: bytes) -> bool:
    """Keep the fingerprint of the installation's keys, or return whether it is the one that is kept."""
    rows = await tx.fetch(_KEEP, {"fingerprint": given})
    return bool(bytes(rows[0]["keys_fingerprint"]) == given)


async def check_writes(tx: Tx) -> Instant:
    """Write, and return the time by the database's clock."""
    at: Instant = (await tx.fetch(_CHECK))[0]["checked_at"]
    return at
