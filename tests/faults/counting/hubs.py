"""Several hub processes on one database, as an installation on several machines has them; each can be killed.

Business time is virtual and moved by the test alone: between two of its steps nothing expires.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import grpc
from psycopg import AsyncConnection, IsolationLevel
from psycopg.rows import dict_row

from hub.api.edge.access import token_sha256
from hub.app.runtime.clock import open_clock
from hub.catalog import operations as catalog
from hub.database.pool import Database
from hub.inventory import operations as inventory
from hub.inventory.model import StockChange
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.network import operations as networks
from tests.support.drafts import item
from tests.support.network import network_of
from tests.support.world import TUESDAY
from tests.wire.app.running import CROSSDOCK, START_SECONDS, environment

TOKEN: Final = "counting"
NODE: Final = "DC-NL"
SKU: Final = "LAMP"
CHANNEL: Final[dict[str, Any]] = {
    "payment_account_id": "",
    "fraud_account_id": "",
    "tax_account_id": "",
    "channel_account_id": "",
    "erp_account_id": "",
    "notice_account_id": "",
    "hold_rule": "true",
}
"""A channel whose orders stay PLACED, on hold: what is counted is stock, not deliveries."""


_OWN: Final = (
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 500),
)
"""A connection of its own, soon tried again when the hub is back."""


@dataclass
class Hub:
    """An api process: its address stays the same over its lives."""

    name: str
    settings: dict[str, str]
    address: str = "127.0.0.1:0"
    process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Starts it, and comes back when it serves."""
        command = [*CROSSDOCK, "api", "--grpc", self.address]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.settings, start_new_session=True
        )
        assert self.process.stdout is not None
        stop = asyncio.get_running_loop().call_later(START_SECONDS, self.process.kill)
        line = await asyncio.to_thread(self.process.stdout.readline)
        stop.cancel()
        assert line, f"{self.name} ended before it served"
        self.address = json.loads(line)["serving"]

    def kill(self) -> None:
        """Kill -9."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def end(self) -> None:
        """Ends it, if it lives."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


@dataclass
class Shop:
    """What buyers buy from: hubs at addresses, one database, and the business time that the test gave it last."""

    url: str
    addresses: list[str]
    clock: Instant = TUESDAY
    hubs: list[Hub] = field(default_factory=list)

    async def pass_time(self, span: timedelta) -> None:
        """Moves business time on; `clock` follows once that is committed."""
        async with await AsyncConnection.connect(self.url, autocommit=True) as connection:
            await connection.execute("UPDATE business_clock SET at = at + %s", [span])
        self.clock += span

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a query."""
        (found,) = await self.rows_at_once(sql)
        return found

    async def rows_at_once(self, *queries: str) -> list[list[dict[str, Any]]]:
        """Rows of queries at one instant: hubs go on, and take back what ends, while it is counted."""
        async with await AsyncConnection.connect(self.url, row_factory=dict_row) as connection:
            await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
            return [await (await connection.execute(sql)).fetchall() for sql in queries]

    async def audited(self) -> str:
        """What `crossdock audit` says: nothing where all is sound."""
        hub = self.hubs[0]
        command = [*CROSSDOCK, "--hub", hub.address, "--token", TOKEN, "audit"]
        ran = await asyncio.create_subprocess_exec(
            *command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment()
        )
        told, _ = await ran.communicate()
        return "" if ran.returncode == 0 else told.decode()


async def opened(url: str) -> None:
    """Puts time, network and item into an empty database."""
    async with Database(url, max_connections=2) as database:
        await open_clock(database, virtual=True, start_at=TUESDAY)
        async with database.transaction() as tx:
            await networks.put(tx, HUB, network_of(channel=CHANNEL), at=TUESDAY)
            await catalog.put(tx, HUB, [item(SKU)], at=TUESDAY)


async def brought(url: str, units: int, node_id: str = NODE) -> None:
    """Receives units at a node."""
    received = StockChange(SKU, node_id, "RECEIPT", uuid4(), on_hand=units)
    async with Database(url, max_connections=1) as database, database.transaction() as tx:
        await inventory.change(tx, [[received]], at=TUESDAY)


@asynccontextmanager
async def connections(shop: Shop, number: int) -> AsyncIterator[list[grpc.aio.Channel]]:
    """So many connections, spread over the hubs of a shop; none is shared."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                grpc.aio.insecure_channel(shop.addresses[one % len(shop.addresses)], options=_OWN)
            )
            for one in range(number)
        ]


@asynccontextmanager
async def installation(url: str, folder: Path, *, hubs: int, units: int) -> AsyncIterator[Shop]:
    """Hub processes and one worker on a database with so many units of one SKU at one node."""
    await opened(url)
    await brought(url, units)
    principal = {"principal": "shop", "tokens": [{"sha256": token_sha256(TOKEN)}], "roles": ["admin"]}
    (folder / "principals.json").write_text(json.dumps([principal]))
    (folder / "principals.json").chmod(0o600)
    settings = {**environment(), "CROSSDOCK_DATABASE_URL": url, "CROSSDOCK_DATA": str(folder)}
    worker = [*CROSSDOCK, "worker"]
    async with AsyncExitStack() as stack:
        made = [Hub(f"hub {number}", settings) for number in range(hubs)]
        for hub in made:
            stack.callback(hub.end)
            await hub.start()
        working = subprocess.Popen(
            worker, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings, start_new_session=True
        )
        stack.callback(working.wait, 30)
        stack.callback(working.terminate)
        yield Shop(url, [hub.address for hub in made], hubs=made)
