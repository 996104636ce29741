"""Calls whose request is held to its contract's field rules, against the same calls without: what the rules cost.

Client and server share one process and its processor, so the share of the rules is smaller than on a server alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import grpc
import protovalidate

from bench.ratio import Row, Sides
from bench.windows import Work, repeated
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc, orders_pb2

CALLERS: Final = 16


class Echo(order_service_pb2_grpc.OrderServiceServicer):
    """Takes an order and answers an empty one; looks at the request only if told so."""

    def __init__(self, *, validates: bool) -> None:
        """Make one that validates, or does not."""
        self._validates = validates

    async def PlaceOrder(
        self, request: order_service_pb2.PlaceOrderRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> order_service_pb2.PlaceOrderResponse:
        """Answer an empty order."""
        if self._validates:
            protovalidate.validate(request)
        return order_service_pb2.PlaceOrderResponse()


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start both servers and give the calls to each."""
    async with served(validates=True) as ours, served(validates=False) as theirs:
        yield Sides(repeated(ours), repeated(theirs))


@asynccontextmanager
async def served(*, validates: bool) -> AsyncIterator[Work]:
    """Start one server; give what has all callers call it once."""
    server = grpc.aio.server()
    order_service_pb2_grpc.add_OrderServiceServicer_to_server(Echo(validates=validates), server)
    port = server.add_insecure_port("127.0.0.1:0")
    order = valid_request()
    await server.start()
    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = order_service_pb2_grpc.OrderServiceStub(channel)

            async def calls() -> int:
                await asyncio.gather(*(stub.PlaceOrder(order) for _ in range(CALLERS)))
                return CALLERS

            yield calls
    finally:
        await server.stop(None)


def valid_request() -> order_service_pb2.PlaceOrderRequest:
    """Make a request of three lines that no rule refuses."""
    lines = [orders_pb2.OrderLineDraft(sku=f"TEE-{number}", quantity=1) for number in range(3)]
    order = orders_pb2.OrderDraft(channel_id="WEB-NL", channel_reference="1001", currency_code="EUR", lines=lines)
    order.customer.name = "Jo Example"
    request = order_service_pb2.PlaceOrderRequest(request_id="0190a5d6-7c1e-7b3a-9d52-3f6f1e0c4b11", order=order)
    protovalidate.validate(request)
    return request


ROW: Final = Row(
    name="validation",
    says="calls/s with the field rules of the contract, against without",
    bar=0.6,
    part=True,
    prepare=prepare,
)
