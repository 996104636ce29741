"""What must hold of memory, each as a check of a database: run by tests, and by mutants that must go red."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from random import Random
from typing import Final
from uuid import UUID, uuid4

from psycopg.errors import DeadlockDetected

from hub.app.runtime.availability_follower import Follower
from hub.app.runtime.networks import NetworkInForce
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.inventory import operations as inventory
from hub.inventory.model import Snapshot, StockChange
from hub.kernel.ids import uuid7
from hub.wire.stock.availability import piece
from tests.support.machine import StillMachine

AT: Final = datetime(2026, 3, 3, 9, tzinfo=UTC)
SKUS: Final = ("SHIRT", "HAT", "SHOE")
NODES: Final = ("DC-NL", "ST-AMS")
_PATIENCE_SECONDS: Final = 20.0

_THEIRS: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'crossdock stock_change'"
)


class Taken(Exception):
    """Has a transaction rolled back."""


@asynccontextmanager
async def followed(database: Database) -> AsyncIterator[Follower]:
    """A reader that follows, loaded."""
    follower = Follower(database.url, NetworkInForce(database), piece, StillMachine())
    async with follower.following():
        await follower.ready(in_time())
        yield follower


def in_time() -> float:
    return asyncio.get_running_loop().time() + _PATIENCE_SECONDS


async def add(tx: Tx, units: int, sku: str = "SHIRT", node_id: str = "DC-NL") -> int:
    """Adds units on hand; answers the transaction's number."""
    await inventory.change(tx, [[StockChange(sku, node_id, "test", UUID(int=1), on_hand=units)]], at=AT)
    return await tx.own_number()


async def stored(database: Database) -> dict[tuple[str, str], int]:
    """What is spare by the rows, where it is not nothing."""
    async with database.reading() as tx:
        rows = await tx.fetch("SELECT sku, node_id, on_hand - reserved - allocated - safety AS spare FROM stock")
    return {(row["sku"], row["node_id"]): row["spare"] for row in rows if row["spare"]}


def remembered(follower: Follower) -> dict[tuple[str, str], int]:
    """What is spare by memory, where it is not nothing."""
    return {(sku, node_id): units for sku, node_id, units in follower.board if units}


async def agreed(database: Database, *followers: Follower) -> None:
    """Every reader has caught up with what is committed, and shows exactly that."""
    async with database.transaction() as tx:
        number = await tx.own_number()
    for follower in followers:
        await follower.reached(number, in_time())
        assert remembered(follower) == await stored(database)


async def cut_off(database: Database) -> None:
    """The server drops the connections of all readers."""
    async with database.transaction() as tx:
        await tx.fetch(_THEIRS)


async def what_commits_late_is_not_missed(database: Database) -> None:
    """A transaction that began first and commits last is seen, once."""
    async with database.transaction() as tx:
        await add(tx, 10)
        await add(tx, 10, "HAT")
    async with followed(database) as follower:
        async with database.transaction() as late:
            await add(late, 1)
            async with database.transaction() as early:
                number = await add(early, 2, "HAT")
            await follower.reached(number, in_time())
            assert remembered(follower) == {("SHIRT", "DC-NL"): 10, ("HAT", "DC-NL"): 12}

        await agreed(database, follower)
        assert remembered(follower) == {("SHIRT", "DC-NL"): 11, ("HAT", "DC-NL"): 12}


async def a_lost_connection_loses_nothing(database: Database) -> None:
    """What was committed while a reader was cut off is there once it is back."""
    async with database.transaction() as tx:
        await add(tx, 10)
    async with followed(database) as follower:
        for units in range(1, 6):
            async with database.transaction() as tx:
                await tx.fetch(_THEIRS)
                await add(tx, units)
        await agreed(database, follower)


async def who_was_away_too_long_loads_anew(database: Database) -> None:
    """Where the feed was forgotten beyond what a reader had seen, it does not read on as if nothing was missing."""
    async with database.transaction() as tx:
        await add(tx, 10)
    async with followed(database) as follower:
        before = follower.board.cut
        async with database.transaction() as tx:
            await add(tx, 5)
        async with database.transaction() as tx:
            await inventory.forget(tx, older_than_seconds=0)
        await agreed(database, follower)
        follower.board.load(before, {"SHIRT": {"DC-NL": 10}})

        await agreed(database, follower)


async def a_count_is_taken_whole(database: Database) -> None:
    """A count and a sale in one look: the sale is not taken off twice."""
    async with database.transaction() as tx:
        await add(tx, 10)
        await add(tx, 10, "HAT", "ST-AMS")
    async with followed(database) as follower, database.transaction() as gathering:
        await gathering.fetch("SELECT 1")
        async with database.transaction() as tx:
            await add(tx, -3)
            snapshot = Snapshot("wms", AT, frozenset({"DC-NL"}), (("SHIRT", "DC-NL", 50, 2), ("SHOE", "DC-NL", 4, 0)))
            await inventory.apply_snapshot(tx, snapshot, snapshot_id=uuid4(), at=AT)
            await add(tx, -1, "HAT", "ST-AMS")
            await add(tx, -1, "SHOE")
        await agreed(database, follower)


async def memory_is_what_is_stored(database: Database, *, seed: int = 1, rounds: int = 4) -> None:
    """Writers that overlap, some given up, some late, counts among them, and connections cut: two readers agree."""
    async with followed(database) as one, followed(database) as other:
        for number in range(rounds):
            chance = Random(f"{seed}/{number}")
            await asyncio.gather(*(_write(database, Random(f"{seed}/{number}/{writer}")) for writer in range(4)))
            if chance.random() < 0.5:
                await cut_off(database)
            await agreed(database, one, other)


async def _write(database: Database, chance: Random) -> None:
    for _ in range(8):
        if chance.random() < 0.1:
            await cut_off(database)
        with suppress(Taken, DeadlockDetected):  # what two calls in one transaction lock has no order: given up, too
            async with database.transaction() as tx:
                await _change(tx, chance)
                if chance.random() < 0.2:
                    raise Taken


async def _change(tx: Tx, chance: Random) -> None:
    if chance.random() < 0.15:
        nodes = sorted(chance.sample(NODES, chance.randint(1, 2)))
        rows = tuple((sku, node_id, chance.randint(0, 90), chance.randint(0, 9)) for sku in SKUS for node_id in nodes)
        await inventory.apply_snapshot(tx, Snapshot("wms", AT, frozenset(nodes), rows), snapshot_id=uuid4(), at=AT)
        return
    for key in sorted(chance.sample([(sku, node_id) for sku in SKUS for node_id in NODES], chance.randint(1, 3))):
        await _shift(tx, chance, *key)


async def _shift(tx: Tx, chance: Random, sku: str, node_id: str) -> None:
    on_hand, reserved = chance.randint(-5, 20), chance.choice((0, 0, 1, -1))
    change = StockChange(sku, node_id, "test", uuid7(AT, chance.getrandbits(74)), on_hand=on_hand, reserved=reserved)
    await inventory.change(tx, [[change]], at=AT)
