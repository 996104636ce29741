"""What is left of the orders per second when three times as many are offered as can be taken.

The hub and its database share one processor, callers have another one. A round finds by 64 callers, each asking again
once answered, how many orders a second there are; then as long again three times as many are offered, whatever comes
back; and both once more, so that what the database does for itself now and then does not fall into one alone. The echo
goes through the same, so that what gRPC itself loses under load is not laid at our door. It is made to answer as many
calls a second as the hub orders, and has gRPC refuse what comes beyond 80 calls: a bare echo would be faster than one
processor of callers can overload, and without a limit all its callers would have left when it answers.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bench.offering import DEADLINE_SECONDS, Offered, keep_to, not_refused, offer, parent_of
from bench.ratio import Row, Sides, Unmeasurable
from bench.rows.capture_grpc import CALLERS, Requests
from bench.scene import database_on, postgres
from bench.serving import Served, echo_served, hub_served
from bench.windows import called
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc
from hub.database.pool import Database

TIMES: Final = 3.0
TURNS: Final = 2
MOST_AT_ECHO: Final = 80
LEAST_TIMES: Final = 2.7
"""Where less is really offered than this many times what can be taken, the row is not judged."""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts both servers, and keeps callers and servers to a processor each."""
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < 2:
        raise Unmeasurable("two processors are needed: one for the hub and its database, one for the callers")
    server_side, client_side = processors[:2]
    with postgres() as server:
        url = await database_on(server, "ours")
        async with hub_served(url) as hub:
            keep_to({client_side}, os.getpid())
            for pid in (await _postmaster(url), hub.pid):
                keep_to({server_side}, pid)
            try:
                ours = _Loaded(hub)
                async with _like(1 / await ours.capacity(1.0), server_side) as echo:
                    theirs = _Loaded(echo)

                    async def check() -> str:
                        return await ours.check() or not_refused([came for _, came in theirs.met])

                    yield Sides(ours.window, theirs.window, check=check)
            finally:
                keep_to(processors, os.getpid())


@asynccontextmanager
async def _like(seconds: float, processor: int) -> AsyncIterator[Served]:
    """An echo on a processor that takes so long for a call in all, and refuses as gRPC itself does."""
    async with _working(seconds, processor) as echo:
        beside = 1 / await _Loaded(echo).capacity(1.0) - seconds
    async with _working(max(0.0, seconds - beside), processor) as echo:
        yield echo


@asynccontextmanager
async def _working(seconds: float, processor: int) -> AsyncIterator[Served]:
    """An echo that works so long for a call, beside what gRPC takes."""
    empty = order_service_pb2.PlaceOrderResponse()
    async with echo_served("OrderService.PlaceOrder", empty, work_seconds=seconds, calls=MOST_AT_ECHO) as echo:
        keep_to({processor}, echo.pid)
        yield echo


class _Loaded:
    """A server under load; remembers what callers met."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._stub = order_service_pb2_grpc.OrderServiceStub(served.channel)
        self._requests = Requests()
        self.met: list[tuple[float, Offered]] = []

    async def capacity(self, seconds: float) -> float:
        """Answers a second to callers that each ask again once answered."""
        return await called(CALLERS, self._place)(seconds)

    async def window(self, seconds: float) -> float:
        """Answers a second under three times the load, as a share of those without."""
        turns = [await self._turn(seconds) for _ in range(TURNS)]
        self.met += turns
        return sum(came.goodput for _, came in turns) / sum(capacity for capacity, _ in turns)

    async def _turn(self, seconds: float) -> tuple[float, Offered]:
        capacity = await self.capacity(seconds)
        return capacity, await offer(self._ask, TIMES * capacity, seconds)

    async def check(self) -> str:
        """Whether the load was really offered and every refusal said when to come again."""
        for capacity, came in self.met:
            if came.unhelpful:
                return f"{came.unhelpful} of {came.refused} refusals had no RetryInfo"
            if came.rate < LEAST_TIMES * capacity:
                return f"{came.rate / capacity:.1f} times the load was offered, {TIMES:g} were meant"
        return ""

    async def _ask(self) -> object:
        return await self._stub.PlaceOrder(
            self._requests.next(), metadata=self._served.metadata, timeout=DEADLINE_SECONDS
        )

    async def _place(self) -> int:
        await self._stub.PlaceOrder(self._requests.next(), metadata=self._served.metadata)
        return 1


async def _postmaster(url: str) -> int:
    async with Database(url, max_connections=1) as database, database.reading() as tx:
        return parent_of((await tx.fetch("SELECT pg_backend_pid() AS pid"))[0]["pid"])


ROW: Final = Row(
    name="goodput_3x",
    says="orders/s left when three times what can be taken is offered, against what is left of an echo's answers",
    bar=0.8,
    prepare=prepare,
    aim=0.97,
    seconds=(20.0, 30.0),
)
