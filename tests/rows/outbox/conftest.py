"""What tests of the outbox are given: a database, and messages, timers and events with good defaults."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hub.database.pool import Database


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, max_connections=6) as database:
        yield database
