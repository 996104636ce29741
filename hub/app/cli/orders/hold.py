"""`crossdock hold`: put a hold on an order or part of it, end one, and list them."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.app.cli import wording
from hub.app.cli.orders.order_view import part_of
from hub.app.cli.session import AsJson, Session, session_of

_ORDER = typer.Argument(metavar="ORDER", help="Id of the order.")


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    commands = typer.Typer(help="Put holds on orders or parts of them, and end them.", no_args_is_help=True)
    commands.command("place")(place)
    commands.command("list")(show)
    commands.command("end")(end)
    app.add_typer(commands, name="hold")


def place(
    context: typer.Context,
    *,
    order: Annotated[str, _ORDER],
    reason: Annotated[str, typer.Option(help="Why, for people.")],
    block: Annotated[
        list[str], typer.Option(metavar="OPERATION", help="allocate, release, ship, capture, refund or notify.")
    ],
    line: Annotated[str, typer.Option(metavar="N:UNITS", help="Hold the last units of this line.")] = "",
    fulfillment_order: Annotated[str, typer.Option(metavar="ID", help="Hold this fulfillment order.")] = "",
    instrument: Annotated[int, typer.Option(metavar="N", help="Hold this instrument, from 1.")] = 0,
    kind: Annotated[str, typer.Option("--type", help="Type of the hold.")] = "MANUAL",
    owner: Annotated[str, typer.Option(help="Role or person who must decide.")] = "",
    until: Annotated[str, typer.Option(metavar="INSTANT", help="When its time is over.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put a hold on an order or on part of it. Each operation of --block waits, or is refused, until it ends."""
    session = session_of(context, as_json=as_json)
    number, quantity = wording.line_units(line) if line else (0, 0)
    request = order_service_pb2.PlaceHoldRequest(
        request_id=wording.new_request(),
        order_id=wording.identity(order, "ORDER"),
        type=wording.state_value(orders_pb2.HoldType, kind, "HOLD_TYPE_", "--type"),
        reason=reason,
        blocks=block,
        line_number=number,
        quantity=quantity,
        fulfillment_order_id=wording.identity(fulfillment_order, "--fulfillment-order") if fulfillment_order else "",
        instrument_number=instrument,
        owner=owner,
        expire_time=wording.timestamp(until, "--until") if until else None,
    )
    with session.hub() as hub:
        held = hub.call(hub.orders.PlaceHold, request).order
    _shown(session, held)


def show(context: typer.Context, *, order: Annotated[str, _ORDER], as_json: AsJson = False) -> None:
    """List the holds of an order: what they are of, what they block, who must decide, and until when."""
    session = session_of(context, as_json=as_json)
    request = order_service_pb2.GetOrderRequest(order_id=wording.identity(order, "ORDER"))
    with session.hub() as hub:
        found = hub.call(hub.orders.GetOrder, request).order
    _shown(session, found)


def end(
    context: typer.Context,
    *,
    order: Annotated[str, _ORDER],
    hold: Annotated[str, typer.Argument(metavar="HOLD", help="Id of the hold.")],
    reject: Annotated[bool, typer.Option("--reject", help="Cancel what it is of, as far as possible.")] = False,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """End a hold: what it is of goes on, or is canceled."""
    session = session_of(context, as_json=as_json)
    request = order_service_pb2.ResolveHoldRequest(
        request_id=wording.new_request(),
        order_id=wording.identity(order, "ORDER"),
        hold_id=wording.identity(hold, "HOLD"),
        status=orders_pb2.HOLD_STATUS_REJECTED if reject else orders_pb2.HOLD_STATUS_RESOLVED,
        note=note,
    )
    with session.hub() as hub:
        ended = hub.call(hub.orders.ResolveHold, request).order
    _shown(session, ended)


def _shown(session: Session, order: orders_pb2.Order) -> None:
    if session.output.as_json:
        session.output.json(order)
        return
    rows = [
        (
            one.hold_id,
            wording.state(orders_pb2.HoldType, one.type, "HOLD_TYPE_"),
            wording.state(orders_pb2.HoldStatus, one.status, "HOLD_STATUS_"),
            part_of(one),
            ", ".join(one.blocks),
            one.owner,
            wording.instant(one.expire_time) if one.HasField("expire_time") else "",
        )
        for one in order.holds
    ]
    session.output.table(("HOLD", "TYPE", "STATUS", "OF", "BLOCKS", "OWNER", "UNTIL"), rows)
