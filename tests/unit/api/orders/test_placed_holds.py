"""PlaceHold over gRPC: what is asked is read back, what the order has not is refused, and a repeat changes nothing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.orders.v1 import order_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from tests.unit.api.serving import Served, refusal

LATE = Timestamp(seconds=4_000_000_000)


async def placed(hub: Served, order_id: str, caller: str = "service", **stated: Any) -> orders_pb2.Order:
    fields = {"request_id": str(uuid4()), "reason": "odd", "blocks": ["release", "capture"], **stated}
    answer = await hub.rpc("OrderService.PlaceHold", caller)(pb.PlaceHoldRequest(order_id=order_id, **fields))
    order: orders_pb2.Order = answer.order
    return order


async def test_what_is_held_is_read_back(hub: Served) -> None:
    order = await hub.place()
    whole: dict[str, Any] = {"type": orders_pb2.HOLD_TYPE_FRAUD, "owner": "risk", "expire_time": LATE}

    await placed(hub, order.order_id, **whole)
    await placed(hub, order.order_id, **whole)
    await placed(hub, order.order_id, line_number=1, quantity=1)
    held = (await placed(hub, order.order_id, instrument_number=1)).holds

    assert [(one.scope, one.line_number, one.quantity, one.instrument_number, one.owner) for one in held] == [
        (orders_pb2.HOLD_SCOPE_ORDER, 0, 0, 0, "risk"),
        (orders_pb2.HOLD_SCOPE_LINE, 1, 1, 0, "customer-service"),
        (orders_pb2.HOLD_SCOPE_INSTRUMENT, 0, 0, 1, "customer-service"),
    ]
    assert (held[0].expire_time, held[0].at_expiry) == (LATE, orders_pb2.HOLD_EXPIRY_EXCEPTION)
    assert held[1].at_expiry == orders_pb2.HOLD_EXPIRY_RELEASED
    assert list(held[2].blocks) == ["capture", "release"]


@pytest.mark.parametrize(
    ("stated", "code", "reason"),
    [
        ({"order_id": str(uuid4())}, "NOT_FOUND", "ORDER_NOT_FOUND"),
        ({"line_number": 9}, "FAILED_PRECONDITION", "HOLD_SCOPE_NOT_FOUND"),
        ({"line_number": 1, "quantity": 3}, "FAILED_PRECONDITION", "HOLD_SCOPE_NOT_FOUND"),
        ({"fulfillment_order_id": str(uuid4())}, "FAILED_PRECONDITION", "HOLD_SCOPE_NOT_FOUND"),
        ({"instrument_number": 2}, "FAILED_PRECONDITION", "HOLD_SCOPE_NOT_FOUND"),
        ({"type": orders_pb2.HOLD_TYPE_TAX}, "FAILED_PRECONDITION", "HOLD_TYPE_RESERVED"),
        ({"blocks": []}, "INVALID_ARGUMENT", "INVALID_FIELD"),
        ({"blocks": ["sell"]}, "INVALID_ARGUMENT", "INVALID_FIELD"),
        ({"quantity": 1}, "INVALID_ARGUMENT", "INVALID_FIELD"),
        ({"line_number": 1, "instrument_number": 1}, "INVALID_ARGUMENT", "INVALID_FIELD"),
        ({"expire_time": Timestamp(seconds=1_000_000_000)}, "INVALID_ARGUMENT", "INVALID_FIELD"),
    ],
)
async def test_a_hold_of_what_is_not_there_is_refused(
    hub: Served, stated: dict[str, Any], code: str, reason: str
) -> None:
    order = await hub.place()
    fields = dict(stated)
    order_id = fields.pop("order_id", order.order_id)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await placed(hub, order_id, **fields)

    assert refusal(refused.value)[:2] == (grpc.StatusCode[code], reason)


async def test_nobody_but_staff_places_holds(hub: Served) -> None:
    order = await hub.place()
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await placed(hub, order.order_id, "channel")
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
