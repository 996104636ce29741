"""A connection of one's own that hears notifications and reads: for who follows what others commit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from psycopg import AsyncConnection, AsyncRawCursor, sql
from psycopg.rows import dict_row

from hub.database.origin import OriginConnection
from hub.database.tx import Row, Tx


class Listener:
    """Hears one channel. Each statement of `tx` sees an instant of its own; those of `reading()` see one together."""

    def __init__(self, connection: AsyncConnection[Row]) -> None:
        self.tx = Tx(connection)
        self._connection = connection
        self._stirred = asyncio.Event()
        connection.add_notify_handler(lambda _: self._stirred.set())

    def nudge(self) -> None:
        """Has `heard` come back as if something was heard."""
        self._stirred.set()

    async def heard(self, seconds: float) -> None:
        """Comes back once something was heard since the last time, or after a while. Raises OperationalError."""
        loop, socket = asyncio.get_running_loop(), self._connection.fileno()
        if not self._stirred.is_set():
            loop.add_reader(socket, self._stirred.set)
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._stirred.wait()
            finally:
                loop.remove_reader(socket)
        self._connection.pgconn.consume_input()
        while self._connection.pgconn.notifies() is not None:
            pass
        self._stirred.clear()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A transaction that sees one instant of the database and changes nothing."""
        async with self._connection.transaction():
            tx = Tx(self._connection)
            await tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield tx


@asynccontextmanager
async def listening(url: str, channel: str) -> AsyncIterator[Listener]:
    """Listens to a channel while the block runs; `url` must lead to the server itself, not to a pooler.

    Reads by indexes: the connection lives long, and so do its plans, made when what it follows was still small.
    """
    name = f"crossdock {channel}"
    async with await OriginConnection.connect(
        url, autocommit=True, row_factory=dict_row, cursor_factory=AsyncRawCursor, application_name=name
    ) as connection:
        await connection.find_origin()
        await connection.execute("SET enable_seqscan = off")
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        yield Listener(connection)
