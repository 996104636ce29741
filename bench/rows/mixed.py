"""Orders placed while other orders live at half the rate that they reach alone, against placing alone at the same hub.

One api and one worker. What is placed belongs to a channel whose payment provider is away, so that it stays placed;
what lives belongs to a channel with all partners. Placing goes on until the lives that were begun in the window have
ended.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

from msgspec.structs import replace

from bench.offering import parent_of
from bench.partners import partners_served
from bench.ratio import Row, Sides
from bench.rows.capture_grpc import Requests
from bench.rows.capture_stream import CHUNK, STREAMS, Stream, streamed
from bench.rows.lifecycle import Costs, Lives, network_to
from bench.scene import database_on, postgres
from bench.serving import Served, hub_working
from crossdock.orders.v1 import order_service_pb2_grpc
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.network import operations as networks
from hub.network.model import Network, PartnerAccount, PartnerKind

WAITING: Final = "WAIT-NL"
"""The channel of orders that stay placed."""
NOWHERE: Final = "127.0.0.1:1"
SHARE: Final = 0.5
"""Of the rate that lives reach alone."""
KEPT: Final = 0.8
"""Share of that pace at which lives must have ended."""
ALONE_SECONDS: Final = 10.0


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start the hub, its worker and the partners, and find the rate of lives alone."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        partners = await stack.enter_async_context(partners_served())
        url = await database_on(server, "mixed")
        database = await stack.enter_async_context(Database(url, max_connections=1))
        async with database.transaction() as tx:
            await networks.put(tx, HUB, with_waiting(network_to(partners.address)), at=datetime.now(UTC))
        hub = await stack.enter_async_context(hub_working(url))
        workers = [await hub.start_worker()]
        async with database.reading() as tx:
            postmaster = parent_of((await tx.fetch("SELECT pg_backend_pid() AS pid"))[0]["pid"])
        lives = Lives(hub.served, partners, database, Costs(workers, hub.served.pid, postmaster))
        requests = Requests(WAITING)
        mixed = Mixed(hub.served, lives, requests, SHARE * await lives.window(ALONE_SECONDS))
        yield Sides(mixed.window, streamed(hub.served, requests), mixed.check)


def with_waiting(network: Network) -> Network:
    """Return a network with one more channel, whose payment provider is away and who tells nobody anything."""
    (channel,) = network.channels.values()
    away = PartnerAccount("away", PartnerKind.PAYMENT, NOWHERE)
    waiting = replace(
        channel,
        channel_id=WAITING,
        channel_account_id="",
        payment_account_id=away.account_id,
        fraud_account_id="",
        tax_account_id="",
        erp_account_id="",
        notice_account_id="",
    )
    return Network.of(
        nodes=list(network.nodes.values()),
        calendars=list(network.calendars.values()),
        lanes=list(network.lanes.values()),
        accounts=[*network.accounts.values(), away],
        channels=[channel, waiting],
    )


class Mixed:
    """Places orders while others live, `pace` of them a second."""

    def __init__(self, hub: Served, lives: Lives, requests: Requests, pace: float) -> None:
        self._hub, self._lives, self._requests, self._pace = hub, lives, requests, pace
        self._paces: list[float] = []

    async def window(self, seconds: float) -> float:
        """Orders placed a second until the lives of the window have ended."""
        ended, began = asyncio.Event(), time.perf_counter()
        leading = asyncio.create_task(self._lead(seconds, ended))
        placed = sum(await asyncio.gather(*(self._place(ended) for _ in range(STREAMS))))
        passed = time.perf_counter() - began
        self._paces.append(await leading / passed)
        return placed / passed

    async def check(self) -> str:
        """Say whether lives kept their pace, and what is wrong with them otherwise."""
        pace = statistics.median(self._paces)
        if pace < KEPT * self._pace:
            return f"{pace:.0f} lives a second ended instead of {self._pace:.0f}"
        return await self._lives.check(waiting=WAITING)

    async def _lead(self, seconds: float, ended: asyncio.Event) -> int:
        """Begin lives at the pace and wait for their end; return how many."""
        loop = asyncio.get_running_loop()
        began, begun = loop.time(), 0
        try:
            while begun < seconds * self._pace:
                await asyncio.sleep(began + begun / self._pace - loop.time())
                await self._lives.begin()
                begun += CHUNK
            await self._lives.ended()
        finally:
            ended.set()
        return begun

    async def _place(self, ended: asyncio.Event) -> int:
        stub: Any = order_service_pb2_grpc.OrderServiceStub(self._hub.channel)
        stream, placed = Stream(stub.PlaceOrders(metadata=self._hub.metadata), self._requests), 0
        await stream.send()
        while not ended.is_set():
            placed += await stream.exchange()
        await stream.end()
        return placed


ROW: Final = Row(
    name="mixed",
    says="orders/s placed while lives go on at half the rate they reach alone, against placing alone",
    bar=0.4,
    aim=0.6,
    prepare=prepare,
    seconds=(30.0, 9.0),
)
