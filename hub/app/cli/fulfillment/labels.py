"""`crossdock label`: labels of parcels that the hub buys: shown as a file, asked for, voided."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.fulfillment.v1 import labels_pb2 as pb
from crossdock.trade.v1 import trade_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubError
from hub.app.files import FileUnreadable

_SIZE: Final = re.compile(r"([0-9]{1,5})x([0-9]{1,5})x([0-9]{1,5})")
_PRIVATE_FILE: Final = 0o600
"""The file shows personal data."""


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("label")(label)


def label(
    context: typer.Context,
    *,
    fulfillment_order: Annotated[str, typer.Option(help="Fulfillment order, by its id.")],
    parcel: Annotated[str, typer.Option(help="The node's reference of the parcel; else the one asked for last.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="File to write the label to.")] = None,
    buy: Annotated[bool, typer.Option("--buy", help="Ask for the label; needs --parcel and --weight-grams.")] = False,
    weight_grams: Annotated[int, typer.Option(help="Weight of the packed parcel in grams.")] = 0,
    size: Annotated[str, typer.Option(metavar="LxWxH", help="Size of the parcel in millimeters.")] = "",
    form: Annotated[str, typer.Option("--format", help="What it is drawn as: PDF, PNG or ZPL.")] = "PDF",
    incoterm: Annotated[str, typer.Option(help="Incoterm across a customs border, if the order has none.")] = "",
    void: Annotated[bool, typer.Option("--void", help="Have the label of --parcel taken back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a label, write it to a file, ask for it or have it voided. Exit code 1 where it is refused.

    The file shows personal data.
    """
    session = session_of(context, as_json=as_json)
    if (buy or void) and not parcel:
        raise typer.BadParameter("--buy and --void need --parcel", param_hint="--parcel")
    if buy and void:
        raise typer.BadParameter("--buy and --void exclude each other", param_hint="--void")
    identity = wording.identity(fulfillment_order, "--fulfillment-order")
    if buy:
        request = pb.BuyLabelsRequest(request_id=wording.new_request())
        request.parcels.append(_packed(identity, parcel, weight_grams, size, form))
        if incoterm:
            stated = wording.state_value(trade_pb2.Incoterm, incoterm, "INCOTERM_", "--incoterm")
            request.parcels[0].incoterm = stated
        with session.hub() as hub:
            (result,) = hub.call(hub.labels.BuyLabels, request).results
        _said(session, result, parcel)
    elif void:
        voiding = pb.VoidLabelsRequest(request_id=wording.new_request())
        voiding.parcels.add(fulfillment_order_id=identity, shipment_reference=parcel)
        with session.hub() as hub:
            (result,) = hub.call(hub.labels.VoidLabels, voiding).results
        _said(session, result, parcel)
    else:
        asked = pb.GetLabelRequest(fulfillment_order_id=identity, shipment_reference=parcel)
        with session.hub() as hub:
            response = hub.call(hub.labels.GetLabel, asked)
        _shown(session, response, out)


def _packed(identity: str, parcel: str, weight_grams: int, size: str, form: str) -> pb.PackedParcel:
    sides = _SIZE.fullmatch(size) if size else None
    if size and sides is None:
        raise typer.BadParameter("is written LxWxH in millimeters, for example 300x200x100", param_hint="--size")
    length, width, height = (int(side) for side in sides.groups()) if sides else (0, 0, 0)
    return pb.PackedParcel(
        fulfillment_order_id=identity,
        shipment_reference=parcel,
        weight_grams=weight_grams,
        length_mm=length,
        width_mm=width,
        height_mm=height,
        format=wording.state_value(fulfillment_pb2.LabelFormat, form, "LABEL_FORMAT_", "--format"),
    )


def _said(session: Session, result: fulfillment_pb2.FulfillmentResult, parcel: str) -> None:
    if session.output.as_json:
        session.output.json({"results": [result]})
    elif result.HasField("refusal"):
        session.output.line(result.refusal.message)
    else:
        stands = [one for one in result.fulfillment_order.labels if one.shipment_reference == parcel][-1]
        session.output.line(f"The label of parcel {parcel} is {_state(stands)}.")
    if result.HasField("refusal"):
        raise typer.Exit(1)


def _shown(session: Session, response: pb.GetLabelResponse, out: Path | None) -> None:
    shown = response.label
    if out is not None and not response.document:
        raise HubError(
            "LABEL_NOT_FOUND",
            f"The label of parcel {shown.shipment_reference} is {_state(shown)} and has no document to write.",
        )
    if out is not None:
        _write(out, response.document)
    if session.output.as_json:
        session.output.json({"label": shown, "file": str(out) if out else ""})
        return
    costs = [wording.money(one) if known else "-" for one, known in _costs(shown)]
    session.output.table(
        ("PARCEL", "STATE", "TRACKING NUMBER", "COST", "EXPECTED", "DIFFERENCE", "FILE"),
        [(shown.shipment_reference, _state(shown), shown.tracking_number or "-", *costs, str(out) if out else "-")],
    )


def _costs(shown: fulfillment_pb2.Label) -> list[tuple[Any, bool]]:
    return [(getattr(shown, name), shown.HasField(name)) for name in ("cost", "expected_cost", "cost_difference")]


def _state(shown: fulfillment_pb2.Label) -> str:
    return wording.state(fulfillment_pb2.LabelState, shown.state, "LABEL_STATE_")


def _write(out: Path, document: bytes) -> None:
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE), "wb") as file:
            file.write(document)
    except OSError as error:
        raise FileUnreadable(f"The label cannot be written to {out}: {error.strerror}.") from error
