"""`crossdock variance`: where the last counts and what was thought differ, in units and worth."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.inventory.v1 import variance_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("variance")(variance)


def variance(
    context: typer.Context,
    *,
    skus: Annotated[list[str] | None, typer.Argument(metavar="[SKU]...", help="Only these SKUs.")] = None,
    node: Annotated[list[str] | None, typer.Option(help="Only this node; can be repeated.")] = None,
    least: Annotated[int, typer.Option("--min", min=0, help="Only differences of at least so many units.")] = 0,
    currency: Annotated[str, typer.Option(help="Currency of the value.")] = "",
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """List where the last count of each node differed from recorded stock."""
    session = session_of(context, as_json=as_json)
    request = variance_pb2.ListVariancesRequest(
        skus=skus or (), node_ids=node or (), min_quantity=least, currency_code=currency
    )
    with session.hub() as hub:
        found = all_of(hub, hub.variance.ListVariances, request, "variances", limit)
    if session.output.as_json:
        session.output.json({"variances": found})
        return
    rows = [
        (
            one.sku,
            one.node_id,
            f"{one.quantity:+d}",
            wording.money(one.value),
            one.source,
            wording.instant(one.count_time),
            wording.instant(one.since_time),
        )
        for one in found
    ]
    columns = ("SKU", "NODE", "UNITS#", "WORTH#", "SOURCE", "COUNTED", "SINCE")
    session.output.table(columns, rows, empty="The last counts found what was thought.")
