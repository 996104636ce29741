"""What the hub is told of items and nodes reaches those who work: nodes, carriers, books."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from crossdock.catalog.v1 import catalog_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from tests.unit.api.serving import Served, euros, placing
from tests.walks.outside import Outside, listening

NODE, CARRIER, BOOKS = "warehouse.ReleaseFulfillmentOrder", "transport.RegisterParcel", "erp.PostDocument"
SILENT = {"acknowledge_after_minutes": 99_000, "pick_after_minutes": 99_000}


async def test_what_the_catalog_and_the_network_state_reaches_nodes_carriers_and_books(hub: Served) -> None:
    title = {"DC-NL": {"title": "Center of Tilburg"}}
    await hub.world.network(profiles={"wms": SILENT}, nodes=title, channel={"seller_id": "SELLER-77"})
    await put(
        hub,
        catalog_pb2.Item(sku="SHIRT", title="Shirt, red", hs_code="610910", origin_country_code="PT", weight_grams=431),
    )

    with listening() as outside:
        await leave(hub, fulfillment_pb2.ShipmentReport(shipment_reference="P-1", tracking_number="T-1"))

    told = {"Shirt, red": NODE, "610910": NODE, "PT": NODE, 431: NODE, 2 * 431: CARRIER, "Center of Tilburg": CARRIER}
    assert unread(outside, told | {"SELLER-77": BOOKS}) == {}


async def test_what_an_order_and_a_node_state_counts_before_what_the_catalog_states(hub: Served) -> None:
    await hub.world.network(profiles={"wms": SILENT})
    await put(hub, catalog_pb2.Item(sku="SHIRT", title="Shirt, red", weight_grams=431))

    with listening() as outside:
        report = fulfillment_pb2.ShipmentReport(shipment_reference="P-1", tracking_number="T-1", weight_grams=900)
        await leave(hub, report, title="Shirt, blue")

    assert unread(outside, {"Shirt, blue": NODE, 900: CARRIER}) == {}


async def test_a_parcel_with_units_of_unknown_weight_has_none(hub: Served) -> None:
    await hub.world.network(profiles={"wms": SILENT})
    await put(hub, catalog_pb2.Item(sku="SHIRT", weight_grams=431))
    await hub.world.stock("MUG", "DC-NL", 5)

    with listening() as outside:
        await leave(hub, fulfillment_pb2.ShipmentReport(shipment_reference="P-1", tracking_number="T-1"), more="MUG")

    (registered,) = [request for rpc, request in outside.requests if rpc == CARRIER]
    assert "weight_grams" not in {field.name for field, _ in registered.ListFields()}


async def test_a_bundle_is_ordered_at_its_list_price_and_ships_as_its_components(hub: Served) -> None:
    box = catalog_pb2.Item(sku="BOX", prices=[euros(70)])
    box.components.add(sku="SHIRT", quantity=3)
    await put(hub, box)
    request = placing(sku="BOX", quantity=2)
    request.order.lines[0].ClearField("unit_price")

    (line,) = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order.lines

    assert (line.sku, line.quantity, line.line_total) == ("SHIRT", 6, euros(140))


async def put(hub: Served, item: catalog_pb2.Item) -> None:
    request = catalog_pb2.PutItemsRequest(request_id=str(uuid4()), items=[item])
    (result,) = (await hub.rpc("CatalogService.PutItems")(request)).results
    assert result.WhichOneof("outcome") == "item"


async def leave(hub: Served, report: fulfillment_pb2.ShipmentReport, *, title: str = "", more: str = "") -> None:
    """Place an order and have its node report that all of it left in one parcel."""
    request = placing()
    request.order.lines[0].title = title
    if more:
        request.order.lines.add().CopyFrom(request.order.lines[0])
        request.order.lines[1].sku = more
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    await hub.world.settle()
    await hub.world.advance(timedelta(hours=1))
    (work,) = (await hub.world.case(UUID(order.order_id))).fulfillment_orders
    report.fulfillment_order_id = str(work.fulfillment_order_id)
    reported = fulfillment_pb2.RecordShipmentsRequest(request_id=str(uuid4()), reports=[report])
    (result,) = (await hub.rpc("FulfillmentService.RecordShipments", "warehouse")(reported)).results
    assert result.WhichOneof("outcome") != "refusal", result
    await hub.world.settle()


def unread(outside: Outside, told: dict[object, str]) -> dict[object, str]:
    """Return what its reader was not told."""
    return {value: reader for value, reader in told.items() if reader not in outside.readers(value)}
