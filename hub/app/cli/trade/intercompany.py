"""`crossdock intercompany`: goods that went from one seller to another with an order."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.trade.v1 import intercompany_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("intercompany")(intercompany)


def intercompany(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Option(help="Order, by its id; all orders if not stated.")] = "",
    seller: Annotated[str, typer.Option(help="Seller that gave or got the goods; any if not stated.")] = "",
    since: Annotated[str, typer.Option(help="First instant, ISO 8601.")] = "",
    before: Annotated[str, typer.Option(help="Instant that ends the time, ISO 8601; now if not stated.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List goods that went from one seller to another: shipped from another's node, or come back to one."""
    session = session_of(context, as_json=as_json)
    listing = pb.ListIntercompanyEntriesRequest(
        order_id=wording.identity(order, "--order") if order else "",
        seller_id=seller,
        since_time=wording.timestamp(since, "--since"),
        before_time=wording.timestamp(before, "--before"),
    )
    with session.hub() as hub:
        entries = all_of(hub, hub.intercompany.ListIntercompanyEntries, listing, "entries", limit)
    if session.output.as_json:
        session.output.json({"entries": entries})
        return
    rows = [
        (
            wording.instant(one.occur_time),
            wording.state(pb.IntercompanyCause, one.cause, "INTERCOMPANY_CAUSE_"),
            one.from_seller_id,
            one.to_seller_id,
            one.node_id,
            one.sku,
            one.quantity,
            wording.money(one.value),
            one.order_id,
        )
        for one in entries
    ]
    columns = ("AT", "CAUSE", "FROM", "TO", "NODE", "SKU", "UNITS#", "VALUE#", "ORDER")
    session.output.table(columns, rows, empty="No goods went from one seller to another.")
