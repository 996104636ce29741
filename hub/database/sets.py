"""Set-based statements over a Table: one statement inserts, updates or deletes the rows of a whole batch.

Rows travel as one array parameter per column (see `arrays`), unnested in the statement. Texts are made once per table,
verb and columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.arrays import Array, array
from hub.database.tx import Row, Tx

Rows = Sequence[Mapping[str, Any]]


async def insert(tx: Tx, table: Table, rows: Rows, *, on_conflict: str = "", returning: str = "") -> list[Row]:
    """Inserts rows; all have the keys of the first one.

    `on_conflict` is the clause after ON CONFLICT, `returning` the columns to give back. Answers the returned rows.
    """
    if not rows:
        return []
    sql = _insert_sql(table, tuple(rows[0]), on_conflict, returning)
    parameters = _parameters(table, rows)
    if returning:
        return await tx.fetch(sql, parameters)
    await tx.execute(sql, parameters)
    return []


async def update(tx: Tx, table: Table, rows: Rows, *, key: Sequence[str]) -> int:
    """Updates the rows that `key` columns name with the other columns given; answers how many there were."""
    if not rows:
        return 0
    return await tx.execute(_update_sql(table, tuple(rows[0]), tuple(key)), _parameters(table, rows))


async def delete(tx: Tx, table: Table, rows: Rows) -> int:
    """Deletes the rows that equal those given in every column given; answers how many there were."""
    if not rows:
        return 0
    return await tx.execute(_delete_sql(table, tuple(rows[0])), _parameters(table, rows))


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
    names = list(columns)
    arrays = ", ".join(f"%({name})s::{kind_of(table.c[name])}[]" for name in names)
    return f"unnest({arrays}) AS given({', '.join(names)})"


def _cast(table: Table, name: str) -> str:
    return f"given.{name}::integer" if type(table.c[name].type) is Integer else f"given.{name}"


@lru_cache(maxsize=512)
def _insert_sql(table: Table, columns: tuple[str, ...], on_conflict: str, returning: str) -> str:
    values = ", ".join(_cast(table, name) for name in columns)
    sql = f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {values} FROM {_unnest(table, columns)}"
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
