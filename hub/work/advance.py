"""Moves virtual business time on, from timer to timer, each step only once the work of the one before is done.

Any process may call it; workers do the work. Work that waits for a failing partner (`WorkSettings.patience` attempts,
an open breaker) does not stop time: it is tried again at every step.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from hub.database.pool import Database
from hub.kernel.errors import ClockNotVirtual
from hub.kernel.instant import Instant
from hub.outbox import operations as outbox
from hub.outbox.model import BusinessTime
from hub.work.machine import Machine, WorkSettings

_LOOK_SECONDS = 0.01
_LOOK_AT_MOST_SECONDS = 0.1


class Advanced(Struct, frozen=True):
    """Where business time stands and how many timers fired on the way."""

    at: Instant
    fired_timers: int


async def advance(database: Database, span: timedelta, *, machine: Machine, settings: WorkSettings) -> Advanced:
    """Moves business time on by `span` (zero or more); answers when it is reached and its work is done.

    Raises ClockNotVirtual when business time is real.
    """
    async with database.transaction() as tx:
        start = await outbox.business_time(tx)
    if not start.virtual:
        raise ClockNotVirtual("Time can be advanced only on a hub that was started with --virtual-clock.")
    target = start.at + span
    reached = False
    while not reached:
        await _work_done(database, machine, settings)
        reached = await _step(database, target, machine)
    await _work_done(database, machine, settings)
    async with database.transaction() as tx:
        end = await outbox.business_time(tx)
    return Advanced(end.at, end.fired_timers - start.fired_timers)


async def quiet(
    database: Database, *, at: Instant, now: Instant, settings: WorkSettings, pass_over: bool = True
) -> bool:
    """Whether no timer is due at business time `at`, and no message is due or in flight at machine time `now`.

    `pass_over`: accounts whose breaker is open do not count. Timers and messages are seen at one instant: what is done
    in between makes the one of the other.
    """
    async with database.reading() as tx:
        due_at = await outbox.next_timer_at(tx)
        if due_at is not None and due_at <= at:
            return False
        return not await outbox.busy(tx, now=now, patience=settings.patience, pass_over=pass_over)


async def _work_done(database: Database, machine: Machine, settings: WorkSettings) -> None:
    """Comes back once workers have left nothing to do at the present business time."""
    pause = _LOOK_SECONDS
    while True:
        async with database.transaction() as tx:
            time = await outbox.business_time(tx)
        if await quiet(database, at=time.at, now=machine.now(), settings=settings):
            return
        await machine.sleep(pause)
        pause = min(pause * 1.5, _LOOK_AT_MOST_SECONDS)


async def _step(database: Database, target: Instant, machine: Machine) -> bool:
    """Moves time to the next timer, or to the target if none is before it; answers whether the target is reached."""
    async with database.transaction() as tx:
        time = await outbox.business_time(tx, lock=True)
        due_at = await outbox.next_timer_at(tx)
        goal = target if due_at is None else min(due_at, target)
        await outbox.set_business_time(tx, BusinessTime(virtual=True, at=max(goal, time.at)))
    async with database.transaction() as tx:
        await outbox.hasten(tx, now=machine.now())
    return goal >= target
