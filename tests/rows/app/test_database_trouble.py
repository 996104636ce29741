"""What stands against working with a database is told in words of its own for each cause, and found by writing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import grpc
import psycopg
import pytest
from grpc_health.v1 import health_pb2
from grpc_health.v1.health_pb2_grpc import HealthStub

from hub.app.runtime import health, schema
from hub.app.runtime.health import Health, answering_checks
from hub.app.runtime.schema import impediment, obstacle, skewed
from hub.config.settings import Settings
from hub.database.pool import Database
from hub.database.trouble import SILENT
from tests.support.machine import NOW
from tests.support.postgres import APPLICATION, as_role, url_of

DISK_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON installation FOR EACH STATEMENT EXECUTE FUNCTION full_disk()
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "CHECK_SECONDS", 1.0)


@pytest.fixture
def no_connections(database_url: str, application_url: str) -> Iterator[str]:
    """The URL of a role that may open no connection."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"ALTER ROLE {APPLICATION} CONNECTION LIMIT 0")
        yield application_url
        owner.execute(f"ALTER ROLE {APPLICATION} CONNECTION LIMIT -1")


async def told(url: str, *, before: str = "") -> str:
    """What a check says of a database after a statement of its owner."""
    if before:
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(before)
    async with Database(url, max_connections=2) as database:
        return await impediment(database) or ""


async def test_a_database_that_takes_writes_stands_against_nothing(application_url: str) -> None:
    assert await told(application_url) == ""


async def test_a_read_only_database_is_found_by_writing(database_url: str) -> None:
    name = database_url.rpartition("/")[2].partition("?")[0]

    assert "read-only" in await told(
        database_url, before=f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
    )


async def test_a_full_disk_is_found_by_writing(database_url: str) -> None:
    assert "disk of the database is full" in await told(database_url, before=DISK_FULL)


async def test_a_lock_that_nobody_gives_back_is_found_in_time(database_url: str) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("LOCK installation")
        assert "does not answer in time" in await told(database_url)


async def test_a_role_that_lost_a_right_is_told_the_command(application_url: str, database_url: str) -> None:
    with psycopg.connect(database_url) as owner:
        owner.execute(f"REVOKE INSERT ON installation FROM {APPLICATION}")

    sentence = await told(application_url)

    assert "permission denied for table installation" in sentence
    assert "--grant-to" in sentence


async def test_a_pool_without_a_free_connection_is_told_of_as_such(database_url: str) -> None:
    async with Database(database_url, max_connections=1) as database, database.transaction():
        assert "All connections of this process are in use" in (await impediment(database) or "")


def test_who_cannot_connect_is_told_why(application_url: str, no_connections: str) -> None:
    sentences = [
        obstacle(as_role(application_url, APPLICATION, "another password")) or "",
        obstacle(no_connections) or "",
        obstacle("postgresql://somebody@127.0.0.1:1/nothing") or "",
    ]

    assert "refuses the role or its password" in sentences[0]
    assert "takes no more connections" in sentences[1]
    assert "cannot be reached" in sentences[2]
    assert not any("another password" in sentence for sentence in sentences)


def test_a_database_that_is_not_there_is_named_as_such(database_url: str) -> None:
    assert "has no database of this name" in (obstacle(url_of(database_url, "nowhere")) or "")


def test_clocks_that_are_too_far_apart_are_told_by_how_much() -> None:
    assert skewed(NOW, NOW + timedelta(seconds=2)) is None
    assert "5.0 s ahead of" in (skewed(NOW + timedelta(seconds=5), NOW) or "")
    assert "5.0 s behind" in (skewed(NOW, NOW + timedelta(seconds=5)) or "")


async def test_health_checks_are_told_why_and_when_it_is_over(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LOOK_SECONDS", 0.05)
    settings = Settings(data=tmp_path, health_stated="127.0.0.1:0")
    ending, checked = asyncio.Event(), Health()
    async with (
        Database(database_url) as database,
        answering_checks(checked, settings) as address,
        grpc.aio.insecure_channel(address or "") as channel,
    ):
        following = asyncio.create_task(checked.follow(database, ending))
        with psycopg.connect(database_url) as other:
            other.execute("LOCK installation")
            await _until_told(channel, SILENT)
        await _until_told(channel, None)
        ending.set()
        await following


async def _until_told(channel: grpc.aio.Channel, reason: str | None) -> None:
    status = health_pb2.HealthCheckResponse
    async with asyncio.timeout(20):
        while True:
            call = HealthStub(channel).Check(health_pb2.HealthCheckRequest())
            serves = (await call).status == status.SERVING
            if (serves, dict(await call.trailing_metadata()).get("crossdock-reason")) == (reason is None, reason):
                return
            await asyncio.sleep(0.05)
