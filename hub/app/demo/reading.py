"""Reads how it all ended: each order with its timeline, money and work; stock, documents, exceptions, the audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from crossdock.admin.v1 import admin_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.inbox.v1 import inbox_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2, totes_pb2
from hub.app.demo.steady import SteadyHub
from hub.kernel.instant import Instant
from hub.wire.instants import instant_from_pb


class OrderEnding(Struct, frozen=True):
    """An order, what happened to it, how its money stands, and who worked it."""

    order: orders_pb2.Order
    timeline: Sequence[order_service_pb2.TimelineEntry]
    payments: payments_pb2.GetPaymentsResponse
    work: Sequence[fulfillment_pb2.FulfillmentOrder]

    @property
    def reference(self) -> str:
        """The channel's reference."""
        return self.order.channel_reference

    @property
    def promised(self) -> Instant | None:
        """The end of the day by which its last units are promised; None where nothing is."""
        days = [line.promised_time for line in self.order.lines if line.HasField("promised_time")]
        return max((instant_from_pb(day, field="promised_time") for day in days), default=None)

    @property
    def arrived(self) -> Instant | None:
        """When its last parcel was delivered; None where none was."""
        parcels = [parcel for work in self.work for parcel in work.shipments if parcel.HasField("deliver_time")]
        return max((instant_from_pb(one.deliver_time, field="deliver_time") for one in parcels), default=None)

    @property
    def kept(self) -> bool:
        """Whether it arrived by the day that was promised last."""
        return self.promised is not None and self.arrived is not None and self.arrived <= self.promised


class Ending(Struct, frozen=True):
    """All that can be read of a hub after the story; orders by when they were placed."""

    orders: Sequence[OrderEnding]
    returns: Sequence[returns_pb2.Return]
    totes: Sequence[totes_pb2.Tote]
    stock: Sequence[inventory_pb2.Stock]
    documents: Sequence[inbox_pb2.Document]
    exceptions: Sequence[admin_pb2.ExceptionRecord]
    messages: Sequence[admin_pb2.OutboxMessage]
    """Dead letters."""
    audit: Sequence[admin_pb2.AuditResult]
    status: admin_pb2.GetStatusResponse

    def order(self, reference: str) -> OrderEnding | None:
        """The order of a reference; None where there is none."""
        return next((order for order in self.orders if order.reference == reference), None)

    @property
    def violations(self) -> int:
        """Violations of all invariants together."""
        return sum(one.violation_count for one in self.audit)


def read_ending(hub: SteadyHub) -> Ending:
    """Reads everything, page by page."""
    client = hub.client
    orders = hub.pages(client.orders.ListOrders, order_service_pb2.ListOrdersRequest(), "orders")
    exceptions = admin_pb2.ListExceptionsRequest(include_ended=True)
    dead = admin_pb2.ListMessagesRequest(state=admin_pb2.MESSAGE_STATE_DEAD)
    return Ending(
        orders=[_order(hub, order) for order in sorted(orders, key=_placed)],
        returns=hub.pages(client.returns.ListReturns, returns_pb2.ListReturnsRequest(), "returns"),
        totes=hub.pages(client.totes.ListTotes, totes_pb2.ListTotesRequest(), "totes"),
        stock=hub.pages(client.inventory.ListStock, inventory_pb2.ListStockRequest(), "stock"),
        documents=hub.pages(client.inbox.ListDocuments, inbox_pb2.ListDocumentsRequest(), "documents"),
        exceptions=hub.pages(client.admin.ListExceptions, exceptions, "exceptions"),
        messages=hub.pages(client.admin.ListMessages, dead, "messages"),
        audit=hub.call(client.admin.RunAudit, admin_pb2.RunAuditRequest()).results,
        status=hub.call(client.admin.GetStatus, admin_pb2.GetStatusRequest()),
    )


def _order(hub: SteadyHub, order: orders_pb2.Order) -> OrderEnding:
    client, order_id = hub.client, order.order_id
    happened = order_service_pb2.GetTimelineRequest(order_id=order_id)
    payments = hub.call(client.payments.GetPayments, payments_pb2.GetPaymentsRequest(order_id=order_id))
    work = fulfillment_pb2.ListFulfillmentOrdersRequest(order_id=order_id)
    return OrderEnding(
        order=order,
        timeline=hub.pages(client.orders.GetTimeline, happened, "entries"),
        payments=payments,
        work=hub.pages(client.fulfillment.ListFulfillmentOrders, work, "fulfillment_orders"),
    )


def _placed(order: Any) -> tuple[int, str]:
    return order.placed_time.seconds, order.channel_reference
