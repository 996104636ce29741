"""Polls: from the cursor of the last time on, when the partner says its next news is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.messages.timers import PollDue
from hub.messages.updates import Pulled
from hub.messages.warehouse import PullWarehouse, ReleaseFulfillmentOrder
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, Message, Outcome
from hub.work.handlers import PartnerCall
from hub.work.polls import PullCall, next_poll_at
from tests.rows.outbox.making import AT, appended, message, minutes
from tests.rows.work.rig import Rig


class Wire:
    """Has updates up to a business time, and tells them from a cursor on."""

    def __init__(self, *due: float) -> None:
        self.due = [AT + minutes(one) for one in due]
        self.cursors: list[str] = []
        self.told: list[str] = []

    async def pull(self, message: Message[PullWarehouse], cursor: str, at: Instant) -> Answer[Pulled[str]]:
        self.cursors.append(cursor)
        start = int(cursor or 0)
        now = [one for one in self.due[start:] if one <= at]
        later = [one for one in self.due if one > at]
        updates = tuple(str(start + index) for index in range(len(now)))
        return Answer(Outcome.DONE, Pulled(updates, str(start + len(now)), later[0] if later else None))

    async def take(self, tx: Tx, account_id: str, updates: Sequence[str], at: Instant) -> None:
        self.told += [f"{account_id}:{update}" for update in updates]

    def call(self, database: Database, interval: timedelta = timedelta()) -> PullCall[PullWarehouse, str]:
        return PullCall(PullWarehouse, database, self.pull, self.take, lambda _: interval)


async def polls(database: Database) -> list[tuple[str, Instant]]:
    async with database.transaction() as tx:
        return [(one.kind, one.due_at) for one in await outbox.subject_timers(tx, ["WMS"])]


async def poll(database: Database, after: float = 0) -> None:
    async with database.transaction() as tx:
        await outbox.poll_at(tx, [PollDue("WMS", AT + minutes(after), "warehouse.pull")])


async def test_polls_go_on_where_the_last_ended_and_when_there_is_news(rig: Rig) -> None:
    wire = Wire(0, 0, 7, 30)
    rig.calls = [wire.call(rig.database)]
    await poll(rig.database)

    await rig.drain()
    assert (wire.told, await polls(rig.database)) == (["WMS:0", "WMS:1"], [("poll", AT + minutes(7))])

    await rig.worker().drain(AT + minutes(7))
    assert (wire.told[2:], await polls(rig.database)) == (["WMS:2"], [("poll", AT + minutes(30))])

    await rig.worker().drain(AT + minutes(30))
    assert (wire.cursors, wire.told[3:]) == (["", "2", "3"], ["WMS:3"])
    assert await polls(rig.database) == []


async def test_without_a_hint_an_account_is_polled_at_its_interval(rig: Rig) -> None:
    rig.calls = [Wire().call(rig.database, timedelta(minutes=20))]
    await poll(rig.database)

    await rig.drain()

    assert await polls(rig.database) == [("poll", AT + minutes(20))]


@pytest.mark.parametrize("outcome", ["done", "pending"])
async def test_a_call_that_is_done_or_pending_has_its_account_polled_and_a_refused_one_has_not(
    rig: Rig, outcome: str
) -> None:
    wire = Wire(5)
    release = PartnerCall(
        ReleaseFulfillmentOrder, rig.partner.send, rig.partner.find, rig.take, polled_by=PullWarehouse
    )
    rig.calls = [release, wire.call(rig.database)]
    rig.partner.orders = ["refused", outcome]
    await appended(rig.database, message("A"))
    await rig.drain()
    assert (wire.cursors, await polls(rig.database)) == ([], [])

    await appended(rig.database, message("B"))
    await rig.drain()

    assert wire.cursors == [""]
    assert await polls(rig.database) == [("poll", AT + minutes(5))]


async def test_a_poll_asked_for_while_another_is_out_is_not_lost(rig: Rig) -> None:
    wire = Wire(5)

    async def take(tx: Tx, account_id: str, updates: Sequence[str], at: Instant) -> None:
        if len(wire.cursors) == 1:
            await poll(rig.database)

    rig.calls = [PullCall(PullWarehouse, rig.database, wire.pull, take, lambda _: timedelta())]
    await poll(rig.database)

    await rig.drain()

    assert wire.cursors == ["", "0"]


@pytest.mark.parametrize(
    ("said", "updates", "interval", "expected"),
    [
        (AT + minutes(9), [], timedelta(), AT + minutes(9)),
        (AT + minutes(9), [], timedelta(minutes=1), AT + minutes(9)),
        (None, [], timedelta(minutes=1), AT + minutes(1)),
        (None, ["0"], timedelta(), None),
        (AT, ["0"], timedelta(), AT),
        (AT - minutes(3), ["0"], timedelta(), AT),
        (AT, [], timedelta(), AT + timedelta(seconds=1)),
    ],
)
def test_the_next_poll_is_when_the_partner_says(
    said: Instant | None, updates: list[str], interval: timedelta, expected: Instant | None
) -> None:
    assert next_poll_at(Pulled(tuple(updates), "", said), AT, interval) == expected
