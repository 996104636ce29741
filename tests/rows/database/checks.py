"""What writes that go together must hold, as checks that a naive variant turns red."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from hub.database.pool import Database

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
