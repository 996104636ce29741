"""Tasks: planned outside the transaction, applied many at once, each failing for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import InvalidField, StateChanged
from hub.kernel.instant import Instant
from hub.messages.tasks import SettleExchange
from hub.messages.timers import FeedGapDue
from hub.outbox import operations as outbox
from hub.outbox.model import Message, Timer
from hub.work.handlers import FlowTask, Refused
from tests.rows.outbox.making import AT, appended, event, identity, message, minutes
from tests.rows.work.rig import Rig, task


def work(lane: str = "order-1", amount: int = 0) -> Message[SettleExchange]:
    """A task with a number in it."""
    return message(lane, account_id=None, payload=SettleExchange(identity(), amount, 1))


async def test_many_tasks_of_a_kind_are_applied_at_once_with_their_plans(rig: Rig) -> None:
    applied: list[list[tuple[str, Any]]] = []

    async def plan(database: Database, messages: Sequence[Message[SettleExchange]], at: Instant) -> Sequence[Any]:
        return [one.payload.accepted_minor * 2 for one in messages]

    async def run(tx: Tx, messages: Sequence[Message[SettleExchange]], prepared: Sequence[Any], at: Instant) -> Refused:
        applied.append([(one.lane, plan) for one, plan in zip(messages, prepared, strict=True)])
        return None

    rig.tasks = [FlowTask(SettleExchange, run, plan)]
    await appended(rig.database, *[work(f"L{number}", number) for number in range(3)])

    await rig.drain()

    assert applied == [[("L0", 0), ("L1", 2), ("L2", 4)]]


async def test_what_a_task_writes_commits_with_its_settlement_or_not_at_all(rig: Rig) -> None:
    async def run(tx: Tx, messages: Sequence[Message[Any]]) -> Refused:
        await outbox.emit(tx, [event() for _ in messages])
        if any(one.payload.accepted_minor < 0 for one in messages):
            raise RuntimeError("of the flow")
        return None

    rig.tasks = [task(SettleExchange, run)]
    await appended(rig.database, *[work(f"L{number}", -1 if number == 2 else 0) for number in range(5)])

    await rig.drain()

    async with rig.database.transaction() as tx:
        counts = await outbox.counts(tx)
    assert (counts.dead, counts.due, counts.last_position) == (1, 0, 4)
    assert [letter.failure for letter in rig.dead] == ["RuntimeError in the hub's own code; see the log."]


@pytest.mark.parametrize("raising", [True, False])
async def test_what_a_flow_refuses_for_good_dies_at_once(rig: Rig, raising: bool) -> None:  # noqa: FBT001
    tries = 0

    async def run(tx: Tx, messages: Sequence[Message[Any]]) -> Refused:
        nonlocal tries
        tries += 1
        if raising:
            raise InvalidField("no such node")
        return [InvalidField("no such node") for _ in messages]

    rig.tasks = [task(SettleExchange, run)]
    await appended(rig.database, work())

    await rig.drain()

    assert tries == 1
    assert [letter.failure for letter in rig.dead] == ["INVALID_FIELD: no such node"]


@pytest.mark.parametrize("error", [StateChanged("read again"), psycopg.errors.LockNotAvailable("locked")])
async def test_what_may_pass_is_tried_again(rig: Rig, error: Exception) -> None:
    tries: list[int] = []

    async def run(tx: Tx, messages: Sequence[Message[Any]]) -> Refused:
        tries.append(len(messages))
        if len(tries) <= 4:
            raise error
        return None

    rig.tasks = [task(SettleExchange, run)]
    await appended(rig.database, work())

    await rig.drain()

    assert (tries, rig.dead) == ([1] * 5, [])


async def test_a_deadlocked_batch_is_tried_once_more_as_a_whole(rig: Rig) -> None:
    tries: list[int] = []

    async def run(tx: Tx, messages: Sequence[Message[Any]]) -> Refused:
        tries.append(len(messages))
        if len(tries) == 1:
            raise psycopg.errors.DeadlockDetected
        return None

    rig.tasks = [task(SettleExchange, run)]
    await appended(rig.database, *[work(f"L{number}") for number in range(4)])

    await rig.drain()

    assert tries == [4, 4]


async def test_a_plan_that_fails_fails_its_messages(rig: Rig) -> None:
    async def plan(database: Database, messages: Sequence[Message[SettleExchange]], at: Instant) -> Sequence[Any]:
        raise KeyError("units")

    async def run(tx: Tx, messages: Sequence[Message[SettleExchange]], prepared: Sequence[Any], at: Instant) -> Refused:
        raise AssertionError("never reached")

    rig.tasks = [FlowTask(SettleExchange, run, plan)]
    await appended(rig.database, work("A"), work("B"))

    await rig.drain(settings=replace(rig.settings, faults=2))

    assert sorted(letter.message.lane for letter in rig.dead) == ["A", "B"]


async def test_the_business_time_of_a_task_is_read_after_its_claim(rig: Rig) -> None:
    """Between a reading of the clock and a claim, time may be moved and its work appended."""
    seen: list[Instant] = []
    readings = 0

    async def run(tx: Tx, messages: Sequence[Message[SettleExchange]], prepared: Sequence[Any], at: Instant) -> Refused:
        seen.append(at)
        return None

    async def moving(database: Database) -> Instant:
        nonlocal readings
        readings += 1
        if readings == 1:
            await appended(database, work())
        return AT if readings == 1 else AT + minutes(10)

    rig.tasks = [FlowTask(SettleExchange, run)]

    await rig.worker(clock=moving).drain()

    assert seen == [AT + minutes(10)]


async def test_timers_become_tasks_and_what_follows_is_done_too(rig: Rig) -> None:
    fired: list[str] = []

    async def run(tx: Tx, messages: Sequence[Message[Any]]) -> Refused:
        fired.extend(one.payload.source for one in messages)
        await outbox.append(tx, [work(one.payload.source) for one in messages], at=AT)
        return None

    async def follow(tx: Tx, messages: Sequence[Message[Any]]) -> Refused:
        fired.extend(f"after {one.lane}" for one in messages)
        return None

    rig.tasks = [task(FeedGapDue, run), task(SettleExchange, follow)]
    async with rig.database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue("order-1", AT))])

    await rig.drain()

    assert fired == ["order-1", "after order-1"]
