"""`crossdock papers`: commercial invoice and postal declaration of each consignment of an order, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from google.protobuf import json_format

from crossdock.trade.v1 import trade_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of
from hub.app.files import FileUnreadable

_PRIVATE_FOLDER = 0o700
"""The files hold personal data."""


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("papers")(papers)


def papers(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Option(help="Order, by its id.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the files; made if it is not there.")],
    incoterm: Annotated[str, typer.Option(help="Incoterm, if neither the order nor its quote has one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write the customs papers of an order as PDF and JSON per consignment; they hold personal data."""
    session = session_of(context, as_json=as_json)
    request = pb.GetConsignmentPapersRequest(order_id=order)
    if incoterm:
        request.incoterm = wording.state_value(pb.Incoterm, incoterm, "INCOTERM_", "--incoterm")
    with session.hub() as hub:
        response = hub.call(hub.trade.GetConsignmentPapers, request)
    names = [name for consignment in response.papers for name in _written(consignment, out)]
    if session.output.as_json:
        session.output.json({"files": names})
    elif names:
        session.output.table(("FILE",), [(name,) for name in names])
    else:
        session.output.say("Nothing of this order crosses a customs border, or nothing is released yet.")


def _written(consignment: pb.ConsignmentPapers, out: Path) -> list[str]:
    """Write the files of a consignment and return their names. Raise FileUnreadable."""
    form = wording.state(pb.PaperForm, consignment.form, "PAPER_FORM_").lower()
    stated = pb.ConsignmentPapers()
    stated.CopyFrom(consignment)
    stated.ClearField("invoice_pdf")
    stated.ClearField("declaration_pdf")
    known = consignment.fulfillment_order_id
    files = {
        f"{known}-invoice.pdf": consignment.invoice_pdf,
        f"{known}-{form}.pdf": consignment.declaration_pdf,
        f"{known}.json": json_format.MessageToJson(stated, preserving_proto_field_name=True).encode(),
    }
    try:
        out.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise FileUnreadable(f"The papers cannot be written to {out}: {error.strerror}.") from error
    return [str(out / name) for name in files]
