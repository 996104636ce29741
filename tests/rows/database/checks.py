"""What writes that go together must hold, as checks that a naive variant turns red."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from psycopg.errors import DivisionByZero

from hub.database.arrays import bigints
from hub.database.pool import FIRST_REPLANNING, Database
from hub.database.tx import AssumptionBroken

Check = Callable[[Database], Awaitable[None]]
TABLES = ("first", "second", "third")


async def prepared(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute("CREATE SEQUENCE turn")
        for table in TABLES:
            await tx.execute(f"CREATE TABLE {table} (name text, turn bigint DEFAULT nextval('turn'))")


async def turns(database: Database) -> list[str]:
    """What was written, in the order of the writing."""
    union = " UNION ALL ".join(f"SELECT name, turn FROM {table}" for table in TABLES)
    async with database.reading() as tx:
        return [row["name"] for row in await tx.fetch(f"SELECT name FROM ({union}) AS all_of_them ORDER BY turn")]


async def writes_run_in_the_order_of_their_calls(database: Database) -> None:
    await prepared(database)

    async with database.transaction() as tx:
        for table in TABLES:
            await tx.write(f"INSERT INTO {table} (name) VALUES (%(name)s)", {"name": table})

    assert await turns(database) == list(TABLES)


async def a_table_written_twice_is_as_if_one_had_waited_for_the_other(database: Database) -> None:
    await prepared(database)

    async with database.transaction() as tx:
        await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "was"})
        await tx.write("INSERT INTO second (name) VALUES (%(name)s)", {"name": "between"})
        await tx.write("UPDATE first SET name = %(to)s WHERE name = %(name)s", {"name": "was", "to": "is"})

    assert await turns(database) == ["is", "between"]


async def a_question_sees_what_was_written_before_it(database: Database) -> None:
    await prepared(database)

    async with database.transaction() as tx:
        await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "written"})
        found = await tx.fetch("SELECT name, 7 %% 4 AS rest FROM first")

    assert found == [{"name": "written", "rest": 3}]


async def what_goes_first_is_written_before_what_is_held_back(database: Database) -> None:
    await prepared(database)

    async with database.transaction() as tx:
        for table, first in (("first", False), ("second", False), ("third", True)):
            await tx.write(f"INSERT INTO {table} (name) VALUES (%(name)s)", {"name": table}, first=first)

    assert await turns(database) == ["third", "first", "second"]


async def what_goes_last_is_written_after_all_else(database: Database) -> None:
    await prepared(database)

    async with database.transaction() as tx:
        await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "last"}, last=True)
        await tx.write("INSERT INTO second (name) VALUES (%(name)s)", {"name": "held"})
        await tx.fetch("SELECT 1")
        await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "held too"})

    assert await turns(database) == ["held", "held too", "last"]


async def what_is_looked_at_before_the_last_sees_all_else(database: Database) -> None:
    await prepared(database)
    seen = []

    async def look() -> None:
        counts = "SELECT (SELECT count(*) FROM first) AS first, (SELECT count(*) FROM second) AS second"
        seen.extend(await tx.fetch(counts))

    async with database.at_once() as tx:
        tx.before_last(look)
        await tx.write("INSERT INTO second (name) VALUES (%(name)s)", {"name": "last"}, last=True)
        await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "before"})

    assert seen == [{"first": 1, "second": 0}]
    assert await turns(database) == ["before", "last"]


async def who_does_not_like_what_they_see_undoes_all(database: Database) -> None:
    await prepared(database)

    async def look() -> None:
        raise AssumptionBroken("seen enough")

    with suppress(AssumptionBroken):
        async with database.at_once() as tx:
            tx.before_last(look)
            await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "before"})
            await tx.flush()

    assert await turns(database) == []


async def a_write_that_met_other_rows_than_expected_undoes_all(database: Database) -> None:
    await prepared(database)
    removed = "DELETE FROM second WHERE name = %(name)s RETURNING name"
    told = []

    for rows in (0, 1):
        try:
            async with database.transaction() as tx:
                await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "beside"})
                await tx.write(removed, {"name": "nobody"}, last=True, rows=rows)
        except AssumptionBroken as error:
            told.append((rows, "rows of second" in str(error)))

    assert told == [(1, True)]
    assert await turns(database) == ["beside"]


async def what_is_counted_is_written_in_its_turn(database: Database) -> None:
    await prepared(database)
    counted = "INSERT INTO second (name) VALUES (%(name)s) RETURNING name"

    async with database.transaction() as tx:
        await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": "first"})
        await tx.write(counted, {"name": "counted"}, rows=1)
        await tx.write("INSERT INTO third (name) VALUES (%(name)s)", {"name": "third"})

    assert await turns(database) == ["first", "counted", "third"]


async def a_number_that_is_not_as_expected_undoes_all(database: Database) -> None:
    await prepared(database)

    for number in (7, 8, None):
        try:
            async with database.at_once() as tx:
                tx.expect("(SELECT 3 + 4)", number)
                await tx.write("INSERT INTO first (name) VALUES (%(name)s)", {"name": str(number)})
        except AssumptionBroken:
            assert number != 7

    assert await turns(database) == ["7"]


async def what_is_asked_within_is_undone_with_the_rest(database: Database) -> None:
    """Also where it would go at once but for a question, or for a table that is written twice."""
    await prepared(database)
    insert = "INSERT INTO first (name) VALUES (%(name)s)"

    async def asking() -> None:
        async with database.at_once() as tx:
            await tx.write(insert, {"name": "before the question"})
            await tx.fetch("SELECT 1")
            raise LookupError

    async def writing_twice() -> None:
        async with database.at_once() as tx:
            await tx.write(insert, {"name": "once"})
            await tx.write("INSERT INTO first (name) VALUES ((1 / %(zero)s::bigint)::text)", {"zero": 0}, last=True)

    for broken in (asking, writing_twice):
        try:
            await broken()
        except (LookupError, DivisionByZero):
            continue
        raise AssertionError("it did not break")

    assert await turns(database) == []


async def plans_follow_the_growth_of_tables(database: Database) -> None:
    """A plan made for a few rows reads them all; made anew for many it looks for those that are wanted."""
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE known (key bigint PRIMARY KEY, value text)")
        await tx.execute("INSERT INTO known SELECT one, 'x' FROM generate_series(1, 40) AS one")
        await tx.execute("ANALYZE known")
    plan = await _plan_after(database, 20)
    assert "Seq Scan on known" in plan, plan

    async with database.transaction() as tx:
        await tx.execute("INSERT INTO known SELECT one, 'x' FROM generate_series(41, 20000) AS one")
    plan = await _plan_after(database, FIRST_REPLANNING)
    assert "Index Scan using known_pkey" in plan, plan


async def _plan_after(database: Database, transactions: int) -> str:
    """How keys are looked up after so many transactions that did."""
    looking = "SELECT known.value FROM unnest(%(keys)s) AS given(key) JOIN known USING (key)"
    for _ in range(transactions):
        async with database.transaction() as tx:
            await tx.fetch(looking, {"keys": bigints([1, 2])})
    async with database.transaction() as tx:
        (one,) = await tx.fetch("SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT known%%'")
        rows = await tx.fetch(f"EXPLAIN EXECUTE {one['name']}('{{1,2}}')")
    return "\n".join(row["QUERY PLAN"] for row in rows)
