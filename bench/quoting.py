"""Quotes asked of a hub, and of an echo of its answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Final

from bench.ratio import Window
from bench.scene import CHANNEL, database_on, postgres, sku
from bench.serving import Served, echo_served, hub_served
from bench.windows import Work
from crossdock.promising.v1 import promising_pb2, promising_pb2_grpc

NODES: Final = 100
SKUS: Final = 500
SERVICES: Final = ("STANDARD", "EXPRESS", "ECONOMY", "EVENING")

Windows = Callable[[Work], Window]


@asynccontextmanager
async def quoted(
    lines: int, services: Sequence[str], *, each_line_alone: bool, window: Windows
) -> AsyncIterator[tuple[Window, Window]]:
    """Start a hub with stock of all SKUs at all nodes, and an echo of its quote; give the window of each."""

    def request(number: int) -> promising_pb2.QuotePromisesRequest:
        asked = promising_pb2.QuotePromisesRequest(
            channel_id=CHANNEL, to_country_code="NL", service_codes=services, each_line_alone=each_line_alone
        )
        for line in range(lines):
            asked.lines.add(sku=sku(1 + (number * lines + line) % SKUS), quantity=1)
        return asked

    def asking(served: Served) -> Work:
        stub, numbers = promising_pb2_grpc.PromisingServiceStub(served.channel), count()

        async def ask() -> int:
            await stub.QuotePromises(request(next(numbers)), metadata=served.metadata)
            return 1

        return ask

    with postgres() as server:
        url = await database_on(server, "ours", nodes=NODES, skus=SKUS, services=SERVICES)
        async with hub_served(url) as hub:
            stub = promising_pb2_grpc.PromisingServiceStub(hub.channel)
            answer = await stub.QuotePromises(request(0), metadata=hub.metadata)
            async with echo_served("PromisingService.QuotePromises", answer) as echo:
                yield window(asking(hub)), window(asking(echo))
