"""Memory is what is stored, whatever commits late, is given up, counted, cut off or forgotten meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from hub.availability.errors import PositionNotReached
from hub.database.listening import listening
from hub.database.pool import Database
from hub.inventory import operations as inventory
from tests.rows.availability import checks
from tests.rows.availability.checks import add, followed, remembered


async def test_what_commits_late_is_not_missed(database: Database) -> None:
    await checks.what_commits_late_is_not_missed(database)


async def test_a_lost_connection_loses_nothing(database: Database) -> None:
    await checks.a_lost_connection_loses_nothing(database)


async def test_who_was_away_too_long_loads_anew(database: Database) -> None:
    await checks.who_was_away_too_long_loads_anew(database)


async def test_a_count_is_taken_whole(database: Database) -> None:
    await checks.a_count_is_taken_whole(database)


@pytest.mark.parametrize("seed", range(1, 6))
async def test_memory_is_what_is_stored_after_any_interleaving(database: Database, seed: int) -> None:
    await checks.memory_is_what_is_stored(database, seed=seed)


async def test_a_position_is_waited_for_until_it_is_committed(database: Database) -> None:
    async with followed(database) as follower:
        async with database.transaction() as tx:
            number = await add(tx, 5)
            with pytest.raises(PositionNotReached):
                await follower.reached(number, asyncio.get_running_loop().time() + 0.05)
            assert remembered(follower) == {}
        await follower.reached(number, checks.in_time())

        assert remembered(follower) == {("SHIRT", "DC-NL"): 5}
        assert follower.board.cut.position >= number


async def test_a_long_transaction_of_others_holds_up_nobody_who_asks_for_their_own(database: Database) -> None:
    async with followed(database) as follower, database.transaction() as long:
        await long.own_number()
        async with database.transaction() as tx:
            number = await add(tx, 5)

        await follower.reached(number, checks.in_time())

        assert remembered(follower) == {("SHIRT", "DC-NL"): 5}
        assert follower.board.cut.position < number


async def test_how_late_changes_come_to_memory_is_counted(database: Database) -> None:
    async with followed(database) as follower:
        for _ in range(3):
            async with database.transaction() as tx:
                number = await add(tx, 1)
            await follower.reached(number, checks.in_time())

        assert follower.delays.count == 3
        assert 0 < follower.delays.quantile(0.5) <= follower.delays.quantile(1) == follower.delays.most_seconds


async def test_what_all_have_read_is_forgotten_and_what_is_fresh_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, 1)
    async with database.transaction() as tx:
        await inventory.forget(tx)
        kept = await tx.fetch("SELECT number FROM stock_change")
    async with database.transaction() as tx:
        await inventory.forget(tx, older_than_seconds=0)
        left = await tx.fetch("SELECT number FROM stock_change")

    assert (len(kept), len(left)) == (1, 0)


async def test_a_look_reads_by_the_index_though_its_plan_was_made_while_the_feed_was_small(database: Database) -> None:
    async with listening(database.url, inventory.CHANNEL) as listener:
        await listener.tx.execute("VACUUM ANALYZE stock_change")
        start = await inventory.cut(listener.tx)
        for _ in range(10):
            await inventory.after(listener.tx, start)
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO stock_change (number) SELECT '1'::xid8 FROM generate_series(1, 20000)")

        (kept,) = await listener.tx.fetch(
            "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%%FROM stock_change_floor%%'"
            " ORDER BY prepare_time LIMIT 1"
        )
        plan = await listener.tx.fetch(f"EXPLAIN EXECUTE {kept['name']}('{start.horizon}', '{start.snapshot}')")

        lines = "\n".join(row["QUERY PLAN"] for row in plan)
        assert "stock_change_number" in lines
        assert "Seq Scan on stock_change " not in lines
