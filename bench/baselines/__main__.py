"""`python -m bench.baselines`: freezes the baselines anew, each where it writes what our own flow writes.

Does some things through the gate and as many by the baseline, compares rows and values per thing in every table, and
says how long rows are on each side: a shorter document would be an advantage that counting does not show.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import psycopg
import uvloop

from bench.baselines import FOLDER, HASHES_FILE, install
from bench.counting import PER_TRANSACTION, Inserted, differences
from bench.ratio import Unmeasurable
from bench.rows.capture_core import placing
from bench.rows.hot_sku import reserving
from bench.scene import Hub, database_on, hub_on, postgres, sku
from bench.windows import Work

TIMES: Final = 640
AT_ONCE: Final = 64
_LENGTHS: Final = "SELECT avg(pg_column_size(one.*))::float FROM {table} AS one"


@dataclass(frozen=True)
class Baseline:
    """A file, the table that has a row per thing it does, and how both sides do one; `%s` is the number of the call."""

    name: str
    table: str
    ours: Callable[[Hub], Work]
    call: str


BASELINES: Final = (
    Baseline("place_order.sql", "orders", placing, "SELECT bench_place_order(ARRAY[%s, %s + 667, %s + 1333])"),
    Baseline(
        "reserve_unit.sql", "reservation", lambda hub: reserving(hub, sku(1)), f"SELECT bench_reserve_unit('{sku(1)}')"
    ),
)


async def main() -> int:
    """Compares and freezes; answers the exit code: 1 where some baseline cannot be frozen."""
    known, failed = {}, False
    with postgres() as server:
        for one in BASELINES:
            print(one.name)
            problem = await _compared(server, one)
            failed = failed or bool(problem)
            if problem:
                print(f"  not frozen: {problem}", file=sys.stderr)
            else:
                known[one.name] = hashlib.sha256((FOLDER / one.name).read_bytes()).hexdigest()
    _freeze(known)
    return int(failed)


def _freeze(known: Mapping[str, str]) -> None:
    """Notes the hashes; those of other files stay as they are."""
    lines = [line.split() for line in HASHES_FILE.read_text("utf-8").splitlines()]
    hashes = {name: digest for digest, name in lines} | dict(known)
    HASHES_FILE.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items())), "utf-8")


async def _compared(server: str, one: Baseline) -> str:
    """Does things both ways and prints what was written; answers how the sides differ."""
    urls = [await database_on(server, f"{side}_{one.table}", nodes=2) for side in ("ours", "theirs")]
    try:
        await install(urls[1], one.name, frozen_only=False)
        async with Inserted.begun(urls[0]) as here, Inserted.begun(urls[1]) as there:
            async with hub_on(urls[0]) as hub:
                work = one.ours(hub)
                for _ in range(TIMES // AT_ONCE):
                    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
            await _called(urls[1], one.call)
            written, called = await here.per(one.table), await there.per(one.table)
    except (Unmeasurable, psycopg.Error) as problem:
        return str(problem)
    tables = [name for name in written if "." not in name and name not in PER_TRANSACTION]
    ours, theirs = [await _lengths(url, tables) for url in urls]
    for table in tables:
        print(f"  {table}: {written[table]:.3f} rows of {ours[table]:.0f} bytes, by the baseline {theirs[table]:.0f}")
    return differences(written, called)


async def _called(url: str, call: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for number in range(1, TIMES + 1):
            await connection.execute(call.replace("%s", str(number)))


async def _lengths(url: str, tables: list[str]) -> dict[str, float]:
    found = {}
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for table in tables:
            row = await (await connection.execute(_LENGTHS.format(table=table))).fetchone()
            found[table] = float(row[0] or 0) if row else 0.0
    return found


if __name__ == "__main__":
    sys.exit(uvloop.run(main()))
