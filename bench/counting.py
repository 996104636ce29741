"""Counts what was inserted into each table of a database, and into each column, so that both sides can be compared."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from hub.database.pool import Database
from hub.database.tx import Tx

_COLUMNS: Final = """
SELECT table_name, column_name
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position
"""
_WITHIN: Final = 0.005
"""Rows per order that may differ: what is written once in a while (a timer) is not written per order."""
PER_TRANSACTION: Final = frozenset({"stock_change"})
"""Tables that get a row per transaction, however many orders it serves. They are not compared; our own side writes
theirs, the baseline does without.
"""

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
            yield cls(database, await filled(database))

    async def per(self, table: str) -> dict[str, float]:
        """Rows inserted into each table (`table`), and values into each column (`table.column`), per row of `table`."""
        now = await filled(self.database)
        new = {name: now[name] - self.before.get(name, 0) for name in now}
        return {name: rows / max(1, new[table]) for name, rows in new.items() if rows}


def differences(ours: Mapping[str, float], theirs: Mapping[str, float]) -> str:
    """Where rows or values per order differ, as a sentence; empty where they do not."""
    differing = [
        f"{name} {ours.get(name, 0):.3f} against {theirs.get(name, 0):.3f}"
        for name in sorted(ours.keys() | theirs.keys())
        if name.partition(".")[0] not in PER_TRANSACTION and abs(ours.get(name, 0) - theirs.get(name, 0)) > _WITHIN
    ]
    return f"the sides wrote different rows per order: {', '.join(differing)}" if differing else ""


async def counted(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    return {name: rows for name, rows in (await filled(database)).items() if "." not in name}


async def filled(database: Database) -> dict[str, int]:
    """How many rows each table has, and how many values that are not null each column (`table.column`)."""
    found: dict[str, int] = {}
    async with database.reading() as tx:
        columns: dict[str, list[str]] = {}
        for row in await tx.fetch(_COLUMNS):
            columns.setdefault(row["table_name"], []).append(row["column_name"])
        for table, names in columns.items():
            (counts,) = await tx.fetch(
                f'SELECT count(*) AS "*", {", ".join(f"count({name}) AS {name}" for name in names)} FROM {table}'
            )
            found[table] = counts.pop("*")
            found |= {f"{table}.{name}": values for name, values in counts.items()}
    return found


async def rows_read(tx: Tx, table: str) -> int:
    """Return how many rows of a table the connection has read, by scans and by indexes.

    The number begins anew now and then, never within a transaction: compare two numbers of one.
    """
    (row,) = await tx.fetch(
        "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_xact_user_tables"
        " WHERE relname = %(table)s",
        {"table": table},
    )
    return int(row["rows"])
