"""A served hub whose nodes do nothing by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.model.messages import prepare
from tests.support.world import opened
from tests.unit.api.serving import Served, serving


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    async with opened(database_url, tmp_path) as world, serving(world) as served:
        await prepare(served)
        yield served
