"""Which history of a database a connection reads: what was remembered of another one may not be so in this one.

Versions and positions count up within one history. A backup that was put back, or a standby that was promoted and lacks
the last commits, counts the same numbers again for other content.
"""

from __future__ import annotations

from typing import Any, Final

from psycopg import AsyncConnection

_ORIGIN: Final = """
SELECT concat_ws('/', system_identifier, pg_database.oid, pg_postmaster_start_time(),
    CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END) AS origin
FROM pg_control_system(), pg_database WHERE datname = current_database()
"""
"""The server's system identifier, the database, the server's start, and its timeline."""


class OriginConnection(AsyncConnection[dict[str, Any]]):
    """A connection that knows of which history it is, once `find_origin` was called; rows are dicts."""

    origin = ""

    async def find_origin(self) -> None:
        """Asks the server. Behind a pooler the answer holds for the session of that time only."""
        (row,) = await (await self.execute(_ORIGIN)).fetchall()
        self.origin = row["origin"]
