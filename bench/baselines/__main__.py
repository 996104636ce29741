"""`python -m bench.baselines`: freezes the baseline of a placed order anew, where it writes what our own flow writes.

Places some orders through the gate and as many by the baseline, compares rows and values per order in every table, and
says how long rows are on each side: a shorter document would be an advantage that counting does not show.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from typing import Final

import psycopg
import uvloop

from bench.baselines import FOLDER, HASHES_FILE, install
from bench.counting import PER_TRANSACTION, Inserted, differences
from bench.ratio import Unmeasurable
from bench.rows.capture_core import placing
from bench.scene import database_on, hub_on, postgres

NAME: Final = "place_order.sql"
ORDERS: Final = 640
_CALL: Final = "SELECT bench_place_order(ARRAY[%s, %s, %s])"
_LENGTHS: Final = "SELECT avg(pg_column_size(one.*))::float FROM {table} AS one"


async def main() -> int:
    """Compares and freezes; answers the exit code."""
    with postgres() as server:
        ours, theirs = await database_on(server, "ours"), await database_on(server, "theirs")
        try:
            await install(theirs, NAME, frozen_only=False)
        except (Unmeasurable, psycopg.Error) as problem:
            return _said(f"{NAME} cannot be installed: {problem}")
        async with Inserted.begun(ours) as here, Inserted.begun(theirs) as there:
            async with hub_on(ours) as hub:
                place = placing(hub)
                for _ in range(ORDERS // 64):
                    await asyncio.gather(*(place() for _ in range(64)))
            await _called(theirs)
            written, called = await here.per("orders"), await there.per("orders")
        lengths = [await _lengths(url, [name for name in written if "." not in name]) for url in (ours, theirs)]
    for table, length in lengths[0].items():
        beside = f"by the baseline {lengths[1][table]:.0f}"
        print(f"{table}: {written[table]:.3f} rows per order of {length:.0f} bytes, {beside}")
    if differing := differences(written, called):
        return _said(differing)
    known = hashlib.sha256((FOLDER / NAME).read_bytes()).hexdigest()
    HASHES_FILE.write_text(f"{known}  {NAME}\n", "utf-8")
    print(f"frozen as {known}")
    return 0


async def _called(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for number in range(1, ORDERS + 1):
            await connection.execute(_CALL, [number, number + 667, number + 1333])


async def _lengths(url: str, tables: list[str]) -> dict[str, float]:
    found = {}
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for table in tables:
            if table not in PER_TRANSACTION:
                row = await (await connection.execute(_LENGTHS.format(table=table))).fetchone()
                found[table] = float(row[0] or 0) if row else 0.0
    return found


def _said(problem: str) -> int:
    print(problem, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(uvloop.run(main()))
