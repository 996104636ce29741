"""Counts the rows that were inserted into each table of a database, so that both sides of a row can be compared."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from hub.database.pool import Database

_TABLES: Final = "SELECT relname AS name FROM pg_stat_user_tables WHERE relname NOT LIKE 'migration%' ORDER BY relname"
_WITHIN: Final = 0.005
"""Rows per order that may differ: what is written once in a while (a timer) is not written per order."""

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Inserted:
    """Rows inserted since it was made. The rows are counted, not estimated; nothing deletes any meanwhile."""

    database: Database
    before: Counts

    @classmethod
    @asynccontextmanager
    async def begun(cls, url: str) -> AsyncIterator[Inserted]:
        """Begins to count in a database."""
        async with Database(url, max_connections=1) as database:
            yield cls(database, await counted(database))

    async def per(self, table: str) -> dict[str, float]:
        """Rows inserted into each table for each row inserted into `table`."""
        now = await counted(self.database)
        new = {name: now[name] - self.before[name] for name in now}
        return {name: rows / max(1, new[table]) for name, rows in new.items() if rows}


def differences(ours: Mapping[str, float], theirs: Mapping[str, float]) -> str:
    """Where the rows per order differ, as a sentence; empty where they do not."""
    differing = [
        f"{name} {ours.get(name, 0):.3f} against {theirs.get(name, 0):.3f}"
        for name in sorted(ours.keys() | theirs.keys())
        if abs(ours.get(name, 0) - theirs.get(name, 0)) > _WITHIN
    ]
    return f"the sides wrote different rows per order: {', '.join(differing)}" if differing else ""


async def counted(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.reading() as tx:
        names = [row["name"] for row in await tx.fetch(_TABLES)]
        sql = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS rows FROM {name}" for name in names)
        return {row["name"]: row["rows"] for row in await tx.fetch(sql)}
