"""`crossdock orders`: orders by what is known of them."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.app.cli import wording
from hub.app.cli.fulfillment.reading import holds_of
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of

_STATE = "ORDER_STATE_"


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("orders")(orders)


def orders(
    context: typer.Context,
    *,
    channel: Annotated[str, typer.Option(help="Channel.")] = "",
    reference: Annotated[str, typer.Option(help="The channel's reference.")] = "",
    email: Annotated[str, typer.Option(help="E-mail address of a party.")] = "",
    sku: Annotated[str, typer.Option(help="SKU of a line.")] = "",
    tracking: Annotated[str, typer.Option(help="Tracking number of a parcel.")] = "",
    state: Annotated[str | None, typer.Option(help="placed, confirmed, closed, canceled or rejected.")] = None,
    node: Annotated[str, typer.Option(help="Node that has units of the order.")] = "",
    exception: Annotated[str, typer.Option(help="Reason of an open exception; * for any.")] = "",
    since: Annotated[str, typer.Option(metavar="INSTANT", help="Placed then or later: 2026-11-17T09:00:00Z.")] = "",
    before: Annotated[str, typer.Option(metavar="INSTANT", help="Placed before then.")] = "",
    changed_since: Annotated[str, typer.Option(metavar="INSTANT", help="Changed then or later.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List orders, newest first, that match every filter given."""
    session = session_of(context, as_json=as_json)
    request = order_service_pb2.ListOrdersRequest(
        channel_id=channel,
        channel_reference=reference,
        email=email,
        sku=sku,
        tracking_number=tracking,
        node_id=node,
        exception_reason=exception,
        placed_since_time=wording.timestamp(since, "--since"),
        placed_before_time=wording.timestamp(before, "--before"),
        changed_since_time=wording.timestamp(changed_since, "--changed-since"),
    )
    if state is not None:
        request.state = wording.state_value(orders_pb2.OrderState, state, _STATE, "--state")
    with session.hub() as hub:
        found = all_of(hub, hub.orders.ListOrders, request, "orders", limit)
    if session.output.as_json:
        session.output.json({"orders": found})
        return
    columns = ("ORDER", "CHANNEL", "REFERENCE", "PLACED", "CHANGED", "STATE", "TOTAL#", "SHIPPED", "CHARGED", "HOLD")
    session.output.table(columns, [_row(order) for order in found], empty="No order matches.")


def _row(order: orders_pb2.Order) -> tuple[object, ...]:
    return (
        order.order_id,
        order.channel_id,
        order.channel_reference,
        wording.instant(order.placed_time),
        wording.instant(order.update_time),
        wording.state(orders_pb2.OrderState, order.state, _STATE),
        wording.money(order.grand_total),
        wording.state(orders_pb2.Extent, order.shipped, "EXTENT_").lower(),
        wording.state(orders_pb2.Extent, order.charged, "EXTENT_").lower(),
        holds_of(order),
    )
