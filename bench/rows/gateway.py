"""An order placed by one caller in JSON over HTTP against the same over gRPC: half of the calls take at most so long.

Both callers hold one connection to one hub, write their request and read their answer: as JSON by Python's own module,
as messages by protobuf's.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from google.protobuf.json_format import MessageToDict

from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.rows.capture_grpc import Requests
from bench.scene import database_on, postgres
from bench.serving import Served, hub_served
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc

Place = Callable[[order_service_pb2.PlaceOrderRequest], Awaitable[float]]
"""Places an order; returns after how many seconds it was placed."""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start a hub; both sides call it."""
    with postgres() as server:
        async with hub_served(await database_on(server, "ours")) as hub:
            requests = Requests()
            reader, writer = await asyncio.open_connection(*hub.http.split(":"))
            try:
                yield Sides(half(over_http(hub, reader, writer), requests), half(over_grpc(hub), requests))
            finally:
                writer.close()


def half(place: Place, requests: Requests) -> Window:
    """Return what places orders one after another, and tells within which time half of them were placed."""

    async def window(seconds: float) -> float:
        end, times = time.monotonic() + seconds, list[float]()
        while time.monotonic() < end:
            times.append(await place(requests.next()))
        return statistics.median(times)

    return window


def over_grpc(hub: Served) -> Place:
    """Return what places orders over gRPC."""
    stub = order_service_pb2_grpc.OrderServiceStub(hub.channel)

    async def place(request: order_service_pb2.PlaceOrderRequest) -> float:
        began = time.perf_counter()
        await stub.PlaceOrder(request, metadata=hub.metadata)
        return time.perf_counter() - began

    return place


def over_http(hub: Served, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Place:
    """Return what places orders in JSON."""
    head = "POST /v1/orders HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in hub.metadata)

    async def place(request: order_service_pb2.PlaceOrderRequest) -> float:
        fields = MessageToDict(request)
        began = time.perf_counter()
        body = json.dumps(fields).encode()
        writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        await _placed(reader)
        return time.perf_counter() - began

    return place


async def _placed(reader: asyncio.StreamReader) -> Any:
    """Return the answer to a call; raises Unmeasurable where it was refused."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    answer = json.loads(await reader.readexactly(length))
    if not head.startswith("http/1.1 200"):
        raise Unmeasurable(f"an order was refused: {answer}")
    return answer


ROW: Final = Row(
    name="gateway",
    says="median time of an order placed in JSON over HTTP, against over gRPC",
    bar=2.5,
    aim=2.0,
    at_most=True,
    prepare=prepare,
    seconds=(8.0, 5.2),
)
