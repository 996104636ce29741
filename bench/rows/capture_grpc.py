"""Orders placed over gRPC one by one, as channels do, against a bare echo that answers an empty message.

Ours is two hubs, a process for each processor, with half of the callers each, as behind something that spreads calls.
The echo is one process: with its callers it fills the machine. Callers and PostgreSQL share it with them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from random import Random
from typing import Final

from bench.ratio import Row, Sides
from bench.scene import CHANNEL, SKUS, database_on, postgres, sku
from bench.serving import Served, echo_served, hubs_served
from bench.windows import Work, called, rate
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc, orders_pb2
from hub.app.process.identities import new_identity

CALLERS: Final = 64
PROCESSES: Final = 2
PAYMENT_TOKEN: Final = "tok_visa"  # noqa: S105 (a stand-in's)


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Starts both servers."""
    with postgres() as server:
        url = await database_on(server, "ours")
        empty = order_service_pb2.PlaceOrderResponse()
        async with hubs_served(url, PROCESSES) as hubs, echo_served("OrderService.PlaceOrder", empty) as echo:
            requests = Requests()
            works = [placing(hub, requests) for hub in hubs] * (CALLERS // PROCESSES)

            async def ours(seconds: float) -> float:
                return await rate(works, seconds)

            yield Sides(ours, called(CALLERS, placing(echo, requests)))


def placing(served: Served, requests: Requests) -> Work:
    """Places the next order by a call of its own."""
    stub = order_service_pb2_grpc.OrderServiceStub(served.channel)

    async def place() -> int:
        await stub.PlaceOrder(requests.next(), metadata=served.metadata)
        return 1

    return place


class Requests:
    """Makes requests to place orders of three lines at a channel, each of its own id and reference."""

    def __init__(self, channel_id: str = CHANNEL) -> None:
        self._channel_id = channel_id
        self._chance, self._numbers = Random(1), count(1)  # noqa: S311 (a draw of shirts keeps no secret)

    def next(self) -> order_service_pb2.PlaceOrderRequest:
        """The next request."""
        lines = []
        for number in self._chance.sample(range(1, SKUS + 1), 3):
            line = orders_pb2.OrderLineDraft(sku=sku(number), quantity=1, title="A shirt")
            line.unit_price.currency_code, line.unit_price.units = "EUR", 10
            lines.append(line)
        order = orders_pb2.OrderDraft(
            channel_id=self._channel_id,
            channel_reference=f"B-{next(self._numbers):08}",
            currency_code="EUR",
            lines=lines,
            instruments=[
                orders_pb2.InstrumentDraft(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token=PAYMENT_TOKEN)
            ],
        )
        order.customer.name, order.customer.email = "Ada Visser", "ada@example.com"
        address = order.customer.address
        address.country_code, address.city, address.postal_code = "NL", "Amsterdam", "1015 AA"
        address.street_lines.append("Keizersgracht 1")
        return order_service_pb2.PlaceOrderRequest(request_id=str(new_identity()), order=order)


ROW: Final = Row(
    name="capture_grpc",
    says="orders/s of 64 callers at two hubs over gRPC with principals, field rules and traces, against an empty echo",
    bar=0.25,
    aim=0.5,
    prepare=prepare,
)
