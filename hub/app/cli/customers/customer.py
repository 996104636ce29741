"""`crossdock customer`: opens sessions for customers whom somebody helps, and ends them."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.customers.v1 import customers_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.orders.order import find
from hub.app.cli.session import AsJson, session_of

Order = Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order, or the channel's reference.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Let a customer in to their own order, or end that.", no_args_is_help=True)
    group.command("session")(session)
    group.command("end")(end)
    app.add_typer(group, name="customer")


def session(context: typer.Context, *, order: Order, as_json: AsJson = False) -> None:
    """Open a session for the customer of an order, and print its token: it shows and does what the customer may.

    The audit log has who opened it.
    """
    around = session_of(context, as_json=as_json)
    with around.hub() as hub:
        request = pb.IssueSessionRequest(request_id=wording.new_request(), order_id=find(hub, order))
        opened = hub.call(hub.customers.IssueSession, request).session
    if around.output.as_json:
        around.output.json({"session": opened})
        return
    around.output.say(opened.token)
    until = wording.instant(opened.expire_time)
    around.output.errors.print(f"It opens order {opened.order_id}, until {until}.", style="dim")


def end(context: typer.Context, *, order: Order, as_json: AsJson = False) -> None:
    """End all sessions of an order's customer at once."""
    around = session_of(context, as_json=as_json)
    with around.hub() as hub:
        request = pb.EndSessionsRequest(request_id=wording.new_request(), order_id=find(hub, order))
        ended = hub.call(hub.customers.EndSessions, request).ended_count
    if around.output.as_json:
        around.output.json({"ended": ended})
        return
    around.output.say(f"{ended} sessions ended.")
