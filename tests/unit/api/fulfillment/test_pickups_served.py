"""What lies ready at a store, over the rpcs: made ready, renewed, and handed over to who names the code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.common.v1 import errors_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.orders.model import DeliveryMethod
from tests.support.drafts import draft, line
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served


async def worked(hub: Served, rpc: str, request: Any) -> pb.FulfillmentResult:
    """The result of one report."""
    request.request_id = str(uuid4())
    result: pb.FulfillmentResult = (await hub.rpc(f"FulfillmentService.{rpc}")(request)).results[0]
    return result


async def test_units_are_made_ready_renewed_and_handed_over_when_it_is_said(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-AMS", 1)
    lines, method = [line("SHIRT")], DeliveryMethod.PICKUP
    placed = await hub.world.place(draft("W-1", lines, delivery_method=method, pickup_node_id="ST-AMS"))
    await hub.world.settle()
    (work,) = (await hub.world.case(placed.order_id)).fulfillment_orders
    identity = str(work.fulfillment_order_id)

    ready = await worked(hub, "RecordReady", pb.RecordReadyRequest(reports=[{"fulfillment_order_id": identity}]))
    assert ready.fulfillment_order.state == pb.FULFILLMENT_ORDER_STATE_READY_FOR_PICKUP
    renewed = await worked(hub, "RenewPickups", pb.RenewPickupsRequest(fulfillment_order_ids=[identity]))
    assert renewed.fulfillment_order.pickup.wrong_code_count == 0

    first, second = (hub.world.surroundings.secrets.pickup_code(f"{identity}/{number}") for number in (1, 2))
    report = pb.CollectionReport(fulfillment_order_id=identity, code=first)
    wrong = await worked(hub, "RecordCollections", pb.RecordCollectionsRequest(reports=[report]))
    assert wrong.refusal.reason == errors_pb2.ERROR_REASON_PICKUP_CODE_WRONG
    later = Timestamp()
    later.FromDatetime(TUESDAY + timedelta(minutes=3))
    report = pb.CollectionReport(fulfillment_order_id=identity, code=second, occur_time=later)

    handed = await worked(hub, "RecordCollections", pb.RecordCollectionsRequest(reports=[report]))

    assert handed.fulfillment_order.state == pb.FULFILLMENT_ORDER_STATE_COLLECTED
    (shipment,) = handed.fulfillment_order.shipments
    assert shipment.deliver_time == later
