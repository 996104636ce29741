"""Full counts of 1,000,000 rows of which half differ, ledger included, against COPY of the same rows.

Ours come in chunk by chunk, as a stream brings them, and are applied whole. COPY gets the rows as one text made
beforehand, and writes them to an empty table with the key of stock.

Five rounds write less than PostgreSQL lets pass between two checkpoints, so one is made before them: begun within a
window, it would slow down whichever side had its turn.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import cycle
from typing import Final

import psycopg

from bench.ratio import Row, Sides, Unmeasurable, Window
from bench.scene import PLENTY, Hub, database_on, hub_on, postgres, sku
from bench.windows import repeated
from hub.api.stock.snapshots import CHUNK_ROWS, Intake
from hub.app.process.identities import new_identity
from hub.gate.change import Asked
from hub.inventory.model import Count
from hub.kernel.scope import HUB

SKUS: Final = 62_500
NODES: Final = 16
ROWS: Final = SKUS * NODES
_NODES: Final = tuple(f"DC-{node:02}" for node in range(1, NODES + 1))
_TABLE: Final = (
    "CREATE TABLE bench_count (sku text, node_id text, on_hand bigint NOT NULL, safety bigint NOT NULL,"
    " PRIMARY KEY (sku, node_id))"
)
LONGER: Final = 2.0
"""How many times as long as asked for a window lasts: a count takes as long as a window, and the disk shows in each."""
Counted = tuple[str, str, int, int]


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a PostgreSQL with a database for each side; both counts are made beforehand."""
    with postgres() as server:
        ours = await database_on(server, "ours", nodes=NODES, skus=SKUS)
        theirs = await database_on(server, "theirs", nodes=1, skus=1)
        counts = [_count(more) for more in (1, 0)]
        async with hub_on(ours) as hub, await psycopg.AsyncConnection.connect(theirs, autocommit=True) as connection:
            await connection.execute(_TABLE)
            await connection.execute("CHECKPOINT")
            yield Sides(_longer(_importing(hub, counts)), _longer(_copying(connection, counts)))


def _longer(window: Window) -> Window:
    async def measured(seconds: float) -> float:
        return await window(LONGER * seconds)

    return measured


def _count(more: int) -> tuple[Counted, ...]:
    """A count in which every other row has `more` units than were received."""
    return tuple(
        (name, node_id, PLENTY + more * ((number + place) % 2), 0)
        for number in range(1, SKUS + 1)
        for name in [sku(number)]
        for place, node_id in enumerate(_NODES, 1)
    )


def _importing(hub: Hub, counts: list[tuple[Counted, ...]]) -> Window:
    turns = cycle(counts)

    async def count() -> int:
        rows, identity, now = next(turns), new_identity(), datetime.now(UTC)
        header = Count(identity, HUB.principal, identity.bytes, "bench", now, frozenset(_NODES), ROWS, now)
        intake = Intake(hub.gate, hub.database, Asked(HUB, identity, identity.bytes), header)
        await intake.open_()
        for first in range(0, ROWS, CHUNK_ROWS):
            await intake.add(rows[first : first + CHUNK_ROWS])
        imported = await intake.finish()
        if imported.result.changed != ROWS // 2:
            raise Unmeasurable(f"{imported.result.changed} rows differed where {ROWS // 2} should")
        return ROWS

    return repeated(count)


def _copying(connection: psycopg.AsyncConnection[tuple[object, ...]], counts: list[tuple[Counted, ...]]) -> Window:
    texts = cycle(["".join("\t".join(map(str, row)) + "\n" for row in count).encode() for count in counts])

    async def copy() -> int:
        async with connection.transaction():
            await connection.execute("TRUNCATE bench_count")
            async with connection.cursor() as cursor, cursor.copy("COPY bench_count FROM STDIN") as copying:
                await copying.write(next(texts))
        return ROWS

    return repeated(copy)


ROW: Final = Row(
    name="snapshot",
    says="rows/s of full counts of 1,000,000 rows of which half differ, against COPY of the same rows",
    bar=0.3,
    aim=0.6,
    seconds=(10.0, 13.0),
    prepare=prepare,
)
