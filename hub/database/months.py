"""Tables of the past, partitioned by month: a month's partition is made when its first row comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from typing import Final

from hub.database.tx import Tx
from hub.kernel.instant import Instant

_LACKING: Final = "SELECT to_regclass(%(past)s || to_char(%(month)s::date, '_YYYY_MM')) IS NULL AS lacking"
_MAKE: Final = "SELECT make_month_of_past(%(past)s, %(month)s::date)"


async def make_months(tx: Tx, table: str, instants: Iterable[Instant]) -> None:
    """Make the partitions of a table that rows of these instants need.

    A function of the schema's owner makes them, so the hub's own role needs no right to change the schema.
    """
    utc = (instant.astimezone(UTC) for instant in instants)
    for month in sorted({date(at.year, at.month, 1) for at in utc}):
        parameters = {"past": table, "month": month}
        if (await tx.fetch(_LACKING, parameters))[0]["lacking"]:
            await tx.fetch(_MAKE, parameters)
