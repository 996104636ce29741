"""Who near a place has something that can really be bought there, over gRPC."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest
from msgspec.structs import replace

from crossdock.catalog.v1 import catalog_pb2
from crossdock.inventory.v1 import inventory_pb2 as pb
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import orders_pb2
from hub.network.model import Coordinates, PostalArea
from hub.wire.setup.network import network_to_pb
from tests.support.network import network_of
from tests.unit.api.serving import Served, refusal

PLACES = {
    "DC-NL": Coordinates(52.09, 5.12),
    "ST-AMS": Coordinates(52.3676, 4.9041),
    "ST-BER": Coordinates(52.52, 13.405),
    "ST-LON": Coordinates(51.5072, -0.1276),
}
Found = list[tuple[str, dict[str, int]]]


async def placed(hub: Served) -> None:
    """The nodes stand where they stand, and Berlin's postal codes are known."""
    network = network_of()
    nodes = {name: replace(node, coordinates=PLACES.get(name)) for name, node in network.nodes.items()}
    area = PostalArea("DE", "10", Coordinates(52.53, 13.39))
    request = network_pb2.PutNetworkRequest(
        request_id=str(uuid4()), network=network_to_pb(replace(network, nodes=nodes, postal_areas={("DE", "10"): area}))
    )
    await hub.rpc("NetworkService.PutNetwork")(request)
    for node_id, units in (("ST-AMS", 3), ("ST-BER", 1), ("ST-LON", 9)):
        await hub.world.stock("SHIRT", node_id, units)


async def found(hub: Served, principal: str = "channel", **request: Any) -> Found:
    """The nodes that have it, once all that was done is shown."""
    wanted = {"country_code": "DE", "postal_code": "10115"} | request
    asked = pb.FindNodesRequest(**wanted, min_position=await hub.position())
    answer = await hub.rpc("InventoryService.FindNodes", principal)(asked, timeout=10)
    distances = [one.distance_meters for one in answer.nodes]
    assert distances == sorted(distances)
    assert answer.position >= asked.min_position
    return [(one.node_id, dict(one.available_by_sku)) for one in answer.nodes]


async def test_nodes_that_have_it_come_by_their_distance(hub: Served) -> None:
    await placed(hub)

    near_berlin = await found(hub, sku="SHIRT")
    near_london = await found(hub, sku="SHIRT", coordinates=network_pb2.Coordinates(latitude=51.5, longitude=0))

    assert near_berlin == [
        ("ST-BER", {"SHIRT": 1}),
        ("DC-NL", {"SHIRT": 20}),
        ("ST-AMS", {"SHIRT": 3}),
        ("ST-LON", {"SHIRT": 9}),
    ]
    assert [node_id for node_id, _ in near_london] == ["ST-LON", "ST-AMS", "DC-NL", "ST-BER"]


async def test_only_what_can_be_bought_so_is_found(hub: Served) -> None:
    await placed(hub)

    to_collect = await found(hub, sku="SHIRT", delivery_method=orders_pb2.DELIVERY_METHOD_PICKUP, channel_id="WEB-NL")
    many = await found(hub, sku="SHIRT", quantity=9)
    first = await found(hub, sku="SHIRT", node_limit=1)
    close = await found(hub, sku="SHIRT", within_meters=600_000)
    scoped = await found(hub, "other-node", sku="SHIRT")

    assert [node_id for node_id, _ in to_collect] == ["ST-BER", "ST-AMS", "ST-LON"]
    assert [node_id for node_id, _ in many] == ["DC-NL", "ST-LON"]
    assert [node_id for node_id, _ in first] == ["ST-BER"]
    assert [node_id for node_id, _ in close] == ["ST-BER", "DC-NL", "ST-AMS"]
    assert [node_id for node_id, _ in scoped] == ["ST-LON"]


async def test_a_variant_of_a_style_is_found_by_its_attributes(hub: Served) -> None:
    await placed(hub)
    request = catalog_pb2.PutItemsRequest(request_id=str(uuid4()))
    for sku, size in (("COAT-M", "M"), ("COAT-L", "L")):
        await hub.world.stock(sku, "ST-BER" if size == "M" else "ST-AMS", 2)
        request.items.add(sku=sku, attributes={"style": "COAT", "size": size})
    await hub.rpc("CatalogService.PutItems")(request)

    any_size = await found(hub, style="COAT")
    medium = await found(hub, style="COAT", attributes={"size": "M"})
    small = await found(hub, style="COAT", attributes={"size": "S"})

    assert any_size == [("ST-BER", {"COAT-M": 2}), ("ST-AMS", {"COAT-L": 2})]
    assert medium == [("ST-BER", {"COAT-M": 2})]
    assert small == []


@pytest.mark.parametrize(
    ("wanted", "code", "reason"),
    [
        ({"postal_code": "20095", "sku": "SHIRT"}, grpc.StatusCode.NOT_FOUND, "PLACE_UNKNOWN"),
        ({"postal_code": "", "sku": "SHIRT"}, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD"),
        ({}, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD"),
        ({"sku": "SHIRT", "style": "COAT"}, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD"),
        ({"sku": "SHIRT", "channel_id": "NONE"}, grpc.StatusCode.NOT_FOUND, "UNKNOWN_CHANNEL"),
    ],
)
async def test_what_cannot_be_looked_for_is_refused(
    hub: Served, wanted: dict[str, Any], code: grpc.StatusCode, reason: str
) -> None:
    await placed(hub)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await found(hub, **wanted)

    assert refusal(refused.value)[:2] == (code, reason)
