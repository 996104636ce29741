"""kill -9 of a worker in the middle of a gathered batch of answers: every effect happens once, and lives go on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from psycopg import AsyncConnection

from bench.partners import Partners, partners_served
from bench.rows.lifecycle import EFFECTS, network_to
from bench.scene import Drafts, database_on, hub_on
from bench.serving import hub_working
from hub.api.orders.changes import PLACE_ORDER
from hub.database.pool import Database
from hub.gate.change import Asked
from hub.kernel.scope import HUB
from hub.network import operations as networks
from tests.support.audit import violations

ORDERS = 24
ASKED_AT_ONCE = ("Authorize", "ScreenOrder", "DetermineTax")
SECONDS = 240.0
_HELD = "SELECT message_id FROM message WHERE state = 'DUE' FOR UPDATE SKIP LOCKED"
_CLOSED = "SELECT count(*) AS closed FROM orders WHERE state = 'CLOSED'"


@pytest.fixture
async def partners() -> AsyncIterator[Partners]:
    async with partners_served() as served:
        yield served


@pytest.fixture
async def url(embedded_url: str, partners: Partners) -> str:
    """A database of a hub with partners, where orders were placed and no worker has run yet."""
    made = await database_on(embedded_url, f"gathered_{uuid4().hex}", skus=20)
    async with hub_on(made) as hub:
        async with hub.database.transaction() as tx:
            await networks.put(tx, HUB, network_to(partners.address), at=datetime.now(UTC))
        drafts = Drafts.seeded(1, skus=20)
        placing = [hub.gate.run(PLACE_ORDER, Asked(HUB, uuid4(), b"%d" % n), drafts.next()) for n in range(ORDERS)]
        await asyncio.gather(*placing)
    return made


@pytest.mark.slow
async def test_a_worker_killed_while_it_takes_answers_in_leaves_every_effect_done_once(
    url: str, partners: Partners
) -> None:
    async with hub_working(url, 1) as (_, (worker,)):
        async with orders_locked(url):
            await until(lambda: all_asked(partners))
            await until(lambda: several_taken_in(url))
            os.kill(worker, signal.SIGKILL)
        assert (await partners.counts()).repeats == 0

    async with hub_working(url, 1):
        await until(lambda: all_done(url, partners))

    counts = await partners.counts()
    assert {rpc: counts.effects[rpc] for rpc in EFFECTS} == {rpc: times * ORDERS for rpc, times in EFFECTS.items()}
    assert (counts.doubled, counts.repeats) == (0, 0)
    assert counts.calls["FindOperation"] >= ORDERS
    assert await violations(url) == []


@asynccontextmanager
async def orders_locked(url: str) -> AsyncIterator[None]:
    """Orders that no flow can load: whoever takes answers in waits in the middle of its transaction."""
    async with await AsyncConnection.connect(url) as connection:
        await connection.execute("SELECT FROM orders FOR UPDATE")
        yield


async def all_asked(partners: Partners) -> bool:
    """Whether partners have done everything that was asked of them at once."""
    effects = (await partners.counts()).effects
    return all(effects.get(rpc) == ORDERS for rpc in ASKED_AT_ONCE)


async def several_taken_in(url: str) -> bool:
    """Whether messages of several orders are held by transactions that take their answers in."""
    async with Database(url, max_connections=1) as database, database.transaction() as tx:
        free = await tx.fetch(_HELD)
    return 3 * ORDERS - len(free) > 1 + len(ASKED_AT_ONCE)


async def all_done(url: str, partners: Partners) -> bool:
    """Whether all orders lived to their end, and all were told."""
    effects = (await partners.counts()).effects
    if sum(effects.get(rpc, 0) for rpc in EFFECTS) < ORDERS * sum(EFFECTS.values()):
        return False
    async with Database(url, max_connections=1) as database, database.reading() as tx:
        (row,) = await tx.fetch(_CLOSED)
    return int(row["closed"]) == ORDERS


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits until something holds."""
    async with asyncio.timeout(SECONDS):
        while not await holds():  # noqa: ASYNC110 (other processes are waited for)
            await asyncio.sleep(0.1)
