"""Scenario 14: a late count never erases a newer sale, the newer of two counts wins, whatever comes in what order."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.stock.changes import ADJUST_STOCK, IMPORT_SNAPSHOT
from hub.fulfillment.model import FulfillmentLine, ShipmentReport
from hub.inbox.model import SourceSequence
from hub.inventory import operations as inventory
from hub.inventory.errors import SnapshotOutdated
from hub.inventory.model import Snapshot, StockChange
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

MINUTE = timedelta(minutes=1)
TEN = TUESDAY + timedelta(hours=1)
"""Ten o'clock on the clock of the test's file."""


def counted(minute: int, units: int) -> Snapshot:
    """A full file of DC-NL, taken so many minutes after ten."""
    return Snapshot("wms", TEN + minute * MINUTE, frozenset({"DC-NL"}), (("SHIRT", "DC-NL", units, 0),))


async def available(world: World) -> int:
    async with world.database.reading() as tx:
        return (await inventory.available(tx, ["SHIRT"], None))["SHIRT", "DC-NL"]


async def test_scenario_14_a_file_of_ten_o_clock_leaves_48_after_two_were_sold_at_a_minute_past(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 50)
    await world.advance(TEN + MINUTE - TUESDAY)
    await world.place(draft("W-1", [line("SHIRT", 2)]))
    await world.advance(4 * MINUTE)

    await world.ask(IMPORT_SNAPSHOT, counted(0, 50))

    assert await available(world) == 48


async def test_scenario_14_of_two_files_reversed_the_newer_wins(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 50)
    await world.advance(TEN + 10 * MINUTE - TUESDAY)
    await world.ask(IMPORT_SNAPSHOT, counted(5, 40))

    with pytest.raises(SnapshotOutdated) as refused:
        await world.ask(IMPORT_SNAPSHOT, counted(0, 50))

    assert refused.value.metadata["node_id"] == "DC-NL"
    assert await available(world) == 40


@pytest.mark.parametrize("order", list(permutations(("receipt", "damage", "count", "sales"))), ids="-".join)
async def test_scenario_14_all_orders_of_sequence_count_and_sales_end_alike(
    world: World, order: tuple[str, ...]
) -> None:
    """43 on the shelf, 10 came and 3 left before the count of 50; 2 left and 1 broke after it: 47."""
    await world.stock("SHIRT", "DC-NL", 43)
    await world.advance(TEN + 5 * MINUTE - TUESDAY)
    placed = await world.place(draft("W-1", [line("SHIRT", 5)]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders

    for event in order:
        if event == "count":
            await world.ask(IMPORT_SNAPSHOT, counted(0, 50))
        elif event == "sales":
            await sold(world, work.fulfillment_order_id, "P-1", 3, -5)
            await sold(world, work.fulfillment_order_id, "P-2", 2, 1)
        else:
            await told(world, *((1, 10, -20) if event == "receipt" else (2, -1, 2)))
    await world.settle()

    assert await world.on_shelf("SHIRT", "DC-NL") == (47, 0, 0)
    assert await world.exceptions() == []


async def told(world: World, number: int, units: int, minute: int) -> None:
    """A numbered adjustment, so many minutes after ten."""
    change = StockChange(
        "SHIRT",
        "DC-NL",
        "MOVED",
        world.identity(),
        units,
        occurred_at=TEN + minute * MINUTE,
        sequence=SourceSequence("wms", number),
    )
    await world.ask(ADJUST_STOCK, change)


async def sold(world: World, fulfillment_order_id: UUID, reference: str, units: int, minute: int) -> None:
    """A parcel that left, so many minutes after ten."""
    lines = (FulfillmentLine(1, units),)
    at = TEN + minute * MINUTE
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(fulfillment_order_id, reference, at, f"T-{reference}", lines))


async def test_at_the_instant_of_a_count_all_that_is_told_after_it_is_added_to_it(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    now = await world.now()
    await world.ask(IMPORT_SNAPSHOT, Snapshot("wms", now, frozenset({"DC-NL"}), (("SHIRT", "DC-NL", 4, 0),)))
    await world.stock("SHIRT", "DC-NL", 3)
    placed = await world.place(draft("W-1", [line("SHIRT", 5)]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders

    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work.fulfillment_order_id, "P-1", now, "T-1"))

    assert await world.on_shelf("SHIRT", "DC-NL") == (2, 0, 0)
