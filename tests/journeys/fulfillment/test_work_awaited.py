"""Work that a node has: named a day after it should have left, ended by what the node tells, and awaited no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hub.api.fulfillment.changes import ACKNOWLEDGE, RECORD_PICKS, RECORD_SHIPMENTS
from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, ProgressKind, ProgressReport, ShipmentReport
from hub.kernel.instant import Instant
from tests.journeys.upkeep.node_troubles import SILENT
from tests.support.drafts import draft, line
from tests.support.world import World

DAY = timedelta(days=1)


async def released(world: World) -> Case:
    """An order of two cups at a node that tells nothing by itself."""
    await world.network(profiles={"wms": SILENT})
    await world.stock("CUP", "DC-NL", 2)
    placed = await world.place(draft("W-1", [line("CUP", 2, "20.00")]))
    await world.settle()
    return await world.case(placed.order_id)


def told(
    work: FulfillmentOrder, kind: ProgressKind, at: Instant, lines: tuple[FulfillmentLine, ...] = ()
) -> ProgressReport:
    return ProgressReport(work.fulfillment_order_id, kind, at, lines)


async def shipped(world: World, work: FulfillmentOrder, units: int, reference: str) -> None:
    lines = (FulfillmentLine(1, units),)
    await world.ask(
        RECORD_SHIPMENTS, ShipmentReport(work.fulfillment_order_id, reference, await world.now(), "", lines)
    )


async def awaited(world: World) -> Sequence[dict[str, Any]]:
    return await world.rows("SELECT * FROM timer WHERE kind = 'node_work'")


async def until(world: World, work: FulfillmentOrder, after: timedelta) -> None:
    """Lets time pass until so long after the work should have left."""
    await world.advance(work.ship_by + after - await world.now())


async def test_work_that_was_acknowledged_and_is_not_begun_is_named_until_it_is(world: World) -> None:
    (work,) = (await released(world)).fulfillment_orders
    await world.ask(ACKNOWLEDGE, told(work, ProgressKind.ACKNOWLEDGED, await world.now()))
    await until(world, work, DAY - timedelta(minutes=1))
    assert await world.exceptions() == []

    await until(world, work, DAY + timedelta(minutes=1))
    (named,) = await world.rows("SELECT reason, subject, detail FROM exception_record WHERE resolved_at IS NULL")
    assert (named["reason"], named["subject"]) == ("WORK_OVERDUE", str(work.fulfillment_order_id))
    assert "has acknowledged and not shipped 2 units" in named["detail"]

    await world.ask(RECORD_PICKS, told(work, ProgressKind.PICKED, await world.now(), (FulfillmentLine(1, 1),)))
    assert await world.exceptions() == []
    await world.advance(DAY + timedelta(minutes=1))
    assert await world.exceptions() == ["WORK_OVERDUE"]


async def test_work_is_awaited_until_the_last_unit_of_it_left(world: World) -> None:
    (work,) = (await released(world)).fulfillment_orders
    await shipped(world, work, 1, "P-1")
    assert len(await awaited(world)) == 1
    await until(world, work, DAY + timedelta(minutes=1))
    assert await world.exceptions() == ["WORK_OVERDUE"]

    await shipped(world, work, 1, "P-2")

    assert await world.exceptions() == []
    assert await awaited(world) == []
