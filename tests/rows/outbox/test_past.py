"""What is over moves to the past by months, a bounded number at a time; what is worked on is left alone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.outbox import operations as outbox
from hub.outbox.errors import CursorInvalid
from hub.outbox.model import Event, KeptAnswer, MessageState, Outcome
from tests.rows.outbox.making import AT, appended, claimed, event, identity, message, minutes, positions

LONG_AFTER = AT + timedelta(days=40)


async def emitted(database: Database, *events: Event) -> None:
    """Adds events to the feed."""
    async with database.transaction() as tx:
        await outbox.emit(tx, events)


async def blocked(database: Database) -> None:
    """Comes back once a transaction waits for another one's lock."""
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with asyncio.timeout(10):
        while True:
            async with database.transaction() as tx:
                if await tx.fetch(waiting):
                    return


async def lanes(database: Database) -> dict[str, int]:
    """Lanes and the last numbers they gave."""
    async with database.reading() as tx:
        return {row["lane"]: row["last_number"] for row in await tx.fetch("SELECT lane, last_number FROM lane")}


async def moved(database: Database, limit: int = 100) -> int:
    """Moves messages settled more than a month ago."""
    async with database.transaction() as tx:
        return await outbox.retire_messages(tx, before=LONG_AFTER - timedelta(days=30), limit=limit)


async def settled(database: Database, number: int = 1, *, days: int = 0) -> None:
    """Settles the next messages of any lanes, so many days after they were made."""
    for claim in await claimed(database, limit=number):
        async with database.transaction() as tx:
            await outbox.settle(tx, [(claim, KeptAnswer(Outcome.DONE))], at=AT + timedelta(days=days))


async def test_a_settled_message_moves_and_stays_readable_as_it_was(database: Database) -> None:
    order_id = identity()
    await appended(database, message("pay/1", "payment.capture", order_id=order_id))
    await settled(database)
    async with database.reading() as tx:
        before = await outbox.order_messages(tx, [order_id])

    assert await moved(database) == 1

    async with database.reading() as tx:
        assert await outbox.order_messages(tx, [order_id]) == before
        assert await outbox.list_messages(tx, HUB, MessageState.SETTLED) == before
        assert await tx.fetch("SELECT FROM message") == []
        months = await tx.fetch("SELECT DISTINCT tableoid::regclass::text AS month FROM settled_message")
    assert months == [{"month": "settled_message_2026_03"}]


async def test_each_month_gets_its_own_table_however_often_rows_come(database: Database) -> None:
    for days in (0, 3, 35, 38):
        await appended(database, message(f"pay/{days}"))
        await settled(database, days=days)
        async with database.transaction() as tx:
            await outbox.retire_messages(tx, before=AT + timedelta(days=days, seconds=1), limit=9)

    async with database.reading() as tx:
        rows = await tx.fetch(
            "SELECT tableoid::regclass::text AS month, count(*) FROM settled_message GROUP BY 1 ORDER BY 1"
        )
    assert [(row["month"], row["count"]) for row in rows] == [
        ("settled_message_2026_03", 2),
        ("settled_message_2026_04", 2),
    ]


async def test_what_is_due_dead_or_settled_of_late_stays(database: Database) -> None:
    await appended(database, message("due/1"), message("late/1"))
    claims = await claimed(database, limit=1)
    async with database.transaction() as tx:
        await outbox.bury(tx, [(claims[0], "no")])
    await settled(database, days=39)

    assert await moved(database) == 0


async def test_no_more_move_at_once_than_is_asked_for_the_oldest_first(database: Database) -> None:
    for number in range(5):
        await appended(database, message(f"pay/{number}"))
        await settled(database, days=number)

    assert [await moved(database, limit=2) for _ in range(4)] == [2, 2, 1, 0]


async def test_a_lane_with_nothing_to_do_is_forgotten_and_counts_from_one_when_used_again(database: Database) -> None:
    await appended(database, message("wms/1"), message("wms/1"), message("wms/2"), message("wms/2"))
    await settled(database, 2)
    await settled(database, 1)
    left = await lanes(database)
    assert set(left) == {"wms/1", "wms/2"}

    assert await moved(database) == 3
    (kept,) = await lanes(database)
    (gone,) = set(left) - {kept}
    await appended(database, message(gone))

    assert await lanes(database) == {kept: 2, gone: 1}
    assert {claim.message.lane for claim in await claimed(database, limit=9)} == {kept, gone}


async def test_a_lane_that_is_being_appended_to_is_not_forgotten(database: Database) -> None:
    await appended(database, message("wms/1"))
    await settled(database)
    async with database.transaction() as appending:
        await outbox.append(appending, [message("wms/1")], at=AT)
        await appending.flush()

        assert await moved(database) == 1

    assert await lanes(database) == {"wms/1": 2}


async def test_whoever_appends_to_a_lane_while_it_is_forgotten_waits_and_begins_it_anew(database: Database) -> None:
    await appended(database, message("wms/1"))
    await settled(database)
    async with database.transaction() as moving:
        await outbox.retire_messages(moving, before=LONG_AFTER, limit=9)
        appending = asyncio.create_task(appended(database, message("wms/1")))
        await blocked(database)
    await appending

    assert await lanes(database) == {"wms/1": 1}


async def test_old_events_leave_the_feed_and_stay_with_their_order(database: Database) -> None:
    order_id = identity()
    events = [event(order_id, version) for version in (1, 2, 3)]
    await emitted(database, *events)
    await positions(database)
    async with database.transaction() as tx:
        assert await outbox.retire_events(tx, before=AT + minutes(1), limit=9) == 2

    async with database.reading() as tx:
        assert [one.event for one in await outbox.order_events(tx, order_id)] == events
        assert [one.position for one in await outbox.events_after(tx, HUB, 2, limit=9)] == [3]
    await emitted(database, event())
    await positions(database)
    async with database.reading() as tx:
        assert [one.position for one in await outbox.events_after(tx, HUB, 2, limit=9)] == [3, 4]


@pytest.mark.parametrize("position", [0, 1])
async def test_a_reader_from_before_what_is_kept_is_told_where_the_feed_begins(
    database: Database, position: int
) -> None:
    await emitted(database, event(), event(), event())
    await positions(database)
    async with database.transaction() as tx:
        await outbox.retire_events(tx, before=AT + minutes(1), limit=9)

        with pytest.raises(CursorInvalid, match="begins after 2") as refused:
            await outbox.events_after(tx, HUB, position, limit=9)

    assert refused.value.metadata["first_position"] == "3"


async def test_only_the_old_beginning_of_the_feed_moves(database: Database) -> None:
    old, young = event(), event(at=LONG_AFTER)
    await emitted(database, old, young, event(), event())
    await positions(database)

    async with database.transaction() as tx:
        assert await outbox.retire_events(tx, before=LONG_AFTER, limit=9) == 1


async def test_an_event_without_a_position_and_the_last_of_the_feed_stay(database: Database) -> None:
    await emitted(database, event())
    async with database.transaction() as tx:
        assert await outbox.retire_events(tx, before=LONG_AFTER, limit=9) == 0
    await positions(database)
    async with database.transaction() as tx:
        assert await outbox.retire_events(tx, before=LONG_AFTER, limit=9) == 0
