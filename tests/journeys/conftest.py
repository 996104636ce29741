"""The world that a journey happens in, run by a role that may not change the schema; at the end its audit is clean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.world import World, opened


@pytest.fixture
async def world(application_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(application_url, tmp_path) as made:
        yield made
        await made.settle()
        assert await made.audit() == []
