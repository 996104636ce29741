"""A database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hub.database.pool import Database


@pytest.fixture
async def own(database_url: str) -> AsyncIterator[Database]:
    """Open, with a few connections."""
    async with Database(database_url, max_connections=2) as database:
        yield database
