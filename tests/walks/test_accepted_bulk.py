"""What is stated with work on many orders is obeyed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import bulk_service_pb2 as pb
from hub.orders.model import Order
from tests.unit.api.serving import Served


@pytest.mark.parametrize(
    ("blocks", "named"), [(["ship"], ["ON_HOLD", "PARCEL_TO_INTERCEPT"]), (["notify"], ["ON_HOLD"])]
)
async def test_a_hold_blocks_what_it_is_put_to_block(hub: Served, blocks: list[str], named: list[str]) -> None:
    order_id = await released(hub)
    (known,) = (await hub.world.case(order_id)).fulfillment_orders
    await bulk(hub, "HoldOrders", order_id, reason="Looks odd.", blocks=blocks)

    left = fulfillment_pb2.RecordShipmentsRequest(request_id=str(uuid4()))
    left.reports.add(fulfillment_order_id=str(known.fulfillment_order_id), shipment_reference="P-1")
    (result,) = (await hub.rpc("FulfillmentService.RecordShipments")(left)).results

    assert result.HasField("fulfillment_order"), "goods have really moved"
    assert sorted(await hub.world.exceptions()) == named


async def test_orders_are_sourced_again_in_earnest_only(hub: Served) -> None:
    order_id = await released(hub)
    await hub.world.stock("SHIRT", "ST-AMS", 20)

    told, versions = [], [(await order(hub, order_id)).version]
    for dry_run in (True, False):
        told.append(list((await bulk(hub, "SourceOrdersAgain", order_id, dry_run=dry_run)).results))
        versions.append((await order(hub, order_id)).version)

    assert told[0] == told[1]
    assert versions[0] == versions[1] < versions[2]


async def bulk(hub: Served, rpc: str, order_id: UUID, **values: Any) -> Any:
    selection = pb.OrderSelection(order_ids=[str(order_id)])
    request = getattr(pb, f"{rpc}Request")(request_id=str(uuid4()), selection=selection, **values)
    return await hub.rpc(f"BulkService.{rpc}")(request)


async def order(hub: Served, order_id: UUID) -> Order:
    return (await hub.world.case(order_id)).order


async def released(hub: Served) -> UUID:
    order_id = UUID((await hub.place()).order_id)
    await hub.world.settle()
    return order_id
