"""Workers as they run: side by side, woken by what others commit, ending what they began."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from hub.app.runtime.clock import SystemMachine
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.messages.timers import FeedGapDue
from hub.outbox import operations as outbox
from hub.outbox.model import Claim, Timer
from hub.work.machine import WorkSettings
from hub.work.sequencer import Sequencer
from tests.rows.outbox.making import AT, NOW, appended, event, message, minutes
from tests.rows.work.rig import Machine, Rig, task

WOKEN = WorkSettings(idle_seconds=600)
"""Nothing is found by looking again: only by being woken."""


@asynccontextmanager
async def running(rig: Rig, *names: str, **changes: Any) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    given = {"settings": WOKEN, "machine": SystemMachine()} | changes
    workers = [asyncio.create_task(rig.worker(name=name, **given).run(stop)) for name in names]
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.gather(*workers)


async def test_workers_are_woken_by_messages_and_share_them(rig: Rig) -> None:
    rig.enough = lambda: len(rig.taken) == 60
    async with running(rig, "one", "two"):
        for lane in range(20):
            await appended(rig.database, *[message(f"L{lane}", account_id=f"A{lane}") for _ in range(3)])
        await rig.had_enough.wait()

    assert Counter(taken.lane for taken, _ in rig.taken) == Counter({f"L{lane}": 3 for lane in range(20)})
    assert len(rig.partner.sends) == len(rig.partner.effects) == 60


async def test_the_feed_is_numbered_as_events_are_committed(rig: Rig) -> None:
    async with running(rig, "one", "two"):
        async with rig.database.transaction() as tx:
            await outbox.emit(tx, [event(), event()])
        last = 0
        while last < 2:
            async with rig.database.transaction() as tx:
                last = (await outbox.counts(tx)).last_position
    async with rig.database.transaction() as tx:
        assert [one.position for one in await outbox.events_after(tx, HUB, 0, limit=9)] == [1, 2]


async def test_a_worker_that_stops_ends_what_it_began_and_begins_no_more(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.partner.gate, stop = (gate := asyncio.Event()), asyncio.Event()
    worker = rig.worker(settings=WOKEN, machine=SystemMachine())
    claim = worker._deliveries.claim

    async def stopping() -> list[Claim]:
        claims = await claim()
        if rig.partner.called.is_set():
            stop.set()
            gate.set()
        return claims

    monkeypatch.setattr(worker._deliveries, "claim", stopping)
    await appended(rig.database, message("A"), message("A", "warehouse.cancel"))
    running_on = asyncio.create_task(worker.run(stop))
    await rig.partner.called.wait()
    worker._wake.set()
    await running_on

    assert [taken.kind for taken, _ in rig.taken] == ["warehouse.release"]
    async with rig.database.transaction() as tx:
        counts = await outbox.counts(tx)
    assert (counts.due, counts.in_flight) == (1, 0)


async def test_a_worker_that_is_stopped_as_it_claims_delivers_what_it_claimed(rig: Rig) -> None:
    stop = asyncio.Event()

    def stopping() -> dict[str, int]:
        stop.set()
        return {}

    await appended(rig.database, message("A"))
    await rig.worker(settings=WOKEN, machine=SystemMachine(), ceilings=stopping).run(stop)

    assert len(rig.taken) == 1
    async with rig.database.transaction() as tx:
        counts = await outbox.counts(tx)
    assert (counts.due, counts.in_flight) == (0, 0)


async def test_what_a_stopped_worker_could_not_end_another_takes_over(rig: Rig) -> None:
    rig.partner.gate = asyncio.Event()
    one = message("A")
    async with running(rig, "one", settings=replace(WOKEN, grace_seconds=0)):
        await appended(rig.database, one)
        await rig.partner.called.wait()

    rig.partner.gate = None
    await rig.drain(machine=Machine(SystemMachine().now() + minutes(5)))

    assert (rig.partner.sends, rig.partner.finds) == ([one.message_id] * 2, [one.message_id])
    assert len(rig.taken) == len(rig.partner.effects) == 1


async def test_a_long_delivery_keeps_its_lease(rig: Rig) -> None:
    worker = rig.worker()
    rig.partner.gate = asyncio.Event()
    await appended(rig.database, message())
    draining = asyncio.create_task(worker.drain(AT))
    await rig.partner.called.wait()

    rig.machine.at += minutes(1)
    await worker._deliveries.renew()
    async with rig.database.transaction() as tx:
        taken_over = await outbox.claim(
            tx, now=rig.machine.at, until=rig.machine.at, ceilings={}, default_ceiling=9, limit=9
        )
    rig.partner.gate.set()
    await draining

    assert taken_over == []
    assert len(rig.taken) == 1


async def test_the_next_sequencer_waits_for_the_lease_or_its_release(database: Database) -> None:
    machine = Machine()
    one, other = (Sequencer(database, WorkSettings(), machine, name) for name in ("one", "other"))
    async with database.transaction() as tx:
        await outbox.emit(tx, [event()])

    assert await one.run_once() == 1
    assert await other.run_once() is None
    await one.release()
    assert await other.run_once() == 0
    machine.at = NOW + minutes(9)
    assert await one.run_once() == 0


async def test_a_sequencer_works_off_more_than_one_batch(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.emit(tx, [event() for _ in range(25)])

    assert await Sequencer(database, WorkSettings(position_limit=10), Machine(), "one").run_once() == 25


async def test_many_timers_are_fired_in_several_transactions(rig: Rig) -> None:
    fired: list[str] = []

    async def run(tx: Any, messages: Any) -> None:
        fired.extend(one.payload.source for one in messages)

    rig.tasks = [task(FeedGapDue, run)]
    async with rig.database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue(f"s{number:02}", AT)) for number in range(25)])

    await rig.drain(settings=replace(rig.settings, timer_limit=10, claim_limit=7))

    assert sorted(fired) == [f"s{number:02}" for number in range(25)]


async def test_a_worker_that_is_not_ready_begins_nothing(rig: Rig) -> None:
    ready, looked = [False], asyncio.Event()

    def is_ready() -> bool:
        looked.set()
        return ready[0]

    async with running(rig, "one", ready=is_ready, settings=WorkSettings(idle_seconds=0.02)):
        await appended(rig.database, message("A"))
        for _ in range(3):
            looked.clear()
            await looked.wait()
        assert rig.partner.sends == []
        ready[0] = True
        await rig.partner.called.wait()
