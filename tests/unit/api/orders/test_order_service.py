"""OrderService over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2, refusal_pb2
from crossdock.orders.v1 import order_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from tests.unit.api.serving import Served, euros, placing, refusal

SECOND = timedelta(seconds=1)


async def test_an_order_is_placed_read_and_listed(hub: Served) -> None:
    placed = await hub.place()
    read = await hub.rpc("OrderService.GetOrder", "viewer")(pb.GetOrderRequest(order_id=placed.order_id))
    by_email = await hub.rpc("OrderService.ListOrders")(pb.ListOrdersRequest(email="Ada@Example.com "))
    by_sku = await hub.rpc("OrderService.ListOrders")(pb.ListOrdersRequest(sku="TROUSERS"))

    assert placed.state == orders_pb2.ORDER_STATE_PLACED
    assert placed.grand_total == euros(105)
    assert [(one.state, one.quantity, one.node_id) for one in placed.lines[0].slices] == [
        (orders_pb2.SLICE_STATE_RESERVED, 2, "DC-NL")
    ]
    assert placed.shipped == orders_pb2.EXTENT_NONE
    assert read.order == placed
    assert [one.order_id for one in by_email.orders] == [placed.order_id]
    assert not by_sku.orders


async def test_a_repeat_gets_the_same_order_and_other_content_is_refused(hub: Served) -> None:
    request = placing()
    first = await hub.rpc("OrderService.PlaceOrder", "channel")(request)
    second = await hub.rpc("OrderService.PlaceOrder", "channel")(request)
    request.order.lines[0].quantity = 3

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("OrderService.PlaceOrder", "channel")(request)

    assert first == second
    assert refusal(refused.value)[:2] == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED")


async def test_another_order_under_a_reference_that_is_taken_is_refused(hub: Served) -> None:
    await hub.place(reference="7")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.place(reference="7", quantity=3)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.ALREADY_EXISTS, "CHANNEL_REFERENCE_TAKEN")


@pytest.mark.parametrize(
    ("changes", "code", "reason", "fields"),
    [
        ({"request_id": "17"}, "INVALID_ARGUMENT", "INVALID_FIELD", ["request_id"]),
        ({"currency_code": "USD"}, "INVALID_ARGUMENT", "CURRENCY_MISMATCH", []),
        ({"pickup_node_id": "ST-AMS"}, "INVALID_ARGUMENT", "INVALID_FIELD", ["order.pickup_node_id"]),
        ({"channel_id": "NOWHERE"}, "NOT_FOUND", "UNKNOWN_CHANNEL", []),
        ({"sku": "TROUSERS"}, "NOT_FOUND", "UNKNOWN_SKU", []),
        ({"quantity": 21}, "FAILED_PRECONDITION", "INSUFFICIENT_STOCK", []),
        ({"service_code": "4111 1111 1111 1111"}, "INVALID_ARGUMENT", "CARD_NUMBER_REFUSED", []),
    ],
)
async def test_what_cannot_be_placed_is_refused_with_its_reason(
    hub: Served, changes: dict[str, Any], code: str, reason: str, fields: list[str]
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.place(**changes)

    assert refusal(refused.value) == (grpc.StatusCode[code], reason, fields)


async def test_a_line_without_any_price_is_refused(hub: Served) -> None:
    request = placing()
    request.order.lines[0].ClearField("unit_price")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("OrderService.PlaceOrder", "channel")(request)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "PRICE_MISSING")


async def test_an_order_that_costs_more_than_the_hub_counts_is_refused(hub: Served) -> None:
    request = placing(quantity=10**7)
    request.order.lines[0].unit_price.units = 10**9

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("OrderService.PlaceOrder", "channel")(request)

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["order.lines"])


async def test_a_stream_of_chunks_is_answered_chunk_by_chunk_with_a_result_per_order(hub: Served) -> None:
    def chunk(*requests: pb.PlaceOrderRequest) -> pb.PlaceOrdersRequest:
        return pb.PlaceOrdersRequest(orders=requests)

    twice = placing("1")
    chunks = [
        chunk(twice, placing("2", sku="TROUSERS"), placing("3", request_id="none"), twice),
        chunk(*(placing(f"{number}", quantity=1) for number in range(10, 28)), placing("30", quantity=1000)),
    ]

    call = hub.rpc("OrderService.PlaceOrders", "channel")(_stream(chunks))
    answers = [answer async for answer in call]

    first, second = ([_outcome(one) for one in answer.results] for answer in answers)
    assert first == ["1", errors_pb2.ERROR_REASON_UNKNOWN_SKU, errors_pb2.ERROR_REASON_INVALID_FIELD, "1"]
    assert second == [*map(str, range(10, 28)), errors_pb2.ERROR_REASON_INSUFFICIENT_STOCK]


async def test_who_waits_for_the_answers_of_a_chunk_before_the_next_one_gets_them(hub: Served) -> None:
    call = hub.rpc("OrderService.PlaceOrders", "channel")()

    for number in ("1", "2"):
        await call.write(pb.PlaceOrdersRequest(orders=[placing(number, quantity=1)]))
        answer = await call.read()
        assert [_outcome(one) for one in answer.results] == [number]
    await call.done_writing()

    assert not await call.read()


async def test_an_empty_chunk_is_refused(hub: Served) -> None:
    call = hub.rpc("OrderService.PlaceOrders", "channel")(_stream([pb.PlaceOrdersRequest()]))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        assert [answer async for answer in call] == []

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["orders"])


async def test_pages_of_orders_are_cut_newest_first_and_end(hub: Served) -> None:
    for number in range(5):
        await hub.place(reference=str(number), quantity=1)
        await hub.world.advance(SECOND)
    found, token = [], ""

    for _ in range(3):
        page = refusal_pb2.PageRequest(page_size=2, page_token=token)
        answer = await hub.rpc("OrderService.ListOrders")(pb.ListOrdersRequest(page=page))
        found.append([one.channel_reference for one in answer.orders])
        token = answer.next_page_token

    assert found == [["4", "3"], ["2", "1"], ["0"]]
    assert token == ""


async def test_a_watcher_sees_the_order_after_each_change_until_it_ends(hub: Served) -> None:
    order = await hub.place()
    call = hub.rpc("OrderService.WatchOrder", "channel")(pb.WatchOrderRequest(order_id=order.order_id))
    seen = [await anext(aiter(call))]

    cancel = pb.CancelLinesRequest(request_id=str(uuid4()), order_id=order.order_id, reason="changed their mind")
    canceled = await hub.rpc("OrderService.CancelLines", "channel")(cancel)
    seen += [answer async for answer in call]

    versions = [answer.order.version for answer in seen]
    assert canceled.canceled_quantity == 2
    assert versions == sorted(set(versions))
    assert seen[-1].order.state == orders_pb2.ORDER_STATE_CANCELED


async def test_a_hold_is_ended_and_the_timeline_tells_it(hub: Served) -> None:
    request = placing()
    request.order.stated_totals.grand_total.CopyFrom(euros(106))
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    (held,) = order.holds
    ending = pb.ResolveHoldRequest(
        request_id=str(uuid4()),
        order_id=order.order_id,
        hold_id=held.hold_id,
        status=orders_pb2.HOLD_STATUS_RESOLVED,
    )

    ended = await hub.rpc("OrderService.ResolveHold", "service")(ending)
    timeline = await hub.rpc("OrderService.GetTimeline")(pb.GetTimelineRequest(order_id=order.order_id))
    ending.request_id = str(uuid4())
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("OrderService.ResolveHold", "service")(ending)

    assert "106.00 EUR" in held.reason
    assert ended.order.holds[0].status == orders_pb2.HOLD_STATUS_RESOLVED
    assert [entry.summary for entry in timeline.entries][:1] == ["Order 1001 was placed in WEB-NL, 105.00 EUR in all."]
    assert refusal(refused.value)[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "HOLD_ALREADY_ENDED")


@pytest.mark.parametrize(
    ("line_number", "quantity", "code", "reason"),
    [
        (2, 1, "NOT_FOUND", "ORDER_LINE_NOT_FOUND"),
        (1, 3, "FAILED_PRECONDITION", "QUANTITY_NOT_CANCELABLE"),
    ],
)
async def test_units_that_are_not_there_are_not_canceled(
    hub: Served, line_number: int, quantity: int, code: str, reason: str
) -> None:
    order = await hub.place()
    cancel = pb.CancelLinesRequest(request_id=str(uuid4()), order_id=order.order_id, reason="changed their mind")
    cancel.lines.add(line_number=line_number, quantity=quantity)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("OrderService.CancelLines", "channel")(cancel)

    assert refusal(refused.value)[:2] == (grpc.StatusCode[code], reason)


async def test_a_hold_that_is_none_of_the_order_cannot_be_ended(hub: Served) -> None:
    order = await hub.place()
    ending = pb.ResolveHoldRequest(
        request_id=str(uuid4()),
        order_id=order.order_id,
        hold_id=str(uuid4()),
        status=orders_pb2.HOLD_STATUS_RESOLVED,
    )

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("OrderService.ResolveHold", "service")(ending)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "HOLD_NOT_FOUND")


@pytest.mark.parametrize(
    ("rpc", "request_"), [("GetOrder", pb.GetOrderRequest), ("GetTimeline", pb.GetTimelineRequest)]
)
async def test_an_order_out_of_scope_is_as_if_it_did_not_exist(hub: Served, rpc: str, request_: Any) -> None:
    order = await hub.place()

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc(f"OrderService.{rpc}", "other-shop")(request_(order_id=order.order_id))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "ORDER_NOT_FOUND")


async def test_an_order_out_of_scope_cannot_be_watched(hub: Served) -> None:
    order = await hub.place()
    call = hub.rpc("OrderService.WatchOrder", "other-shop")(pb.WatchOrderRequest(order_id=order.order_id))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await anext(aiter(call))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "ORDER_NOT_FOUND")


async def _stream(requests: Sequence[Any]) -> AsyncIterator[Any]:
    for request in requests:
        yield request


def _outcome(result: pb.PlaceOrdersResult) -> Any:
    return result.order.channel_reference if result.HasField("order") else result.refusal.reason
