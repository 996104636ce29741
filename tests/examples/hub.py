"""A running hub with the example network, catalog and stock."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

from hub.app.client import connected
from hub.app.demo import plan
from hub.app.demo.partners import Partners
from hub.app.demo.stage import hosted, partners_folder, stage
from hub.app.demo.steady import SteadyHub
from hub.app.demo.story import Story
from hub.app.embedded import discard
from hub.app.supervisor.up import Installation
from hub.config.settings import Settings
from tests.support.postgres import scratch_folder


@asynccontextmanager
async def running_hub(**settings: Any) -> AsyncIterator[Installation]:
    """A hub of the examples, with its stock counted, until left; `settings` are others than usual."""
    with tempfile.TemporaryDirectory(prefix="crossdock-examples-", dir=scratch_folder()) as name:
        data = Path(name) / "data"
        try:
            async with stage(Settings(data=data, **settings), data, lambda sentence: None) as installation:
                await asyncio.to_thread(_stocked, installation)
                yield installation
        finally:
            discard(data)


def _stocked(installation: Installation) -> None:
    with connected(installation.address, installation.token) as client:
        story = Story(
            hub=SteadyHub(client, Event()),
            partners=Partners(partners_folder(installation.data)),
            hosted=lambda network: hosted(installation.data, network),
            tell=lambda at, sentence: None,
        )
        story.prepare(plan.STOCK)
