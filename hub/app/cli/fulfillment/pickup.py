"""`crossdock pickup`: what lies ready at a store, handed over to who names the code, or held longer."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of
from hub.app.client import HubClient


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("pickup")(pickup)


def pickup(
    context: typer.Context,
    *,
    fulfillment_order: Annotated[str, typer.Argument(metavar="FULFILLMENT_ORDER")],
    ready: Annotated[bool, typer.Option("--ready", help="Its units lie ready; the customer is sent a code.")] = False,
    code: Annotated[str, typer.Option(metavar="CODE", help="Hand it over to who names this code.")] = "",
    renew: Annotated[bool, typer.Option("--renew", help="Send another code, and hold it anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show how an order is collected; make it ready, hand it over, or renew it. Exit code 1 where that is refused."""
    if ready + bool(code) + renew > 1:
        raise typer.BadParameter("Name one of --ready, --code and --renew.")
    session = session_of(context, as_json=as_json)
    identity = wording.identity(fulfillment_order, "FULFILLMENT_ORDER")
    with session.hub() as hub:
        result = _result(hub, identity, ready=ready, code=code, renew=renew)
    if session.output.as_json:
        session.output.json({"results": [result]})
    elif result.HasField("refusal"):
        session.output.line(result.refusal.message)
    else:
        session.output.line(_sentence(result.fulfillment_order))
    if result.HasField("refusal"):
        raise typer.Exit(1)


def _result(hub: HubClient, identity: str, *, ready: bool, code: str, renew: bool) -> pb.FulfillmentResult:
    request_id = wording.new_request()
    if ready:
        report = pb.ProgressReport(fulfillment_order_id=identity)
        made = hub.call(hub.fulfillment.RecordReady, pb.RecordReadyRequest(request_id=request_id, reports=[report]))
    elif code:
        handed = pb.RecordCollectionsRequest(request_id=request_id)
        handed.reports.add(fulfillment_order_id=identity, code=code)
        made = hub.call(hub.fulfillment.RecordCollections, handed)
    elif renew:
        asked = pb.RenewPickupsRequest(request_id=request_id, fulfillment_order_ids=[identity])
        made = hub.call(hub.fulfillment.RenewPickups, asked)
    else:
        read = pb.GetFulfillmentOrderRequest(fulfillment_order_id=identity)
        found = hub.call(hub.fulfillment.GetFulfillmentOrder, read)
        return pb.FulfillmentResult(fulfillment_order=found.fulfillment_order)
    result: pb.FulfillmentResult = made.results[0]
    return result


def _sentence(work: pb.FulfillmentOrder) -> str:
    state = wording.state(pb.FulfillmentOrderState, work.state, "FULFILLMENT_ORDER_STATE_")
    if work.state != pb.FULFILLMENT_ORDER_STATE_READY_FOR_PICKUP:
        return f"Fulfillment order {work.fulfillment_order_id} at {work.node_id} is {state}."
    until = wording.instant(work.pickup.hold_until_time)
    return f"Fulfillment order {work.fulfillment_order_id} lies ready at {work.node_id}, until {until}."
