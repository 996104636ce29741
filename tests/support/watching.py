"""Watches a database from the driver: every statement, every transaction, and what is awaited inside of one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ClassVar

from psycopg import AsyncRawCursor

from hub.database.locks import LockOrder
from hub.database.pool import Database
from hub.database.tx import Row, Tx

INSIDE: ContextVar[str] = ContextVar("inside", default="")
"""What runs now runs inside: nothing, a transaction that is "reading", or one that is "writing"."""


@dataclass
class Watch:
    """What was seen: statements in order, and the lock orders that were broken, in words."""

    statements: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    transactions: int = 0

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Collects the statements of a block."""
        start, found = len(self.statements), list[str]()
        yield found
        found += self.statements[start:]


def _text(statement: Any) -> str:
    return statement.decode() if isinstance(statement, bytes) else str(statement)


class CountingCursor(AsyncRawCursor[Row]):
    """Counts at the driver: whatever reaches the server passes here, COPY and executemany too."""

    watch: ClassVar[Watch]
    locks: ClassVar[dict[int, LockOrder]] = {}

    async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Runs one statement."""
        self._see(_text(query))
        return await super().execute(query, *args, **kwargs)

    async def executemany(self, query: Any, params_seq: Any, **kwargs: Any) -> None:
        """Runs one statement per element, and is counted so."""
        rows = list(params_seq)
        for _ in rows:
            self._see(_text(query))
        await super().executemany(query, rows, **kwargs)

    def copy(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        """Streams rows."""
        self._see(_text(statement))
        return super().copy(statement, *args, **kwargs)

    def _see(self, sql: str) -> None:
        self.watch.statements.append(sql)
        if (order := self.locks.get(id(self.connection))) is not None:
            order.see(sql)


class WatchedDatabase(Database):
    """A database that notes its transactions in `watch`."""

    watch: Watch

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """A transaction, watched: its locks, and that what is inside knows it."""
        async with super().transaction() as tx:
            connection, order = id(tx._connection), LockOrder()
            CountingCursor.locks[connection] = order
            token = INSIDE.set("writing")
            try:
                yield tx
            finally:
                INSIDE.reset(token)
                del CountingCursor.locks[connection]
                self.watch.transactions += 1
                if order.broken:
                    self.watch.broken.append(order.broken)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A transaction that only reads."""
        async with super().reading() as tx:
            token = INSIDE.set("reading")
            try:
                yield tx
            finally:
                INSIDE.reset(token)


def watched(watch: Watch) -> type[Database]:
    """A class of databases that are watched, for `opened`."""

    class Watched(WatchedDatabase):
        def __init__(self, url: str, *, max_connections: int = 8) -> None:
            cursor = type("Cursor", (CountingCursor,), {"watch": watch})
            super().__init__(url, max_connections=max_connections, cursor_factory=cursor)
            self.watch = watch

    return Watched
