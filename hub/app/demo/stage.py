"""The hub that the story is played on: `crossdock up` with a virtual clock, in a folder of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import grpc

from crossdock.network.v1 import network_pb2
from hub.app.demo import plan
from hub.app.runtime.networks import SocketFolder
from hub.app.supervisor.hosting import socket_folder
from hub.app.supervisor.up import Asked, Installation
from hub.config.settings import Settings
from hub.connect.dialing import target_of

ADAPTER_SECONDS: Final = 60.0


@asynccontextmanager
async def stage(settings: Settings, data: Path, say: Callable[[str], None]) -> AsyncIterator[Installation]:
    """A hub at a free port with its own database in `data`, kept running until left.

    Raises CannotStart, EmbeddedError, NotReady.
    """
    own = replace(settings, data=data, listen="127.0.0.1:0", traces=None, principals_file=None, keys_file=None)
    installation = Installation(Asked(own, virtual_clock=True, start_at=plan.START), say)
    ending = asyncio.Event()
    keeping: asyncio.Task[None] | None = None
    try:
        await installation.open()
        keeping = asyncio.create_task(installation.keep(ending))
        yield installation
    finally:
        ending.set()
        if keeping is not None:
            await keeping
        await installation.close()


def partners_folder(data: Path) -> Path:
    """Where the stand-ins keep their files."""
    return data / "adapters"


def hosted(data: Path, network: network_pb2.Network) -> None:
    """Comes back once every adapter that a network asks for here serves. Raises grpc.FutureTimeoutError."""
    sockets = SocketFolder(socket_folder(data))
    for name in sorted({account.adapter for account in network.accounts if target_of(account.adapter) is None}):
        with grpc.insecure_channel(sockets[name]) as channel:
            grpc.channel_ready_future(channel).result(timeout=ADAPTER_SECONDS)
