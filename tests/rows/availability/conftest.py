"""A database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hub.database.pool import Database


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, max_connections=6) as database:
        yield database
