"""Scenario 30: a wholesale order of 200 lines and 40,000 units flows through place, release and ship to invoices."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from hub.api.fulfillment.changes import RECORD_SHIPMENTS
from hub.api.orders.changes import PLACE_ORDER
from hub.api.stock.changes import ADJUST_STOCK
from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Package, ShipmentReport
from hub.inventory.model import StockChange
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from hub.wire.orders.drafts import draft_from_pb
from tests.support.drafts import item
from tests.support.wholesale import CLOSES, LINES, OPENS, PER_PALLET, UNITS, purchase_order, sku
from tests.support.world import TUESDAY, World

SHORT = 12
"""Lines of which only half is there."""
FROM = {"DC-NL": range(1, 101), "ST-BER": range(101, 161), "DC-UK": range(161, 201)}
NEVER = {"pick_after_minutes": 90_000, "pack_after_minutes": 90_000, "ship_after_minutes": 90_000}


def there(number: int) -> int:
    """Units on the shelf of a line."""
    return UNITS // 2 if number <= SHORT else UNITS


async def stocked(world: World) -> None:
    await world.network(profiles={"wms": NEVER, "stores": NEVER}, nodes={"DC-NL": {"erp_account_id": "books"}})
    await world.items(*[item(sku(number), unit_code="CS") for number in range(1, LINES + 1)])
    for node_id, numbers in FROM.items():
        for number in numbers:
            change = StockChange(sku(number), node_id, "receipt", world.identity(), on_hand=there(number))
            await world.ask(ADJUST_STOCK, change)


def pallets(work: FulfillmentOrder) -> tuple[Package, ...]:
    """Ten lines on a pallet."""
    return tuple(
        Package(
            f"3400000000{work.node_id.replace('-', '')}{start:03}",
            "PALLET",
            tuple(FulfillmentLine(line.line_number, line.quantity) for line in work.lines[start : start + PER_PALLET]),
        )
        for start in range(0, len(work.lines), PER_PALLET)
    )


def states(case: Case) -> Counter[SliceState]:
    counted = Counter[SliceState]()
    for one in case.slices:
        counted[one.state] += one.quantity
    return counted


def told(world: World, kind: str) -> list[dict[str, Any]]:
    effects = world.effects("double_channel", "channel.progress")
    return [dict(one.detail) for one in effects if one.detail["kind"] == kind]


async def test_scenario_30_a_wholesale_order_ships_in_three_deliveries_and_its_invoices_sum_to_them(
    world: World,
) -> None:
    await stocked(world)
    case = await world.ask(PLACE_ORDER, draft_from_pb(purchase_order()))
    await world.settle()

    assert states(case) == {SliceState.RESERVED: 38_800, SliceState.BACKORDERED: 1_200}
    (acknowledged,) = told(world, "CONFIRMED")
    waiting = [one for one in acknowledged["lines"] if "waiting_quantity" in one]
    assert (len(acknowledged["lines"]), len(waiting)) == (200, SHORT)
    assert {one["waiting_quantity"] for one in waiting} == {100}
    assert not [one for one in acknowledged["lines"] if "promised_time" not in one]

    await world.advance(OPENS - TUESDAY - timedelta(hours=1))
    assert (await world.case(case.order_id)).fulfillment_orders == (), "the ship window is not open yet"
    await world.advance(timedelta(hours=2))
    case = await world.case(case.order_id)
    assert sorted(one.node_id for one in case.fulfillment_orders) == ["DC-NL", "DC-UK", "ST-BER"]
    assert all(one.ship_by <= CLOSES for one in case.fulfillment_orders)
    for number, work in enumerate(case.fulfillment_orders):
        report = ShipmentReport(
            work.fulfillment_order_id, f"BOL-{number}", await world.now(), f"TRUCK-{number}", packages=pallets(work)
        )
        await world.ask(RECORD_SHIPMENTS, report)
    await world.advance(timedelta(days=10))

    case = await world.case(case.order_id)
    assert states(case) == {SliceState.DELIVERED: 38_800, SliceState.CANCELED: 1_200}, "what is left is dropped"
    assert case.order.state is OrderState.CLOSED
    shipments = told(world, "SHIPPED")
    assert sum(len(one["packages"]) for one in shipments) == 20
    on_pallets = sum(line["quantity"] for one in shipments for pallet in one["packages"] for line in pallet["lines"])
    assert on_pallets == sum(line["quantity"] for one in shipments for line in one["lines"]) == 38_800
    invoices = [one.detail for one in world.effects("double_erp", "erp.post") if one.detail["kind"] == "INVOICE"]
    assert sorted(str(one["total"]) for one in invoices) == ["20000.00", "30000.00", "47000.00"]
    assert {one["terms"] for one in invoices} == {"NET30"}
    assert sum(one.value_minor for one in case.shipments) == 9_700_000
    (canceled,) = told(world, "CANCELED")
    assert (len(canceled["lines"]), sum(one["quantity"] for one in canceled["lines"])) == (SHORT, 1_200)
