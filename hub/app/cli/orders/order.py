"""`crossdock order ID`: one order, its trace, and what a person may do with it."""

from __future__ import annotations

import re
from typing import Annotated, Final
from uuid import UUID

import typer

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from hub.app.cli import wording
from hub.app.cli.orders.order_view import OrderStory, show
from hub.app.cli.paging import all_of
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient, HubError
from hub.observability import tree
from hub.observability.spans import Span
from hub.observability.trace_files import spans_of

_LINE: Final = re.compile(r"(\d+):(\d+)")
_MOST: Final = 5_000


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("order")(order)


def order(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of the order, or the channel's reference.")],
    trace: Annotated[
        bool, typer.Option("--trace", help="Show the trace of the order over all processes, as a tree.")
    ] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Cancel all units that can still be canceled.")] = False,
    line: Annotated[
        list[str] | None, typer.Option(metavar="N:UNITS", help="With --cancel: cancel only these units.")
    ] = None,
    reason: Annotated[str, typer.Option(help="With --cancel: why.")] = "canceled by an operator",
    resolve: Annotated[str | None, typer.Option(metavar="HOLD", help="Lift this hold: the order goes on.")] = None,
    reject: Annotated[str | None, typer.Option(metavar="HOLD", help="Confirm this hold: cancel the order.")] = None,
    collect: Annotated[
        bool, typer.Option("--collect", help="Collect what shipped and nothing covered, by the order's card.")
    ] = False,
    card: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="Add this card: it is authorized for what nothing covers.")
    ] = None,
    note: Annotated[str, typer.Option(help="With --resolve or --reject: why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show an order with its units, money, parcels, holds and history, or act on it."""
    session = session_of(context, as_json=as_json)
    if line and not cancel:
        raise typer.BadParameter("only together with --cancel", param_hint="--line")
    lines = [_cancel_line(one) for one in line or ()]
    with session.hub() as hub:
        order_id = find(hub, name)
        if cancel:
            _cancel(session, hub, order_id, lines, reason)
        for hold, status in ((resolve, orders_pb2.HOLD_STATUS_RESOLVED), (reject, orders_pb2.HOLD_STATUS_REJECTED)):
            if hold is not None:
                _end_hold(hub, order_id, hold, status, note)
        if collect:
            again = payments_pb2.CollectPaymentRequest(request_id=wording.new_request(), order_id=order_id)
            hub.call(hub.payments.CollectPayment, again)
        if card is not None:
            added = payments_pb2.AddInstrumentRequest(
                request_id=wording.new_request(), order_id=order_id, kind="CARD", token=card
            )
            hub.call(hub.payments.AddInstrument, added)
        story = story_of(hub, order_id)
    spans = _trace(session, story.order) if trace else []
    if session.output.as_json:
        told = {
            "order": story.order,
            "payments": story.payments,
            "fulfillment_orders": story.fulfillment_orders,
            "timeline": story.timeline,
        }
        session.output.json(told | ({"trace": tree.lines(spans)} if trace else {}))
    elif trace:
        for drawn in tree.lines(spans):
            session.output.say(drawn)
    else:
        show(session.output, story)


def find(hub: HubClient, name: str) -> str:
    """The id of the order that a person names: by id, or by the channel's reference. Raises HubError."""
    try:
        return str(UUID(name))
    except ValueError:
        request = order_service_pb2.ListOrdersRequest(channel_reference=name)
        found = list(hub.call(hub.orders.ListOrders, request).orders)
    if len(found) == 1:
        return str(found[0].order_id)
    if not found:
        raise HubError("ORDER_NOT_FOUND", f"No order has the id or the channel reference {name}. See: crossdock orders")
    told = {one.channel_id: one.order_id for one in found}
    raise HubError("SEVERAL_ORDERS", f"Orders of several channels have the reference {name}: give the id.", facts=told)


def story_of(hub: HubClient, order_id: str) -> OrderStory:
    """All that is told of an order."""
    listing = fulfillment_pb2.ListFulfillmentOrdersRequest(order_id=order_id)
    happened = order_service_pb2.GetTimelineRequest(order_id=order_id)
    return OrderStory(
        order=hub.call(hub.orders.GetOrder, order_service_pb2.GetOrderRequest(order_id=order_id)).order,
        payments=hub.call(hub.payments.GetPayments, payments_pb2.GetPaymentsRequest(order_id=order_id)),
        fulfillment_orders=all_of(hub, hub.fulfillment.ListFulfillmentOrders, listing, "fulfillment_orders", _MOST),
        timeline=all_of(hub, hub.orders.GetTimeline, happened, "entries", _MOST),
    )


def _cancel(
    session: Session, hub: HubClient, order_id: str, lines: list[order_service_pb2.CancelLine], reason: str
) -> None:
    request = order_service_pb2.CancelLinesRequest(
        request_id=wording.new_request(), order_id=order_id, lines=lines, reason=reason
    )
    answer = hub.call(hub.orders.CancelLines, request)
    if not session.output.as_json:
        done, asked = answer.canceled_quantity, answer.requested_quantity
        session.output.say(
            f"{wording.count(done, 'unit')} canceled, for {wording.count(asked, 'unit')} a node was asked."
        )


def _end_hold(hub: HubClient, order_id: str, hold: str, status: orders_pb2.HoldStatus, note: str) -> None:
    request = order_service_pb2.ResolveHoldRequest(
        request_id=wording.new_request(),
        order_id=order_id,
        hold_id=wording.identity(hold, "--resolve, --reject"),
        status=status,
        note=note,
    )
    hub.call(hub.orders.ResolveHold, request)


def _cancel_line(text: str) -> order_service_pb2.CancelLine:
    match = _LINE.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is not N:UNITS, for example 1:2", param_hint="--line")
    return order_service_pb2.CancelLine(line_number=int(match[1]), quantity=int(match[2]))


def _trace(session: Session, order: orders_pb2.Order) -> list[Span]:
    folder = session.settings.traces or session.settings.data / "traces"
    trace_id = order.trace_id or UUID(order.order_id).hex
    spans = spans_of(folder, trace_id)
    if not spans:
        told = f"{folder} has no span of trace {trace_id}. Look on the hub's own machine, or where OTLP exports to."
        raise HubError("NO_TRACE", told)
    return spans
