"""The clocks: business time, real or virtual, and machine time. Nothing else in the hub reads the machine's clock.

Virtual business time is one row in the database, moved by `work.advance` alone.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from msgspec import Struct

from hub.database.pool import Database
from hub.kernel.instant import Instant
from hub.outbox import operations as outbox
from hub.outbox.model import BusinessTime


class Clock(Struct, frozen=True):
    """Business time: the machine's, or the row's where `virtual`. Open one with `open_clock`."""

    virtual: bool

    async def __call__(self, database: Database) -> Instant:
        """The same as `now`."""
        return await self.now(database)

    async def now(self, database: Database) -> Instant:
        """Business time."""
        if not self.virtual:
            return datetime.now(UTC)
        async with database.transaction() as tx:
            return (await outbox.business_time(tx)).at


async def open_clock(database: Database, *, virtual: bool | None = None, start_at: Instant | None = None) -> Clock:
    """The business clock of this installation.

    With `virtual` None it is as the database says. True makes it virtual if it is not yet, from `start_at` on (default:
    now); where it is virtual already it goes on where it stood. False makes it real.
    """
    async with database.transaction() as tx:
        time = await outbox.business_time(tx, lock=True)
        wanted = time.virtual if virtual is None else virtual
        if wanted != time.virtual:
            await outbox.set_business_time(tx, BusinessTime(virtual=wanted, at=start_at or datetime.now(UTC)))
    return Clock(wanted)


class SystemMachine:
    """The machine's own clock, for leases, retries and breakers."""

    def now(self) -> Instant:
        """Machine time."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Comes back after a while."""
        await asyncio.sleep(seconds)
