"""Orders placed in chunks of a stream, an answer per order, against the same orders placed by calls of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.rows.capture_grpc import CALLERS, Requests, placing
from bench.scene import database_on, postgres
from bench.serving import Served, hub_served
from bench.windows import Work, called, rate
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc

CHUNK: Final = 32
STREAMS: Final = 2


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a hub; both sides call it."""
    with postgres() as server:
        async with hub_served(await database_on(server, "ours")) as hub:
            requests = Requests()
            yield Sides(streamed(hub, requests), called(CALLERS, placing(hub, requests)))


def streamed(hub: Served, requests: Requests) -> Window:
    """Two streams, each sending its next chunk once the last one is answered."""
    stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)  # its stubs know no stream without an iterator

    async def window(seconds: float) -> float:
        streams = [stub.PlaceOrders(metadata=hub.metadata) for _ in range(STREAMS)]
        done = await rate([_chunks(stream, requests) for stream in streams], seconds)
        for stream in streams:
            await stream.done_writing()
        return done

    return window


def _chunks(stream: Any, requests: Requests) -> Work:
    async def chunk() -> int:
        orders = [requests.next() for _ in range(CHUNK)]
        await stream.write(order_service_pb2.PlaceOrdersRequest(orders=orders))
        answer = await stream.read()
        if any(not result.HasField("order") for result in answer.results):
            raise Unmeasurable("an order of a chunk was refused")
        return len(answer.results)

    return chunk


ROW: Final = Row(
    name="capture_stream",
    says="orders/s in chunks of 32 on two streams, against a call per order of 64 callers",
    bar=2.0,
    aim=2.8,
    prepare=prepare,
)
