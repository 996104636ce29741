"""The floods. Each runs in a process of its own whose processor time is bounded, against this machine alone.

`python -m tools.attack.floods NAME ADDRESS SECONDS TOKEN...` floods and ends.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count
from typing import Final

import grpc
from msgspec import Struct

from crossdock.events.v1 import events_pb2
from hub.connect.dialing import on_this_machine
from tools.attack import frames

PLACE: Final = "/crossdock.orders.v1.OrderService/PlaceOrder"
RECEIVE: Final = "/crossdock.inbox.v1.InboxService/Receive"
SUBSCRIBE: Final = "/crossdock.events.v1.EventService/SubscribeEvents"

HEADLESS: Final = 4096
LARGE_BYTES: Final = 34 * 1024 * 1024
WATCHERS: Final = 400
SLOW_READERS: Final = 200
MOST_PROCESSOR_SECONDS: Final = 30
SPARE_FILES: Final = 200
MOST_CONNECTIONS: Final = 12_000
BREATH_SECONDS: Final = 0.01
"""A flood rests for so long after each burst, so that it has a share of the processor and not all of it."""


class Target(Struct, frozen=True):
    """What is flooded: HOST:PORT, and tokens of callers who may open streams."""

    address: str
    tokens: Sequence[str]


Flood = Callable[[Target], Awaitable[None]]


async def headless(target: Target) -> None:
    """Calls without a token whose bodies never come, over one connection, again and again."""
    while True:
        reader, writer = await frames.connected(target.address)
        reading = asyncio.ensure_future(_swallow(reader))
        for number in range(HEADLESS):
            writer.write(frames.call(2 * number + 1, PLACE))
            if number % 64 == 0:
                await writer.drain()
                await asyncio.sleep(BREATH_SECONDS)
        await asyncio.sleep(1)
        reading.cancel()
        writer.close()


async def large(target: Target) -> None:
    """Two requests of 34 MiB at a time, without a token."""
    options = (("grpc.max_send_message_length", -1), ("grpc.use_local_subchannel_pool", 1))
    content = bytes(LARGE_BYTES)

    async def send() -> None:
        async with grpc.aio.insecure_channel(target.address, options=options) as channel:
            receive = channel.unary_unary(RECEIVE, request_serializer=bytes, response_deserializer=bytes)
            while True:
                with suppress(grpc.aio.AioRpcError):
                    await receive(content, timeout=20)
                await asyncio.sleep(BREATH_SECONDS)

    await asyncio.gather(send(), send())


async def idle(target: Target) -> None:
    """Connections that begin and do nothing, as many as this machine lets one process have."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    kept = []
    for number in range(min(soft - SPARE_FILES, MOST_CONNECTIONS)):
        with suppress(OSError):
            kept.append(await frames.connected(target.address))
        if number % 16 == 0:
            await asyncio.sleep(BREATH_SECONDS)
    await asyncio.Event().wait()


async def watchers(target: Target) -> None:
    """Callers who follow the feed and want what never happens."""
    content = events_pb2.SubscribeEventsRequest(types=["StockCountUndone"]).SerializeToString()
    await _subscribe(target, WATCHERS, content, read=True)


async def slow_readers(target: Target) -> None:
    """Callers who follow the whole feed and read nothing of it."""
    await _subscribe(target, SLOW_READERS, events_pb2.SubscribeEventsRequest().SerializeToString(), read=False)


async def resets(target: Target) -> None:
    """Calls that are given up as soon as they were made."""
    while True:
        with suppress(OSError):
            reader, writer = await frames.connected(target.address)
            reading = asyncio.ensure_future(_swallow(reader))
            for number in count():
                stream = 2 * number + 1
                writer.write(frames.call(stream, PLACE) + frames.reset(stream))
                if number % 32 == 0:
                    await writer.drain()
                    await asyncio.sleep(BREATH_SECONDS)
                if reading.done():
                    break
            writer.close()


FLOODS: Final[dict[str, Flood]] = {
    flood.__name__: flood for flood in (headless, large, idle, watchers, slow_readers, resets)
}


async def _subscribe(target: Target, streams: int, content: bytes, *, read: bool) -> None:
    """Open streams, a connection for each caller with a token."""
    share = streams // len(target.tokens)
    connections = [await frames.connected(target.address) for _ in target.tokens]
    for token, (_, writer) in zip(target.tokens, connections, strict=True):
        for stream in range(1, 2 * share, 2):
            writer.write(frames.call(stream, SUBSCRIBE, [("authorization", f"Bearer {token}")]))
            writer.write(frames.message(stream, content))
        await writer.drain()
    if read:
        await asyncio.gather(*(_swallow(reader) for reader, _ in connections))
    await asyncio.Event().wait()


async def _swallow(reader: asyncio.StreamReader) -> None:
    with suppress(OSError):
        while await reader.read(65_536):
            pass


async def _run(flood: Flood, target: Target, seconds: float) -> None:
    with suppress(TimeoutError, OSError):
        async with asyncio.timeout(seconds):
            await flood(target)


def main(arguments: Sequence[str]) -> None:
    """Flood as the command line says. Raises SystemExit for an address that is not of this machine."""
    name, address, seconds, *tokens = arguments
    if not on_this_machine(address):
        raise SystemExit(f"{address} is not of this machine; floods go to the loopback alone.")
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS + 1))
    asyncio.run(_run(FLOODS[name], Target(address, tokens), float(seconds)))


if __name__ == "__main__":
    main(sys.argv[1:])
