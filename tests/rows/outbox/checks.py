"""What must hold of lanes, claims and the feed, as functions: run here on the outbox, in `tests/faults` on mutants."""

from __future__ import annotations

from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.outbox import operations as outbox
from hub.outbox.model import MessageState
from tests.rows.outbox.making import NOW, appended, claimed, event, message, minutes, positions, put_off, settled


async def a_cancel_waits_for_its_release(database: Database) -> None:
    release, cancel = message(kind="warehouse.release", priority=9), message(kind="warehouse.cancel", priority=0)
    await appended(database, release)
    await appended(database, cancel)

    first = await claimed(database)
    assert [claim.message for claim in first] == [release]
    assert await claimed(database) == []

    await put_off(database, first[0], NOW + minutes(5))
    assert await claimed(database) == []

    again = await claimed(database, NOW + minutes(5))
    assert [claim.message for claim in again] == [release]
    await settled(database, *again)
    assert [claim.message for claim in await claimed(database)] == [cancel]


async def a_dead_account_delays_no_other(database: Database) -> None:
    await appended(database, *[message(f"DEAD/{number}", account_id="DEAD", priority=0) for number in range(40)])
    await appended(database, *[message(f"LIVE/{number}", account_id="LIVE") for number in range(3)])

    first = await claimed(database, limit=20, ceiling=8)
    second = await claimed(database, limit=20, ceiling=8)

    accounts = [claim.message.account_id for claim in first]
    assert (accounts.count("DEAD"), accounts.count("LIVE")) == (8, 3)
    assert second == []


async def an_expired_claim_settles_nothing(database: Database) -> None:
    await appended(database, message())
    late = (await claimed(database))[0]
    other = (await claimed(database, NOW + minutes(2)))[0]

    assert await settled(database, late) == set()
    async with database.transaction() as tx:
        assert await outbox.hold(tx, [late]) == set()
        assert await outbox.list_messages(tx, HUB, MessageState.SETTLED) == []
    assert await settled(database, other) == {other.message.message_id}


async def a_lost_holder_leaves_an_unknown_outcome(database: Database) -> None:
    await appended(database, message())

    first = (await claimed(database))[0]
    second = (await claimed(database, NOW + minutes(2)))[0]

    assert (first.unknown, second.unknown) == (False, True)
    assert second.fence > first.fence


async def late_commits_are_not_skipped(database: Database) -> None:
    async with database.transaction() as late:
        await outbox.emit(late, [event()])
        await late.flush()
        async with database.transaction() as early:
            await outbox.emit(early, [event(), event()])
        await positions(database)
        seen = await read_all(database)
        assert len(seen) == 2
    await positions(database)
    seen += await read_all(database, after=seen[-1])

    assert seen == [1, 2, 3]


async def read_all(database: Database, *, after: int = 0) -> list[int]:
    async with database.transaction() as tx:
        found = await outbox.events_after(tx, HUB, after, limit=100)
    return [record.position for record in found if record.position is not None]
