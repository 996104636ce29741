"""Calls within traces of their own: the order's trace stays whole, and its spans are linked to the callers'."""

from __future__ import annotations

from uuid import uuid4

import grpc
import pytest

from crossdock.orders.v1 import order_service_pb2
from hub.observability.spans import CLIENT, INTERNAL, SERVER
from tests.unit.api.serving import Served, placing

PLACING, CANCELING = f"{'a' * 32}-{'1' * 16}", f"{'b' * 32}-{'2' * 16}"


def header(link: str) -> str:
    return f"00-{link}-01"


async def test_spans_of_an_order_are_linked_to_the_calls_that_asked_for_them(hub: Served) -> None:
    place = hub.rpc("OrderService.PlaceOrder", "channel", traceparent=header(PLACING))
    order = (await place(placing())).order
    cancel = hub.rpc("OrderService.CancelLines", "channel", traceparent=header(CANCELING))
    asked = order_service_pb2.CancelLinesRequest(order_id=order.order_id, reason="Changed her mind.")
    asked.request_id = str(uuid4())
    await cancel(asked)
    await hub.world.settle()

    trace = order.order_id.replace("-", "")
    spans = {span.span_id: span for span in hub.world.recorder.spans if span.trace_id == trace}
    linked = {span.name: (span.kind, span.links) for span in spans.values() if span.links}
    assert linked == {"place_orders": (SERVER, (PLACING,)), "cancel_lines": (SERVER, (CANCELING,))}
    assert [span.name for span in spans.values() if span.parent_span_id not in {"", *spans}] == []
    assert {span.kind for span in spans.values() if span.attributes.get("account_id")} == {CLIENT}
    assert {span.kind for span in spans.values() if span.name == "confirm_orders"} <= {INTERNAL}


async def test_a_request_that_is_refused_as_another_one_is_so_within_a_trace_too(hub: Served) -> None:
    place = hub.rpc("OrderService.PlaceOrder", "channel", traceparent=header(PLACING))
    first, other = placing(), placing("1002")
    other.request_id = first.request_id
    await place(first)

    with pytest.raises(grpc.aio.AioRpcError, match="request_id"):
        await place(other)
