"""`crossdock withdraw`: until when a customer may withdraw from an order, and the confirmation that he does."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.returns.v1 import returns_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, Session, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("withdraw")(withdraw)


def withdraw(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order.")],
    lines: Annotated[
        list[str] | None, typer.Argument(metavar="[LINE:UNITS]...", help="Only these units, with --confirm.")
    ] = None,
    email: Annotated[str, typer.Option(help="E-mail address of who asks.")] = "",
    uninformed: Annotated[bool, typer.Option("--uninformed", help="The customer was not told of the right.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="The customer confirms that he withdraws.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show until when a customer may withdraw and by which law, or confirm it. Exit code 1 where that is refused."""
    session = session_of(context, as_json=as_json)
    order_id = wording.identity(order, "ORDER")
    if confirm:
        draft = pb.WithdrawalDraft(order_id=order_id, customer_email=email, information_missing=uninformed)
        for number, units in map(wording.line_units, lines or []):
            draft.lines.add(line_number=number, quantity=units)
        _confirm(session, draft)
        return
    request = pb.GetWithdrawalRightRequest(order_id=order_id, customer_email=email, information_missing=uninformed)
    with session.hub() as hub:
        right = hub.call(hub.returns.GetWithdrawalRight, request).right
    if session.output.as_json:
        session.output.json({"right": right})
    else:
        _tell(session.output, right)


def _confirm(session: Session, draft: pb.WithdrawalDraft) -> None:
    request = pb.ConfirmWithdrawalsRequest(request_id=wording.new_request(), drafts=[draft])
    with session.hub() as hub:
        (result,) = hub.call(hub.returns.ConfirmWithdrawals, request).results
    if session.output.as_json:
        session.output.json({"results": [result]})
    elif result.HasField("refusal"):
        session.output.line(result.refusal.message)
    else:
        session.output.say(result.withdrawal.receipt)
    if result.HasField("refusal"):
        raise typer.Exit(1)


def _tell(output: Output, right: pb.WithdrawalRight) -> None:
    until = f"until {wording.instant(right.end_time)}" if right.HasField("end_time") else "until its last parcel came"
    until += "" if right.HasField("end_time") else f" and {right.days} days more"
    law = f"{right.country_code}, {right.source}, {right.article}"
    output.line(f"{'May withdraw' if right.open else 'May not withdraw any more:'} {until} ({law}).")
    rows = [(line.line_number, line.sku, line.quantity, line.exemption_detail) for line in right.lines]
    output.table(("LINE#", "SKU", "UNITS#", "EXEMPT"), rows, empty="The order has no lines.")
