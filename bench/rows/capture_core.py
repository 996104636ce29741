"""Orders placed through gates and flow, without gRPC, against one function call that writes the same rows.

Ours is two hubs, a process for each processor, with half of the callers each.
The baseline is `bench/baselines/place_order.sql`, called by pgbench with prepared statements over 16 connections.
After the rounds the rows inserted per order are counted in every table of both databases; where they differ, nothing is
judged.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from zlib import crc32

from bench import pgbench
from bench.baselines import install
from bench.counting import Inserted, differences
from bench.crowd import crowd
from bench.ratio import Row, Sides
from bench.scene import Drafts, Hub, database_on, postgres
from bench.windows import Work
from hub.api.orders.changes import PLACE_ORDER
from hub.app.process.identities import new_identity
from hub.gate.change import Asked
from hub.kernel.scope import HUB

CALLERS: Final = 64
PROCESSES: Final = 2
CONNECTIONS: Final = 16
SCRIPT: Final = """
\\set first random(1, 666)
\\set second random(667, 1333)
\\set third random(1334, 2000)
SELECT bench_place_order(ARRAY[:first, :second, :third]::integer[]);
"""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a PostgreSQL with a database for each side."""
    with postgres() as server:
        ours, theirs = await database_on(server, "ours"), await database_on(server, "theirs")
        await install(theirs, "place_order.sql")
        async with (
            crowd("capture_core", ours, callers=CALLERS, processes=PROCESSES) as our_window,
            Inserted.begun(ours) as here,
            Inserted.begun(theirs) as there,
        ):

            async def alike() -> str:
                return differences(await here.per("orders"), await there.per("orders"))

            yield Sides(our_window, pgbench.repeated(theirs, SCRIPT, connections=CONNECTIONS), check=alike)


def work_of(hub: Hub, series: str) -> Work:
    """Places the next order of a series that no other hub has."""
    return placing(hub, Drafts.seeded(crc32(series.encode()), series=series))


def placing(hub: Hub, drafts: Drafts | None = None) -> Work:
    """Places the next order through the gate; a refusal ends the measurement."""
    maker = drafts or Drafts.seeded(1)

    async def place() -> int:
        draft = maker.next()
        asked = Asked(HUB, new_identity(), draft.content_hash.encode())
        await hub.gate.run(PLACE_ORDER, asked, draft)
        return 1

    return place


ROW: Final = Row(
    name="capture_core",
    says="orders/s of 64 callers at two hubs without gRPC, against pgbench with a function call each on 16 connections",
    bar=1.4,
    aim=1.8,
    prepare=prepare,
)
