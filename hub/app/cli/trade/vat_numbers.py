"""`crossdock vat-number`: what is known of the VAT number of an order's payer, and looking it up again."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.trade.v1 import vat_numbers_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of

_SAID = {
    "NOT_ASKED": "has the right form and check digits; the channel names no register to ask",
    "PENDING": "is being looked up; nothing waits for it",
    "IN_FORCE": "was in force",
    "NOT_IN_FORCE": "was not in force",
}


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("vat-number")(vat_number)


def vat_number(
    context: typer.Context,
    order: Annotated[str, typer.Argument(metavar="ORDER", help="Order, by its id.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Have the number looked up again.")] = False,
    number: Annotated[str, typer.Option(help="Have this number looked up, and bill the order under it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what is known of the VAT number of an order's payer, or have it looked up again."""
    session = session_of(context, as_json=as_json)
    order_id = wording.identity(order, "ORDER")
    with session.hub() as hub:
        if check or number:
            request = pb.CheckVatNumberRequest(request_id=wording.new_request(), order_id=order_id, vat_number=number)
            known = hub.call(hub.vat_numbers.CheckVatNumber, request).check
        else:
            known = hub.call(hub.vat_numbers.GetVatNumberCheck, pb.GetVatNumberCheckRequest(order_id=order_id)).check
    if session.output.as_json:
        session.output.json({"check": known})
        return
    state = wording.state(pb.VatNumberState, known.state, "VAT_NUMBER_STATE_")
    at = f" on {known.check_time.ToJsonString()}" if known.HasField("check_time") else ""
    proof = f", enquiry {known.consultation_number}" if known.consultation_number else ""
    session.output.line(f"The VAT number of the payer {_SAID.get(state, state)}{at}{proof}.")
