"""Places an order with a hub, watches it until its goods are on their way, and lists the stock of what was ordered.

    PYTHONPATH=generated python examples/python_client/client.py HOST:PORT TOKEN [REFERENCE]

Nothing of the hub is imported but the contract: the modules in `generated/`, and grpcio.
"""

from __future__ import annotations

import asyncio
import sys
import time
import uuid

import grpc
from google.type.money_pb2 import Money

from crossdock.common.v1.address_pb2 import Contact, PostalAddress
from crossdock.inventory.v1 import inventory_pb2, inventory_pb2_grpc
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc, orders_pb2

Metadata = tuple[tuple[str, str], ...]
WITH_A_NODE = frozenset(
    {
        orders_pb2.SLICE_STATE_RELEASED,
        orders_pb2.SLICE_STATE_ACCEPTED,
        orders_pb2.SLICE_STATE_PICKED,
        orders_pb2.SLICE_STATE_PACKED,
        orders_pb2.SLICE_STATE_SHIPPED,
        orders_pb2.SLICE_STATE_DELIVERED,
    }
)


def draft(reference: str) -> orders_pb2.OrderDraft:
    """Two mugs for a customer in Utrecht, paid by card through the hub."""
    address = PostalAddress(street_lines=["Kade 1"], city="Utrecht", postal_code="3511 AA", country_code="NL")
    return orders_pb2.OrderDraft(
        channel_id="WEB-NL",
        channel_reference=reference,
        currency_code="EUR",
        lines=[orders_pb2.OrderLineDraft(sku="MUG-BLUE", quantity=2, unit_price=euro(12))],
        charges=[orders_pb2.Charge(code="SHIPPING", amount=euro(5))],
        instruments=[
            orders_pb2.InstrumentDraft(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok_visa")  # noqa: S106
        ],
        customer=Contact(name="Noor Example", email="noor@example.com", address=address),
    )


def euro(units: int) -> Money:
    """Whole euros."""
    return Money(currency_code="EUR", units=units)


async def place(
    orders: order_service_pb2_grpc.OrderServiceStub, metadata: Metadata, reference: str
) -> orders_pb2.Order:
    """Places the order. Repeated under its request_id it gets the same answer: safe when a connection breaks."""
    request = order_service_pb2.PlaceOrderRequest(request_id=str(uuid.uuid4()), order=draft(reference))
    answer = await orders.PlaceOrder(request, metadata=metadata, timeout=30)
    return answer.order


async def watch(orders: order_service_pb2_grpc.OrderServiceStub, metadata: Metadata, order_id: str) -> None:
    """Follows the order: as it stands, then after each change, until nodes work on all of it."""
    stream = orders.WatchOrder(order_service_pb2.WatchOrderRequest(order_id=order_id), metadata=metadata)
    async for answer in stream:
        slices = [one for line in answer.order.lines for one in line.slices]
        told = [f"{one.quantity} {orders_pb2.SliceState.Name(one.state)[12:]}" for one in slices]
        state = orders_pb2.OrderState.Name(answer.order.state)[12:]
        print(f"version {answer.order.version}: {state}, {', '.join(told)}")
        if all(one.state in WITH_A_NODE for one in slices):
            return


async def run(address: str, token: str, reference: str) -> None:
    """Speaks to the hub at an address under a token."""
    metadata = (("authorization", f"Bearer {token}"),)
    async with grpc.aio.insecure_channel(address) as channel:
        orders = order_service_pb2_grpc.OrderServiceStub(channel)
        order = await place(orders, metadata, reference)
        print(f"placed {order.channel_reference} as {order.order_id}")
        await watch(orders, metadata, order.order_id)
        inventory = inventory_pb2_grpc.InventoryServiceStub(channel)
        wanted = inventory_pb2.ListStockRequest(skus=[line.sku for line in order.lines])
        answer = await inventory.ListStock(wanted, metadata=metadata, timeout=30)
        for one in answer.stock:
            print(f"{one.sku} at {one.node_id}: {one.on_hand} on hand, {one.available} to sell")


def main(arguments: list[str]) -> int:
    """Runs the client; answers the exit code."""
    if len(arguments) not in {2, 3}:
        print("usage: client.py HOST:PORT TOKEN [REFERENCE]", file=sys.stderr)
        return 2
    address, token = arguments[:2]
    asyncio.run(run(address, token, arguments[2] if len(arguments) > 2 else f"python-{time.time_ns()}"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
