"""A served hub with one SKU in stock, whose state after a walk is nobody's concern."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.world import opened
from tests.unit.api.serving import Served, serving


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    async with opened(database_url, tmp_path) as world, serving(world) as served:
        await world.stock("SHIRT", "DC-NL", 20)
        yield served
