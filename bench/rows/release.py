"""One order alone on a quiet hub: from PlaceOrder's answer until it is RELEASED, against twelve round trips.

The hub is an api and a worker, each a process of its own, and one more answers all partner contracts at once. An order
is placed when the one before it has come to its end. A round trip is the commit of a row and then a call of a partner,
one after the other, from one connection.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

import grpc

from bench.partners import partners_served
from bench.ratio import Row, Sides, Unmeasurable
from bench.rows.capture_grpc import Requests
from bench.rows.lifecycle import network_to
from bench.scene import database_on, postgres
from bench.serving import Served, hub_working
from crossdock.orders.v1 import order_service_pb2_grpc
from crossdock.partner.notice.v1 import notice_pb2, notice_pb2_grpc
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.network import operations as networks

QUICK_ORDERS: Final = 8
"""Orders in a window: 40 in five rounds."""
FULL_ORDERS: Final = 40
"""With --full: 200 in five rounds."""
ROUND_TRIPS: Final = 12
_LOOK_SECONDS: Final = 0.001
_END_SECONDS: Final = 30.0
_HANDED_OVER: Final = """
SELECT NOT EXISTS (
    SELECT FROM slice WHERE order_id = %(order_id)s AND state IN ('OPEN', 'BACKORDERED', 'RESERVED', 'ALLOCATED')
) AS done
"""
_ENDED: Final = """
SELECT EXISTS (SELECT FROM orders WHERE order_id = %(order_id)s AND state = 'CLOSED')
    AND NOT EXISTS (SELECT FROM message WHERE order_id = %(order_id)s AND state <> 'SETTLED') AS done
"""
_COMMIT: Final = "UPDATE bench_commit SET number = number + 1"


@asynccontextmanager
async def prepare(orders: int = QUICK_ORDERS) -> AsyncIterator[Sides]:
    """Start the hub, its worker and the partners."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        partners = await stack.enter_async_context(partners_served())
        url = await database_on(server, "quiet")
        database = await stack.enter_async_context(Database(url, max_connections=1))
        async with database.transaction() as tx:
            await networks.put(tx, HUB, network_to(partners.address), at=datetime.now(UTC))
            await tx.execute("CREATE TABLE bench_commit (number bigint NOT NULL)")
            await tx.execute("INSERT INTO bench_commit VALUES (0)")
        hub = await stack.enter_async_context(hub_working(url))
        await hub.start_worker()
        channel = await stack.enter_async_context(grpc.aio.insecure_channel(partners.address))
        quiet = Quiet(hub.served, database, orders)
        yield Sides(quiet.window, partial(_round_trips, database, channel), check=quiet.check)


class Quiet:
    """Orders placed one after the other at a hub that has nothing else to do."""

    def __init__(self, hub: Served, database: Database, orders: int) -> None:
        self._stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)
        self._metadata, self._database, self._orders = hub.metadata, database, orders
        self._requests = Requests()
        self._spans: list[float] = []

    async def window(self, _: float) -> float:
        """Return the median of the seconds until an order was released; a window is so many orders."""
        spans = [await self._released() for _ in range(self._orders)]
        self._spans += spans
        return statistics.median(spans)

    async def check(self) -> str:
        """Say how long orders took on this machine; a ratio alone does not tell."""
        milliseconds = sorted(1000 * span for span in self._spans)
        print(
            f"  released after {statistics.median(milliseconds):.0f} ms (median of {len(milliseconds)}),"
            f" {milliseconds[-1]:.0f} at most",
            file=sys.stderr,
        )
        return ""

    async def _released(self) -> float:
        placed = await self._stub.PlaceOrder(self._requests.next(), metadata=self._metadata)
        began, order_id = time.perf_counter(), UUID(placed.order.order_id)
        await self._until(_HANDED_OVER, order_id)
        span = time.perf_counter() - began
        await self._until(_ENDED, order_id)
        return span

    async def _until(self, sql: str, order_id: UUID) -> None:
        """Wait until a question about an order is answered with yes. Raises Unmeasurable."""
        latest = time.perf_counter() + _END_SECONDS
        while not await self._holds(sql, order_id):
            if time.perf_counter() > latest:
                raise Unmeasurable("an order did not live to its end")
            await asyncio.sleep(_LOOK_SECONDS)

    async def _holds(self, sql: str, order_id: UUID) -> bool:
        async with self._database.looking() as tx:
            (row,) = await tx.fetch(sql, {"order_id": order_id})
        return bool(row["done"])


async def _round_trips(database: Database, channel: grpc.aio.Channel, seconds: float) -> float:
    """Return the median of the seconds that twelve commits with a call of a partner after each took."""
    call: Any = notice_pb2_grpc.NoticeServiceStub(channel).FindOperation
    spans, latest = list[float](), time.perf_counter() + seconds
    while not spans or time.perf_counter() < latest:
        began = time.perf_counter()
        for _ in range(ROUND_TRIPS):
            async with database.transaction() as tx:
                await tx.execute(_COMMIT)
            question = notice_pb2.FindOperationRequest()
            question.find.call.operation_key = str(uuid4())
            await call(question)
        spans.append(time.perf_counter() - began)
    return statistics.median(spans)


ROW: Final = Row(
    name="release",
    says="time until one order alone on a quiet hub is released, against twelve round trips of a commit and a call",
    bar=4.0,
    aim=1.5,
    at_most=True,
    prepare=prepare,
    full=partial(prepare, FULL_ORDERS),
    seconds=(10.0, 3.0),
    part=True,
)
