"""A transaction for a test, on a database that the tests of a module share: nothing of it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import dict_row

from hub.database.pool import Database
from hub.database.tx import Tx


@pytest.fixture
async def tx(module_database_url: str) -> AsyncIterator[Tx]:
    """A transaction that is rolled back."""
    async with await AsyncConnection.connect(
        module_database_url, row_factory=dict_row, cursor_factory=AsyncRawCursor
    ) as connection:
        tx = Tx(connection)
        yield tx
        await tx.flush()
        await connection.rollback()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database of the test's own, for what takes more than one transaction."""
    async with Database(database_url, max_connections=4) as database:
        yield database
