"""Gives a database a past: a cohort of orders that lived to their end is multiplied, by statements over whole tables.

Copies are spread over the last month, each with identities of its time. What is kept for a week only (settled messages,
their lanes, request keys) is made for the last week only, as the hub's own timer would have left it. Request ids are
random. What has gone to the tables of the past is not made: nothing an order does in its life touches those.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import psycopg

from bench.counting import counted
from bench.lifetimes import COHORT, Lives

MONTH_DAYS: Final = 30
WEEK_DAYS: Final = 7
CHUNK: Final = 50
"""Copies of the cohort that one transaction makes."""
_NOT_OF_ORDERS: Final = frozenset(
    {
        "stock",
        "timer",
        "lease",
        "stock_change",
        "stock_change_floor",
        "published_level",
        "poll_cursor",
        "business_clock",
    }
)
_OF_A_WEEK: Final = frozenset({"message", "lane", "request"})
_OWN_TEXTS: Final = frozenset({"channel_reference", "tracking_number", "lane"})
"""Texts that no two orders share."""
_ANEW: Final = {
    ("request", "request_id"): "gen_random_uuid()",
    ("event", "position"): "nextval('bench_position')",
}
_HASTE: Final = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "'16GB'", "autovacuum": "off"}
_TABLES: Final = """
SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_COLUMNS: Final = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_identity = 'NO'
    AND coalesce(column_default, '') NOT LIKE 'nextval%%'
ORDER BY ordinal_position
"""
_COPIES: Final = """
INSERT INTO copy
SELECT number, age, regexp_replace(
    lpad(to_hex((extract(epoch FROM now() - age) * 1000)::bigint), 12, '0'), '(.{8})', '\\1-')
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
CROSS JOIN LATERAL (
    SELECT interval '1 hour' + %(days)s * interval '1 day' * (1 - number / %(copies)s::float) AS age
) AS aged
"""
"""Each copy's number, how long ago it was, and the first digits of identities of that time."""


async def grow_old(lives: Lives, url: str, orders: int) -> None:
    """Adds so many orders that ended during the last month, and leaves the tables as a quiet night would."""
    before = await counted(lives.hub.database)
    await lives.live()
    after = await counted(lives.hub.database)
    tables = sorted(name for name in after if after[name] > before.get(name, 0) and name not in _NOT_OF_ORDERS)
    statements = await asyncio.to_thread(_statements, url, tables, before)
    copies = orders // COHORT
    middle = copies // 2
    await asyncio.to_thread(_in_haste, url, haste=True)
    await asyncio.gather(
        asyncio.to_thread(_multiply, url, statements, range(middle), copies),
        asyncio.to_thread(_multiply, url, statements, range(middle, copies), copies),
    )
    await asyncio.to_thread(_in_haste, url, haste=False)


def _in_haste(url: str, *, haste: bool) -> None:
    """Has the server write without care while the past is made; afterwards it is as in earnest, and all is written.

    No vacuum comes by on its own from then on: it would fall into one window and not into another.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        if not haste:
            for (table,) in connection.execute(_TABLES).fetchall():
                connection.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
            connection.execute("ANALYZE")
        for name, value in _HASTE.items():
            connection.execute(f"ALTER SYSTEM {f'SET {name} = {value}' if haste else f'RESET {name}'}")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CHECKPOINT")


def _multiply(url: str, statements: Sequence[str], numbers: range, copies: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET work_mem = '128MB'")
        connection.execute("CREATE TEMPORARY TABLE copy (number bigint, age interval, prefix text)")
        for first in range(numbers.start, numbers.stop, CHUNK):
            last = min(first + CHUNK, numbers.stop) - 1
            with connection.transaction():
                connection.execute("TRUNCATE copy")
                connection.execute(_COPIES, {"first": first, "last": last, "copies": copies, "days": MONTH_DAYS})
                for statement in statements:
                    connection.execute(statement)


def _statements(url: str, tables: Sequence[str], before: Mapping[str, int]) -> list[str]:
    """Keeps the cohort aside; answers the statements that make copies of it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE bench_position")
        connection.execute("SELECT setval('bench_position', max(position)) FROM event")
        return [_prepared(connection, table, before.get(table, 0)) for table in tables]


def _prepared(connection: psycopg.Connection[tuple[object, ...]], table: str, before: int) -> str:
    """Keeps a table's rows of the cohort aside; answers the statement that makes copies of them."""
    columns = [(str(name), str(kind)) for name, kind in connection.execute(_COLUMNS, [table]).fetchall()]
    kept = ", ".join(
        f"substr({name}::text, 14) AS {name}" if kind == "uuid" and (table, name) not in _ANEW else name
        for name, kind in columns
    )
    connection.execute(f"CREATE UNLOGGED TABLE template_{table} AS SELECT {kept} FROM {table} OFFSET {before}")
    made = ", ".join(_copied(table, name, kind) for name, kind in columns)
    days = WEEK_DAYS if table in _OF_A_WEEK else MONTH_DAYS + 1
    return (
        f"INSERT INTO {table} ({', '.join(name for name, _ in columns)}) SELECT {made}"
        f" FROM copy CROSS JOIN template_{table} AS one WHERE copy.age < interval '{days} days' ORDER BY copy.number"
    )


def _copied(table: str, name: str, kind: str) -> str:
    if (table, name) in _ANEW:
        return _ANEW[table, name]
    if name in _OWN_TEXTS:
        return f"CASE WHEN one.{name} <> '' THEN one.{name} || '-' || copy.number ELSE '' END"
    made = {
        "uuid": f"(copy.prefix || one.{name})::uuid",
        "timestamp with time zone": f"one.{name} - copy.age",
        "bytea": f"sha256(one.{name} || int8send(copy.number))",
    }
    return made.get(kind, f"one.{name}")
