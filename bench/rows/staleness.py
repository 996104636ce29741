"""How late a reader in another process sees a committed change of stock, against one that only hears of a commit.

Both sides write on the same few connections at the same pace, below half of what our side can write, and both are timed
from the moment before COMMIT is sent: ours until memory shows the change, theirs until the notification of a row's
update wakes its listener.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from random import Random
from typing import Final

from bench.hearing import CHANNEL, Reader, reader
from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.scene import BEGAN, database_on, postgres, sku
from hub.app.process.identities import new_identity
from hub.database.pool import Database
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange

WRITERS: Final = 2
LOAD: Final = 0.4
"""Share of what can be written that is written."""
MOST_A_SECOND: Final = 1000.0
SAMPLES: Final = 10_000
SAMPLES_A_ROUND: Final = 2_000
LONGER: Final = 4.0
"""How much longer than asked for a window may last, so that its samples are enough."""
LATEST: Final = 10.0
"""How many times as late as theirs ours may be where one in a hundred is later."""
_SKUS: Final = 500
_CATCHING_UP_SECONDS: Final = 0.2

Write = Callable[[], Awaitable[tuple[int, int]]]
"""Commits once; answers the number by which the reader knows it, and when COMMIT was sent, in nanoseconds."""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a PostgreSQL with a database and a reader for each side, and finds the pace."""
    with postgres() as server:
        ours = await database_on(server, "ours", nodes=1, skus=_SKUS)
        theirs = await database_on(server, "theirs", nodes=1, skus=1)
        async with (
            Database(ours, max_connections=WRITERS) as our_database,
            Database(theirs, max_connections=WRITERS) as their_database,
            reader("follow", ours) as following,
            reader("hear", theirs) as hearing,
        ):
            async with their_database.transaction() as tx:
                await tx.execute("CREATE TABLE bench_commit (writer integer PRIMARY KEY, number bigint NOT NULL)")
                await tx.execute("INSERT INTO bench_commit SELECT one, 0 FROM generate_series(0, 9) AS one")
            write = _changing(our_database)
            pace = min(MOST_A_SECOND, LOAD * await _capacity(write))
            our_side = _Side(write, following, pace)
            their_side = _Side(_committing(their_database), hearing, pace)

            async def late() -> str:
                return _verdict(our_side.delays, their_side.delays)

            yield Sides(our_side.window, their_side.window, check=late)


class _Side:
    """Writers at a pace, a reader, and how late it saw each of their commits, in seconds."""

    def __init__(self, write: Write, seen_by: Reader, pace: float) -> None:
        self._write, self._reader, self._pace = write, seen_by, pace
        self.delays: list[float] = []

    @property
    def window(self) -> Window:
        """The median delay of about so many seconds, and of enough commits."""
        return self._measured

    async def _measured(self, seconds: float) -> float:
        await self._reader.seen()
        number = min(max(seconds * self._pace, SAMPLES_A_ROUND), LONGER * seconds * self._pace)
        sent = dict(await _paced(self._write, self._pace, max(1, round(number))))
        await asyncio.sleep(_CATCHING_UP_SECONDS)
        seen = await self._reader.seen()
        if missing := sent.keys() - seen.keys():
            raise Unmeasurable(f"{len(missing)} of {len(sent)} commits were never seen")
        found = [(seen[one] - at) / 1e9 for one, at in sent.items()]
        self.delays += found
        return statistics.median(found)


async def _paced(write: Write, pace: float, number: int) -> list[tuple[int, int]]:
    """Commits so many times, at an even pace over all writers."""
    began, turns, done = time.monotonic(), count(), []

    async def writer() -> None:
        while (turn := next(turns)) < number:
            await asyncio.sleep(max(0.0, began + turn / pace - time.monotonic()))
            done.append(await write())

    await asyncio.gather(*(writer() for _ in range(WRITERS)))
    return done


async def _capacity(write: Write, seconds: float = 2.0) -> float:
    """Commits a second of writers that never rest."""
    until, done = time.monotonic() + seconds, count()

    async def writer() -> None:
        while time.monotonic() < until:
            await write()
            next(done)

    await asyncio.gather(*(writer() for _ in range(WRITERS)))
    return next(done) / seconds


def _changing(database: Database) -> Write:
    """Three rows of stock changed as flows do it."""
    chance = Random(3)  # noqa: S311 (a draw of shirts keeps no secret)

    async def write() -> tuple[int, int]:
        cause = new_identity()
        drawn = sorted(chance.sample(range(1, _SKUS + 1), 3))
        changes = [StockChange(sku(one), "DC-01", "bench", cause, on_hand=1) for one in drawn]
        async with database.transaction() as tx:
            await inventory.change(tx, [changes], at=BEGAN)
            await tx.flush()
            number, sent_at = tx.number, time.monotonic_ns()
        return number, sent_at

    return write


def _committing(database: Database) -> Write:
    """One row updated, and a notification."""
    numbers = count(1)

    async def write() -> tuple[int, int]:
        number = next(numbers)
        async with database.transaction() as tx:
            await tx.execute(
                "UPDATE bench_commit SET number = %(number)s WHERE writer = %(writer)s",
                {"number": number, "writer": number % 10},
            )
            await tx.fetch("SELECT pg_notify(%(channel)s, %(number)s)", {"channel": CHANNEL, "number": str(number)})
            sent_at = time.monotonic_ns()
        return number, sent_at

    return write


def _verdict(ours: list[float], theirs: list[float]) -> str:
    """Why the delays may not be judged, or nothing."""
    if min(len(ours), len(theirs)) < SAMPLES:
        return f"{min(len(ours), len(theirs))} samples, {SAMPLES} are needed"
    late, usual = (statistics.quantiles(delays, n=100)[98] for delays in (ours, theirs))
    if late > LATEST * usual:
        return f"one in a hundred is {late / usual:.1f} times as late, {LATEST:g} is the most"
    return ""


ROW: Final = Row(
    name="staleness",
    says="median delay until memory of another process shows a commit, against one commit's NOTIFY and wake-up",
    bar=3,
    aim=2,
    at_most=True,
    seconds=(12.0, 14.0),
    prepare=prepare,
)
