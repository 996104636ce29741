"""`crossdock rehearse`: how orders of the last days would have shipped under another policy, or on invented demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2
from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.app.cli.orders.side_by_side import Side, benefits, figures, rows
from hub.app.cli.orders.simulating import simulated
from hub.app.cli.output import Output
from hub.app.cli.paging import Limit
from hub.app.cli.plotting import bars, saved
from hub.app.cli.session import AsJson, session_of
from hub.app.client import HubClient
from hub.app.files import read_sourcing_policy

_DAY_SECONDS: Final = 86_400
_PAGE: Final = 50
_SIDES: Final = ("as decided", "rehearsed")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("rehearse")(rehearse)


def rehearse(
    context: typer.Context,
    *,
    policy: Annotated[
        Path | None, typer.Argument(metavar="[POLICY]", help="JSON of a SourcingPolicy of the contract.")
    ] = None,
    channel: Annotated[str, typer.Option(help="Orders of this channel; to be named with a policy.")] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="Orders placed in the last so many days.")] = 7,
    limit: Limit = 1000,
    simulate: Annotated[bool, typer.Option("--simulate", help="On invented demand; needs no hub.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="With --simulate: seed of the demand.")] = 1,
    stock: Annotated[
        float, typer.Option(min=0.1, max=10, help="With --simulate: units of stock for each unit of known demand.")
    ] = 1.0,
    share: Annotated[float, typer.Option(min=0.01, max=10, help="With --simulate: scale of demand and stock.")] = 1.0,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Also draw the comparison: an SVG.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare a sourcing policy with what was decided for the orders of the last days, or ways to source in general."""
    session = session_of(context, as_json=as_json)
    if simulate:
        simulated(session.output, seed, stock, share, plot)
        return
    if policy is None:
        raise typer.BadParameter("say what to rehearse: a file with a policy, or --simulate", param_hint="POLICY")
    if not channel:
        raise typer.BadParameter("name the channel whose orders are replayed", param_hint="--channel")
    candidate = read_sourcing_policy(policy)
    decided, rehearsed = Side(), Side()
    with session.hub() as hub:
        now = hub.call(hub.admin.GetStatus, admin_pb2.GetStatusRequest()).business_time
        request = pb.RehearsePolicyRequest(
            channel_id=channel,
            policy=candidate,
            placed_since_time=Timestamp(seconds=now.seconds - days * _DAY_SECONDS),
        )
        places: dict[tuple[str, str], tuple[int, int, int]] = {}
        with session.output.progress("rehearsing", limit) as step:
            for answer in _pages(hub, request, limit):
                step.on(answer.decided.order_count)
                decided.add(answer.decided)
                rehearsed.add(answer.rehearsed)
                _count_places(places, answer.node_days)
    decided.take_places((was, capacity) for capacity, was, _ in places.values())
    rehearsed.take_places((then, capacity) for capacity, _, then in places.values())
    if plot is not None:
        title = f"{channel}: {decided.orders} orders of {days} days, as decided and by {policy.name}"
        saved(bars(title, _SIDES, figures(decided, rehearsed)), plot)
    _tell(session.output, decided, rehearsed)


def _pages(hub: HubClient, request: pb.RehearsePolicyRequest, limit: int) -> Iterator[pb.RehearsePolicyResponse]:
    """Replays orders page by page, at most so many."""
    left = limit
    while left > 0:
        request.page.page_size = min(left, _PAGE)
        left -= request.page.page_size
        answer = hub.call(hub.sourcing.RehearsePolicy, request)
        yield answer
        if not answer.next_page_token:
            return
        request.page.page_token = answer.next_page_token


def _count_places(places: dict[tuple[str, str], tuple[int, int, int]], days: Iterable[pb.NodeDay]) -> None:
    """Adds parcels of nodes with a limit, by node and day: its capacity, parcels as decided, and rehearsed."""
    for one in days:
        if one.daily_capacity:
            _, was, then = places.get((one.node_id, one.day), (0, 0, 0))
            counts = (one.daily_capacity, was + one.decided_parcel_count, then + one.rehearsed_parcel_count)
            places[one.node_id, one.day] = counts


def _tell(output: Output, decided: Side, rehearsed: Side) -> None:
    if output.as_json:
        output.json({"decided": decided.json(), "rehearsed": rehearsed.json()})
        return
    columns = ("", "AS DECIDED#", "REHEARSED#", "", "")
    output.table(columns, rows(decided, rehearsed) if decided.orders else (), empty="No orders were placed.")
    if decided.orders:
        output.say(benefits(decided, rehearsed))
        output.say("Each was replayed by its first decision, and priced by the policy in force. Nothing was changed.")
