"""`crossdock bulk`: cancel, hold, resume, source again all orders of a filter; `crossdock node`: close and open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

import typer

from crossdock.common.v1.errors_pb2 import ErrorReason
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import bulk_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient
from hub.app.process.identities import new_identity

PAGE: Final = 100
_REASON: Final = "ERROR_REASON_"

Channel = Annotated[str, typer.Option(help="Orders of this channel.")]
Sku = Annotated[str, typer.Option(help="Orders with this SKU.")]
Node = Annotated[str, typer.Option(help="Orders with units at this node.")]
State = Annotated[str | None, typer.Option(help="placed or confirmed; both unless stated.")]
Trouble = Annotated[str, typer.Option("--exception", help="Orders with an open exception of this reason; * for any.")]
Ids = Annotated[list[str] | None, typer.Option("--order", metavar="ID", help="Only orders with these ids.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Change nothing; show what would be done.")]
From = Annotated[
    str, typer.Option("--from", metavar="TOKEN", help="Continue from the token at which an earlier run ended.")
]
Pages = Annotated[int, typer.Option(min=1, help="Most pages, of 100 orders each, to process.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    bulk = typer.Typer(help="Act on all orders that match a filter.", no_args_is_help=True)
    bulk.command("cancel")(cancel)
    bulk.command("hold")(hold)
    bulk.command("resume")(resume)
    bulk.command("source-again")(source_again)
    app.add_typer(bulk, name="bulk")
    node = typer.Typer(help="Close a node to new work, or open it again.", no_args_is_help=True)
    node.command("close")(close)
    node.command("open")(reopen)
    app.add_typer(node, name="node")


def cancel(
    context: typer.Context,
    *,
    reason: Annotated[str, typer.Option(help="Reason, for the customers and the accounts.")],
    channel: Channel = "",
    sku: Sku = "",
    node: Node = "",
    state: State = None,
    exception: Trouble = "",
    order: Ids = None,
    dry_run: DryRun = False,
    start: From = "",
    pages: Pages = 1000,
    as_json: AsJson = False,
) -> None:
    """Cancel all units of each order that can still be canceled."""
    selection = _selection(channel, sku, node, state, exception, order)
    request = pb.CancelOrdersRequest(selection=selection, reason=reason, dry_run=dry_run)
    _run(session_of(context, as_json=as_json), "canceled", lambda hub: hub.bulk.CancelOrders, request, start, pages)


def hold(
    context: typer.Context,
    *,
    reason: Annotated[str, typer.Option(help="Reason, for people.")],
    block: Annotated[
        list[str] | None, typer.Option(help="Operation to block, again for more; release, capture.")
    ] = None,
    ttl: Annotated[str, typer.Option("--for", help="How long, for example 3d; the orders then go on.")] = "",
    channel: Channel = "",
    sku: Sku = "",
    node: Node = "",
    state: State = None,
    exception: Trouble = "",
    order: Ids = None,
    dry_run: DryRun = False,
    start: From = "",
    pages: Pages = 1000,
    as_json: AsJson = False,
) -> None:
    """Put a MANUAL hold on each order: no more units of it are released, nothing is captured, or what --block says."""
    selection = _selection(channel, sku, node, state, exception, order)
    request = pb.HoldOrdersRequest(selection=selection, reason=reason, dry_run=dry_run, blocks=block or [])
    if ttl:
        request.ttl.CopyFrom(wording.duration(wording.span(ttl)))
    _run(session_of(context, as_json=as_json), "held", lambda hub: hub.bulk.HoldOrders, request, start, pages)


def resume(
    context: typer.Context,
    *,
    channel: Channel = "",
    sku: Sku = "",
    node: Node = "",
    state: State = None,
    exception: Trouble = "",
    order: Ids = None,
    dry_run: DryRun = False,
    start: From = "",
    pages: Pages = 1000,
    as_json: AsJson = False,
) -> None:
    """End the MANUAL holds of each order, so that it goes on."""
    selection = _selection(channel, sku, node, state, exception, order)
    request = pb.ResumeOrdersRequest(selection=selection, dry_run=dry_run)
    _run(session_of(context, as_json=as_json), "resumed", lambda hub: hub.bulk.ResumeOrders, request, start, pages)


def source_again(
    context: typer.Context,
    *,
    channel: Channel = "",
    sku: Sku = "",
    node: Node = "",
    state: State = None,
    exception: Trouble = "",
    order: Ids = None,
    dry_run: DryRun = False,
    start: From = "",
    pages: Pages = 1000,
    as_json: AsJson = False,
) -> None:
    """Choose nodes again for units that no node works yet; ask nodes to give back the others."""
    selection = _selection(channel, sku, node, state, exception, order)
    _source(session_of(context, as_json=as_json), selection, start, pages, dry_run=dry_run)


def close(
    context: typer.Context,
    *,
    node: Annotated[str, typer.Argument(metavar="NODE")],
    again: Annotated[
        bool,
        typer.Option(
            "--source-again", help="Also ship its units from other nodes, and ask it to give back what it works."
        ),
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Close a node to new work."""
    session = session_of(context, as_json=as_json)
    if not dry_run:
        _close(session, node, reopen=False)
    if again:
        _source(session, pb.OrderSelection(node_id=node), "", 1000, dry_run=dry_run)
    elif not as_json:
        session.output.say(f"{node} {'would take' if dry_run else 'takes'} no new work.")


