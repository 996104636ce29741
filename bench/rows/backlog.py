"""How fast a backlog drains when its partner is back: 50,000 orders that wait for it, against 500.

The orders wait for their payment to be authorized. When the partner is back the worker asks for each, takes the answers
in, confirms the orders and hands them over; what is then to be told to others stays where it is, on both sides. Before
each window of the small side its backlog is filled up again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final
from uuid import uuid4

from bench.lifetimes import Lives, lives_on
from bench.ratio import Row, Sides, Unmeasurable
from bench.scene import database_on, postgres
from hub.api.orders.changes import PLACE_ORDER
from hub.gate.change import Asked
from hub.kernel.scope import HUB

MANY: Final = 50_000
FEW: Final = 500
CALLERS: Final = 64
IN_FLIGHT: Final = 64
LOOK_SECONDS: Final = 0.02
PAYMENTS: Final = "cards"
"""The account that is back; all others take nothing."""
_WAITING: Final = "SELECT count(*) AS waiting FROM message WHERE account_id = %(account)s AND state = 'DUE'"


@asynccontextmanager
async def prepare(many: int = MANY) -> AsyncIterator[Sides]:
    """Place the orders of the large side while the partner is away."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        sides = []
        for name in ("many", "few"):
            url = await database_on(server, name)
            sides.append(Backlog(await stack.enter_async_context(lives_on(url, series=name, ceilings=_only_payments))))
        large, small = sides
        await large.fill(many)
        await large.analyze()

        async def ours(seconds: float) -> float:
            return await large.drained(seconds)

        async def theirs(seconds: float) -> float:
            passed, done = 0.0, 0.0
            while passed < seconds:
                await small.fill(FEW)
                began = time.perf_counter()
                done += await small.drained(seconds) * (time.perf_counter() - began)
                passed += time.perf_counter() - began
            return done / passed

        async def check() -> str:
            left = await large.waiting()
            return "" if left > many / 2 else f"only {left} of {many} orders still waited at the end"

        yield Sides(ours, theirs, check)


def _only_payments() -> dict[str, int]:
    return {PAYMENTS: IN_FLIGHT, "wms": 0, "carrier": 0, "webshop": 0}


class Backlog:
    """Orders that wait for a partner at a hub."""

    def __init__(self, lives: Lives) -> None:
        self._lives = lives

    async def fill(self, orders: int) -> None:
        """Place so many orders more; nothing is worked meanwhile."""
        left = iter(range(orders))

        async def place() -> None:
            for _ in left:
                await self._lives.hub.gate.run(PLACE_ORDER, Asked(HUB, uuid4(), b"bench"), self._lives.drafts.next())

        await asyncio.gather(*(place() for _ in range(CALLERS)))

    async def analyze(self) -> None:
        """Have the server know its tables, as its own vacuum would after a night."""
        async with self._lives.hub.database.transaction() as tx:
            await tx.execute("ANALYZE")

    async def drained(self, seconds: float) -> float:
        """Orders a second that stopped waiting, until the time is over or none is left. Raises Unmeasurable."""
        before, stop, began = await self.waiting(), asyncio.Event(), time.perf_counter()
        running = asyncio.create_task(self._lives.worker.run(stop))
        left = before
        while left and time.perf_counter() - began < seconds:
            await asyncio.sleep(LOOK_SECONDS)
            left = await self.waiting()
        passed = time.perf_counter() - began
        stop.set()
        await running
        if left == before:
            raise Unmeasurable("no order stopped waiting")
        return (before - left) / passed

    async def waiting(self) -> int:
        """Return how many orders wait."""
        values: dict[str, Any] = {"account": PAYMENTS}
        async with self._lives.hub.database.reading() as tx:
            return int((await tx.fetch(_WAITING, values))[0]["waiting"])


ROW: Final = Row(
    name="backlog",
    says=f"orders/s that stop waiting for a partner that is back, with {MANY:,} of them, against with {FEW}",
    bar=0.8,
    aim=0.95,
    prepare=prepare,
    seconds=(90.0, 9.0),
)
