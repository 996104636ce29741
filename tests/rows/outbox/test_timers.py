"""Timers: one per subject and kind, and each becomes one message when it is due."""

from __future__ import annotations

import asyncio
from typing import Any

from hub.database.pool import Database
from hub.messages.payload import TimerPayload
from hub.messages.timers import FeedGapDue, PollDue, PublishStockDue
from hub.messages.warehouse import PullWarehouse
from hub.outbox import operations as outbox
from hub.outbox.model import BusinessTime, Message, Timer
from tests.rows.outbox.making import AT, appended, claimed, identity, message, minutes


async def fired(database: Database, *, after: float = 0) -> list[Message[Any]]:
    """Fires what is due some minutes after AT, and answers the messages it became."""
    async with database.transaction() as tx:
        await outbox.fire_timers(tx, at=AT + minutes(after), limit=100, identities=identity)
    return sorted((claim.message for claim in await claimed(database, ceiling=100)), key=lambda one: one.message_id)


async def test_setting_a_timer_again_replaces_it(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue("wms", AT)), Timer(FeedGapDue("shop", AT))])
    async with database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue("wms", AT + minutes(5)))])

    assert [one.payload for one in await fired(database)] == [FeedGapDue("shop", AT)]
    assert [one.payload for one in await fired(database, after=5)] == [FeedGapDue("wms", AT + minutes(5))]


async def test_of_two_equal_timers_in_one_call_the_last_stands(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue("a", AT + minutes(9))), Timer(FeedGapDue("a", AT))])
        assert [one.due_at for one in await outbox.subject_timers(tx, ["a"])] == [AT]


async def test_a_cleared_timer_does_not_fire(database: Database) -> None:
    async with database.transaction() as tx:
        due: list[TimerPayload] = [FeedGapDue("a", AT), PublishStockDue("a", AT), FeedGapDue("b", AT)]
        await outbox.set_timers(tx, [Timer(payload) for payload in due])
        await outbox.clear_timers(tx, [(FeedGapDue, "a"), (FeedGapDue, "b"), (FeedGapDue, "nobody")])

    assert [(one.kind, one.lane) for one in await fired(database)] == [("timer.publish_stock", "timer:publish_stock:a")]


async def test_a_timer_fires_once_and_in_the_order_of_time(database: Database) -> None:
    async with database.transaction() as tx:
        due = [FeedGapDue(f"s{after}", AT + minutes(after)) for after in (3, 1, 2, 7)]
        await outbox.set_timers(tx, [Timer(payload, order_id=identity()) for payload in due])

    first = await fired(database, after=5)

    assert [one.payload.source for one in first] == ["s1", "s2", "s3"]
    assert await fired(database, after=5) == []
    async with database.transaction() as tx:
        assert await outbox.next_timer_at(tx) == AT + minutes(7)
        assert (await outbox.business_time(tx)).fired_timers == 3


async def test_a_timer_keeps_its_order_and_its_trace(database: Database) -> None:
    order_id, trace = identity(), "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    async with database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue("s", AT), order_id=order_id, traceparent=trace)])

    assert [(one.order_id, one.traceparent, one.account_id) for one in await fired(database)] == [
        (order_id, trace, None)
    ]


async def test_a_poll_becomes_a_call_of_its_account(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.poll_at(tx, [PollDue("WMS", AT, "warehouse.pull")])

    poll = (await fired(database))[0]

    assert (poll.account_id, poll.lane, poll.payload) == ("WMS", "pull:WMS", PullWarehouse())


async def test_a_poll_is_only_ever_brought_forward(database: Database) -> None:
    async def due(*after: float) -> list[object]:
        async with database.transaction() as tx:
            await outbox.poll_at(tx, [PollDue("WMS", AT + minutes(one), "warehouse.pull") for one in after])
            return [(one.kind, one.due_at) for one in await outbox.subject_timers(tx, ["WMS"])]

    assert await due(9, 12) == [("poll", AT + minutes(9))]
    assert await due(30) == [("poll", AT + minutes(9))]
    assert await due(8, 4) == [("poll", AT + minutes(4))]


async def test_two_workers_fire_each_timer_once(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.set_timers(tx, [Timer(FeedGapDue(f"s{number}", AT)) for number in range(20)])

    async def fire() -> int:
        async with database.transaction() as tx:
            return await outbox.fire_timers(tx, at=AT, limit=15, identities=identity)

    counts = await asyncio.gather(fire(), fire(), fire())

    assert sum(counts) == 20
    assert len(await fired(database)) == 20


async def test_virtual_time_never_goes_back(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.set_business_time(tx, BusinessTime(virtual=True, at=AT))
        await outbox.set_business_time(tx, BusinessTime(virtual=True, at=AT - minutes(5)))
        assert await outbox.business_time(tx, lock=True) == BusinessTime(virtual=True, at=AT)


async def test_a_message_is_not_a_timer(database: Database) -> None:
    await appended(database, message())

    async with database.transaction() as tx:
        assert await outbox.next_timer_at(tx) is None
        assert await outbox.fire_timers(tx, at=AT, limit=5, identities=identity) == 0
