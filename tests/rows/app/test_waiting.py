"""A hub whose schema is behind, or whose database is away, refuses calls and names what helps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import psycopg
import pytest

from crossdock.orders.v1 import order_service_pb2
from crossdock.orders.v1.order_service_pb2_grpc import OrderServiceStub
from hub.app.runtime import not_ready, schema
from hub.app.runtime.not_ready import wait_serving
from hub.config.settings import Settings
from hub.database import migrate


@asynccontextmanager
async def waiting_hub(url: str, address: str, said: list[str]) -> AsyncIterator[asyncio.Task[str]]:
    ending, heard = asyncio.Event(), asyncio.Event()

    async def obstacle() -> str | None:
        return await schema.obstacle_now(url)

    def say(sentence: str) -> None:
        said.append(sentence)
        heard.set()

    settings = Settings(data=Path("unused"), listen=address)
    task = asyncio.create_task(wait_serving(settings, obstacle, ending, say))
    hearing = asyncio.create_task(heard.wait())
    await asyncio.wait({task, hearing}, return_when=asyncio.FIRST_COMPLETED)
    hearing.cancel()
    try:
        yield task
    finally:
        ending.set()
        await task


def test_a_database_without_our_tables_is_behind_and_the_command_named(bare_database_url: str) -> None:
    assert "Run `crossdock migrate pre`." in (schema.obstacle(bare_database_url) or "")


def test_a_migrated_database_is_no_obstacle(database_url: str) -> None:
    assert schema.obstacle(database_url) is None


def test_a_database_that_is_away_is_an_obstacle_and_its_password_is_not_told() -> None:
    sentence = schema.obstacle("postgresql://somebody:s3cret@127.0.0.1:1/nothing") or ""

    assert "cannot be reached" in sentence
    assert "s3cret" not in sentence


def test_migrations_are_applied_by_phase_and_told(bare_database_url: str) -> None:
    applied = schema.migrated(bare_database_url, "pre")
    schema.migrated(bare_database_url, "post")

    assert applied
    assert schema.migrated(bare_database_url, "pre") == []
    assert all(one.applied_at for one in schema.status(bare_database_url))


async def test_a_hub_whose_schema_is_behind_refuses_calls_with_the_command_until_it_was_run(
    bare_database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(not_ready, "LOOK_SECONDS", 0.02)
    said: list[str] = []
    address = f"unix:{tmp_path_factory.mktemp('w')}/hub.sock"

    async with waiting_hub(bare_database_url, address, said) as task, grpc.aio.insecure_channel(address) as channel:
        await channel.channel_ready()
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await OrderServiceStub(channel).GetOrder(order_service_pb2.GetOrderRequest())

        assert refused.value.code() is grpc.StatusCode.UNAVAILABLE
        assert "Run `crossdock migrate pre`." in (refused.value.details() or "")
        await asyncio.to_thread(migrate_all, bare_database_url)

        assert await asyncio.wait_for(task, 20) == address
    assert len(set(said)) == len(said)  # each reason once: migrations come one by one


async def test_a_hub_whose_schema_is_there_waits_for_nothing(database_url: str) -> None:
    said: list[str] = []

    async with waiting_hub(database_url, "127.0.0.1:0", said) as task:
        assert await task == "127.0.0.1:0"
    assert said == []


def migrate_all(url: str) -> None:
    with psycopg.connect(url) as connection:
        migrate.apply(connection, "pre")
