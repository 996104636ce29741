"""`crossdock withdraw`: until when a customer may withdraw from an order, and of which units."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.returns.v1 import returns_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("withdraw")(withdraw)


def withdraw(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order.")],
    email: Annotated[str, typer.Option(help="E-mail address of who asks.")] = "",
    uninformed: Annotated[bool, typer.Option("--uninformed", help="The customer was not told of the right.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show until when a customer may withdraw from an order, of which units, and by which law."""
    session = session_of(context, as_json=as_json)
    request = pb.GetWithdrawalRightRequest(
        order_id=wording.identity(order, "ORDER"), customer_email=email, information_missing=uninformed
    )
    with session.hub() as hub:
        right = hub.call(hub.returns.GetWithdrawalRight, request).right
    if session.output.as_json:
        session.output.json({"right": right})
    else:
        _tell(session.output, right)


def _tell(output: Output, right: pb.WithdrawalRight) -> None:
    until = f"until {wording.instant(right.end_time)}" if right.HasField("end_time") else "until its last parcel came"
    until += "" if right.HasField("end_time") else f" and {right.days} days more"
    output.line(
        f"{'May withdraw' if right.open else 'May not withdraw any more:'} {until} ({right.country_code},"
        f" {right.source}, {right.article})."
    )
    rows = [(line.line_number, line.sku, line.quantity, line.exemption_detail) for line in right.lines]
    output.table(("LINE#", "SKU", "UNITS#", "EXEMPT"), rows, empty="The order has no lines.")
