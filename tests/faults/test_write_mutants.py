"""Each check of writes that go together goes red on a naive variant."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from hub.database import pool
from hub.database import tx as writing
from hub.database.pool import Database
from hub.database.tx import Tx
from tests.rows.database import checks


def in_the_order_of_calls(_: Any) -> Any:
    """Writes put down as they came: PostgreSQL runs the last one first."""

    def naive(writes: Any, *_: Any, **__: Any) -> Any:
        parts = [sql.replace("%(", f"%({index}_") for index, (sql, *_) in enumerate(writes)]
        named = ", ".join(f"write_{index} AS ({part})" for index, part in enumerate(parts))
        text, names = writing._raw(f"WITH {named} SELECT ")
        return text, [(int(index), name) for index, _, name in (one.partition("_") for one in names)]

    return naive


def whatever_the_table(_: Any) -> Any:
    """Writes of one table in one statement: neither sees the other's rows."""
    return lambda sql: sql


def never_before_a_question(_: Any) -> Any:
    """A question that is asked before what was held back is sent."""

    async def naive(self: Tx, sql: str, params: Any = writing.NO_PARAMS, *, ahead: bool = False) -> Any:
        return await (await self._run(sql, params)).fetchall()

    return naive


def whatever_goes_first(_: Any) -> Any:
    """Writes in the order of their calls, those that are to go first too."""
    write = Tx.write

    async def naive(self: Tx, sql: str, params: Any, **how: Any) -> None:
        await write(self, sql, params, **{**how, "first": False})

    return naive


def whatever_goes_last(_: Any) -> Any:
    """Writes in the order of their calls, those that are to go last too; nobody counts what they meet."""
    write = Tx.write

    async def naive(self: Tx, sql: str, params: Any, **how: Any) -> None:
        await write(self, sql, params, **{**how, "last": False, "rows": None})

    return naive


def whatever_is_seen(_: Any) -> Any:
    """Nobody looks before what goes last."""
    return lambda *_: None


def whenever_it_is_seen(_: Any) -> Any:
    """A look that comes after what goes last."""

    def naive(self: Tx, look: Any) -> None:
        finish = self.finish

        async def finished() -> None:
            await finish()
            await look()

        self.finish = finished  # type: ignore[method-assign]  # for this one transaction

    return naive


def whoever_is_counted_first(together: Any) -> Any:
    """Counting only what is to be counted: PostgreSQL does that first."""

    def naive(*given: Any, **how: Any) -> Any:
        text, places = together(*given, **how)
        return re.sub(rb"SELECT \(SELECT count\(\*\) FROM write_0\), ", b"SELECT ", text), places

    return naive


def whatever_is_found(together: Any) -> Any:
    """Numbers that are looked at, and taken whatever they are."""

    def naive(*given: Any, **how: Any) -> Any:
        text, places = together(*given, **how)
        return re.sub(rb"ELSE 'unexpected: .*?' END", b"ELSE 'true' END", text), places

    return naive


def never_begun(_: Any) -> Any:
    """A transaction that does not begin where all does not go at once."""

    async def naive(_: Any) -> None:
        return None

    return naive


def never_anew(_: Any) -> Any:
    """Plans that stay as they were made."""

    async def naive(_: Any) -> None:
        return None

    return naive


@pytest.mark.parametrize(
    ("target", "name", "mutate", "check"),
    [
        (writing, "_together", in_the_order_of_calls, checks.writes_run_in_the_order_of_their_calls),
        (writing, "_table", whatever_the_table, checks.a_table_written_twice_is_as_if_one_had_waited_for_the_other),
        (Tx, "fetch", never_before_a_question, checks.a_question_sees_what_was_written_before_it),
        (Tx, "write", whatever_goes_first, checks.what_goes_first_is_written_before_what_is_held_back),
        (Tx, "write", whatever_goes_last, checks.what_goes_last_is_written_after_all_else),
        (Tx, "write", whatever_goes_last, checks.a_write_that_met_other_rows_than_expected_undoes_all),
        (Tx, "before_last", whatever_is_seen, checks.who_does_not_like_what_they_see_undoes_all),
        (Tx, "before_last", whenever_it_is_seen, checks.what_is_looked_at_before_the_last_sees_all_else),
        (writing, "_together", whoever_is_counted_first, checks.what_is_counted_is_written_in_its_turn),
        (writing, "_together", whatever_is_found, checks.a_number_that_is_not_as_expected_undoes_all),
        (writing, "_together", whatever_is_found, checks.a_write_that_met_other_rows_than_expected_undoes_all),
        (Tx, "_begun", never_begun, checks.what_is_asked_within_is_undone_with_the_rest),
        (pool.PlanningConnection, "replanned", never_anew, checks.plans_follow_the_growth_of_tables),
    ],
)
async def test_a_naive_way_to_write_is_noticed(
    mutants: Database,
    monkeypatch: pytest.MonkeyPatch,
    target: Any,
    name: str,
    mutate: Callable[[Any], Any],
    check: checks.Check,
) -> None:
    monkeypatch.setattr(target, name, mutate(getattr(target, name)))

    with pytest.raises(AssertionError):
        await check(mutants)


@pytest.fixture
async def mutants(database_url: str) -> AsyncIterator[Database]:
    """A database of the test's own."""
    async with Database(database_url, max_connections=1) as database:
        yield database
