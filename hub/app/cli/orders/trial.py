"""`crossdock trial CHANNEL`: how a sourcing policy that a channel tries does beside the one that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of

_FIGURES: Final = {
    "orders in several parcels": "split_order_count",
    "orders later than they could be": "late_order_count",
    "units that wait": "waiting_quantity",
    "parcels": "parcel_count",
    "grams of CO2": "carbon_grams",
}
_BAR: Final = 20
"""Characters of the longer of two bars."""


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
    columns = ("", "THAT COUNTS#", "TRIED#", "", "")
    output.table(columns, _rows(answer), empty="No orders were compared yet.")


def _rows(answer: pb.GetTrialResponse) -> Iterator[tuple[object, ...]]:
    counted, tried = answer.counted, answer.tried
    if not counted.order_count:
        return
    costs = [one.cost.units * 100 + one.cost.nanos // 10_000_000 for one in (counted, tried)]
    yield ("cost", wording.money(counted.cost), wording.money(tried.cost), *_bars(*costs))
    for what, name in _FIGURES.items():
        values = (getattr(counted, name), getattr(tried, name))
        yield (what, *values, *_bars(*values))
    for node_id in sorted({*counted.parcel_count_by_node, *tried.parcel_count_by_node}):
        parcels = [one.parcel_count_by_node.get(node_id, 0) for one in (counted, tried)]
        yield (f"parcels from {node_id}", *parcels, *_bars(*parcels))


def _bars(counted: int, tried: int) -> tuple[str, str]:
    longest = max(counted, tried, 1)
    return tuple("█" * (max(0, value) * _BAR // longest) for value in (counted, tried))  # type: ignore[return-value]
