"""A full count that was wrong is undone: stock and all that follows from it are as if it had not been taken."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.stock.changes import ADJUST_STOCK, IMPORT_SNAPSHOT, UNDO_SNAPSHOT
from hub.api.stock.supply_changes import SET_SAFETY_STOCK
from hub.flows.stock.undo_snapshot import undo_snapshot
from hub.fulfillment.model import ShipmentReport
from hub.inventory import operations as inventory
from hub.inventory.errors import SnapshotNotFound, SnapshotNumbered, SnapshotOutdated
from hub.inventory.model import Snapshot, StockChange
from hub.inventory.model.supply import SafetyChange
from hub.kernel.scope import HUB
from tests.journeys.stock.test_stock_explained import explained
from tests.journeys.stock.test_variance import listed
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY, World

HOUR = timedelta(hours=1)
LARGE = {"variance_units": 50}


async def counted(world: World, at: datetime, units: int, source: str = "wms", **changes: Any) -> UUID:
    """A full count of DC-NL: so many shirts, and no mugs unless `mugs` says so."""
    rows = (("SHIRT", "DC-NL", units, changes.pop("safety", 0)), ("MUG", "DC-NL", changes.pop("mugs", 20), 0))
    return (await world.ask(IMPORT_SNAPSHOT, Snapshot(source, at, frozenset({"DC-NL"}), rows, **changes))).snapshot_id


async def moved(world: World, units: int, at: datetime) -> None:
    change = StockChange("SHIRT", "DC-NL", "MOVED", world.identity(), units, occurred_at=at)
    await world.ask(ADJUST_STOCK, change)


async def sold(world: World, units: int) -> None:
    placed = await world.place(draft("W-1", [line("SHIRT", units)]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders
    report = ShipmentReport(work.fulfillment_order_id, "P-1", await world.now(), "T-1")
    await world.ask(RECORD_SHIPMENTS, report)


async def a_wrong_count(world: World, **changes: Any) -> UUID:
    """Ten shirts and twenty mugs are counted at nine o'clock; a hundred shirts and no mug at eleven, told at noon."""
    await world.network(nodes={"DC-NL": LARGE})
    await world.stock("SHIRT", "DC-NL", 10)
    await world.stock("MUG", "DC-NL", 20)
    await counted(world, TUESDAY, 10)
    await world.advance(3 * HOUR)
    return await counted(world, TUESDAY + 2 * HOUR, 100, mugs=0, **changes)


async def test_all_is_as_if_the_count_had_not_been_taken(world: World) -> None:
    wrong = await a_wrong_count(world)
    await sold(world, 2)
    await moved(world, 5, TUESDAY + HOUR)
    await moved(world, -3, TUESDAY - HOUR)
    assert await world.on_shelf("SHIRT", "DC-NL") == (98, 0, 0)
    assert await world.exceptions() == ["STOCK_VARIANCE"]

    undone = await world.ask(UNDO_SNAPSHOT, wrong)
    await world.settle()

    assert undone.changed == 2
    assert await world.on_shelf("SHIRT", "DC-NL") == (13, 0, 0)
    assert await world.on_shelf("MUG", "DC-NL") == (20, 0, 0)
    async with world.database.reading() as tx:
        assert await inventory.available(tx, ["SHIRT"], None) == {("SHIRT", "DC-NL"): 13}
    assert await listed(world) == []
    assert await world.exceptions() == []
    assert await world.audit() == []


async def test_a_count_before_the_one_undone_is_taken_again(world: World) -> None:
    wrong = await a_wrong_count(world)
    with pytest.raises(SnapshotOutdated):
        await counted(world, TUESDAY + HOUR, 12)
    await moved(world, -1, TUESDAY + 90 * timedelta(minutes=1))
    await world.ask(UNDO_SNAPSHOT, wrong)

    await counted(world, TUESDAY + HOUR, 12)

    assert await world.on_shelf("SHIRT", "DC-NL") == (11, 0, 0)
    assert [row[2] for row in await listed(world)] == [2]
    with pytest.raises(SnapshotOutdated):
        await counted(world, TUESDAY - HOUR, 12)
    assert await world.audit() == []


