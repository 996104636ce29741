"""`crossdock find`: which nodes near a place have a SKU, or a variant of a style."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.inventory.v1 import inventory_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("find")(find)


def find(
    context: typer.Context,
    *,
    sku: Annotated[str, typer.Argument(metavar="[SKU]", help="SKU to find; or use --style.")] = "",
    near: Annotated[
        str, typer.Option(metavar="CC:POSTCODE|LAT,LON", help="Place to search from, for example NL:1015AA.")
    ],
    style: Annotated[str, typer.Option(help="Any item of this style.")] = "",
    attribute: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Of the variant.")] = None,
    channel: Annotated[str, typer.Option(help="Only what this channel may sell.")] = "",
    pickup: Annotated[bool, typer.Option("--pickup", help="Only where it can be collected.")] = False,
    quantity: Annotated[int, typer.Option(min=1, help="Units wanted.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most nodes to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find the nearest nodes that have an item, with the units that can be sold there."""
    session = session_of(context, as_json=as_json)
    request = pb.FindNodesRequest(sku=sku, style=style, channel_id=channel, quantity=quantity, node_limit=limit)
    if pickup:
        request.delivery_method = orders_pb2.DELIVERY_METHOD_PICKUP
    for one in attribute or ():
        name, equals, value = one.partition("=")
        if not equals:
            raise typer.BadParameter("is written NAME=VALUE", param_hint="--attribute")
        request.attributes[name] = value
    _place(request, near)
    with session.hub() as hub:
        found = hub.call(hub.inventory.FindNodes, request)
    if session.output.as_json:
        session.output.json(found)
        return
    rows = [
        (f"{node.distance_meters / 1000:.1f}", node.node_id, node.title, name, units)
        for node in found.nodes
        for name, units in sorted(node.available_by_sku.items())
    ]
    session.output.table(("KM#", "NODE", "TITLE", "SKU", "AVAILABLE#"), rows, empty="No node near there has it.")


def _place(request: pb.FindNodesRequest, near: str) -> None:
    country, colon, code = near.partition(":")
    latitude, comma, longitude = near.partition(",")
    try:
        if colon:
            request.country_code, request.postal_code = country.upper(), code
        elif comma:
            request.coordinates.latitude, request.coordinates.longitude = float(latitude), float(longitude)
        else:
            raise ValueError(near)
    except ValueError as error:
        raise typer.BadParameter("must be CC:POSTCODE or LATITUDE,LONGITUDE", param_hint="--near") from error
