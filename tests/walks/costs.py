"""What calls cost beside an echo of the same bytes, which a bare server of the same gRPC gives."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

import grpc

from hub.app.runtime.connections import OPTIONS

ECHO: Final = "/echo/Echo"
TRIES: Final = 3
"""How often a call is made that was expensive once: the cheapest counts, so that a busy machine blames nobody."""
TIMES: Final = 50
"""How many times as much as an echo of the same bytes an answer may cost."""
CHEAP_SECONDS: Final = 0.05
"""What an answer may cost whatever an echo costs: some batches, statements and plans."""

Echo = Callable[[bytes], Awaitable[bytes]]
Asking = Callable[[], Awaitable[object]]


async def _echoed(content: bytes, _: object) -> bytes:
    return content


@asynccontextmanager
async def echoing() -> AsyncIterator[Echo]:
    """Serve echoes at a port of their own, and yield the call that asks for one."""
    server = grpc.aio.server(options=OPTIONS)
    echo = grpc.unary_unary_rpc_method_handler(_echoed)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("echo", {"Echo": echo}),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=OPTIONS) as channel:
        yield channel.unary_unary(ECHO, _same, _same)
    await server.stop(None)


def _same(content: bytes) -> bytes:
    return content


async def processor_seconds(ask: Asking) -> float:
    """Return the processor time of this process, caller and hub both, while a call is made; the database's is left out.

    It says the same on a busy machine, where the time that passes does not.
    """
    started = time.process_time()
    await ask()
    return time.process_time() - started


async def cheapest(ask: Asking) -> float:
    """Return the processor seconds of the cheapest of some calls."""
    return min([await processor_seconds(ask) for _ in range(TRIES)])
