"""Everybody wants the same SKU: reservations of one unit through gates, against one row lock per reservation.

Ours is two hubs, a process for each processor, with half of the callers each.
The baseline is a frozen function that writes the same rows, called over as many connections as there are callers. After
the rounds the rows and values per reservation are compared, and it is counted that what was given out is what is
reserved; then a crowd asks for exactly what there is of a scarce SKU, of which none may be refused, and a larger crowd
for more than there is of another one, of which exactly the stock must be given out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bench import pgbench
from bench.baselines import install
from bench.counting import Inserted, differences
from bench.crowd import crowd
from bench.ratio import Row, Sides
from bench.scene import CHANNEL, Hub, database_on, hub_on, postgres, sku
from bench.windows import Work
from hub.api.stock.reservations import RESERVE_STOCK
from hub.app.process.identities import new_identity
from hub.cases.intake.reserving import ReservationDraft
from hub.gate.change import Asked
from hub.inventory.errors import InsufficientStock
from hub.kernel.scope import HUB

CALLERS: Final = 64
PROCESSES: Final = 2
SCRIPT: Final = f"SELECT bench_reserve_unit('{sku(1)}');\n"
SCARCE_UNITS: Final = 1000
TOO_MANY: Final = 200
_GIVEN: Final = """
SELECT (SELECT reserved FROM stock WHERE sku = %(sku)s) AS reserved,
    (SELECT coalesce(sum(units), 0) FROM reservation_claim WHERE sku = %(sku)s)::bigint AS claimed
"""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts a PostgreSQL with a database for each side."""
    with postgres() as server:
        ours, theirs = await database_on(server, "ours", nodes=1), await database_on(server, "theirs", nodes=1)
        await install(theirs, "reserve_unit.sql")
        async with (
            crowd("hot_sku", ours, callers=CALLERS, processes=PROCESSES) as our_window,
            hub_on(ours) as hub,
            Inserted.begun(ours) as here,
            Inserted.begun(theirs) as there,
        ):

            async def alike_and_exact() -> str:
                alike = differences(await here.per("reservation"), await there.per("reservation"))
                return alike or await reserved_exactly(hub)

            yield Sides(our_window, pgbench.repeated(theirs, SCRIPT, connections=CALLERS), check=alike_and_exact)


def work_of(hub: Hub, _: str) -> Work:
    """Reserves a unit of the hot SKU."""
    return reserving(hub, sku(1))


def reserving(hub: Hub, wanted: str) -> Work:
    """Reserves a unit through the gate; a refusal ends the measurement."""
    draft = ReservationDraft(CHANNEL, ((wanted, 1),))

    async def reserve() -> int:
        await hub.gate.run(RESERVE_STOCK, Asked(HUB, new_identity(), wanted.encode()), draft)
        return 1

    return reserve


async def reserved_exactly(hub: Hub) -> str:
    """Whether all that was free was given out, and nothing besides; says what was wrong."""
    async with hub.database.reading() as tx:
        (hot,) = await tx.fetch(_GIVEN, {"sku": sku(1)})
    if hot["reserved"] != hot["claimed"]:
        return f"{hot['claimed']} units were given out and {hot['reserved']} are reserved"
    return await _crowd(hub, sku(2), SCARCE_UNITS) or await _crowd(hub, sku(3), SCARCE_UNITS + TOO_MANY)


async def _crowd(hub: Hub, scarce: str, callers: int) -> str:
    """Has so many callers ask for a scarce SKU at once."""
    async with hub.database.transaction() as tx:
        await tx.execute(
            "UPDATE stock SET on_hand = %(units)s WHERE sku = %(sku)s", {"units": SCARCE_UNITS, "sku": scarce}
        )
    reserve = reserving(hub, scarce)

    async def asked() -> int:
        try:
            return await reserve()
        except InsufficientStock:
            return 0

    taken = sum(await asyncio.gather(*(asked() for _ in range(callers))))
    async with hub.database.reading() as tx:
        (found,) = await tx.fetch(_GIVEN, {"sku": scarce})
    if not taken == found["reserved"] == found["claimed"] == SCARCE_UNITS:
        return (
            f"of {SCARCE_UNITS} units, wanted by {callers}, {taken} were given out, {found['claimed']} claimed and"
            f" {found['reserved']} reserved"
        )
    return ""


ROW: Final = Row(
    name="hot_sku",
    says="units of one SKU reserved a second by 64 callers at two hubs, against a row lock each on 64 connections",
    bar=10,
    aim=20,
    prepare=prepare,
)
