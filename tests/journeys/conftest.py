"""The world that a journey happens in; whatever happened, its audit is clean at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.world import World, opened


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database_url, tmp_path) as made:
        yield made
        await made.settle()
        assert await made.audit() == []
