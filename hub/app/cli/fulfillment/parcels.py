"""`crossdock parcels`: writing off a parcel that will not arrive."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("parcels")(parcels)


def parcels(
    context: typer.Context,
    *,
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT")],
    write_off: Annotated[str, typer.Option(help="Why it will not arrive, for people.")],
    as_json: AsJson = False,
) -> None:
    """Write a parcel off as lost: the customer is credited. Exit code 1 where it is refused."""
    session = session_of(context, as_json=as_json)
    request = pb.WriteOffShipmentsRequest(request_id=wording.new_request())
    request.write_offs.add(shipment_id=wording.identity(shipment, "SHIPMENT"), reason=write_off)
    with session.hub() as hub:
        (result,) = hub.call(hub.fulfillment.WriteOffShipments, request).results
    if session.output.as_json:
        session.output.json({"results": [result]})
    elif result.HasField("refusal"):
        session.output.line(result.refusal.message)
    else:
        session.output.line(f"Shipment {result.shipment.shipment_id} is written off.")
    if result.HasField("refusal"):
        raise typer.Exit(1)
