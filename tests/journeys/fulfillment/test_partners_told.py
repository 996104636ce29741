"""What channel and ERP are told, each once and in order, also when they fail on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FaultKind
from crossdock.orders.v1 import erp_document_service_pb2
from crossdock.partner.erp.v1 import erp_pb2
from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_SHIPMENTS
from hub.api.orders.changes import CANCEL_LINES
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import Carriage, CarrierEvent, FulfillmentLine, Package, ShipmentReport
from hub.network.model import ShortagePolicy
from hub.orders.model import CancelRequest
from tests.support.drafts import draft, line, on_terms
from tests.support.world import World
from tests.unit.api.serving import serving

TROUBLE = (
    FaultKind.TIMEOUT_AFTER,
    FaultKind.TIMEOUT_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.UNAVAILABLE,
    FaultKind.SERVER_ERROR,
)
INTERVAL = timedelta(minutes=15)


def told(world: World, kind: str = "") -> list[dict[str, Any]]:
    details = [dict(one.detail) for one in world.effects("double_channel", "channel.progress")]
    return [one for one in details if kind in ("", one["kind"])]


def posted(world: World, *kinds: str) -> list[tuple[str, str]]:
    found = documents(world)
    return [(one["kind"], one.get("total", "")) for one in found if not kinds or one["kind"] in kinds]


def documents(world: World) -> list[dict[str, Any]]:
    return [dict(one.detail) for one in world.effects("double_erp", "erp.post")]


def moved(world: World, node_id: str) -> list[list[tuple[str, int, str]]]:
    return [
        [(row["sku"], row["quantity"], row["cause"]) for row in one["lines"]]
        for one in documents(world)
        if one["kind"] == "STOCK_MOVEMENT" and one["node_id"] == node_id
    ]


async def test_the_acknowledgment_names_dates_and_what_waits(world: World) -> None:
    await world.network(channel={"shortage_policy": ShortagePolicy.BACKORDER})
    await world.stock("SHIRT", "DC-NL", 3)
    await world.items("MUG")

    await world.place(draft("W-1", [line("SHIRT", 2), line("MUG", 4)], instruments=[on_terms()]))
    await world.settle()

    (acknowledged,) = told(world, "CONFIRMED")
    shirts, mugs = acknowledged["lines"]
    assert shirts["promised_time"] == "2026-11-18T22:59:59Z"
    assert (shirts["quantity"], "waiting_quantity" in shirts) == (2, False)
    assert (mugs["quantity"], mugs["waiting_quantity"], "promised_time" in mugs) == (4, 4, False)


async def test_a_short_a_cancellation_and_the_way_of_a_parcel_are_told(world: World) -> None:
    await world.stock("SHIRT", "ST-AMS", 5, there=3)
    await world.stock("SHIRT", "DC-NL", 1)
    placed = await world.place(draft("W-1", [line("SHIRT", 5, "20.00")], shipping="4.95"))
    await world.advance(timedelta(hours=3))
    await world.ask(CANCEL_LINES, CancelRequest(placed.order_id, "changed my mind", ((1, 1),)))

    await world.advance(timedelta(days=3))

    (short,) = told(world, "SHORT")
    assert (short["reason"], short["lines"]) == ("NOT_IN_STOCK", [{"line_number": 1, "sku": "SHIRT", "quantity": 2}])
    (canceled,) = told(world, "CANCELED")
    assert (canceled["reason"], canceled["lines"][0]["quantity"]) == ("changed my mind", 1)
    assert {one["carrier_state"] for one in told(world, "TRACKING")} == {"IN_TRANSIT", "OUT_FOR_DELIVERY"}
    shipped = [sum(row["quantity"] for row in one["lines"]) for one in told(world, "SHIPPED")]
    assert shipped == [3, 1]
    assert posted(world, "INVOICE") == [("INVOICE", "64.95"), ("INVOICE", "20.00")]


async def test_channel_and_customer_are_told_who_brings_a_parcel_and_where_to_follow_it(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await world.place(draft("W-1", [line("SHIRT", 2, "20.00")]))

    await world.advance(timedelta(days=3))

    for kind in ("SHIPPED", "TRACKING", "DELIVERED"):
        parcel = told(world, kind)[0]
        assert (parcel["carrier_name"], parcel["weight_grams"]) == ("Double Parcel", 1000), kind
        assert parcel["tracking_url"] == f"https://parcels.example/{parcel['tracking_number']}", kind


async def test_what_a_node_knows_of_a_parcel_completes_what_its_carrier_told_before(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "20.00")]))
    await world.settle()
    work = (await world.case(placed.order_id)).fulfillment_orders[0].fulfillment_order_id
    at, url = await world.now(), "https://carrier.example/T-1"
    moving = CarrierEvent(ShipmentState.IN_TRANSIT, at, "T-1", fulfillment_order_id=work, tracking_url=url)

    await world.ask(RECORD_CARRIER_EVENTS, moving)
    before = (await world.case(placed.order_id)).shipments[0].carriage
    await world.ask(RECORD_SHIPMENTS, ShipmentReport(work, "P-1", at, carriage=Carriage("DHLX", weight_grams=700)))

    (parcel,) = (await world.case(placed.order_id)).shipments
    assert before == Carriage(tracking_url=url)
    assert parcel.carriage == Carriage("DHLX", "", 700, url)


@pytest.mark.parametrize("fault", TROUBLE)
async def test_every_document_and_report_arrives_once_and_in_order_whatever_fails(
    world: World, fault: FaultKind
) -> None:
    await world.network(nodes={"DC-NL": {"erp_account_id": "books"}})
    for skip in (0, 2):
        world.doubles.fault("double_erp", "PostDocument", fault, skip=skip)
        world.doubles.fault("double_channel", "ReportProgress", fault, skip=skip)
    await world.stock("SHIRT", "DC-NL", 10)
    await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shipping="5.00"))

    await world.advance(timedelta(days=2))

    assert [one["kind"] for one in told(world)] == ["CONFIRMED", "SHIPPED", "TRACKING", "TRACKING", "DELIVERED"]
    of_order = posted(world, "ORDER", "SHIPMENT", "INVOICE")
    assert of_order == [("ORDER", "105.00"), ("SHIPMENT", "105.00"), ("INVOICE", "105.00")]
    assert moved(world, "DC-NL") == [[("SHIRT", 10, "receipt")], [("SHIRT", -2, "ship")]]
    assert world.effects("double_erp", "out_of_order") == []
    assert world.doubles.doubled() == []


async def test_what_moves_on_a_shelf_is_posted_by_cause_and_sums_to_what_is_there(world: World) -> None:
    await world.network(nodes={"ST-AMS": {"erp_account_id": "books"}})
    await world.stock("SHIRT", "ST-AMS", 5, there=3)
    await world.stock("MUG", "ST-AMS", 7)
    await world.advance(INTERVAL)
    await world.place(draft("W-1", [line("SHIRT", 5, "20.00")]))

    await world.advance(timedelta(days=2))

    assert moved(world, "ST-AMS")[0] == [("MUG", 7, "receipt"), ("SHIRT", 5, "receipt")]
    later = [one for document in moved(world, "ST-AMS")[1:] for one in document]
    assert sorted(later) == [("SHIRT", -3, "ship"), ("SHIRT", -2, "not_in_stock")]
    assert (await world.on_shelf("SHIRT", "ST-AMS"))[0] == 5 + sum(units for _, units, _ in later)
    assert moved(world, "DC-NL") == [], "no ERP keeps the accounts of that node"


async def test_a_shipment_tells_its_pallets_and_must_hold_what_it_names(world: World) -> None:
    await world.network(profiles={"wms": {"pick_after_minutes": 9000, "pack_after_minutes": 9000}
        | {"ship_after_minutes": 9000}})  # fmt: skip
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 6, "20.00")]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders
    pallets = tuple(
        Package(f"34012345678901234{number}", "PALLET", (FulfillmentLine(1, units),))
        for number, units in enumerate((4, 2))
    )
    report = ShipmentReport(work.fulfillment_order_id, "SH-1", await world.now(), packages=pallets)
    wrong = replace(report, lines=(FulfillmentLine(1, 5),))
    with pytest.raises(FulfillmentActionNotAllowed, match="hold 6 units of line 1, the report names 5"):
        await world.ask(RECORD_SHIPMENTS, wrong)

    await world.ask(RECORD_SHIPMENTS, report)
    await world.settle()

    (shipped,) = told(world, "SHIPPED")
    held = [(one["kind"], one["reference"], one["lines"][0]["quantity"]) for one in shipped["packages"]]
    assert held == [("PALLET", "340123456789012340", 4), ("PALLET", "340123456789012341", 2)]
    (shipment,) = (await world.case(placed.order_id)).shipments
    assert [one.lines[0].sku for one in shipment.packages] == ["SHIRT", "SHIRT"]


async def test_a_burst_of_stock_levels_is_spread_over_minutes_and_the_newest_wins(world: World) -> None:
    await world.network(accounts={"webshop": {"stock_levels_per_minute": 3}})
    for number in range(8):
        await world.stock(f"SKU-{number}", "DC-NL", 10)
    await world.advance(INTERVAL)
    assert levels(world) == [{"SKU-0": 10, "SKU-1": 10, "SKU-2": 10}]
    await world.stock("SKU-7", "DC-NL", 5)

    await world.advance(timedelta(minutes=1))
    await world.advance(timedelta(minutes=1))

    assert levels(world)[1:] == [{"SKU-3": 10, "SKU-4": 10, "SKU-5": 10}, {"SKU-6": 10, "SKU-7": 15}]
    told_at = [one.business_time for one in world.effects("double_channel", "channel.stock")]
    for start in told_at:
        within = [
            one for one, at in zip(levels(world), told_at, strict=True) if start <= at < start + timedelta(minutes=1)
        ]
        assert sum(map(len, within)) <= 3


async def test_levels_that_would_sell_too_much_are_told_first(world: World) -> None:
    await world.network(accounts={"webshop": {"stock_levels_per_minute": 2}})
    await world.stock("ZEBRA", "DC-NL", 3)
    await world.advance(INTERVAL)
    for sku in ("APPLE", "BANANA", "CHERRY"):
        await world.stock(sku, "DC-NL", 10)
    await world.place(draft("W-1", [line("ZEBRA", 3)]))

    await world.advance(INTERVAL)

    assert levels(world)[1] == {"APPLE": 10, "ZEBRA": 0}


def levels(world: World) -> list[dict[str, int]]:
    found: list[Any] = [one.detail["levels"] for one in world.effects("double_channel", "channel.stock")]
    return found


async def test_the_erps_own_numbers_are_kept_and_can_be_read(world: World) -> None:
    world.doubles.fault("double_erp", "PostDocument", FaultKind.REFUSE, "PERIOD_CLOSED", skip=1)
    await world.stock("SHIRT", "DC-NL", 10)
    placed = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")]))
    await world.advance(timedelta(days=2))

    async with serving(world) as hub:
        ask = hub.rpc("ErpDocumentService.ListErpDocuments")
        answer = await ask(erp_document_service_pb2.ListErpDocumentsRequest(order_id=str(placed.order_id)))

    names = [erp_pb2.DocumentKind.Name(one.kind).removeprefix("DOCUMENT_KIND_") for one in answer.documents]
    assert list(zip([one.document_number for one in answer.documents], names, strict=True)) == [
        (1, "ORDER"),
        (2, "SHIPMENT"),
        (3, "INVOICE"),
    ]
    order, shipment, invoice = answer.documents
    kept = [str(one["reference"]) for one in documents(world)]
    assert [order.erp_number, invoice.erp_number] == kept
    assert shipment.state == erp_document_service_pb2.ERP_DOCUMENT_STATE_REFUSED
    assert shipment.failure.startswith("PERIOD_CLOSED ")
    assert (invoice.state, invoice.total.units) == (erp_document_service_pb2.ERP_DOCUMENT_STATE_POSTED, 100)
    assert await world.exceptions() == ["PARTNER_REFUSED"]
