"""Orders placed in chunks of a stream, an answer per order, against the same orders placed by calls of their own.

A chunk is as large as a batch of the hub. A stream has one under way while the answers to the one before come: 128
orders on each of four streams. Against it stand 64 callers with one order each; of more callers a hub takes no more
orders.
"""

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

CHUNK: Final = 64
STREAMS: Final = 4
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
    """Streams, each sending a chunk ahead of the one whose answers it waits for."""
    stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)  # its stubs know no stream without an iterator

    async def window(seconds: float) -> float:
        streams = [Stream(stub.PlaceOrders(metadata=hub.metadata), requests) for _ in range(STREAMS)]
        for stream in streams:
            await stream.send()
        done = await rate([stream.exchange for stream in streams], seconds)
        for stream in streams:
            await stream.end()
        return done

    return window


class Stream:
    """A stream of chunks; every exchange sends one and takes the answers to the one sent before."""

    def __init__(self, call: Any, requests: Requests) -> None:
        self._call, self._requests = call, requests

    async def send(self) -> None:
        """Sends a chunk."""
        orders = [self._requests.next() for _ in range(CHUNK)]
        await self._call.write(order_service_pb2.PlaceOrdersRequest(orders=orders))

    async def exchange(self) -> int:
        """Sends a chunk, then takes the answers that are due next; answers how many. Raises Unmeasurable."""
        await self.send()
        return await self._take()

    async def end(self) -> None:
        """Takes what is still to come. It does not count: its sending did not fall into the window alone."""
        await self._take()
        await self._call.done_writing()

    async def _take(self) -> int:
        answer = await self._call.read()
        if any(not result.HasField("order") for result in answer.results):
            raise Unmeasurable("an order of a chunk was refused")
        return len(answer.results)


ROW: Final = Row(
    name="capture_stream",
    says="orders/s in chunks of 64 on four streams, against a call per order of 64 callers",
    bar=1.8,
    aim=2.8,
    prepare=prepare,
)
