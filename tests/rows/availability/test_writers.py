"""Whatever the hub does with stock, memory follows: orders, cancels, shorts, reservations, counts, safety."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hub.api.orders.changes import CANCEL_LINES
from hub.api.stock.changes import ADJUST_STOCK, IMPORT_SNAPSHOT
from hub.api.stock.reservations import RESERVE_STOCK
from hub.api.stock.supply_changes import SET_SAFETY_STOCK
from hub.cases.intake.reserving import ReservationDraft
from hub.inventory.model import Snapshot, StockChange
from hub.inventory.model.supply import SafetyChange
from hub.orders.model import CancelRequest
from tests.rows.availability.checks import agreed, followed
from tests.support.drafts import draft, line
from tests.support.world import World, opened


async def test_memory_follows_whatever_the_hub_does_with_stock(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world, followed(world.database) as follower:
        for sku in ("SHIRT", "HAT"):
            await world.stock(sku, "DC-NL", 20)
            await world.stock(sku, "ST-AMS", 4, there=2)
        await agreed(world.database, follower)
        for number in range(4):
            await world.place(draft(f"W-{number}", [line("SHIRT", 2), line("HAT", 1 + number)]))
        await agreed(world.database, follower)
        canceled = await world.place(draft("W-9", [line("SHIRT", 3)]))
        await world.ask(CANCEL_LINES, CancelRequest(canceled.order_id, "changed their mind"))
        await agreed(world.database, follower)
        await reserved_and_kept(world)
        await agreed(world.database, follower)
        await counted(world)
        await agreed(world.database, follower)
        await world.settle()
        await agreed(world.database, follower)
        await world.advance(timedelta(days=8))
        await agreed(world.database, follower)

        assert await world.audit() == []


async def reserved_and_kept(world: World) -> None:
    """A reservation that will expire, safety stock, damage."""
    await world.ask(RESERVE_STOCK, ReservationDraft("WEB-NL", (("SHIRT", 1),)))
    await world.ask(SET_SAFETY_STOCK, SafetyChange(world.identity(), "HAT", "DC-NL", 2))
    await world.ask(ADJUST_STOCK, StockChange("HAT", "DC-NL", "DAMAGE", world.identity(), on_hand=-1))


async def counted(world: World) -> None:
    """A full count of a store."""
    snapshot = Snapshot("stores", await world.now(), frozenset({"ST-AMS"}), (("SHIRT", "ST-AMS", 6, 1),))
    await world.ask(IMPORT_SNAPSHOT, snapshot)
