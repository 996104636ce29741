"""Machine time for tests: it stands still but for sleepers, who move it on by what they sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub.kernel.instant import Instant

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class StillMachine:
    """Machine time that only sleepers move."""

    at: Instant = NOW

    def now(self) -> Instant:
        """Machine time."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Moves machine time on."""
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True)
class WorkingMachine:
    """The machine of who waits for a worker: its sleep is the worker's work."""

    machine: StillMachine
    work: Callable[[], Awaitable[None]]

    def now(self) -> Instant:
        """Machine time."""
        return self.machine.now()

    async def sleep(self, seconds: float) -> None:
        """Has the worker work until it has nothing left."""
        await self.machine.sleep(seconds)
        await self.work()
