"""The tables that stores declare are the tables that migrations make."""

from __future__ import annotations

import importlib

import psycopg
from sqlalchemy import Column, Table

from hub.database.schema import METADATA
from hub.database.sets import kind_of
from tests.architecture.sources import ROOT, sources

SQL_TYPES = {"timestamptz": "timestamp with time zone"}

COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable = 'YES' AS nullable
FROM information_schema.columns WHERE table_schema = 'public'
"""
KEYS = """
SELECT conrelid::regclass::text AS name, array_agg(attname::text ORDER BY ordinality)
FROM pg_constraint CROSS JOIN unnest(conkey) WITH ORDINALITY AS of(attnum, ordinality)
JOIN pg_attribute USING (attnum) WHERE contype = 'p' AND attrelid = conrelid GROUP BY conrelid
"""


NO_ARRAYS = ("integer", "date", "ARRAY")
"""Types of columns whose values travel in no array."""


def declared() -> dict[str, Table]:
    """Every table a room declares, by name."""
    for source in sources("hub"):
        if "METADATA" in source.text:
            module = ".".join((ROOT / source.path).relative_to(ROOT).with_suffix("").parts)
            importlib.import_module(module.removesuffix(".__init__"))
    return dict(METADATA.tables)


def shape(column: Column[object]) -> tuple[str, bool]:
    written = str(column.type.__visit_name__)
    kind = written if written in NO_ARRAYS else kind_of(column)
    return SQL_TYPES.get(kind, kind), bool(column.nullable)


def test_the_columns_of_every_declared_table_are_those_of_the_schema(module_database_url: str) -> None:
    with psycopg.connect(module_database_url) as connection:
        rows = connection.execute(COLUMNS).fetchall()
    made: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, name, kind, nullable in rows:
        made.setdefault(table, {})[name] = (kind, nullable)

    differing = {
        name: ({column.name: shape(column) for column in table.columns}, made.get(name))
        for name, table in declared().items()
        if {column.name: shape(column) for column in table.columns} != made.get(name)
    }

    assert not differing


def test_the_keys_of_every_declared_table_are_those_of_the_schema(module_database_url: str) -> None:
    with psycopg.connect(module_database_url) as connection:
        made: dict[str, list[str]] = dict(connection.execute(KEYS).fetchall())

    keys = {name: [column.name for column in table.primary_key] for name, table in declared().items()}

    assert keys == {name: made.get(name, []) for name in keys}
