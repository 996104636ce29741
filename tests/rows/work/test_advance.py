"""Virtual time goes from timer to timer, each step only once its work is done, and stops at its target."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from hub.app.runtime.clock import SystemMachine, open_clock
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import ClockNotVirtual
from hub.kernel.instant import Instant
from hub.messages.timers import FeedGapDue
from hub.outbox import operations as outbox
from hub.outbox.model import Message, Timer
from hub.work.advance import Advanced, advance
from hub.work.handlers import FlowTask, Refused
from hub.work.machine import WorkSettings
from tests.rows.outbox.making import AT, appended, message, minutes
from tests.rows.work.rig import Rig

SETTINGS = WorkSettings(first_wait_seconds=60, longest_wait_seconds=60, breaker_seconds=60, patience=1)


@dataclass
class Living:
    """Two workers that run on virtual time; `seen` is what fired and the business time of it.

    A source in `again` has another timer set when it fires, so many minutes later.
    """

    rig: Rig
    seen: list[tuple[str, Instant]] = field(default_factory=list)
    again: dict[str, float] = field(default_factory=dict)

    async def fire(self, tx: Tx, messages: Sequence[Message[FeedGapDue]], _: Sequence[object], at: Instant) -> Refused:
        for one in messages:
            source = one.payload.source
            self.seen.append((source, at))
            if source in self.again:
                await outbox.set_timers(tx, [Timer(FeedGapDue(f"{source}+", at + minutes(self.again[source])))])
        return None

    async def advance(self, span: timedelta) -> Advanced:
        return await advance(self.rig.database, span, machine=SystemMachine(), settings=SETTINGS)


@pytest.fixture
async def living(rig: Rig) -> AsyncIterator[Living]:
    living = Living(rig)
    clock = await open_clock(rig.database, virtual=True, start_at=AT)
    rig.tasks = [FlowTask(FeedGapDue, living.fire)]
    stop = asyncio.Event()
    changes = {"settings": SETTINGS, "machine": SystemMachine(), "clock": clock}
    workers = [asyncio.create_task(rig.worker(name=name, **changes).run(stop)) for name in ("one", "two")]
    yield living
    stop.set()
    await asyncio.gather(*workers)


async def set_timers(database: Database, *timers: Timer) -> None:
    async with database.transaction() as tx:
        await outbox.set_timers(tx, timers)


async def test_timers_fire_in_order_at_their_own_time_up_to_the_target(living: Living) -> None:
    due = {"c": 50, "a": 10, "b": 20, "beyond": 61, "at-target": 60}
    await set_timers(
        living.rig.database, *[Timer(FeedGapDue(name, AT + minutes(after))) for name, after in due.items()]
    )

    advanced = await living.advance(minutes(60))

    assert living.seen == [(name, AT + minutes(due[name])) for name in ("a", "b", "c", "at-target")]
    assert advanced == Advanced(AT + minutes(60), 4)
    async with living.rig.database.transaction() as tx:
        assert await outbox.next_timer_at(tx) == AT + minutes(61)


async def test_timers_that_follow_from_timers_fire_on_the_way(living: Living) -> None:
    living.again = {"a": 5}
    timers = [Timer(FeedGapDue("a", AT + minutes(10))), Timer(FeedGapDue("b", AT + minutes(20)))]
    await set_timers(living.rig.database, *timers)

    await living.advance(minutes(30))

    assert living.seen == [("a", AT + minutes(10)), ("a+", AT + minutes(15)), ("b", AT + minutes(20))]


async def test_advancing_by_nothing_lets_due_work_finish(living: Living) -> None:
    await appended(living.rig.database, message("A"), message("A", "warehouse.cancel"))

    assert await living.advance(timedelta()) == Advanced(AT, 0)
    assert [taken.kind for taken, _ in living.rig.taken] == ["warehouse.release", "warehouse.cancel"]


async def test_a_partner_that_is_down_does_not_stop_time_and_is_tried_again_at_each_step(living: Living) -> None:
    living.rig.partner.down_until = AT + minutes(60)
    await set_timers(living.rig.database, *[Timer(FeedGapDue(f"t{n}", AT + minutes(20 * n))) for n in range(1, 5)])
    await appended(living.rig.database, message("A"))

    await living.advance(minutes(90))

    assert sorted(set(living.rig.partner.times)) == [AT + minutes(20 * n) for n in range(4)]
    assert (len(living.rig.taken), living.rig.dead) == (1, [])
    assert [name for name, _ in living.seen] == ["t1", "t2", "t3", "t4"]


async def test_real_time_cannot_be_advanced(database: Database) -> None:
    with pytest.raises(ClockNotVirtual):
        await advance(database, minutes(1), machine=SystemMachine(), settings=SETTINGS)


async def test_a_virtual_clock_goes_on_where_it_stood(database: Database) -> None:
    first = await open_clock(database, virtual=True, start_at=AT)
    again = await open_clock(database, virtual=True, start_at=AT + minutes(99))
    as_it_is = await open_clock(database)

    assert [await clock.now(database) for clock in (first, again, as_it_is)] == [AT, AT, AT]
