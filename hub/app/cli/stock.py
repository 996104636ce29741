"""`crossdock stock`: what is where, what is claimed, what can be promised."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.inventory.v1 import inventory_pb2
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("stock")(stock)


def stock(
    context: typer.Context,
    *,
    skus: Annotated[list[str] | None, typer.Argument(metavar="[SKU]...", help="Only these SKUs.")] = None,
    node: Annotated[list[str] | None, typer.Option(help="Only this node; may be given again.")] = None,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """List stock by SKU and node."""
    session = session_of(context, as_json=as_json)
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
