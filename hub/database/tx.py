"""A transaction: what operations and stores get to speak to PostgreSQL.

What a statement asks is sent at once. What only writes is held back and sent with its neighbors as one statement:
before the next question, where the same table is written again, and at the end. What others wait for goes last. Where
all of a transaction is one statement, it may do without BEGIN and COMMIT.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from psycopg import AsyncConnection, AsyncCursor
from psycopg.errors import InvalidTextRepresentation
from psycopg.types.numeric import Int8

from hub.database.origin import OriginConnection

R = TypeVar("R")

Row = dict[str, Any]
Params = Mapping[str, Any]
_Write = tuple[str, tuple[str, str] | None, bool]
"""SQL, what it takes from another one, and whether the rows it returns are counted."""
_Given = tuple[Params, int | None]
"""Parameters of a write, and how many rows it must return."""
NO_PARAMS: Final[Params] = {}

_TABLE: Final = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
_PARAMETER: Final = re.compile(r"%\((\w+)\)s|%%")
_RETURNING: Final = re.compile(r"\bRETURNING\b")
_UNEXPECTED: Final = "unexpected: "


class AssumptionBroken(Exception):
    """Something was not as it was to be: whoever expected it begins anew, and looks first."""


class Tx:
    """One connection with a raw cursor in one transaction, for one statement after the other.

    Statements have %(name)s parameters; rows come as dicts.
    `origin` is the history of the database that it reads.
    `number` is the transaction's own, its xid8, once a statement has told it; 0 before.
    `begin` begins the transaction where it has not begun yet: before anything is sent but all there is, at the end.
    `together`: what is held back goes as one statement; else each write is a statement of its own, in the same order.
    """

    def __init__(
        self,
        connection: AsyncConnection[Row],
        begin: Callable[[], Awaitable[object]] | None = None,
        *,
        together: bool = True,
    ) -> None:
        self._connection = connection
        self.origin = connection.origin if isinstance(connection, OriginConnection) else ""
        self._begin = begin
        self._together = together
        self._cursor = connection.cursor()
        self._writes: dict[_Write, _Given] = {}
        self._tables: set[str] = set()
        self._channels: dict[str, None] = {}
        self._last: list[tuple[_Write, _Given]] = []
        self._looks: list[Callable[[], Awaitable[None]]] = []
        self._numbered = False
        self._expected: dict[str, int | None] = {}
        self.number = 0

    async def fetch(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """Runs one statement and returns its rows."""
        await self.flush()
        return await (await self._run(sql, params)).fetchall()

    async def execute(self, sql: str, params: Params = NO_PARAMS) -> int:
        """Runs one statement and returns how many rows it changed."""
        await self.flush()
        return (await self._run(sql, params)).rowcount

    async def turn(self) -> None:
        """Lets others of this process run for a moment, between pieces of what is worked out in the transaction."""
        await asyncio.sleep(0)

    async def aside(self, work: Callable[[], R]) -> R:
        """Has a thread work something out that the transaction goes on with, while others of this process run."""
        return await asyncio.to_thread(work)

    async def write(
        self,
        sql: str,
        params: Params,
        *,
        taking: tuple[str, str] | None = None,
        first: bool = False,
        last: bool = False,
        rows: int | None = None,
    ) -> None:
        """Has one INSERT, UPDATE or DELETE done before the next question is asked, in the order of these calls.

        It may read no table but its own: those of its neighbors are as they were before all of them. `taking` is the
        name and SQL of another one, whose returned rows it reads under that name. `first`: before all that is held
        back. `last`: after all that is not, when the transaction ends; what others wait for is locked so for the
        shortest time. `rows`: how many rows it RETURNs, else nothing of what is sent with it is done, and what sends it
        raises AssumptionBroken.
        """
        write, given = (sql, taking, rows is not None), (params, rows)
        if last:
            self._last.append((write, given))
        else:
            await self._hold(write, given)
            if first:
                self._writes = {write: given, **self._writes}

    async def _hold(self, write: _Write, given: _Given) -> None:
        table = _table(write[0])
        if table in self._tables:
            await self.flush()
        self._tables.add(table)
        self._writes[write] = given

    def notify(self, channel: str) -> None:
        """Has listeners of a channel woken when the transaction commits."""
        self._channels[channel] = None

    def tell_number(self) -> None:
        """Has `number` known once what is held back was sent."""
        self._numbered = not self.number

    def expect(self, sql: str, value: int | None) -> None:
        """Has a number looked at with what is sent next; where it is another one, nothing of that is done, and what
        sends it raises AssumptionBroken. None is another one than any.
        """
        self._expected[sql] = value

    def before_last(self, look: Callable[[], Awaitable[None]]) -> None:
        """Has `look` ask when the transaction ends, with all sent but what goes last. It raises to have all undone."""
        self._looks.append(look)

    async def finish(self) -> None:
        """Sends all there is, with what goes last."""
        looks, self._looks = self._looks, []
        for look in looks:
            await look()
        last, self._last = self._last, []
        for write, given in last:
            await self._hold(write, given)
        await self._send()

    async def flush(self) -> None:
        """Sends what was held back, but not what goes last."""
        if self._holds_back:
            await self._begun()
            await self._send()

    @property
    def _holds_back(self) -> bool:
        return bool(self._writes or self._channels or self._numbered or self._expected)

    async def _begun(self) -> None:
        if self._begin is not None:
            begin, self._begin = self._begin, None
            await begin()

    async def _send(self) -> None:
        if not self._holds_back:
            return
        writes, channels, numbered, expected = self._writes, tuple(self._channels), self._numbered, self._expected
        self._writes, self._tables, self._channels, self._numbered, self._expected = {}, set(), {}, False, {}
        if not self._together:
            for write, given in writes.items():
                await self._send_statement({write: given}, (), {}, numbered=False)
            writes = {}
        if writes or channels or numbered or expected:
            await self._send_statement(writes, channels, expected, numbered=numbered)

    async def _send_statement(
        self,
        writes: Mapping[_Write, _Given],
        channels: tuple[str, ...],
        expected: Mapping[str, int | None],
        *,
        numbered: bool,
    ) -> None:
        """Sends writes as one statement, with what is told and expected beside them."""
        text, places = _together(tuple(writes), channels, tuple(expected), numbered=numbered)
        given = [*[params for params, _ in writes.values()], _hoped(list(writes.values()), list(expected.values()))]
        try:
            cursor = await self._cursor.execute(text, [given[index][name] for index, name in places], prepare=True)
        except InvalidTextRepresentation as error:
            if _UNEXPECTED in str(error):
                raise AssumptionBroken(str(error)) from error
            raise
        (told,) = await cursor.fetchall()
        if numbered:
            self.number = told["number"]

    async def _run(self, sql: str, params: Params) -> AsyncCursor[Row]:
        await self._begun()
        text, names = _raw(sql)
        return await self._cursor.execute(text, [params[name] for name in names], prepare=True)

    async def own_number(self) -> int:
        """The transaction's number, asked for where no statement has told it yet."""
        if not self.number:
            self.number = (await self.fetch("SELECT pg_current_xact_id()::text::bigint AS number"))[0]["number"]
        return self.number


