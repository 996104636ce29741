"""An installation whose processes tests kill: the hub in earnest, workers to start, partners that count what they do.

What a process is held up at is a table that the test locks. So a kill falls where the test says, on any machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

import psycopg

from bench.partners import Partners, partners_served
from bench.rows.lifecycle import network_to
from bench.scene import PLENTY, SKUS, fill
from bench.serving import Working, hub_working
from hub.app.runtime.clock import open_clock
from hub.database.pool import Database
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.network import operations as networks
from hub.network.model import Network

DEADLINE_SECONDS: Final = 120.0
LOOK_SECONDS: Final = 0.01

_OPEN: Final = """
SELECT (SELECT count(*) FROM message WHERE state <> 'SETTLED')
    + (SELECT count(*) FROM orders WHERE state <> 'CLOSED')
"""
Connection = psycopg.AsyncConnection[Any]


def as_it_is(network: Network) -> Network:
    """The network of the bench."""
    return network


@asynccontextmanager
async def installation(
    url: str,
    changed: Callable[[Network], Network] = as_it_is,
    *,
    virtual_from: Instant | None = None,
    units: int = PLENTY,
    skus: int = SKUS,
) -> AsyncIterator[tuple[Working, Partners]]:
    """A hub on a database, without a worker, and all its partners; each article has so many units at both nodes."""
    async with AsyncExitStack() as stack:
        partners = await stack.enter_async_context(partners_served())
        await fill(url, units=units, skus=skus)
        async with Database(url, max_connections=1) as database:
            if virtual_from is not None:
                await open_clock(database, virtual=True, start_at=virtual_from)
            async with database.transaction() as tx:
                network = changed(network_to(partners.address))
                await networks.put(tx, HUB, network, at=virtual_from or datetime.now(UTC))
        yield await stack.enter_async_context(hub_working(url)), partners


async def connected(url: str, *, autocommit: bool = True) -> Connection:
    """A connection of the test's own."""
    return await psycopg.AsyncConnection.connect(url, autocommit=autocommit)


async def others_take_over(watching: Connection) -> None:
    """Ends all leases, as time would."""
    await watching.execute("UPDATE message SET leased_until = now() WHERE leased_until IS NOT NULL")


async def nothing_open(watching: Connection) -> bool:
    """Whether every message is settled and every order closed."""
    return await counted(watching, _OPEN) == 0


async def counted(watching: Connection, statement: str, **values: object) -> int:
    """The number that a statement gives."""
    row = await (await watching.execute(statement, values)).fetchone()
    assert row is not None
    return int(row[0])


async def reached(condition: Callable[[], Awaitable[object]]) -> None:
    """Waits for a condition, no longer than the deadline. Raises TimeoutError."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)