async def test_the_first_count_of_a_node_leaves_none_in_force(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    wrong = await counted(world, TUESDAY, 7, mugs=0)
    await world.ask(UNDO_SNAPSHOT, wrong)

    await moved(world, 4, TUESDAY - HOUR)

    assert await world.on_shelf("SHIRT", "DC-NL") == (14, 0, 0)
    assert await world.rows("SELECT * FROM snapshot_mark") == []


async def test_what_orders_claim_stays_and_is_named(world: World) -> None:
    wrong = await a_wrong_count(world)
    await world.place(draft("W-1", [line("SHIRT", 30)]))
    await world.settle()

    undone = await world.ask(UNDO_SNAPSHOT, wrong)

    assert undone.discrepancies == (("SHIRT", "DC-NL", 10, 30),)
    assert (await world.on_shelf("SHIRT", "DC-NL"))[0] == 30
    assert "STOCK_DISCREPANCY" in await world.exceptions()
    assert await world.audit() == []


async def test_more_shipped_than_there_was_leaves_nothing_on_the_shelf(world: World) -> None:
    wrong = await a_wrong_count(world)
    await sold(world, 30)

    undone = await world.ask(UNDO_SNAPSHOT, wrong)

    assert undone.discrepancies == (("SHIRT", "DC-NL", -20, 0),)
    assert await world.on_shelf("SHIRT", "DC-NL") == (0, 0, 0)
    assert await world.rows("SELECT * FROM stock_discrepancy") == []
    assert await world.audit() == []


async def test_fewer_counted_than_claimed_is_named_no_more(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await world.place(draft("W-1", [line("SHIRT", 4)]))
    await world.settle()
    wrong = await counted(world, TUESDAY, 1, mugs=0)
    assert "STOCK_DISCREPANCY" in await world.exceptions()

    await world.ask(UNDO_SNAPSHOT, wrong)

    assert (await world.on_shelf("SHIRT", "DC-NL"))[0] == 10
    assert await world.exceptions() == []
    assert await world.rows("SELECT * FROM stock_discrepancy") == []


@pytest.mark.parametrize(("kept_since", "kept"), [(None, 4), (3, 3)])
async def test_units_kept_back_are_restored_unless_somebody_kept_others_since(
    world: World, kept_since: int | None, kept: int
) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    await counted(world, TUESDAY, 10, safety=4, mugs=0)
    await world.advance(HOUR)
    wrong = await counted(world, TUESDAY + HOUR, 10, safety=9, mugs=0)
    if kept_since is not None:
        await world.ask(SET_SAFETY_STOCK, SafetyChange(world.identity(), "SHIRT", "DC-NL", kept_since))

    await world.ask(UNDO_SNAPSHOT, wrong)

    assert await world.rows("SELECT safety FROM stock WHERE sku = 'SHIRT'") == [{"safety": kept}]
    assert await world.audit() == []


async def test_the_same_request_twice_undoes_it_once(world: World) -> None:
    wrong = await a_wrong_count(world)
    request_id = world.identity()
    first = await world.ask(UNDO_SNAPSHOT, wrong, request_id=request_id)

    again = await world.ask(UNDO_SNAPSHOT, wrong, request_id=request_id)

    assert (again.count, again.changed) == (first.count, 2)
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 0)


async def test_of_two_at_once_one_undoes_it_and_what_is_told_meanwhile_is_there_once(world: World) -> None:
    wrong = await a_wrong_count(world)

    told = [moved(world, 1, TUESDAY + HOUR) for _ in range(12)]
    undone = [world.run(undo_snapshot, [wrong]) for _ in range(2)]
    _, (first, second) = await asyncio.gather(asyncio.gather(*told), asyncio.gather(*undone))

    assert sorted(type(one).__name__ for one in (*first, *second)) == ["SnapshotNotApplied", "UndoneCount"]
    assert await world.on_shelf("SHIRT", "DC-NL") == (22, 0, 0)
    assert await world.audit() == []


async def test_who_tells_a_movement_waits_for_a_count_that_is_being_undone(world: World) -> None:
    wrong = await a_wrong_count(world)
    async with world.database.transaction() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        await undo_snapshot(flow, [wrong])
        told = asyncio.create_task(moved(world, 1, TUESDAY + HOUR))
        assert await asyncio.wait([told], timeout=0.5) == (set(), {told})

    await told

    assert await world.on_shelf("SHIRT", "DC-NL") == (11, 0, 0)


async def test_a_count_is_refused_by_what_speaks_against_it(world: World) -> None:
    wrong = await a_wrong_count(world)
    numbered = await counted(world, TUESDAY + 2 * HOUR + timedelta(minutes=1), 10, through=7)

    with pytest.raises(SnapshotNotFound):
        await world.ask(UNDO_SNAPSHOT, uuid4())
    with pytest.raises(SnapshotNumbered, match="number 7"):
        await world.ask(UNDO_SNAPSHOT, numbered)
    with pytest.raises(SnapshotOutdated, match=str(numbered)):
        await world.ask(UNDO_SNAPSHOT, wrong)
    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 0)


async def test_the_ledger_and_the_figure_say_why(world: World) -> None:
    wrong = await a_wrong_count(world)
    await world.advance(HOUR)
    await world.ask(UNDO_SNAPSHOT, wrong)

    found = await explained(world)

    row, _ = found.explained.rows[0]
    cause = found.causes[row.cause_id]
    assert (row.delta.on_hand, cause.type) == (-90, "StockCountUndone")
    assert (cause.facts["principal"], cause.facts["snapshot_id"]) == ("hub", str(wrong))
