"""A backup that was put back counts the same numbers for other content: nothing remembered survives it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
from msgspec.structs import replace
from psycopg import sql

from hub.app.runtime.networks import NetworkInForce
from hub.catalog import operations as catalog
from hub.catalog.operations import ItemMemory
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.network import operations as networks
from tests.rows.availability.checks import AT, add, followed, in_time, remembered, stored
from tests.support.drafts import item
from tests.support.network import network_of
from tests.support.postgres import fresh_database


def renamed(connection: psycopg.Connection[tuple[object, ...]], name: str, to: str) -> None:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))


class Backup:
    """A second database that can be put in the place of the first one."""

    def __init__(self, server_url: str, url: str, other_url: str) -> None:
        self.url, self._server_url, self._current = other_url, server_url, _name(url)

    def put_back(self) -> None:
        """Swaps the two, as who restores a backup does; every connection is lost."""
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            renamed(connection, self._current, "swapped_out")
            renamed(connection, _name(self.url), self._current)
            renamed(connection, "swapped_out", _name(self.url))


@pytest.fixture
def backup(embedded_url: str, database_template: str, database_url: str) -> Iterator[Backup]:
    with ExitStack() as stack:
        yield Backup(embedded_url, database_url, stack.enter_context(fresh_database(embedded_url, database_template)))


async def written(database: Database, units: int, title: str, most: int) -> None:
    """One change each of stock, catalog and network: the versions are the same whatever the content is."""
    async with database.transaction() as tx:
        await add(tx, units)
    async with database.transaction() as tx:
        await catalog.put(tx, HUB, [replace(item("SHIRT"), title=title)], at=AT)
    async with database.transaction() as tx:
        network = network_of()
        warehouse = replace(network.accounts["wms"], max_in_flight=most)
        await networks.put(tx, HUB, replace(network, accounts={**network.accounts, "wms": warehouse}), at=AT)


async def test_stock_catalog_and_network_are_read_again_after_a_backup_was_put_back(
    database: Database, backup: Backup
) -> None:
    async with Database(backup.url, max_connections=2) as other:
        await written(other, 3, "Old shirt", 1)
    await written(database, 7, "New shirt", 2)
    network, items = NetworkInForce(database), ItemMemory()
    async with followed(database) as follower:
        await seen(database, network, items)
        assert remembered(follower) == {("SHIRT", "DC-NL"): 7}

        await asyncio.to_thread(backup.put_back)

        assert await seen(database, network, items) == ("Old shirt", 1)
        async with asyncio.timeout_at(in_time()):
            while remembered(follower) != await stored(database):
                await follower.turn(0.5)
        assert remembered(follower) == {("SHIRT", "DC-NL"): 3}


async def seen(database: Database, network: NetworkInForce, items: ItemMemory) -> tuple[str, int]:
    """The title of the item and the limit of the warehouse, as they are remembered or read."""
    async with database.transaction() as tx:
        await network.current_in(tx)
        shirt = (await items.load(tx, ["SHIRT"]))["SHIRT"]
    return shirt.title, network.ceilings()["wms"]


def _name(url: str) -> str:
    return url.rpartition("/")[2].partition("?")[0]
