"""What is relied on of a server's order of writes is looked at; where it is another, each write goes alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from hub.database import tx as writing
from hub.database.pool import Database
from hub.database.write_order import probe
from tests.rows.database import checks

CHECKS = [
    checks.writes_run_in_the_order_of_their_calls,
    checks.what_goes_first_is_written_before_what_is_held_back,
    checks.what_goes_last_is_written_after_all_else,
    checks.what_is_looked_at_before_the_last_sees_all_else,
    checks.a_write_that_met_other_rows_than_expected_undoes_all,
    checks.what_is_counted_is_written_in_its_turn,
    checks.a_number_that_is_not_as_expected_undoes_all,
    checks.what_is_asked_within_is_undone_with_the_rest,
]


def backwards(together: Callable[..., Any]) -> Callable[..., Any]:
    """Statements as a server would run them that takes writes the other way round."""

    def turned(writes: Any, channels: Any, expected: Any, *, numbered: bool) -> Any:
        last = len(writes) - 1
        text, places = together(tuple(reversed(writes)), channels, expected, numbered=numbered)
        return text, [(last - index if index <= last else index, name) for index, name in places]

    return turned


@pytest.fixture
def other_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server runs writes in another order."""
    monkeypatch.setattr(writing, "_together", backwards(writing._together))


async def test_a_server_with_the_order_that_is_needed_is_trusted(
    own: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await probe(own)

    assert own.writes_together
    assert not caplog.records


@pytest.mark.usefixtures("other_order")
async def test_a_server_with_another_order_is_not_trusted_and_that_is_said_once(
    own: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await probe(own)

    assert not own.writes_together
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "each write is sent alone" in record.message
    assert "probe_third, probe_taken, probe_second, probe_first" in record.message


@pytest.mark.usefixtures("other_order")
@pytest.mark.parametrize("check", CHECKS)
async def test_on_a_server_with_another_order_writes_go_in_the_order_of_their_calls(
    own: Database, check: checks.Check
) -> None:
    await probe(own)

    await check(own)


@pytest.mark.usefixtures("other_order")
async def test_unless_that_is_looked_at_they_do_not(own: Database) -> None:
    with pytest.raises(AssertionError):
        await checks.writes_run_in_the_order_of_their_calls(own)


async def test_a_server_that_does_not_let_the_hub_look_is_not_trusted(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
        connection.execute("CREATE ROLE no_temporary_tables")
    async with Database(database_url, max_connections=1) as database:
        async with database.transaction() as tx:
            await tx.execute("SET SESSION AUTHORIZATION no_temporary_tables")
        await probe(database)
        async with database.transaction() as tx:
            await tx.execute("RESET SESSION AUTHORIZATION")
            await tx.execute("DROP ROLE no_temporary_tables")

    assert not database.writes_together
    assert "no temporary tables" in caplog.text


async def test_nothing_is_left_behind(own: Database) -> None:
    for _ in range(2):
        await probe(own)

    async with own.reading() as tx:
        left = await tx.fetch("SELECT relname FROM pg_class WHERE relname LIKE 'probe%%'")
    assert not left