def reopen(
    context: typer.Context, *, node: Annotated[str, typer.Argument(metavar="NODE")], as_json: AsJson = False
) -> None:
    """Open a node to new work."""
    session = session_of(context, as_json=as_json)
    _close(session, node, reopen=True)
    if not as_json:
        session.output.say(f"{node} takes new work.")


def _close(session: Session, node: str, *, reopen: bool) -> None:
    request = network_pb2.CloseNodeRequest(request_id=str(new_identity()), node_id=node, reopen=reopen)
    with session.hub() as hub:
        hub.call(hub.network.CloseNode, request)


def _source(session: Session, selection: pb.OrderSelection, start: str, pages: int, *, dry_run: bool) -> None:
    request = pb.SourceOrdersAgainRequest(selection=selection, dry_run=dry_run)
    _run(session, "sourced again", lambda hub: hub.bulk.SourceOrdersAgain, request, start, pages)


def _selection(
    channel: str, sku: str, node: str, state: str | None, exception: str, ids: list[str] | None
) -> pb.OrderSelection:
    selection = pb.OrderSelection(channel_id=channel, sku=sku, node_id=node, exception_reason=exception)
    selection.order_ids.extend(wording.identity(one, "--order") for one in ids or ())
    if state is not None:
        selection.state = wording.state_value(orders_pb2.OrderState, state, "ORDER_STATE_", "--state")
    return selection


def _run(session: Session, verb: str, rpc: Callable[[HubClient], Any], request: Any, start: str, pages: int) -> None:
    """Acts page by page; where it stops before the end it says how to go on."""
    run, token = UUID(str(new_identity())), start
    results: list[pb.BulkResult] = []
    with session.hub() as hub, session.output.progress(verb, None) as step:
        for _ in range(pages):
            request.request_id = str(uuid5(run, token))
            request.page.CopyFrom(PageRequest(page_size=PAGE, page_token=token))
            answer = hub.call(rpc(hub), request)
            results += answer.results
            token = answer.next_page_token
            step.on(len(answer.results), f"{verb}: {len(results)} orders")
            if not token:
                break
    _tell(session.output, verb, results, token, dry_run=request.dry_run)


def _tell(output: Output, verb: str, results: list[pb.BulkResult], token: str, *, dry_run: bool) -> None:
    if output.as_json:
        output.json({"dry_run": dry_run, "results": results, "next_page_token": token})
        return
    rows = [
        (
            result.order_id,
            result.channel_reference,
            result.done.done_quantity,
            result.done.requested_quantity,
            wording.state(ErrorReason, result.refusal.reason, _REASON) if result.HasField("refusal") else "",
        )
        for result in results
    ]
    output.table(("ORDER", "REFERENCE", "DONE#", "ASKED#", "REFUSED"), rows, empty="No order matches.")
    refused = sum(result.HasField("refusal") for result in results)
    would = "would be " if dry_run else ""
    output.say(f"{len(results) - refused} orders {would}{verb}, {refused} refused.")
    if token:
        output.say(f"There are more. Go on with --from {token}")
