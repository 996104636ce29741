"""A transaction: what operations and stores get to speak to PostgreSQL.

What a statement asks is sent at once. What only writes is held back and sent with its neighbors as one statement:
before the next question, where the same table is written again, and at the end. What others wait for goes last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct
from psycopg import AsyncConnection, AsyncCursor

Row = dict[str, Any]
Params = Mapping[str, Any]
_Write = tuple[str, tuple[str, str] | None, bool]
"""SQL, what it takes from another one, and whether the rows it returns are counted."""
_Given = tuple[Params, int | None]
"""Parameters of a write, and how many rows it must return."""
NO_PARAMS: Final[Params] = {}

_TABLE: Final = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
_PARAMETER: Final = re.compile(r"%\((\w+)\)s|%%")


class Unexpected(Exception):
    """A write met other rows than it was to meet: whoever expected them begins anew, and looks first."""


class Held(Struct, frozen=True):
    """What a transaction held back at a moment, after it had sent so many times."""

    writes: Mapping[_Write, _Given]
    tables: Collection[str]
    channels: Mapping[str, None]
    last: int
    sent: int


class Tx:
    """One connection with a raw cursor in one transaction, for one statement after the other.

    Statements have %(name)s parameters; rows come as dicts.
    `number` is the transaction's own, its xid8, once a statement has told it; 0 before.
    """

    def __init__(self, connection: AsyncConnection[Row]) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._writes: dict[_Write, _Given] = {}
        self._tables: set[str] = set()
        self._channels: dict[str, None] = {}
        self._last: list[tuple[_Write, _Given]] = []
        self._numbered = False
        self._expected: dict[str, Any] = {}
        self._sent = 0
        self.number = 0

    async def fetch(self, sql: str, params: Params = NO_PARAMS, *, ahead: bool = False) -> list[Row]:
        """Runs one statement and returns its rows. `ahead`: before what is held back, which it has nothing to do with.

        What is prepared before a lock is asked for ahead of it does not keep others waiting for the lock.
        """
        if not ahead:
            await self.flush()
        return await (await self._run(sql, params)).fetchall()

    async def execute(self, sql: str, params: Params = NO_PARAMS) -> int:
        """Runs one statement and returns how many rows it changed."""
        await self.flush()
        return (await self._run(sql, params)).rowcount

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
        shortest time. `rows`: how many rows it RETURNs, else what sends it raises Unexpected.
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

    def held(self) -> Held:
        """What is held back now."""
        return Held(dict(self._writes), set(self._tables), dict(self._channels), len(self._last), self._sent)

    def back_to(self, held: Held) -> None:
        """Forgets what was held back since; nothing may have been sent meanwhile."""
        if held.sent != self._sent:
            raise ValueError("what is to be forgotten was sent already")
        self._writes, self._tables, self._channels = dict(held.writes), set(held.tables), dict(held.channels)
        del self._last[held.last :]

    def notify(self, channel: str) -> None:
        """Has listeners of a channel woken when the transaction commits."""
        self._channels[channel] = None

    def tell_number(self) -> None:
        """Has `number` known once what is held back was sent."""
        self._numbered = not self.number

    def expect(self, sql: str, value: object) -> None:
        """Has a value looked at with what is sent next; where it is another one, what sends it raises Unexpected."""
        self._expected[sql] = value

    async def finish(self) -> None:
        """Sends all there is, with what goes last."""
        last, self._last = self._last, []
        for write, given in last:
            await self._hold(write, given)
        await self.flush()

    async def flush(self) -> None:
        """Sends what was held back, but not what goes last."""
        if not (self._writes or self._channels or self._numbered or self._expected):
            return
        self._sent += 1
        writes, channels, numbered, expected = self._writes, tuple(self._channels), self._numbered, self._expected
        self._writes, self._tables, self._channels, self._numbered, self._expected = {}, set(), {}, False, {}
        sql = _together(tuple(writes), channels, tuple(expected), numbered=numbered)
        given = enumerate(writes.values())
        params = {f"{index}_{name}": value for index, (one, _) in given for name, value in one.items()}
        (told,) = await (await self._run(sql, params)).fetchall()
        if numbered:
            self.number = told["number"]
        hoped = {f"rows_{index}": rows for index, (_, rows) in enumerate(writes.values()) if rows is not None}
        hoped |= {f"value_{index}": value for index, value in enumerate(expected.values())}
        for name, value in hoped.items():
            if told[name] != value:
                raise Unexpected(f"{name} is {told[name]} instead of {value}: {sql}")

    async def _run(self, sql: str, params: Params) -> AsyncCursor[Row]:
        text, names = _raw(sql)
        return await self._cursor.execute(text, [params[name] for name in names], prepare=True)

    async def own_number(self) -> int:
        """The transaction's number, asked for where no statement has told it yet."""
        if not self.number:
            self.number = (await self.fetch("SELECT pg_current_xact_id()::text::bigint AS number"))[0]["number"]
        return self.number

    async def copy_in(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Streams rows into a COPY ... FROM STDIN statement."""
        await self.flush()
        async with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                await copy.write_row(row)

    async def copy_bytes(self, sql: str, data: bytes) -> None:
        """Sends the whole input of a COPY ... FROM STDIN statement."""
        await self.flush()
        async with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            await copy.write(data)


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
) -> str:
    """One statement of several, each with parameters of its own; PostgreSQL runs them from the last to the first."""
    named: list[str] = []
    for index, (sql, taking, _) in enumerate(writes):
        own = [taking] if taking else []
        own += [(f"write_{index}", sql)]
        named = [f"{name} AS ({part.replace('%(', f'%({index}_')})" for name, part in own] + named
    told = [f"pg_notify('{channel}', '')" for channel in channels]
    told += ["pg_current_xact_id()::text::bigint AS number"] if numbered else []
    told += [f"(SELECT count(*) FROM write_{index}) AS rows_{index}" for index, one in enumerate(writes) if one[2]]
    told += [f"{value} AS value_{index}" for index, value in enumerate(expected)]
    return (f"WITH {', '.join(named)} " if named else "") + f"SELECT {', '.join(told)}"
