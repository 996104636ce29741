"""A transaction: what operations and stores get to speak to PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection

Row = dict[str, Any]


class Tx:
    """One connection in one transaction. Statements are SQL with %(name)s parameters; rows come as dicts.

    `number` is the transaction's own, its xid8, once a statement has told it; 0 before.
    """

    def __init__(self, connection: AsyncConnection[Row]) -> None:
        self._connection = connection
        self.number = 0

    async def fetch(self, sql: str, params: Mapping[str, Any] | Sequence[Any] | None = None) -> list[Row]:
        """Runs one statement and returns its rows."""
        cursor = await self._connection.execute(sql, params, prepare=True)
        return await cursor.fetchall()

    async def execute(self, sql: str, params: Mapping[str, Any] | Sequence[Any] | None = None) -> int:
        """Runs one statement and returns how many rows it changed."""
        cursor = await self._connection.execute(sql, params, prepare=True)
        return cursor.rowcount

    async def own_number(self) -> int:
        """The transaction's number, asked for where no statement has told it yet."""
        if not self.number:
            self.number = (await self.fetch("SELECT pg_current_xact_id()::text::bigint AS number"))[0]["number"]
        return self.number

    async def copy_in(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Streams rows into a COPY ... FROM STDIN statement."""
        async with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                await copy.write_row(row)

    async def copy_bytes(self, sql: str, data: bytes) -> None:
        """Sends the whole input of a COPY ... FROM STDIN statement."""
        async with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            await copy.write(data)
