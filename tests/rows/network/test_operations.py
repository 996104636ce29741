"""Versions of the network: put, kept, read, and remembered."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from hub.database.pool import Database
from hub.kernel.errors import PermissionDenied
from hub.kernel.instant import instant
from hub.kernel.scope import HUB, Role, Scope
from hub.network import operations, store
from hub.network.errors import ConfigurationInvalid
from hub.network.model import Network
from hub.network.operations import NetworkCache
from tests.unit.network.networks import a_channel, a_lane, a_network

AT = instant("2026-03-10T10:00:00Z")
OTHER = a_network(channels=[a_channel("B2B")])


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        yield opened


async def put(database: Database, network: Network, scope: Scope = HUB) -> Network:
    async with database.transaction() as tx:
        return await operations.put(tx, scope, network, at=AT)


async def current(database: Database) -> Network:
    async with database.transaction() as tx:
        return await operations.current(tx)


async def test_before_any_was_put_the_network_is_empty(database: Database) -> None:
    assert await current(database) == Network()


async def test_a_network_comes_back_as_it_was_put_with_its_version(database: Database) -> None:
    stored = await put(database, a_network())

    assert stored == replace(a_network(), version=1)
    assert await current(database) == stored


async def test_the_same_content_keeps_its_version(database: Database) -> None:
    await put(database, a_network())

    again = await put(database, a_network(version=40))

    assert again.version == 1


async def test_another_content_is_the_next_version_and_so_is_a_return_to_the_first(database: Database) -> None:
    versions = [(await put(database, network)).version for network in (a_network(), OTHER, a_network())]

    assert versions == [1, 2, 3]
    assert await current(database) == replace(a_network(), version=3)


async def test_two_at_once_count_up_one_by_one(database: Database) -> None:
    stored = await asyncio.gather(put(database, a_network()), put(database, OTHER))

    assert sorted(network.version for network in stored) == [1, 2]


async def test_a_network_that_contradicts_itself_changes_nothing(database: Database) -> None:
    await put(database, a_network())

    with pytest.raises(ConfigurationInvalid, match="DC-XX"):
        await put(database, a_network(lanes=[a_lane("DC-XX")]))

    assert (await current(database)).version == 1


async def test_who_sees_a_part_may_not_replace_the_whole(database: Database) -> None:
    scope = Scope("shop", frozenset({Role.ADMIN}), channels=frozenset({"WEB-NL"}))

    with pytest.raises(PermissionDenied):
        await put(database, a_network(), scope)


async def test_a_cache_follows_the_versions_and_reads_each_once(database: Database) -> None:
    cache = NetworkCache(database)
    assert await cache.current() == Network()

    await put(database, a_network())
    first = await cache.current()
    assert first == replace(a_network(), version=1)
    assert await cache.current() is first

    await put(database, OTHER)
    assert (await cache.current()).version == 2


async def test_a_reading_that_ends_late_does_not_replace_a_newer_one(database: Database) -> None:
    cache = NetworkCache(database)
    await put(database, a_network())
    async with database.reading() as late:
        await store.latest_version(late)
        await put(database, OTHER)
        newer = await cache.current()

        assert (await cache.current_in(late)).version == 1

    assert cache.latest is newer
    assert await cache.current() is newer


async def test_others_are_answered_while_a_network_is_put_together(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, network_of = list[int](), store.network_of

    def noted(document: Mapping[str, Any], version: int) -> Network:
        threads.append(threading.get_ident())
        return network_of(document, version)

    await put(database, a_network())
    monkeypatch.setattr(store, "network_of", noted)

    assert (await current(database)).version == 1
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_others_are_answered_while_a_network_is_looked_through_to_be_put(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def noted(work: Any) -> Any:
        def run(network: Network) -> Any:
            threads.append(threading.get_ident())
            return work(network)

        return run

    for name in ("problems", "document_of"):
        monkeypatch.setattr(operations, name, noted(getattr(operations, name)))

    assert (await put(database, a_network())).version == 1
    assert len(threads) == 2
    assert threading.get_ident() not in threads
