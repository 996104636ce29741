"""The database as the program sees it: a pool of connections that hands out transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final, Self

import msgspec
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor, IsolationLevel, OperationalError
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from hub.database.origin import OriginConnection
from hub.database.tx import Row, Tx

FIRST_REPLANNING: Final = 32
"""Transactions of a connection after which its plans are made anew for the first time."""


USES: Final = 5
"""Statements are prepared at once where `Tx` asks for it, others at their sixth use."""
NEVER: Final = None
_LIMITS: Final = "SELECT set_config('statement_timeout', %(limit)s, true), set_config('lock_timeout', %(limit)s, true)"


class PlanningConnection(OriginConnection):
    """A connection that makes its plans anew after 32 transactions, 64, 128, and so on.

    PostgreSQL keeps the plan of a prepared statement until statistics change. One made while a table was empty reads
    the table whole, and would go on to while it grows, until the table is analyzed.
    """

    begun = 0

    async def replanned(self) -> None:
        """Counts a transaction that is about to begin; where nothing is prepared, there are no plans."""
        if self.prepare_threshold is NEVER:
            return
        self.begun += 1
        if self.begun >= FIRST_REPLANNING and not self.begun & (self.begun - 1):
            await self.execute("DISCARD PLANS")


class Database:
    """Connections to one PostgreSQL. Open it with `async with`; `transaction()` gives a Tx that commits on exit."""

    def __init__(
        self,
        url: str,
        *,
        max_connections: int = 8,
        pooled: bool = False,
        cursor_factory: type[AsyncCursor[Any]] | None = None,
    ) -> None:
        """`pooled`: a pooler may run each transaction in another session, so nothing is prepared."""
        self.url = url
        self.writes_together = True
        """Whether what transactions hold back goes as one statement: not where `write_order.probe` found otherwise."""
        self._pool: AsyncConnectionPool[PlanningConnection] = AsyncConnectionPool(
            url,
            connection_class=PlanningConnection,
            min_size=1,
            max_size=max_connections,
            open=False,
            kwargs={
                "row_factory": dict_row,
                "autocommit": True,
                "cursor_factory": cursor_factory or AsyncRawCursor,
                "prepare_threshold": NEVER if pooled else USES,
            },
            configure=self._configure,
        )

    async def __aenter__(self) -> Self:
        await self._pool.open(wait=True, timeout=30)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    def connections(self) -> Mapping[str, int]:
        """Return how many connections are `open` and `idle`, and how many transactions are `waiting` for one."""
        stats = self._pool.get_stats()
        return {
            "open": stats.get("pool_size", 0),
            "idle": stats.get("pool_available", 0),
            "waiting": stats.get("requests_waiting", 0),
        }

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """A transaction: commits when the block ends, rolls back when it raises."""
        async with AsyncExitStack() as stack:
            tx = Tx(await self._begun(stack), together=self.writes_together)
            yield tx
            await tx.finish()

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[Tx]:
        """The same for what is held back until its end, all of it: it goes as one statement, which is a transaction.

        What is asked in the block, or must be sent before its end, begins a transaction.
        """
        if not self.writes_together:
            async with self.transaction() as tx:
                yield tx
            return
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(self._connection())
            await connection.replanned()
            tx = Tx(connection, lambda: stack.enter_async_context(connection.transaction()))
            yield tx
            await tx.finish()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A transaction that sees one instant of the database and changes nothing."""
        async with AsyncExitStack() as stack:
            yield Tx(await self._begun(stack, reading=True))

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Tx]:
        """Statements that see an instant of their own each, for what is verified later; none of them writes."""
        async with self._connection() as connection:
            yield Tx(connection)

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[Tx]:
        """A transaction for which everything has so long: a connection, each statement, each lock.

        Raises PoolTimeout, QueryCanceled or LockNotAvailable where it takes longer.
        """
        async with AsyncExitStack() as stack:
            tx = Tx(await self._begun(stack, seconds=seconds))
            await tx.fetch(_LIMITS, {"limit": f"{round(seconds * 1000)}ms"})
            yield tx
            await tx.finish()

    @asynccontextmanager
    async def _connection(self, seconds: float | None = None) -> AsyncIterator[PlanningConnection]:
        """A connection of the pool. A task that is canceled as it gets one is canceled.

        Before Python 3.12 `asyncio.wait_for`, by which the pool waits, returns a result that comes at the moment of a
        cancellation, and forgets the cancellation (cpython issue 86296).
        """
        task = asyncio.current_task()
        canceled = task.cancelling() if task else 0
        async with self._pool.connection(seconds) as connection:
            if task is not None and task.cancelling() > canceled:
                raise asyncio.CancelledError
            yield connection

    async def _begun(
        self, stack: AsyncExitStack, *, reading: bool = False, seconds: float | None = None
    ) -> AsyncConnection[Row]:
        """A connection in a transaction that ends with `stack`.

        A connection that the server has dropped meanwhile fails its BEGIN: nothing was done, and another one is taken.
        """
        for attempts_left in range(self._pool.max_size, -1, -1):
            try:
                async with AsyncExitStack() as begun:
                    connection = await begun.enter_async_context(self._connection(seconds))
                    await connection.replanned()
                    if reading:
                        await begun.enter_async_context(_reading(connection))
                    await begun.enter_async_context(connection.transaction())
                    stack.push_async_exit(begun.pop_all())
                    return connection
            except PoolTimeout:
                raise
            except OperationalError:
                if not attempts_left:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def _configure(self, connection: PlanningConnection) -> None:
        set_json_loads(msgspec.json.decode, connection)
        await connection.find_origin()


@asynccontextmanager
async def _reading(connection: AsyncConnection[Row]) -> AsyncIterator[None]:
    """Has transactions begin so that they see one instant and change nothing; nothing is sent for it."""
    await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    await connection.set_read_only(True)
    try:
        yield
    finally:
        await connection.set_isolation_level(None)
        await connection.set_read_only(None)
