"""Runs an ASGI application beside other work of the process."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

import uvicorn


class _Server(uvicorn.Server):
    """A server that leaves signals to the process."""

    capture_signals = nullcontext  # type: ignore[assignment]  # by its shape


@asynccontextmanager
async def running(
    config: uvicorn.Config, at: socket.socket, *, ending: asyncio.Event | None = None
) -> AsyncIterator[None]:
    """Serve at a socket that listens, until left; take no more connections from the moment of `ending` on."""
    server = _Server(config)
    serving = asyncio.create_task(server.serve([at]))
    ended = asyncio.create_task(_end_with(ending, server)) if ending else None
    try:
        yield
    finally:
        if ended is not None:
            ended.cancel()
        server.should_exit = True
        await serving


async def _end_with(ending: asyncio.Event, server: uvicorn.Server) -> None:
    await ending.wait()
    server.should_exit = True
