"""`crossdock stock`: what is where, what is claimed, what can be promised; and why, now or at a past instant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crossdock.inventory.v1 import inventory_pb2
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of
from hub.app.cli.stock import stock_why


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("stock")(stock)


def stock(
    context: typer.Context,
    *,
    skus: Annotated[list[str] | None, typer.Argument(metavar="[SKU]...", help="Only these SKUs.")] = None,
    node: Annotated[list[str] | None, typer.Option(help="Only this node; can be repeated.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Explain the stock of one SKU at one node.")] = False,
    at: Annotated[
        str, typer.Option(metavar="INSTANT", help="With --why: as of this instant, ISO 8601 with an offset.")
    ] = "",
    channel: Annotated[
        str, typer.Option(help="With --why: for this channel, without the units protected for others.")
    ] = "",
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """List stock by SKU and node, or explain a figure by the orders, documents and counts behind it."""
    session = session_of(context, as_json=as_json)
    if why:
        sku, node_id = _one("SKU", skus), _one("--node", node)
        stock_why.explain(session, stock_why.request_of(sku, node_id, at, channel), limit)
        return
    if at or channel:
        raise typer.BadParameter("only together with --why", param_hint="--at" if at else "--channel")
    with session.hub() as hub:
        request = inventory_pb2.ListStockRequest(skus=skus or (), node_ids=node or ())
        found = all_of(hub, hub.inventory.ListStock, request, "stock", limit)
    if session.output.as_json:
        session.output.json({"stock": found})
        return
    columns = ("SKU", "NODE", "ON HAND#", "RESERVED#", "ALLOCATED#", "SAFETY#", "AVAILABLE#")
    rows = [
        (one.sku, one.node_id, one.on_hand, one.reserved, one.allocated, one.safety, one.available) for one in found
    ]
    session.output.table(columns, rows, empty="No stock. Load some: crossdock import stock FILE")


def _one(what: str, given: Sequence[str] | None) -> str:
    if given is None or len(given) != 1:
        raise typer.BadParameter(
            "--why explains one SKU at one node: crossdock stock SKU --node N --why", param_hint=what
        )
    return given[0]
