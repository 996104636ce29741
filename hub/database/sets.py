"""Set-based statements over a Table: one statement inserts, updates or deletes the rows of a whole batch.

Rows travel as one array parameter per column (see `arrays`), unnested in the statement. Texts are made once per table,
verb and columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.arrays import Array, array
from hub.database.tx import NO_PARAMS, Params, Row, Tx

Rows = Sequence[Mapping[str, Any]]
T = TypeVar("T")
Getter = str | Callable[[Any], Any]
"""What a column takes from a value: the path of an attribute, or a function."""


class Form(Generic[T]):
    """How values of one type become rows of a table: a getter per column, or the path of an attribute.

    A column is taken from all values at once, so that no row is ever put together in between.
    """

    def __init__(self, table: Table, **getters: Getter) -> None:
        self.table = table
        self.names = tuple(getters)
        self._columns = [
            (name, kind_of(table.c[name]), attrgetter(get) if isinstance(get, str) else get)
            for name, get in getters.items()
        ]

    def parameters(self, values: Sequence[T]) -> dict[str, Any]:
        """One array per column."""
        return {name: array(kind, list(map(get, values))) for name, kind, get in self._columns}


async def insert_all(
    tx: Tx,
    form: Form[T],
    values: Sequence[T],
    *,
    same: Params = NO_PARAMS,
    on_conflict: str = "",
    returning: str = "",
    last: bool = False,
) -> list[Row]:
    """Inserts a row per value: as `insert`. `same` are columns that have one value in all rows."""
    if not values:
        return []
    sql = _insert_sql(form.table, form.names, tuple(same), on_conflict, returning)
    parameters = {**form.parameters(values), **same}
    if returning:
        return await tx.fetch(sql, parameters)
    await tx.write(sql, parameters, last=last)
    return []


async def insert(
    tx: Tx, table: Table, rows: Rows, *, on_conflict: str = "", returning: str = "", last: bool = False
) -> list[Row]:
    """Inserts rows; all have the keys of the first one.

    `on_conflict` is the clause after ON CONFLICT, `returning` the columns to give back. Answers the returned rows.
    `last`: when the transaction ends, after all else.
    """
    if not rows:
        return []
    sql = _insert_sql(table, tuple(rows[0]), (), on_conflict, returning)
    parameters = _parameters(table, rows)
    if returning:
        return await tx.fetch(sql, parameters)
    await tx.write(sql, parameters, last=last)
    return []


async def update(tx: Tx, table: Table, rows: Rows, *, key: Sequence[str]) -> None:
    """Updates the rows that `key` columns name with the other columns given."""
    if rows:
        await tx.write(_update_sql(table, tuple(rows[0]), tuple(key)), _parameters(table, rows))


async def update_all(tx: Tx, form: Form[T], values: Sequence[T], *, key: Sequence[str]) -> None:
    """Updates the row of each value: as `update`."""
    if values:
        await tx.write(_update_sql(form.table, form.names, tuple(key)), form.parameters(values))


async def delete(tx: Tx, table: Table, rows: Rows) -> None:
    """Deletes the rows that equal those given in every column given."""
    if rows:
        await tx.write(_delete_sql(table, tuple(rows[0])), _parameters(table, rows))


@cache
def kind_of(column: Column[Any]) -> str:
    """The array type in which a column's values travel."""
    for sql_type, kind in (
        (BigInteger, "bigint"),
        (Integer, "bigint"),
        (Boolean, "boolean"),
        (DateTime, "timestamptz"),
        (LargeBinary, "bytea"),
        (JSONB, "jsonb"),
        (Uuid, "uuid"),
        (Text, "text"),
    ):
        if isinstance(column.type, sql_type):
            return kind
    raise TypeError(f"{column.table.name}.{column.name} has a type that no array carries: {column.type}")


def _parameters(table: Table, rows: Rows) -> dict[str, Array]:
    return {name: array(kind_of(table.c[name]), [row[name] for row in rows]) for name in rows[0]}


def _unnest(table: Table, columns: Iterable[str]) -> str:
    """The rows given, columns side by side; unnested in FROM, each column would be put in a store of its own first."""
    lists = ", ".join(f"unnest(%({name})s::{kind_of(table.c[name])}[]) AS {name}" for name in columns)
    return f"(SELECT {lists}) AS given"


def _cast(table: Table, name: str) -> str:
    return f"given.{name}::integer" if type(table.c[name].type) is Integer else f"given.{name}"


@lru_cache(maxsize=512)
def _insert_sql(table: Table, columns: tuple[str, ...], same: tuple[str, ...], on_conflict: str, returning: str) -> str:
    values = [_cast(table, name) for name in columns] + [f"%({name})s::{kind_of(table.c[name])}" for name in same]
    into, taken = ", ".join(columns + same), ", ".join(values)
    sql = f"INSERT INTO {table.name} ({into}) SELECT {taken} FROM {_unnest(table, columns)}"
    if on_conflict:
        sql += f" ON CONFLICT {on_conflict}"
    return sql + (f" RETURNING {returning}" if returning else "")


@lru_cache(maxsize=512)
def _update_sql(table: Table, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = {_cast(table, name)}" for name in columns if name not in key)
    match = " AND ".join(f"{table.name}.{name} = given.{name}" for name in key)
    return f"UPDATE {table.name} SET {changes} FROM {_unnest(table, columns)} WHERE {match}"


@lru_cache(maxsize=512)
def _delete_sql(table: Table, columns: tuple[str, ...]) -> str:
    match = " AND ".join(f"{table.name}.{name} = given.{name}" for name in columns)
    return f"DELETE FROM {table.name} USING {_unnest(table, columns)} WHERE {match}"
