"""A batch of the outbox takes as many statements as one element, counted at the driver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from psycopg import AsyncRawCursor

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.messages.timers import FeedGapDue, PollDue
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from tests.rows.outbox.making import AT, event, identity, message

Write = Callable[[Tx, int], Awaitable[None]]


async def append(tx: Tx, size: int) -> None:
    await outbox.append(tx, [message(f"L{number % 7}") for number in range(size)], at=AT)


async def emit(tx: Tx, size: int) -> None:
    await outbox.emit(tx, [event(identity(), 1) for _ in range(size)])


async def set_and_clear(tx: Tx, size: int) -> None:
    await outbox.set_timers(tx, [Timer(FeedGapDue(f"s{number}", AT)) for number in range(size)])
    await outbox.clear_timers(tx, [(FeedGapDue, f"s{number}") for number in range(size)])


async def poll(tx: Tx, size: int) -> None:
    await outbox.poll_at(tx, [PollDue(f"A{number}", AT, "warehouse.pull") for number in range(size)])


@pytest.mark.parametrize(
    ("write", "statements"),
    [(append, 1), (emit, 1), (set_and_clear, 2), (poll, 1)],
    ids=["append", "emit", "timers", "poll"],
)
async def test_a_batch_takes_no_more_statements_than_one(database_url: str, write: Write, statements: int) -> None:
    executed: list[Any] = []

    class Counting(AsyncRawCursor[Any]):
        async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            executed.append(query)
            return await super().execute(query, *args, **kwargs)

    async with Database(database_url, cursor_factory=Counting) as database:
        counts = []
        for size in (1, 64):
            executed.clear()
            async with database.transaction() as tx:
                await write(tx, size)
            counts.append(len(executed))

    assert counts == [statements, statements]


async def test_nothing_takes_no_statement(database_url: str) -> None:
    async with Database(database_url) as database, database.transaction() as tx:
        await outbox.append(tx, [], at=AT)
        await outbox.emit(tx, [])
        await outbox.set_timers(tx, [])
        await outbox.clear_timers(tx, [])
        await outbox.poll_at(tx, [])
        assert (await outbox.counts(tx)).due == 0
