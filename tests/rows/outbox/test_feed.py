"""The feed: positions go to committed events only, without gaps, and a reader that follows them misses nothing."""

from __future__ import annotations

import asyncio
from random import Random

import pytest
from psycopg.types.json import Jsonb

from hub.database.pool import Database
from hub.kernel.scope import HUB, Role, Scope
from hub.messages.events.facts import UnknownFacts
from hub.messages.events.orders import LinesBackordered, LinesReserved
from hub.outbox import operations as outbox
from hub.outbox.errors import CursorInvalid
from hub.outbox.model import Event, EventFilter, EventRecord
from tests.rows.outbox import checks
from tests.rows.outbox.making import AT, NOW, event, identity, minutes, positions


async def emitted(database: Database, *events: Event) -> None:
    async with database.transaction() as tx:
        await outbox.emit(tx, events)


async def test_events_of_late_commits_are_not_skipped(database: Database) -> None:
    await checks.late_commits_are_not_skipped(database)


async def test_a_subscriber_resumes_from_its_cursor_and_sees_each_event_once(database: Database) -> None:
    """Writers commit in a random order while the sequencer and a reader that keeps only its cursor come and go."""
    random = Random(7)
    written, cursor = [event() for _ in range(60)], 0
    seen: list[EventRecord] = []

    async def write(given: list[Event]) -> None:
        async with database.transaction() as tx:
            await outbox.emit(tx, given)
            for _ in range(random.randrange(4)):
                await tx.fetch("SELECT 1")

    waves = [written[start : start + 5] for start in range(0, 60, 5)]
    for first, second, third in zip(waves[::3], waves[1::3], waves[2::3], strict=True):
        await asyncio.gather(write(first), positions(database, limit=3), write(second), write(third))
        await positions(database, limit=4)
        async with database.transaction() as tx:
            page = await outbox.events_after(tx, HUB, cursor, limit=6)
        seen += page
        cursor = page[-1].position or 0
    while await positions(database, limit=7):
        pass
    async with database.transaction() as tx:
        seen += await outbox.events_after(tx, HUB, cursor, limit=100)

    assert [record.position for record in seen] == list(range(1, 61))
    assert {record.event.event_id for record in seen} == {one.event_id for one in written}


async def test_versions_of_an_order_are_in_order_in_the_feed(database: Database) -> None:
    order, other = identity(), identity()
    await emitted(database, event(order, 2), event(other, 1), event(order, 1), event(None, None))
    await emitted(database, event(order, 3))
    await positions(database, limit=2)
    await positions(database)

    async with database.transaction() as tx:
        feed = await outbox.events_after(tx, HUB, 0, limit=10)
        of_order = await outbox.order_events(tx, order)

    assert [record.event.order_version for record in feed if record.event.order_id == order] == [1, 2, 3]
    assert [record.event.order_version for record in of_order] == [1, 2, 3]


async def test_one_sequencer_at_a_time_gives_positions(database: Database) -> None:
    await emitted(database, event())
    assert await positions(database, holder="one") == 1
    await emitted(database, event())

    assert await positions(database, holder="other") is None
    assert await positions(database, holder="other", now=NOW + minutes(2)) == 1
    async with database.transaction() as tx:
        assert await outbox.give_positions(tx, fence=1, limit=9) is None


async def test_two_sequencers_with_one_lease_give_no_position_twice(database: Database) -> None:
    await emitted(database, *[event() for _ in range(20)])

    given = await asyncio.gather(*[positions(database, limit=8) for _ in range(3)])

    assert sum(one or 0 for one in given) == 20
    assert await checks.read_all(database) == list(range(1, 21))


