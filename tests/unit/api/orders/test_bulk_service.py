"""BulkService over gRPC: by filter, page by page, an answer per order; a dry run does the same and leaves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import bulk_service_pb2 as pb
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.network.model import ShortagePolicy
from tests.support.drafts import draft, line
from tests.unit.api.serving import Served

TABLES = ("event", "message", "slice_move", "stock_move", "hold", "timer", "exception_record")


async def orders(hub: Served, count: int) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 100)
    for number in range(count):
        await hub.world.place(draft(f"B-{number}", [line("SHIRT", 2)]))
    await hub.world.settle()


async def rows(hub: Served) -> dict[str, int]:
    return {table: (await hub.world.rows(f"SELECT count(*) AS rows FROM {table}"))[0]["rows"] for table in TABLES}


def selecting(**named: Any) -> pb.OrderSelection:
    return pb.OrderSelection(**named)


def cancel(**changes: Any) -> pb.CancelOrdersRequest:
    given: dict[str, Any] = {"request_id": str(uuid4()), "selection": selecting(sku="SHIRT"), "reason": "recall"}
    return pb.CancelOrdersRequest(**given | changes)


def done(results: Sequence[pb.BulkResult]) -> list[tuple[str, int, int]]:
    found = [(one.channel_reference, one.done.done_quantity, one.done.requested_quantity) for one in results]
    return sorted(found)


async def test_orders_are_selected_by_their_ids(hub: Served) -> None:
    await orders(hub, 3)
    listed = (await hub.rpc("OrderService.ListOrders")(order_service_pb2.ListOrdersRequest())).orders
    ids = [listed[0].order_id, listed[2].order_id, str(uuid4())]

    answer = await hub.rpc("BulkService.CancelOrders", "service")(cancel(selection=selecting(order_ids=ids)))

    assert {one.order_id for one in answer.results} == {listed[0].order_id, listed[2].order_id}


async def test_orders_are_canceled_page_by_page_with_an_answer_each(hub: Served) -> None:
    await orders(hub, 5)
    send = hub.rpc("BulkService.CancelOrders")

    first = await send(cancel(page=PageRequest(page_size=3)))
    rest = await send(cancel(page=PageRequest(page_size=3, page_token=first.next_page_token)))

    assert (len(first.results), len(rest.results), rest.next_page_token) == (3, 2, "")
    assert done([*first.results, *rest.results]) == [(f"B-{number}", 0, 2) for number in range(5)]
    await hub.world.advance(timedelta(hours=1))
    states = {one["state"] for one in await hub.world.rows("SELECT DISTINCT state FROM orders")}
    assert states == {"CANCELED"}, "the nodes gave the units up"
    assert not (await send(cancel())).results, "orders that ended are left out"


async def test_a_repeat_of_a_page_acts_on_no_order_twice(hub: Served) -> None:
    await orders(hub, 2)
    send, request = hub.rpc("BulkService.CancelOrders"), cancel()

    first, again = await send(request), await send(request)

    assert done(first.results) == done(again.results) == [("B-0", 0, 2), ("B-1", 0, 2)]
    asked = await hub.world.rows("SELECT count(*) AS rows FROM message WHERE kind = 'warehouse.cancel'")
    assert asked[0]["rows"] == 2


async def test_a_dry_run_answers_what_would_be_done_and_leaves_everything(hub: Served) -> None:
    await hub.world.network(channel={"shortage_policy": ShortagePolicy.BACKORDER})
    await orders(hub, 2)
    await hub.world.items("MUG")
    await hub.world.place(draft("B-9", [line("MUG", 3), line("SHIRT", 1)]))
    await hub.world.settle()
    before = await rows(hub)

    rehearsed = await hub.rpc("BulkService.CancelOrders")(cancel(dry_run=True))

    assert await rows(hub) == before
    assert done(rehearsed.results) == [("B-0", 0, 2), ("B-1", 0, 2), ("B-9", 3, 1)]
    in_earnest = await hub.rpc("BulkService.CancelOrders")(cancel())
    assert done(in_earnest.results) == done(rehearsed.results)


async def test_orders_are_held_and_resumed(hub: Served) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 10)
    placed = await hub.world.place(draft("B-1", [line("SHIRT", 2)]))
    chosen = selecting(channel_id="WEB-NL", state=orders_pb2.ORDER_STATE_PLACED)

    async def hold() -> Any:
        request = pb.HoldOrdersRequest(request_id=str(uuid4()), selection=chosen, reason="recall")
        return await hub.rpc("BulkService.HoldOrders")(request)

    async def resume(selection: pb.OrderSelection) -> Any:
        request = pb.ResumeOrdersRequest(request_id=str(uuid4()), selection=selection)
        return await hub.rpc("BulkService.ResumeOrders")(request)

    assert (done((await hold()).results), done((await hold()).results)) == ([("B-1", 1, 0)], [("B-1", 0, 0)])
    await hub.world.settle()
    assert await hub.world.exceptions() == ["ON_HOLD"]
    assert (await hub.world.case(placed.order_id)).order.state.value == "PLACED"
    assert done((await resume(selecting(exception_reason="ON_HOLD"))).results) == [("B-1", 1, 0)]
    (none,) = (await resume(selecting(channel_id="WEB-NL"))).results
    assert none.refusal.reason == errors_pb2.ERROR_REASON_HOLD_NOT_FOUND
    await hub.world.advance(timedelta(days=2))
    assert (await hub.world.case(placed.order_id)).order.state.value == "CLOSED"


async def test_a_filter_that_names_nothing_is_refused(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("BulkService.CancelOrders")(cancel(selection=selecting()))

    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_closed_node_takes_no_new_work_until_it_is_opened(hub: Served) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 10)
    await hub.world.stock("SHIRT", "ST-BER", 10)
    close = network_pb2.CloseNodeRequest(request_id=str(uuid4()), node_id="DC-NL")

    closed = await hub.rpc("NetworkService.CloseNode")(close)
    elsewhere = await hub.place()
    opened = await hub.rpc("NetworkService.CloseNode")(
        network_pb2.CloseNodeRequest(request_id=str(uuid4()), node_id="DC-NL", reopen=True)
    )
    back = await hub.place(reference="1002")

    assert (closed.node.node_id, closed.node.closed, closed.version) == ("DC-NL", True, 2)
    assert (opened.node.node_id, opened.node.closed, opened.version) == ("DC-NL", False, 3)
    assert elsewhere.lines[0].slices[0].node_id == "ST-BER"
    assert back.lines[0].slices[0].node_id == "DC-NL"
