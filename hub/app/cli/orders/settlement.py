"""`crossdock settlement`: what a payment provider settled, compared with the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossdock.payments.v1 import payments_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of
from hub.app.files import read_settlement


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("settlement")(settlement)


def settlement(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report: an ImportSettlementRequest as JSON.")],
    as_json: AsJson = False,
) -> None:
    """Compare a provider's settlement report with the ledger. Exit code 1 where they differ."""
    session = session_of(context, as_json=as_json)
    request = read_settlement(file)
    request.request_id = wording.new_request()
    with session.hub() as hub:
        answer = hub.call(hub.payments.ImportSettlement, request)
    if session.output.as_json:
        session.output.json(answer)
    else:
        session.output.say(f"{wording.count(answer.matched_quantity, 'entry', 'entries')} as in the ledger.")
        names = payments_pb2.SettlementDifferenceKind
        rows = [
            (names.Name(one.kind).removeprefix("SETTLEMENT_DIFFERENCE_KIND_"), one.entry_reference, one.detail)
            for one in answer.differences
        ]
        session.output.table(("DIFFERENCE", "ENTRY", "WHAT"), rows, empty="No difference.")
    if answer.differences:
        raise typer.Exit(1)
