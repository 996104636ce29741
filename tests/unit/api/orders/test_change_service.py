"""ChangeService over gRPC."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import change_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from tests.unit.api.serving import Served, euros, refusal


async def proposed(hub: Served, order_id: str, *lines: tuple[int, int], **facts: Any) -> pb.OrderChange:
    """Propose other quantities of lines."""
    request = pb.ProposeChangeRequest(request_id=str(uuid4()), order_id=order_id, reason="asked for", **facts)
    for line_number, quantity in lines:
        request.change.lines.add(line_number=line_number, quantity=quantity)
    response: pb.ProposeChangeResponse = await hub.rpc("ChangeService.ProposeChange")(request)
    return response.change


async def confirmed(hub: Served, order_id: str, change_id: str) -> pb.ConfirmChangeResponse:
    """Confirm a change."""
    request = pb.ConfirmChangeRequest(request_id=str(uuid4()), order_id=order_id, change_id=change_id)
    response: pb.ConfirmChangeResponse = await hub.rpc("ChangeService.ConfirmChange")(request)
    return response


async def refused(call: Any) -> str:
    """Return the reason with which a call is refused."""
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return refusal(error.value)[1]


async def test_a_change_is_proposed_read_confirmed_and_told(hub: Served) -> None:
    order = await hub.place()

    change = await proposed(hub, order.order_id, (1, 1))
    reading = pb.GetChangeRequest(order_id=order.order_id, change_id=change.change_id)
    read = (await hub.rpc("ChangeService.GetChange", "viewer")(reading)).change
    done = await confirmed(hub, order.order_id, change.change_id)

    assert read == change
    assert change.state == pb.CHANGE_STATE_PROPOSED
    assert (change.preview.total_before, change.preview.total_after) == (euros(105), euros(55))
    assert change.expire_time.seconds - change.create_time.seconds == 15 * 60
    assert done.change.state == pb.CHANGE_STATE_CONFIRMED
    assert done.change.reason == "asked for"
    assert {one.state: one.quantity for one in done.order.lines[0].slices} == {
        orders_pb2.SLICE_STATE_RESERVED: 1,
        orders_pb2.SLICE_STATE_CANCELED: 1,
    }


async def test_an_added_line_is_as_it_is_stated(hub: Served) -> None:
    order = await hub.place()
    request = pb.ProposeChangeRequest(request_id=str(uuid4()), order_id=order.order_id, reason="one more")
    request.change.added_lines.add(sku="SHIRT", quantity=1, unit_price=euros(30), title="Gift")

    change = (await hub.rpc("ChangeService.ProposeChange", "channel")(request)).change
    repeat = (await hub.rpc("ChangeService.ProposeChange", "channel")(request)).change
    done = await confirmed(hub, order.order_id, change.change_id)

    assert repeat == change
    assert change.preview.to_authorize == euros(30)
    assert (done.order.lines[1].title, done.order.lines[1].line_total) == ("Gift", euros(30))


async def test_what_is_asked_decides_what_changes(hub: Served) -> None:
    order, other = await hub.place(), await hub.place(reference="other")

    assert await refused(proposed(hub, str(uuid4()), (1, 1))) == "ORDER_NOT_FOUND"
    assert await refused(proposed(hub, order.order_id, (9, 1))) == "ORDER_LINE_NOT_FOUND"
    assert await refused(proposed(hub, order.order_id, (1, 1), order_version=order.version + 1)) == "CHANGE_OUTDATED"
    none = await proposed(hub, order.order_id, (1, 0), order_version=order.version)
    one = await proposed(hub, order.order_id, (1, 1))
    assert [change.preview.lines[0].quantity_after for change in (none, one)] == [0, 1]

    assert await refused(confirmed(hub, order.order_id, str(uuid4()))) == "CHANGE_NOT_FOUND"
    assert await refused(confirmed(hub, other.order_id, one.change_id)) == "CHANGE_NOT_FOUND"
    reading = pb.GetChangeRequest(order_id=other.order_id, change_id=one.change_id)
    assert await refused(hub.rpc("ChangeService.GetChange")(reading)) == "CHANGE_NOT_FOUND"


async def test_a_proposal_holds_as_long_as_the_channel_says(hub: Served) -> None:
    network = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    network.channels[0].change_terms.validity.seconds = 60
    await hub.rpc("NetworkService.PutNetwork")(network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=network))
    order = await hub.place()

    change = await proposed(hub, order.order_id, (1, 1), requested_by=pb.CHANGE_REQUESTER_STAFF)

    assert change.expire_time.seconds - change.create_time.seconds == 60
    assert change.requested_by == pb.CHANGE_REQUESTER_STAFF
    by_customer = proposed(hub, order.order_id, (1, 1), requested_by=pb.CHANGE_REQUESTER_CUSTOMER)
    assert await refused(by_customer) == "CHANGE_NOT_ALLOWED"
