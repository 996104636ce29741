"""How long an api keeps a reader waiting while nine rules are activated over all SKUs, against its p99 on a quiet hub.

A retailer's scene: 338 nodes, 25 channels, 10,000 SKUs at 30 nodes each, 100,000 SKUs with --full. One caller asks
what can be sold of one SKU, again and again. On our side the rules are switched on and off meanwhile, by turns; the
figure is the longest answer.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from random import Random
from typing import Final
from uuid import uuid4

from msgspec.structs import replace

from bench.chain import FULL, Size, fill, scenario, sku
from bench.ratio import Row, Sides, Unmeasurable
from bench.scene import BEGAN, empty_database, postgres
from bench.serving import Served, hub_served
from crossdock.inventory.v1 import inventory_pb2, inventory_pb2_grpc
from crossdock.rules.v1 import scenarios_pb2, scenarios_pb2_grpc
from hub.availability import operations as availability
from hub.database.pool import Database
from hub.kernel.scope import HUB

QUICK: Final = replace(FULL, skus=10_000)
SEED: Final = 7
SWITCHES: Final = 2
"""At least: on and off."""


@asynccontextmanager
async def prepared(size: Size) -> AsyncIterator[Sides]:
    """Make the scene and start an api on it."""
    with postgres() as server:
        url = await empty_database(server, "stall")
        async with Database(url, max_connections=2) as database:
            await fill(database, size, SEED)
            async with database.transaction() as tx:
                await availability.put(tx, HUB, scenario(), at=BEGAN)
        async with hub_served(url) as hub:
            reader = Reader(hub, size.skus)
            yield Sides(reader.longest_beside_rules, reader.p99)


class Reader:
    """Asks for one SKU at a time."""

    def __init__(self, hub: Served, skus: int) -> None:
        self._hub, self._skus = hub, skus
        self._stub = inventory_pb2_grpc.InventoryServiceStub(hub.channel)
        self._chance = Random(SEED)  # noqa: S311 (a draw of shirts keeps no secret)
        self._active = False

    async def p99(self, seconds: float) -> float:
        """Seconds within which 99 of 100 answers came. Raises Unmeasurable where there were too few."""
        until, taken = time.perf_counter() + seconds, list[float]()
        while time.perf_counter() < until:
            taken.append(await self._ask())
        if len(taken) < 100:
            raise Unmeasurable(f"only {len(taken)} answers")
        return statistics.quantiles(taken, n=100)[98]

    async def longest_beside_rules(self, seconds: float) -> float:
        """Seconds that the longest answer took while rules were switched."""
        switching = asyncio.create_task(self._switch(seconds))
        longest = 0.0
        while not switching.done():
            longest = max(longest, await self._ask())
        await switching
        return longest

    async def _ask(self) -> float:
        request = inventory_pb2.GetAvailabilityRequest(skus=[sku(self._chance.randrange(1, self._skus + 1))])
        began = time.perf_counter()
        await self._stub.GetAvailability(request, metadata=self._hub.metadata)
        return time.perf_counter() - began

    async def _switch(self, seconds: float) -> None:
        stub = scenarios_pb2_grpc.AvailabilityRuleServiceStub(self._hub.channel)
        until, switches = time.perf_counter() + seconds, 0
        while time.perf_counter() < until or switches < SWITCHES:
            request_id, name = str(uuid4()), scenario().scenario_id
            if self._active:
                off = scenarios_pb2.DeactivateScenarioRequest(request_id=request_id, scenario_id=name)
                await stub.DeactivateScenario(off, metadata=self._hub.metadata)
            else:
                on = scenarios_pb2.ActivateScenarioRequest(request_id=request_id, scenario_id=name)
                await stub.ActivateScenario(on, metadata=self._hub.metadata)
            self._active = not self._active
            switches += 1


def quick() -> AbstractAsyncContextManager[Sides]:
    """As many SKUs as a quick run has time for."""
    return prepared(QUICK)


def full() -> AbstractAsyncContextManager[Sides]:
    """As many SKUs as the retailer has."""
    return prepared(FULL)


ROW: Final = Row(
    name="stall",
    says="longest wait for what can be sold of a SKU while nine rules are activated, against p99 beside an idle hub",
    bar=20,
    aim=5,
    at_most=True,
    prepare=quick,
    full=full,
    seconds=(60.0, 9.0),
)
