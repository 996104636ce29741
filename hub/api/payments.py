"""PaymentService: how the money of an order stands."""

from __future__ import annotations

from uuid import UUID

from crossdock.payments.v1 import payments_pb2 as pb
from hub.api.desk import Desk
from hub.api.door import Call
from hub.api.orders import order_not_found
from hub.orders import operations as orders
from hub.payments import operations as payments
from hub.wire.payments import payments_to_pb


class PaymentService:
    """Tells how the money of an order stands."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def GetPayments(self, request: pb.GetPaymentsRequest, call: Call) -> pb.GetPaymentsResponse:
        """Reads instruments, transactions and sums of an order."""
        order_id = UUID(request.order_id)
        async with self._desk.database.reading() as tx:
            order = (await orders.load(tx, call.scope, [order_id], lock=False)).get(order_id)
            if order is None:
                raise order_not_found(order_id)
            money = await payments.load(tx, {order_id: order.currency})
        return payments_to_pb(money[order_id])
