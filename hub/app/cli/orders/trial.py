"""`crossdock trial CHANNEL`: how a sourcing policy that a channel tries does beside the one that counts."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.app.cli.orders.side_by_side import Side, rows
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("trial")(trial)


def trial(
    context: typer.Context,
    *,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="Channel whose network part has a sourcing_trial.")],
    as_json: AsJson = False,
) -> None:
    """Show what orders shipped by the sourcing policy that counts, and what by the one that the channel tries."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        answer = hub.call(hub.sourcing.GetTrial, pb.GetTrialRequest(channel_id=channel))
    if session.output.as_json:
        session.output.json(answer)
        return
    _tell(session.output, answer)


def _tell(output: Output, answer: pb.GetTrialResponse) -> None:
    tried = answer.trial
    share = f"{tried.share_permille} of 1,000 orders ship by it" if tried.share_permille else "no order ships by it"
    state = f"stopped: {tried.stopped_because}" if tried.stopped_because else share
    output.say(f"{tried.name}, {answer.counted.order_count} orders compared; {state}.")
    counted, shipped = Side(), Side()
    counted.add(answer.counted)
    shipped.add(answer.tried)
    columns = ("", "THAT COUNTS#", "TRIED#", "", "")
    output.table(columns, rows(counted, shipped) if counted.orders else (), empty="No orders were compared yet.")
