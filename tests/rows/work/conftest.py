"""What tests of the worker are given."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hub.database.pool import Database
from tests.rows.work.rig import Rig


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, max_connections=6) as database:
        yield database


@pytest.fixture
def rig(database: Database) -> Rig:
    return Rig(database)
