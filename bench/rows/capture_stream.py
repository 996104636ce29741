"""Orders placed in chunks of a stream, an answer per order, against the same orders placed by calls of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.rows.capture_grpc import CALLERS, Requests, placing
from bench.scene import database_on, postgres
from bench.serving import Served, hub_served
from bench.windows import called, rate
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc

CHUNK: Final = 32
STREAMS: Final = 2
AHEAD: Final = 2
"""Chunks of a stream under way at once."""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a hub; both sides call it."""
    with postgres() as server:
        async with hub_served(await database_on(server, "ours")) as hub:
            requests = Requests()
            yield Sides(streamed(hub, requests), called(CALLERS, placing(hub, requests)))


def streamed(hub: Served, requests: Requests) -> Window:
    """Two streams, each with its next chunk under way while one is answered."""
    stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)  # its stubs know no stream without an iterator

    async def window(seconds: float) -> float:
        streams = [_Stream(stub.PlaceOrders(metadata=hub.metadata), requests) for _ in range(STREAMS)]
        done = await rate([stream.chunk for stream in streams], seconds)
        for stream in streams:
            await stream.end()
        return done

    return window


class _Stream:
    """A stream of chunks."""

    def __init__(self, stream: Any, requests: Requests) -> None:
        self._stream, self._requests, self._under_way = stream, requests, 0

    async def chunk(self) -> int:
        """Sends chunks ahead and takes the answers of one."""
        while self._under_way < AHEAD:
            orders = [self._requests.next() for _ in range(CHUNK)]
            await self._stream.write(order_service_pb2.PlaceOrdersRequest(orders=orders))
            self._under_way += 1
        return await self._answers()

    async def end(self) -> None:
        """Takes the answers that are still to come."""
        await self._stream.done_writing()
        while self._under_way:
            await self._answers()

    async def _answers(self) -> int:
        answer = await self._stream.read()
        self._under_way -= 1
        if any(not result.HasField("order") for result in answer.results):
            raise Unmeasurable("an order of a chunk was refused")
        return len(answer.results)


ROW: Final = Row(
    name="capture_stream",
    says="orders/s in chunks of 32 on two streams, against a call per order of 64 callers",
    bar=2.0,
    aim=2.8,
    prepare=prepare,
)
