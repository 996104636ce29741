"""Accounts that a person has paused: nothing of theirs is claimed, and each account is told as it stands."""

from __future__ import annotations

from hub.database.pool import Database
from hub.outbox import operations as outbox
from hub.outbox.model import AccountState
from tests.rows.outbox.making import AT, NOW, appended, buried, claimed, message, minutes, put_off, settled


async def pause(database: Database, account_id: str = "WMS") -> None:
    async with database.transaction() as tx:
        await outbox.pause_account(tx, account_id, "Stocktaking", now=NOW)


async def resume(database: Database, account_id: str = "WMS") -> None:
    async with database.transaction() as tx:
        await outbox.resume_account(tx, account_id)


async def states(database: Database, *account_ids: str) -> list[AccountState]:
    async with database.reading() as tx:
        return await outbox.account_states(tx, account_ids, since=AT - minutes(60))


async def test_nothing_of_a_paused_account_is_claimed_until_it_is_resumed(database: Database) -> None:
    await appended(database, message("A"), message("B"), message("C", account_id="ERP"))
    await pause(database)

    others = await claimed(database)
    await resume(database)
    rest = await claimed(database)

    assert [claim.message.account_id for claim in others] == ["ERP"]
    assert [claim.message.lane for claim in rest] == ["A", "B"]


async def test_what_waits_for_a_paused_account_stops_no_time_and_what_is_in_flight_does(database: Database) -> None:
    async def busy() -> bool:
        async with database.reading() as tx:
            return await outbox.busy(tx, now=NOW, patience=2)

    async def next_at() -> object:
        async with database.reading() as tx:
            return await outbox.next_attempt_at(tx, now=NOW)

    await appended(database, message("A"))
    (claim,) = await claimed(database)
    await pause(database)
    assert await busy()

    await put_off(database, claim, NOW + minutes(5))
    assert (await busy(), await next_at()) == (False, None)

    await resume(database)
    assert await next_at() == NOW + minutes(5)


async def test_an_open_breaker_lets_nothing_try_a_paused_account(database: Database) -> None:
    await appended(database, message("A"))
    await pause(database)
    async with database.transaction() as tx:
        await outbox.open_breaker(tx, "WMS", until=NOW)

    assert await claimed(database, NOW + minutes(1)) == []


async def test_a_pause_keeps_its_beginning_and_reason(database: Database) -> None:
    await pause(database)
    async with database.transaction() as tx:
        since = await outbox.pause_account(tx, "WMS", "Again", now=NOW + minutes(9))

    assert since == NOW
    assert await states(database, "WMS") == [AccountState("WMS", paused_at=NOW, pause_reason="Stocktaking")]


async def test_each_account_is_told_as_it_stands(database: Database) -> None:
    lanes = [message(lane) for lane in "ABCD"]
    await appended(database, *lanes)
    done, failed, dead, _ = await claimed(database)
    await settled(database, done, at=AT)
    await put_off(database, failed, NOW + minutes(5))
    await buried(database, dead)
    async with database.transaction() as tx:
        await outbox.open_breaker(tx, "WMS", until=NOW + minutes(1))

    erp, wms = await states(database, "WMS", "ERP")

    assert erp == AccountState("ERP")
    assert (wms.due, wms.in_flight, wms.failing, wms.dead, wms.settled) == (2, 1, 1, 1, 1)
    assert (wms.oldest_at, wms.last_settled_at, wms.breaker_until) == (AT, AT, NOW + minutes(1))
    assert wms.last_failure
