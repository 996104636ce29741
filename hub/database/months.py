"""Tables of the past, partitioned by month: a month's partition is made when its first row comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from hub.database.tx import Tx
from hub.kernel.instant import Instant


async def make_months(tx: Tx, table: str, instants: Iterable[Instant]) -> None:
    """Makes the partitions of a table that rows of these instants need.

    They are attached, not made in place: readers of the table need not wait for that.
    """
    for month in sorted({(instant.astimezone(UTC).year, instant.astimezone(UTC).month) for instant in instants}):
        name = f"{table}_{month[0]:04}_{month[1]:02}"
        if (await tx.fetch("SELECT to_regclass(%(name)s) IS NOT NULL AS there", {"name": name}))[0]["there"]:
            continue
        first, following = _first(*month), _first(month[0] + month[1] // 12, month[1] % 12 + 1)
        await tx.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
        await tx.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{following}')")


def _first(year: int, month: int) -> str:
    return datetime(year, month, 1, tzinfo=UTC).isoformat()
