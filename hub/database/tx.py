"""A transaction: what operations and stores get to speak to PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection

Row = dict[str, Any]


class Tx:
    """One connection in one transaction. Statements are SQL with %(name)s parameters; rows come as dicts."""

    def __init__(self, connection: AsyncConnection[Row]) -> None:
        self._connection = connection

    async def fetch(self, sql: str, params: Mapping[str, Any] | Sequence[Any] | None = None) -> list[Row]:
        """Runs one statement and returns its rows."""
        cursor = await self._connection.execute(sql, params, prepare=True)
        return await cursor.fetchall()

    async def execute(self, sql: str, params: Mapping[str, Any] | Sequence[Any] | None = None) -> int:
        """Runs one statement and returns how many rows it changed."""
        cursor = await self._connection.execute(sql, params, prepare=True)
        return cursor.rowcount

    async def copy_in(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Streams rows into a COPY ... FROM STDIN statement."""
        async with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                await copy.write_row(row)
