"""`crossdock load`: the network and the catalog, from files in the form of the contract."""

from __future__ import annotations

import typer

from crossdock.catalog.v1 import catalog_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of
from hub.app.cli.setup import network
from hub.app.cli.setup.network import File
from hub.app.client import REFUSED, HubClient
from hub.app.files import chunks, read_catalog


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    load = typer.Typer(help="Load the network or the catalog from a file.", no_args_is_help=True)
    load.command("network")(network.load)
    load.command("catalog")(catalog)
    app.add_typer(load, name="load")


def catalog(context: typer.Context, *, file: File, as_json: AsJson = False) -> None:
    """Write items and bundles, replacing existing ones. Exit code 1 when one is refused."""
    session = session_of(context, as_json=as_json)
    items = read_catalog(file)
    with session.hub() as hub:
        refused = put_catalog(hub, items, session.output)
    written = len(items) - len(refused)
    if session.output.as_json:
        session.output.json({"written": written, "refused": [{"sku": sku, "reason": why} for sku, why in refused]})
    else:
        session.output.say(f"{wording.count(written, 'item')} written, {len(refused)} refused.")
        if refused:
            session.output.table(("SKU", "REASON"), refused)
    if refused:
        raise typer.Exit(REFUSED)


def put_catalog(hub: HubClient, items: list[catalog_pb2.Item], output: Output) -> list[tuple[str, str]]:
    """Writes items; answers SKU and reason of each that was refused."""
    refused = []
    with output.progress("writing items", len(items)) as step:
        for chunk in chunks(items):
            request = catalog_pb2.PutItemsRequest(request_id=wording.new_request(), items=chunk)
            results = hub.call(hub.catalog.PutItems, request).results
            for item, result in zip(chunk, results, strict=True):
                if result.WhichOneof("outcome") == "refusal":
                    refused.append((item.sku, result.refusal.message))
            step.on(len(chunk))
    return refused
