"""Who may work which message, for how long, and how many at once."""

from __future__ import annotations

import asyncio

from hub.database.pool import Database
from hub.outbox import operations as outbox
from hub.outbox.model import OutboxCounts
from tests.rows.outbox import checks
from tests.rows.outbox.making import NOW, appended, buried, claimed, message, minutes, put_off, settled


async def test_a_dead_account_delays_no_other(database: Database) -> None:
    await checks.a_dead_account_delays_no_other(database)


async def test_an_expired_claim_settles_nothing(database: Database) -> None:
    await checks.an_expired_claim_settles_nothing(database)


async def test_a_lost_holder_leaves_an_unknown_outcome(database: Database) -> None:
    await checks.a_lost_holder_leaves_an_unknown_outcome(database)


async def test_an_expired_claim_neither_puts_off_nor_gives_up(database: Database) -> None:
    await appended(database, message())
    late = (await claimed(database))[0]
    other = (await claimed(database, NOW + minutes(2)))[0]

    await put_off(database, late, NOW + minutes(99))
    await buried(database, late)

    assert await settled(database, other) == {other.message.message_id}


async def test_a_renewed_claim_does_not_expire(database: Database) -> None:
    await appended(database, message())
    claim = (await claimed(database))[0]

    async with database.transaction() as tx:
        await outbox.renew(tx, [claim], until=NOW + minutes(3))

    assert await claimed(database, NOW + minutes(2)) == []
    assert len(await claimed(database, NOW + minutes(3))) == 1


async def test_claims_are_renewed_beside_a_transaction_that_takes_answers_in(database: Database) -> None:
    await appended(database, message("A"), message("B"))
    taken, other = await claimed(database)

    async with database.transaction() as taking:
        await outbox.hold(taking, [taken])
        async with asyncio.timeout(10), database.transaction() as tx:
            await outbox.renew(tx, [taken, other], until=NOW + minutes(9))
        assert await claimed(database, NOW + minutes(5)) == []

    (again,) = await claimed(database, NOW + minutes(5))
    assert again.message.message_id == taken.message.message_id


async def test_two_workers_never_have_one_lane_at_once(database: Database) -> None:
    lanes = [f"L{number}" for number in range(30)]
    await appended(database, *[message(lane, account_id=f"A{lane}") for lane in lanes for _ in range(3)])

    rounds = []
    for _ in range(3):
        both = await asyncio.gather(*[claimed(database, limit=40) for _ in range(4)])
        claims = [claim for one in both for claim in one]
        rounds.append(sorted(claim.message.lane for claim in claims))
        await settled(database, *claims)

    assert rounds == [sorted(lanes)] * 3


async def test_an_accounts_ceiling_holds_over_all_workers(database: Database) -> None:
    await appended(database, *[message(f"L{number}") for number in range(20)])

    both = await asyncio.gather(*[claimed(database, ceilings={"WMS": 5}) for _ in range(4)])

    assert sum(len(claims) for claims in both) == 5


async def test_the_first_by_priority_then_age_goes_first(database: Database) -> None:
    late, soon, urgent = message("A"), message("B"), message("C", priority=0)
    await appended(database, soon)
    await appended(database, late, at=NOW + minutes(5))
    await appended(database, urgent, at=NOW + minutes(9))

    first = [claim.message.message_id for claim in await claimed(database, limit=2)]
    assert first == [urgent.message_id, soon.message_id]


async def test_tasks_have_a_ceiling_of_their_own(database: Database) -> None:
    await appended(database, *[message(f"T{number}", "order.confirm", account_id=None) for number in range(9)])

    claims = await claimed(database, ceiling=2, ceilings={"": 7})

    assert [claim.message.account_id for claim in claims] == [None] * 7


async def test_an_open_breaker_holds_everything_then_lets_one_try(database: Database) -> None:
    await appended(database, *[message(f"L{number}") for number in range(4)])
    async with database.transaction() as tx:
        await outbox.open_breaker(tx, "WMS", until=NOW + minutes(1))

    assert await claimed(database) == []
    probes = await claimed(database, NOW + minutes(1))
    assert [claim.probe for claim in probes] == [True]
    assert await claimed(database, NOW + minutes(1)) == []

    async with database.transaction() as tx:
        await outbox.close_breakers(tx, ["WMS"], now=NOW + minutes(1))
    assert [claim.probe for claim in await claimed(database, NOW + minutes(1))] == [False] * 3


async def test_a_partner_is_tried_when_its_breaker_ends_and_wakes_all_that_waits_for_it(database: Database) -> None:
    await appended(database, *[message(f"L{number}") for number in range(3)], message("P", account_id="PSP"))
    first, second, *others = await claimed(database)
    await put_off(database, first, NOW + minutes(30))
    for claim in (second, *others):
        await put_off(database, claim, NOW + minutes(20))
    async with database.transaction() as tx:
        await outbox.open_breaker(tx, "WMS", until=NOW + minutes(1))
        assert await outbox.next_attempt_at(tx, now=NOW) == NOW + minutes(1)

    (probe,) = await claimed(database, NOW + minutes(1))
    async with database.transaction() as tx:
        await outbox.close_breakers(tx, ["WMS"], now=NOW + minutes(1))

    assert (probe.message, probe.probe) == (second.message, True), "put off for the shortest time"
    woken = [claim.message for claim in await claimed(database, NOW + minutes(1))]
    assert {one.account_id for one in woken} == {"WMS"}
    assert len(woken) == 2


async def test_what_waits_for_a_failing_partner_does_not_count_as_busy(database: Database) -> None:
    async def busy() -> bool:
        async with database.transaction() as tx:
            return await outbox.busy(tx, now=NOW, patience=2)

    await appended(database, message("A"), message("A"))
    assert await busy()
    for _ in range(2):
        claim = (await claimed(database, NOW - minutes(9)))[0]
        assert await busy()
        await put_off(database, claim, NOW - minutes(9))
    claim = (await claimed(database))[0]
    await put_off(database, claim, NOW + minutes(9))
    assert not await busy()

    async with database.transaction() as tx:
        assert await outbox.next_attempt_at(tx, now=NOW) == NOW + minutes(9)
        assert await outbox.hasten(tx, now=NOW) == 1
    assert await busy()


async def test_the_counts_tell_what_is_due_in_flight_dead_and_set(database: Database) -> None:
    await appended(database, *[message(f"L{number}") for number in range(5)])
    claims = await claimed(database, limit=3)
    await buried(database, claims[0])
    await settled(database, claims[1])

    async with database.transaction() as tx:
        assert await outbox.counts(tx) == OutboxCounts(due=3, in_flight=1, dead=1, timers=0, last_position=0)
