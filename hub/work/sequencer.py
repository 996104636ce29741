"""Gives events their positions: one sequencer at a time, by a lease that any worker may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hub.database.pool import Database
from hub.outbox import operations as outbox
from hub.work.machine import Machine, WorkSettings


@dataclass
class Sequencer:
    """One worker's part in the sequencing; `holder` is its name."""

    database: Database
    settings: WorkSettings
    machine: Machine
    holder: str
    _fence: int | None = None

    async def run_once(self) -> int | None:
        """Gives positions to all committed events that have none, in short transactions; answers how many.

        None: another worker holds the lease and does it.
        """
        total = 0
        while True:
            fence = await self._lease()
            if fence is None:
                return None
            async with self.database.transaction() as tx:
                given = await outbox.give_positions(tx, fence=fence, limit=self.settings.position_limit)
            if given is None:
                return None
            total += given
            if given < self.settings.position_limit:
                return total

    async def release(self) -> None:
        """Gives the lease back, so that another worker takes over at once."""
        if self._fence is not None:
            async with self.database.transaction() as tx:
                await outbox.release_lease(tx, outbox.SEQUENCER, self._fence, now=self.machine.now())
            self._fence = None

    async def _lease(self) -> int | None:
        now = self.machine.now()
        until = now + timedelta(seconds=self.settings.lease_seconds)
        async with self.database.transaction() as tx:
            self._fence = await outbox.take_lease(tx, outbox.SEQUENCER, self.holder, now=now, until=until)
        return self._fence
