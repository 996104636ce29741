"""The worker: one loop that fires timers, claims and starts deliveries, and one beside it that numbers the feed.

Any number of workers share one database. What a dying worker held, others take over when its leases end.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Any, Final

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from hub.database.pool import Database
from hub.kernel.ids import Identities
from hub.kernel.instant import Instant
from hub.outbox import operations as outbox
from hub.work.advance import quiet
from hub.work.deliveries import Ceilings, Deliveries
from hub.work.handlers import Delivery, Handlers, Misanswers, OnDead, Recorder
from hub.work.machine import BusinessClock, Machine, WorkSettings
from hub.work.sequencer import Sequencer
from hub.work.setbacks import Setbacks
from hub.work.wakeups import listen

log = logging.getLogger(__name__)

_AGAIN_SECONDS: Final = 0.5
_PACE_SECONDS: Final = 0.003
"""After a claim of several messages: what follows from them is claimed together."""


def _no_ceilings() -> Mapping[str, int]:
    return {}


async def _no_followers() -> int:
    return 0


def _no_record(_: Delivery) -> None:
    """For workers whose deliveries nobody records."""


class Worker:
    """Works what the outbox holds with the handlers it is given."""

    def __init__(
        self,
        database: Database,
        handlers: Handlers,
        *,
        clock: BusinessClock,
        machine: Machine,
        identities: Identities,
        on_dead: OnDead,
        misanswers: Misanswers,
        random: Random,
        name: str,
        settings: WorkSettings | None = None,
        ceilings: Ceilings = _no_ceilings,
        recorder: Recorder = _no_record,
        direct_url: str | None = None,
        ready: Callable[[], bool] = lambda: True,
        follow: Callable[[], Awaitable[int]] = _no_followers,
    ) -> None:
        """Makes a worker.

        `name` tells it from all others that run. `ceilings` gives accounts' messages in flight. `direct_url` leads to
        the server itself where `database` goes through a pooler. While it is not `ready`, it begins nothing.
        `follow` makes messages of what is new in the feed, some at a time, and answers how many.
        """
        self.settings = settings or WorkSettings()
        self._database, self._clock, self._machine, self._identities = database, clock, machine, identities
        self._wake, self._event_wake = asyncio.Event(), asyncio.Event()
        self._url, self._ready = direct_url or database.url, ready
        self._follow = follow
        self._sequencer = Sequencer(database, self.settings, machine, name)
        setbacks = Setbacks(database, self.settings, machine, random, on_dead, misanswers)
        self._deliveries = Deliveries(database, handlers, setbacks, ceilings, recorder, self._wake)

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set; then claims nothing more and ends what it began, within the settings' grace.

        The step that it is in ends too: what a claim that was cut off had taken would wait for the end of its lease.
        """
        channels = {outbox.WORK_CHANNEL: self._wake, outbox.EVENT_CHANNEL: self._event_wake}
        beside = [
            asyncio.create_task(listen(self._url, channels, self._machine)),
            asyncio.create_task(self._forever(self._number_events)),
            asyncio.create_task(self._forever(self._heartbeat)),
        ]
        work = asyncio.create_task(self._forever(self._work, stop))
        try:
            await stop.wait()
            self._wake.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.settings.grace_seconds):
                    await self._end(work)
        finally:
            ending = [work, *beside, *self._deliveries.active]
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)
            with contextlib.suppress(OperationalError, PoolTimeout):
                await self._sequencer.release()

    async def _end(self, work: asyncio.Task[None]) -> None:
        await asyncio.wait({work})
        if self._deliveries.active:
            await asyncio.wait(set(self._deliveries.active))

    async def drain(self, at: Instant | None = None) -> None:
        """Works, alone, until nothing is due or in flight as of business time `at` (none: as the clock tells).

        What was put off by a failing partner as often as the settings' patience is left waiting. For tests and tools:
        waits for deliveries to end and, through the machine's clock, for attempts to come due.
        """
        while True:
            if await self._step(at):
                continue
            if self._deliveries.active:
                await asyncio.wait(set(self._deliveries.active), return_when=asyncio.FIRST_COMPLETED)
                continue
            now = self._machine.now()
            when = at or await self._clock(self._database)
            if await quiet(self._database, at=when, now=now, settings=self.settings, pass_over=False):
                await self._sequencer.run_once()
                if not await self._follow():
                    return
                continue
            await self._machine.sleep(await self._seconds_to_next(now))

    async def fire(self, at: Instant) -> int:
        """Turns all timers due at `at` into messages; answers how many."""
        total = 0
        while True:
            async with self._database.transaction() as tx:
                fired = await outbox.fire_timers(
                    tx, at=at, limit=self.settings.timer_limit, identities=self._identities
                )
            total += fired
            if fired < self.settings.timer_limit:
                return total

    async def _step(self, at: Instant | None) -> int:
        """Fires and claims once, as of `at` or as the clock tells; answers how many timers and messages there were."""
        fired = await self.fire(at or await self._clock(self._database))
        claims = await self._deliveries.claim()
        if claims:
            self._deliveries.start(claims, at or await self._clock(self._database))
        return fired + len(claims)

    async def _work(self) -> None:
        self._wake.clear()
        worked = await self._step(None) if self._ready() else 0
        if worked > 1:
            await asyncio.sleep(_PACE_SECONDS)
        elif not worked:
            await self._sleep(self._wake, self.settings.idle_seconds)

    async def _number_events(self) -> None:
        self._event_wake.clear()
        numbered = await self._sequencer.run_once() if self._ready() else None
        while numbered is not None and await self._follow():
            pass
        wait = self.settings.idle_seconds if numbered is not None else self.settings.lease_seconds / 3
        await self._sleep(self._event_wake, wait, woken=numbered is not None)

    async def _heartbeat(self) -> None:
        await self._machine.sleep(self.settings.lease_seconds / 3)
        await self._deliveries.renew()

    async def _forever(self, once: Callable[[], Awaitable[None]], stop: asyncio.Event | None = None) -> None:
        """Repeats a step of the loop until told to stop, or canceled; a database that is away is waited for."""
        while stop is None or not stop.is_set():
            try:
                await once()
            except (OperationalError, PoolTimeout) as error:
                log.warning("the database is away (%s); trying again", type(error).__name__)
                await self._machine.sleep(_AGAIN_SECONDS)
            except Exception:
                log.exception("a step of the worker failed; trying again")
                await self._machine.sleep(_AGAIN_SECONDS)

    async def _sleep(self, wake: asyncio.Event, seconds: float, *, woken: bool = True) -> None:
        """Sleeps for a while of machine time, or until woken."""
        sleeping: set[asyncio.Task[Any]] = {asyncio.create_task(self._machine.sleep(seconds))}
        if woken:
            sleeping.add(asyncio.create_task(wake.wait()))
        try:
            await asyncio.wait(sleeping, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in sleeping:
                task.cancel()

    async def _seconds_to_next(self, now: Instant) -> float:
        async with self._database.transaction() as tx:
            at = await outbox.next_attempt_at(tx, now=now)
        return max((at - now) / timedelta(seconds=1), 0.0) if at is not None else _AGAIN_SECONDS