async def test_a_released_lease_is_free_at_once(database: Database) -> None:
    async with database.transaction() as tx:
        fence = await outbox.take_lease(tx, "x", "one", now=NOW, until=NOW + minutes(9))
        assert fence == 1
        assert await outbox.take_lease(tx, "x", "one", now=NOW, until=NOW + minutes(9)) == 1
        assert await outbox.take_lease(tx, "x", "two", now=NOW, until=NOW + minutes(9)) is None
        await outbox.release_lease(tx, "x", fence, now=NOW)
        assert await outbox.take_lease(tx, "x", "two", now=NOW, until=NOW + minutes(9)) == 2


async def test_a_cursor_ahead_of_the_feed_is_refused(database: Database) -> None:
    await emitted(database, event())
    await positions(database)

    async with database.transaction() as tx:
        assert await outbox.events_after(tx, HUB, 1, limit=9) == []
        with pytest.raises(CursorInvalid):
            await outbox.events_after(tx, HUB, 2, limit=9)


async def test_a_limited_principal_sees_only_what_names_its_channels(database: Database) -> None:
    mine, theirs, nobodys = event(channel_id="WEB"), event(channel_id="B2B"), event()
    await emitted(database, mine, theirs, nobodys)
    await positions(database)
    scope = Scope("shop", frozenset({Role.CHANNEL}), channels=frozenset({"WEB"}))

    async with database.transaction() as tx:
        seen = await outbox.events_after(tx, scope, 0, limit=9)
        after_it = await outbox.events_after(tx, scope, 3, limit=9)

    assert [record.event for record in seen] == [mine]
    assert after_it == []


async def test_events_stored_before_they_were_typed_are_read_by_feed_and_by_order(database: Database) -> None:
    """A row of before, and one of a version that knows more events than this one."""
    order = identity()
    stored = (
        "INSERT INTO event (event_id, type, occurred_at, facts, order_id)"
        " VALUES (%(id)s, %(type)s, %(at)s, %(facts)s, %(order)s)"
    )
    reserved = Jsonb({"nodes": "DC-NL (2), ST-AMS (1)", "why": "Near."})
    painted = Jsonb({"color": "red"})
    async with database.transaction() as tx:
        for event_type, facts in (("LinesReserved", reserved), ("OrderPainted", painted)):
            await tx.execute(stored, {"id": identity(), "type": event_type, "at": AT, "facts": facts, "order": order})
    await positions(database)

    async with database.reading() as tx:
        fed = await outbox.events_after(tx, HUB, 0, limit=10)
        told = await outbox.order_events(tx, order)

    expected = [
        LinesReserved(nodes={"DC-NL": 2, "ST-AMS": 1}, why="Near."),
        UnknownFacts(type="OrderPainted", stated={"color": "red"}),
    ]
    assert [record.event.facts for record in fed] == expected
    assert [record.event.facts for record in told] == expected
    assert [record.event.type for record in fed] == ["LinesReserved", "OrderPainted"]


async def test_what_is_read_once_for_many_passes_for_each_as_it_would_read_it_itself(database: Database) -> None:
    random = Random(11)
    names = [None, "A", "B"]

    def some() -> frozenset[str] | None:
        return random.choice([None, frozenset(), frozenset({"A"}), frozenset({"A", "B"})])

    facts = [LinesReserved(nodes={"DC": 1}, why=""), LinesBackordered(quantity=1)]
    events = [
        Event(
            identity(),
            random.choice(facts),
            AT,
            channel_id=random.choice(names),
            seller_id=random.choice(names),
            node_id=random.choice(names),
        )
        for _ in range(80)
    ]
    await emitted(database, *events)
    await positions(database)
    readers = [
        (
            Scope("reader", frozenset(Role), some(), some(), some()),
            EventFilter(types=random.choice([(), ("LinesReserved",)]), channel_id=random.choice(["", "", "A"])),
        )
        for _ in range(40)
    ]
    async with database.reading() as tx:
        everything = await outbox.events_after(tx, HUB, 0, limit=100)
        for reader in readers:
            itself = await outbox.events_after(tx, reader[0], 0, reader[1], limit=100)
            assert [record for record in everything if outbox.passes(record.event, *reader)] == itself
