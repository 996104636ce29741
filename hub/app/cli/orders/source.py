"""`crossdock source ORDER`: why an order ships from where it does, and from where it would if nodes had had more."""

from __future__ import annotations

import re
from typing import Annotated, Final

import typer

from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.orders.order import find
from hub.app.cli.output import Output
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of

_MORE: Final = re.compile(r"([^:]+):(.+):([1-9][0-9]*)")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("source")(source)


def source(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order, or the channel's reference.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the last decision with each node that was considered.")
    ] = False,
    more: Annotated[
        list[str] | None, typer.Option(metavar="NODE:SKU:UNITS", help="Suppose that a node had so many units more.")
    ] = None,
    closed: Annotated[list[str] | None, typer.Option(metavar="NODE", help="Suppose that a node was closed.")] = None,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """Show the sourcing decisions of an order, or explain the last one and what it would have been otherwise."""
    session = session_of(context, as_json=as_json)
    assumptions = [_assumption(text) for text in more or ()]
    with session.hub() as hub:
        order_id = find(hub, name)
        if explain or more or closed:
            request = pb.ExplainDecisionRequest(order_id=order_id, more_stock=assumptions, closed_node_ids=closed or ())
            _explain(session.output, hub.call(hub.sourcing.ExplainDecision, request))
            return
        request_all = pb.ListDecisionsRequest(order_id=order_id)
        decisions = all_of(hub, hub.sourcing.ListDecisions, request_all, "decisions", limit)
    if session.output.as_json:
        session.output.json({"decisions": decisions})
        return
    rows = [(wording.instant(one.decide_time), wording.money(one.cost), one.explanation) for one in decisions]
    session.output.table(("DECIDED", "COST#", "WHY"), rows, empty="Nothing was decided for the order.")


def _assumption(text: str) -> pb.StockAssumption:
    parts = _MORE.fullmatch(text)
    if parts is None:
        raise typer.BadParameter(f"{text} is not NODE:SKU:UNITS", param_hint="--more")
    node_id, sku, units = parts.groups()
    return pb.StockAssumption(node_id=node_id, sku=sku, quantity=int(units))


def _explain(output: Output, answer: pb.ExplainDecisionResponse) -> None:
    if output.as_json:
        output.json(answer)
        return
    if not answer.HasField("decision"):
        output.say("Nothing was decided for the order.")
        return
    decision = answer.decision
    output.say(f"{wording.instant(decision.decide_time)} by {decision.policy_version}: {decision.explanation}")
    columns = ("NODE", "COULD SHIP#", "PARCEL#", "SHIPS#", "NOT CONSIDERED BECAUSE")
    output.table(columns, _rows(decision), empty="No node was considered.")
    if answer.HasField("assumed"):
        output.say(f"Under the assumptions: {answer.assumed.explanation}")
        output.table(columns, _rows(answer.assumed), empty="No node was considered.")


def _rows(decision: pb.Decision) -> list[tuple[object, ...]]:
    ships: dict[str, int] = {}
    for one in decision.assignments:
        ships[one.node_id] = ships.get(one.node_id, 0) + one.quantity
    return [
        (
            one.node_id,
            one.coverable_quantity,
            wording.money(one.cost) if one.HasField("cost") else "",
            ships.get(one.node_id, ""),
            one.excluded_because,
        )
        for one in decision.candidates
    ]
