"""Two api processes are restarted one after the other while callers call: no call fails."""

from __future__ import annotations

import asyncio
import json
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import grpc

from crossdock.catalog.v1 import catalog_pb2
from crossdock.catalog.v1.catalog_pb2_grpc import CatalogServiceStub
from tests.wire.app.parts import part
from tests.wire.app.running import CROSSDOCK, Running, environment
from tests.wire.app.test_figures import free_ports

CALLERS = 6
SPREAD = (
    ("grpc.lb_policy_name", "round_robin"),
    ("grpc.enable_retries", 0),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 500),
)
"""Calls go to both processes by turns, and the caller does not repeat them. It looks twice a second for who is back."""
BACK_SECONDS = 2.0


@dataclass
class Load:
    """Callers who write items, one call after the other, and what became of their calls."""

    address: str
    token: str
    done: int = 0
    failures: list[str] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    ending: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(self, number: int) -> None:
        """Calls until the end."""
        async with grpc.aio.insecure_channel(self.address, options=SPREAD) as channel:
            catalog = CatalogServiceStub(channel)
            while not self.ending.is_set():
                item = catalog_pb2.Item(sku=f"SKU-{number}", title=str(self.done), state=catalog_pb2.ITEM_STATE_ACTIVE)
                request = catalog_pb2.PutItemsRequest(request_id=str(uuid4()), items=[item])
                try:
                    await catalog.PutItems(request, timeout=30, metadata=(("authorization", f"Bearer {self.token}"),))
                    self.done += 1
                except grpc.aio.AioRpcError as error:
                    self.failures.append(f"{error.code()}: {error.details()}")
                self.ended.set()

    async def more(self, calls: int) -> None:
        """Comes back once so many more calls have ended."""
        async with asyncio.timeout(60):
            for _ in range(calls):
                self.ended.clear()
                await self.ended.wait()


def api(stack: ExitStack, folder: Path, url: str, port: int) -> Running:
    """Starts an api process that serves a second longer after it was told to end."""
    given = environment(DATABASE_URL=url, DATA=folder / "data", LAME_DUCK_SECONDS=1, GRACE_SECONDS=10)
    addresses = ("--grpc", f"127.0.0.1:{port}", "--http", "off", "--health", "off")
    return stack.enter_context(part("api", *addresses, environment=given, ready='"serving"', folder=folder))


def token_of(folder: Path, url: str) -> str:
    """Makes a principal that writes the catalog; answers its token."""
    command = [*CROSSDOCK, "principal", "add", "shop", "--role", "admin", "--json"]
    given = environment(DATABASE_URL=url, DATA=folder / "data")
    made = subprocess.run(command, capture_output=True, text=True, check=True, env=given)
    return str(json.loads(made.stdout)["token"])


async def test_no_call_fails_while_both_processes_are_restarted(application_url: str, tmp_path: Path) -> None:
    token = await asyncio.to_thread(token_of, tmp_path, application_url)
    first = free_ports(2)
    load = Load(f"ipv4:127.0.0.1:{first},127.0.0.1:{first + 1}", token)
    with ExitStack() as stack:
        apis = [await asyncio.to_thread(api, stack, tmp_path, application_url, first + number) for number in range(2)]
        async with asyncio.TaskGroup() as callers:
            for number in range(CALLERS):
                callers.create_task(load.call(number))
            await load.more(20)
            for number, process in enumerate(apis):
                assert await asyncio.to_thread(process.end) == 0
                await load.more(20)
                await asyncio.to_thread(api, stack, tmp_path, application_url, first + number)
                await asyncio.sleep(BACK_SECONDS)
                await load.more(20)
            load.ending.set()

    assert load.failures == []
    assert load.done >= 100
