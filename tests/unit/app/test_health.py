"""Health checks wait for what is to be in force before a hub counts as serving."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2
from grpc_health.v1.health_pb2_grpc import HealthStub

from hub.app.process.addresses import CannotListen
from hub.app.runtime.health import Health, answering_checks
from hub.config.settings import Settings

OWN_CONNECTION = (("grpc.use_local_subchannel_pool", 1),)
Status = health_pb2.HealthCheckResponse


async def status_of(health: Health) -> object:
    return (await health.Check(health_pb2.HealthCheckRequest(), None)).status


async def test_a_hub_whose_files_are_not_loaded_yet_does_not_serve(tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    health = Health(loaded)
    await health.tell(None)

    before = await status_of(health)
    loaded.touch()

    assert (before, await status_of(health)) == (Status.NOT_SERVING, Status.SERVING)


async def test_a_hub_that_was_loaded_once_serves_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    loaded.touch()
    health = Health(loaded)
    await health.tell(None)
    await status_of(health)
    loaded.unlink()

    assert await status_of(health) == Status.SERVING


@asynccontextmanager
async def checks(settings: Settings, *, serving: bool = True) -> AsyncIterator[str]:
    """The address at which checks of a hub are answered."""
    health = Health(None)
    async with answering_checks(health, settings) as address:
        if serving:
            await health.tell(None)
        assert address
        yield address


async def asked(address: str) -> object:
    async with grpc.aio.insecure_channel(address, options=OWN_CONNECTION) as channel:
        return (await HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=5)).status


async def test_health_checks_are_answered_at_a_port_of_their_own(tmp_path: Path) -> None:
    async with checks(Settings(data=tmp_path, listen="127.0.0.1:0")) as address:
        assert await asked(address) == Status.SERVING
    async with checks(Settings(data=tmp_path, listen="127.0.0.1:0"), serving=False) as address:
        assert await asked(address) == Status.NOT_SERVING


async def test_health_checks_that_are_off_are_answered_nowhere(tmp_path: Path) -> None:
    async with answering_checks(Health(None), Settings(data=tmp_path, health_stated="off")) as address:
        assert address is None


async def test_a_port_for_health_checks_that_is_taken_is_named_with_what_helps(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(CannotListen, match="another address with --health"):
            async with answering_checks(Health(None), Settings(data=tmp_path, health_stated=taken)):
                pass


async def test_those_who_watch_a_hub_for_long_do_not_shut_out_others(tmp_path: Path) -> None:
    async with checks(Settings(data=tmp_path, listen="127.0.0.1:0")) as address, AsyncExitStack() as stack:
        channel = await stack.enter_async_context(grpc.aio.insecure_channel(address))
        watching = [HealthStub(channel).Watch(health_pb2.HealthCheckRequest()) for _ in range(40)]
        heard = [asyncio.ensure_future(anext(aiter(watch))) for watch in watching]
        # The channel chooses which of them come first.
        await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)

        assert await asked(address) == Status.SERVING
