"""Rehearsals: an adapter as its host serves it, alone, so that a partner of its own stands behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import TypeVar

from adapters.sdk.adapter import Adapter
from adapters.sdk.certification.points import Check, Point
from adapters.sdk.host import make_server

R = TypeVar("R")
"""What a check is given: the adapter being served, and its partner."""


@asynccontextmanager
async def served(adapter: Adapter) -> AsyncIterator[str]:
    """Serve an adapter by gRPC without TLS until the block ends, and yield its HOST:PORT."""
    server, _ = make_server([adapter], None)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        await server.stop(None)


async def rehearsed(
    rehearsing: Callable[[], AbstractAsyncContextManager[R]], check: Callable[[R], Awaitable[None]]
) -> None:
    """Put a check through a rehearsal of its own."""
    async with rehearsing() as on:
        await check(on)


def checks_of(
    rehearsing: Callable[[], AbstractAsyncContextManager[R]], checks: Mapping[Point, Callable[[R], Awaitable[None]]]
) -> dict[Point, Check]:
    """Return checks as a certification has them, each with a rehearsal of its own."""
    return {point: partial(rehearsed, rehearsing, check) for point, check in checks.items()}
