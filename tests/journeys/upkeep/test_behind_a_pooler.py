"""A hub behind PgBouncer, which hands out connections by transaction: two sessions for all of the hub's connections."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import psycopg
import pytest

from hub.api.stock.changes import IMPORT_SNAPSHOT
from hub.app.embedded.account import server_account
from hub.database.pool import Database
from hub.inventory.model import Snapshot
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import opened

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
CONFIGURATION = """\
[databases]
* = host={host} port={port} user={user} password='{password}'
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""

ROWS = tuple((f"SKU-{number:03}", "DC-NL", number, 0) for number in range(500))

pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="needs pgbouncer (apt-get install pgbouncer)")


class Pooled(Database):
    """Connections to a pooler."""

    def __init__(self, url: str, *, max_connections: int = 8) -> None:
        super().__init__(url, max_connections=max_connections, pooled=True)


@pytest.fixture
def pooler_url(application_url: str) -> Iterator[str]:
    """The URL of a pooler before the database of a test."""
    parts = urlsplit(application_url)
    server = parse_qs(parts.query)
    account = server_account(Path("/nowhere"))
    folder = Path(tempfile.mkdtemp(prefix="crossdock-pooler-"))
    account.own(folder)
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        CONFIGURATION.format(
            host=server["host"][0] if "host" in server else parts.hostname,
            port=server["port"][0] if "port" in server else parts.port or 5432,
            user=parts.username,
            password=unquote(parts.password or ""),
            folder=folder,
        ),
        encoding="utf-8",
    )
    account.own(configuration)
    pooler = account.spawn([str(PGBOUNCER), str(configuration)], output=subprocess.DEVNULL)
    try:
        _await_socket(folder / ".s.PGSQL.6432")
        yield f"postgresql://hub@{parts.path}?host={quote(str(folder), safe='')}&port=6432"
    finally:
        os.kill(pooler.pid, 15)
        pooler.wait(10)
        shutil.rmtree(folder)


def _await_socket(path: Path) -> None:
    until = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < until, "pgbouncer does not listen"
        time.sleep(0.05)


async def test_an_order_a_count_and_the_past_go_through_a_pooler(pooler_url: str, tmp_path: Path) -> None:
    async with opened(pooler_url, tmp_path, database_class=Pooled) as world:
        await world.stock("SHIRT", "DC-NL", 20)
        placed = [await world.place(draft(f"W-{number}", [line("SHIRT", 1)])) for number in range(8)]
        await world.ask(IMPORT_SNAPSHOT, Snapshot("wms", await world.now(), frozenset(["DC-NL"]), ROWS))
        await world.advance(timedelta(days=40))

        assert {(await world.case(one.order_id)).order.state for one in placed} == {OrderState.CLOSED}
        assert await world.audit() == []


@pytest.mark.parametrize("kind", [Database, Pooled])
async def test_only_what_prepares_nothing_may_change_sessions(pooler_url: str, kind: type[Database]) -> None:
    async with kind(pooler_url, max_connections=4) as database:
        outcomes = await asyncio.gather(*(_some(database, number) for number in range(16)), return_exceptions=True)

    failed = any(isinstance(outcome, psycopg.Error) for outcome in outcomes)
    assert failed == (kind is Database)


async def _some(database: Database, number: int) -> None:
    for turn in range(5):
        async with database.transaction() as tx:
            await tx.fetch(f"SELECT {(number + turn) % 3} AS number, pg_sleep(0.01)")