def _hoped(writes: Sequence[_Given], expected: Sequence[int | None]) -> Params:
    """How many rows writes must return, and the numbers that are expected."""
    hoped = {f"rows_{index}": Int8(rows) for index, (_, rows) in enumerate(writes) if rows is not None}
    return hoped | {f"value_{index}": None if value is None else Int8(value) for index, value in enumerate(expected)}


@lru_cache(maxsize=4096)
def _raw(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement with $1 for its first parameter and so on, and their names.

    psycopg would find them anew at each run of a long statement: it remembers those up to 4096 characters only.
    """
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f"${numbers.setdefault(found[1], len(numbers) + 1)}" if found[1] else "%"

    return _PARAMETER.sub(numbered, sql).encode(), tuple(numbers)


@lru_cache(maxsize=1024)
def _table(sql: str) -> str:
    found = _TABLE.search(sql)
    if found is None:
        raise ValueError(f"writes no table: {sql}")
    return found[1]


@lru_cache(maxsize=1024)
def _together(
    writes: tuple[_Write, ...], channels: tuple[str, ...], expected: tuple[str, ...], *, numbered: bool
) -> tuple[bytes, tuple[tuple[int, str], ...]]:
    """One statement of several, as `_raw`; a name belongs to the write at a place, or behind all to what is hoped for.

    PostgreSQL runs those that nobody asks about from the last to the first, once it has answered; those that are
    counted as it comes to them. So that what is counted goes in its turn too, all before it are.
    """
    counted = max((index for index, one in enumerate(writes) if one[2]), default=-1)
    named: list[str] = []
    for index, (sql, taking, _) in enumerate(writes):
        own = [taking] if taking else []
        own += [(f"write_{index}", _returning(sql) if index <= counted else sql)]
        named = [f"{name} AS ({part.replace('%(', f'%({index}_')})" for name, part in own] + named
    told = [f"pg_notify('{channel}', '')" for channel in channels]
    told += ["pg_current_xact_id()::text::bigint AS number"] if numbered else []
    hoped = len(writes)
    told += [_met(value, f"{hoped}_value_{index}", value) for index, value in enumerate(expected)]
    for index, one in enumerate(writes[: counted + 1]):
        count = f"(SELECT count(*) FROM write_{index})"
        told.append(_met(count, f"{hoped}_rows_{index}", f"rows of {_table(one[0])}") if one[2] else count)
    text, names = _raw((f"WITH {', '.join(named)} " if named else "") + f"SELECT {', '.join(told)}")
    places = [name.partition("_") for name in names]
    return text, tuple((int(index), name) for index, _, name in places)


def _returning(sql: str) -> str:
    return sql if _RETURNING.search(sql) else f"{sql} RETURNING 1"


def _met(number: str, hoped: str, what: str) -> str:
    """Breaks the statement where a number is not the one hoped for, by a text that is no boolean: it says what."""
    told = (_UNEXPECTED + what).replace("'", "''")
    return f"(CASE WHEN {number} = %({hoped})s THEN 'true' ELSE '{told}' END)::boolean"
