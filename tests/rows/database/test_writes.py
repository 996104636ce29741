"""Writes that nobody needs an answer to: held back, and sent together."""

from __future__ import annotations

import asyncio

import pytest
from psycopg.pq import TransactionStatus

from hub.database.listening import listening
from hub.database.pool import Database
from tests.rows.database import checks


@pytest.mark.parametrize(
    "check",
    [
        checks.writes_run_in_the_order_of_their_calls,
        checks.a_table_written_twice_is_as_if_one_had_waited_for_the_other,
        checks.a_question_sees_what_was_written_before_it,
        checks.what_goes_first_is_written_before_what_is_held_back,
        checks.what_goes_last_is_written_after_all_else,
        checks.what_is_looked_at_before_the_last_sees_all_else,
        checks.who_does_not_like_what_they_see_undoes_all,
        checks.a_write_that_met_other_rows_than_expected_undoes_all,
        checks.what_is_counted_is_written_in_its_turn,
        checks.a_number_that_is_not_as_expected_undoes_all,
        checks.what_is_asked_within_is_undone_with_the_rest,
    ],
)
async def test_writes_that_go_together_are_as_if_each_went_alone(own: Database, check: checks.Check) -> None:
    await check(own)


async def test_a_transaction_that_breaks_off_has_written_nothing(own: Database) -> None:
    await checks.prepared(own)

    async def broken_off() -> None:
        async with own.transaction() as tx:
            await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "never"})
            raise LookupError

    with pytest.raises(LookupError):
        await broken_off()

    assert await checks.turns(own) == []


async def test_listeners_wake_and_the_number_is_told_once_what_was_held_back_is_sent(own: Database) -> None:
    await checks.prepared(own)
    async with listening(own.url, "woken") as listener:
        async with own.transaction() as tx:
            await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "told"})
            tx.notify("woken")
            tx.tell_number()
            assert tx.number == 0
            await tx.flush()
            (row,) = await tx.fetch("SELECT pg_current_xact_id()::text::bigint AS number")
            told = tx.number
        async with asyncio.timeout(20):
            await listener.heard(20)

    assert told == row["number"] > 0


async def test_what_goes_at_once_is_one_statement(own: Database) -> None:
    """It is its own transaction: nothing stands between the first of it and the moment others see it."""
    await checks.prepared(own)

    async with own.at_once() as tx:
        await tx.write("INSERT INTO first (name, turn) VALUES (%(name)s, txid_current())", {"name": "one"})
        await tx.write(
            "INSERT INTO second (name, turn) VALUES (%(name)s, txid_current())", {"name": "other"}, last=True
        )
        tx.tell_number()
        status = tx._connection.info.transaction_status
    async with own.reading() as reading:
        rows = await reading.fetch("SELECT turn FROM first UNION SELECT turn FROM second")

    assert status is TransactionStatus.IDLE
    assert rows == [{"turn": tx.number}]


async def test_who_writes_no_table_is_refused(own: Database) -> None:
    async with own.transaction() as tx:
        with pytest.raises(ValueError, match="writes no table"):
            await tx.write("SELECT %(one)s", {"one": 1})


async def test_plans_follow_the_growth_of_tables(database_url: str) -> None:
    async with Database(database_url, max_connections=1) as database:
        await checks.plans_follow_the_growth_of_tables(database)
