"""What is stated of stock is obeyed: it changes what is on hand, what can be sold, and when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from crossdock.common.v1 import source_pb2
from crossdock.inventory.v1 import inventory_pb2 as pb
from crossdock.inventory.v1 import supply_pb2
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served

SHELF: dict[str, Any] = {"sku": "SHIRT", "node_id": "DC-NL"}
HOUR = timedelta(hours=1)


async def test_what_moved_before_a_count_changes_nothing_on_hand(hub: Served) -> None:
    await count(hub, 18)

    before = await adjust(hub, 5, TUESDAY - HOUR)
    after = await adjust(hub, 5, TUESDAY + HOUR)

    assert (before, after) == (18, 23)


async def test_a_feed_goes_on_behind_the_number_through_which_its_source_counted(hub: Served) -> None:
    ahead = pb.Adjustment(**SHELF, delta=4, cause="RECEIPT", sequence=source_pb2.SourceSequence(source="wms", number=8))
    await hub.rpc("InventoryService.AdjustStock")(pb.AdjustStockRequest(request_id=str(uuid4()), adjustments=[ahead]))

    await count(hub, 18, through_number=6)
    await hub.world.settle()
    waiting = await hub.world.on_shelf("SHIRT", "DC-NL")
    await count(hub, 18, through_number=7)
    await hub.world.settle()

    assert (waiting[0], (await hub.world.on_shelf("SHIRT", "DC-NL"))[0]) == (18, 22)


async def test_units_that_a_count_keeps_back_are_not_sold(hub: Served) -> None:
    before = await sold(hub)
    await count(hub, 20, safety=3)

    assert (before, await sold(hub)) == (20, 17)


async def test_safety_stock_is_not_sold(hub: Served) -> None:
    kept = supply_pb2.SafetyStock(**SHELF, quantity=3)
    await hub.rpc("SupplyService.SetSafetyStock")(
        supply_pb2.SetSafetyStockRequest(request_id=str(uuid4()), safety_stock=[kept])
    )

    assert await sold(hub) == 17


async def test_supply_that_slips_can_be_sold_later(hub: Served) -> None:
    key = supply_pb2.SupplyKey(source="erp", reference="PO-1", line="10")
    due = supply_pb2.SupplyDraft(key=key, kind=supply_pb2.SUPPLY_KIND_ON_ORDER, quantity=10, **SHELF)
    due.expect_time.FromDatetime(TUESDAY + timedelta(days=7))
    slip = supply_pb2.Slip(key=key, reason="vessel late")
    slip.expect_time.FromDatetime(TUESDAY + timedelta(days=9))

    await hub.rpc("SupplyService.PutSupply")(supply_pb2.PutSupplyRequest(request_id=str(uuid4()), supplies=[due]))
    first = await days_until_more(hub)
    await hub.rpc("SupplyService.SlipSupply")(supply_pb2.SlipSupplyRequest(request_id=str(uuid4()), slips=[slip]))

    assert (first, await days_until_more(hub)) == (7, 9)


async def adjust(hub: Served, delta: int, at: Any) -> int:
    """Adjust the shelf by what moved at an instant, and return the units on hand."""
    change = pb.Adjustment(**SHELF, delta=delta, cause="RECEIPT")
    change.occur_time.FromDatetime(at)
    request = pb.AdjustStockRequest(request_id=str(uuid4()), adjustments=[change])
    (result,) = (await hub.rpc("InventoryService.AdjustStock")(request)).results
    on_hand: int = result.stock.on_hand
    return on_hand


async def count(hub: Served, units: int, *, safety: int = 0, **facts: Any) -> None:
    """Have the node count the shelf."""
    header = pb.SnapshotHeader(request_id=str(uuid4()), source="wms", node_ids=["DC-NL"], row_count=1, **facts)
    header.count_time.FromDatetime(await hub.world.now())
    row = pb.SnapshotRow(**SHELF, on_hand=units, safety=safety)

    async def parts() -> AsyncIterator[pb.ImportSnapshotRequest]:
        yield pb.ImportSnapshotRequest(header=header)
        yield pb.ImportSnapshotRequest(rows=pb.SnapshotRows(rows=[row]))

    answers = [answer async for answer in hub.rpc("InventoryService.ImportSnapshot")(parts())]
    assert answers[-1].HasField("applied")


async def sold(hub: Served) -> int:
    """Return how many units can be sold."""
    request = pb.GetAvailabilityRequest(skus=["SHIRT"], min_position=await hub.position())
    answer = await hub.rpc("InventoryService.GetAvailability")(request, timeout=10)
    units: int = answer.availability[0].available
    return units


async def days_until_more(hub: Served) -> int:
    """Return in how many days more can be promised than now."""
    question = supply_pb2.AvailabilityQuestion(sku="SHIRT", quantity=25)
    request = supply_pb2.ProjectAvailabilityRequest(questions=[question], channel_id="WEB-NL", node_ids=["DC-NL"])
    (projection,) = (await hub.rpc("SupplyService.ProjectAvailability")(request)).projections
    days: int = (projection.steps[1].start_time.ToDatetime(TUESDAY.tzinfo) - TUESDAY).days
    return days
