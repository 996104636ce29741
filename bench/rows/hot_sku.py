"""Everybody wants the same SKU: orders of one unit through the gate, against one row lock per order.

The baseline is the frozen function of `capture_core`, called for one SKU over as many connections as there are callers.
In the same run it is counted that what was sold is what is reserved; then a crowd asks for exactly what there is of a
scarce SKU, of which none may be refused, and a larger crowd for more than there is of another one, of which exactly the
stock must be sold.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from bench import pgbench
from bench.baselines import install
from bench.ratio import Row, Sides
from bench.rows.capture_core import placing
from bench.scene import Drafts, Hub, database_on, hub_on, postgres, sku
from bench.windows import called
from hub.inventory.errors import InsufficientStock

CALLERS: Final = 64
SCRIPT: Final = "SELECT bench_place_order(ARRAY[1]);\n"
SCARCE_UNITS: Final = 1000
TOO_MANY: Final = 200
_SOLD: Final = """
SELECT (SELECT reserved FROM stock WHERE sku = %(sku)s) AS reserved,
    (SELECT coalesce(sum(quantity), 0) FROM slice WHERE sku = %(sku)s)::bigint AS ordered
"""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a PostgreSQL with a database for each side."""
    with postgres() as server:
        ours, theirs = await database_on(server, "ours", nodes=1), await database_on(server, "theirs", nodes=1)
        await install(theirs, "place_order.sql")
        async with hub_on(ours) as hub:
            drafts = Wanting.one_of(sku(1), "hot")

            async def exact() -> str:
                return await sold_exactly(hub)

            yield Sides(
                called(CALLERS, placing(hub, drafts)),
                pgbench.repeated(theirs, SCRIPT, connections=CALLERS),
                check=exact,
            )


@dataclass(frozen=True)
class Wanting(Drafts):
    """Makes orders of one unit of always the same SKU."""

    wanted: Sequence[str] = field(default=())

    @classmethod
    def one_of(cls, wanted: str, series: str) -> Wanting:
        """Orders of a SKU, their references of a series of their own."""
        plain = Drafts.seeded(1, lines=1, series=series)
        return cls(plain.chance, plain.numbers, 1, plain.skus, series, (wanted,))

    def drawn(self) -> Sequence[str]:
        """The SKU that is wanted."""
        return self.wanted


async def sold_exactly(hub: Hub) -> str:
    """Whether all that was free was sold, and nothing besides; says what was wrong."""
    async with hub.database.reading() as tx:
        (hot,) = await tx.fetch(_SOLD, {"sku": sku(1)})
    if hot["reserved"] != hot["ordered"]:
        return f"{hot['ordered']} units were sold and {hot['reserved']} are reserved"
    return await _crowd(hub, sku(2), SCARCE_UNITS) or await _crowd(hub, sku(3), SCARCE_UNITS + TOO_MANY)


async def _crowd(hub: Hub, scarce: str, callers: int) -> str:
    """Has so many callers ask for a scarce SKU at once."""
    async with hub.database.transaction() as tx:
        await tx.execute(
            "UPDATE stock SET on_hand = %(units)s WHERE sku = %(sku)s", {"units": SCARCE_UNITS, "sku": scarce}
        )
    place = placing(hub, Wanting.one_of(scarce, scarce))

    async def asked() -> int:
        try:
            return await place()
        except InsufficientStock:
            return 0

    sold = sum(await asyncio.gather(*(asked() for _ in range(callers))))
    async with hub.database.reading() as tx:
        (found,) = await tx.fetch(_SOLD, {"sku": scarce})
    if not sold == found["reserved"] == found["ordered"] == SCARCE_UNITS:
        return (
            f"of {SCARCE_UNITS} units, wanted by {callers}, {sold} were sold, {found['ordered']} ordered and"
            f" {found['reserved']} reserved"
        )
    return ""


ROW: Final = Row(
    name="hot_sku",
    says="orders/s of 64 callers for one unit of one SKU, against one row lock per order on 64 connections",
    bar=10,
    aim=20,
    prepare=prepare,
)
