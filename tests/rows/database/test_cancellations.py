"""A task that is canceled while it waits for a connection ends, at whatever moment the connection comes."""

from __future__ import annotations

import asyncio

import pytest

from hub.database.pool import Database, PlanningConnection


async def worked(database: Database) -> str:
    async with database.transaction() as tx:
        await tx.fetch("SELECT 1")
    return "went on"


async def test_a_cancellation_that_comes_with_the_connection_is_not_forgotten(database_url: str) -> None:
    async with Database(database_url, max_connections=1) as database:
        for _ in range(50):
            async with database.transaction() as tx:
                waiting = asyncio.create_task(worked(database))
                while not database.connections()["waiting"]:
                    await tx.fetch("SELECT 1")
            waiting.cancel()
            (ended,) = await asyncio.gather(waiting, return_exceptions=True)
            assert isinstance(ended, asyncio.CancelledError)

        assert await worked(database) == "went on"
        assert database.connections()["idle"] == 1


async def test_a_connection_whose_transaction_does_not_begin_is_given_back_at_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def canceled(_: PlanningConnection) -> None:
        raise asyncio.CancelledError

    async with Database(database_url, max_connections=1) as database:
        monkeypatch.setattr(PlanningConnection, "replanned", canceled)
        with pytest.raises(asyncio.CancelledError):
            await worked(database)

        assert database.connections()["idle"] == 1
