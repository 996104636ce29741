"""Serves a stand-in in this process, over a Unix socket as in earnest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import grpc

from adapters.sdk.doubles.effects import EffectLog
from adapters.sdk.host import build_adapters, make_server
from adapters.sdk.listening import listen

TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Served:
    """A stand-in being served: a channel to it and its file."""

    channel: grpc.aio.Channel
    file: Path

    @property
    def log(self) -> EffectLog:
        """Its effect log."""
        return EffectLog(self.file)


@asynccontextmanager
async def serving(name: str, *, trace_file: Path | None = None) -> AsyncIterator[Served]:
    """Serves the adapter of this name from a folder of its own until the block ends."""
    with TemporaryDirectory(prefix="xd") as folder:
        async with grpc.aio.insecure_channel("127.0.0.1:1") as hub:
            (adapter,) = build_adapters([name], hub, "", Path(folder))
            server, _ = make_server([adapter], trace_file)
            address = listen(server, f"unix:{folder}/socket")
            await server.start()
            async with grpc.aio.insecure_channel(address) as channel:
                yield Served(channel, Path(folder) / f"{name}.sqlite")
            await server.stop(None)
            adapter.close()


def minutes_later(minutes: float) -> datetime:
    """Answers Tuesday ten o'clock and so many minutes."""
    return TUESDAY + timedelta(minutes=minutes)
