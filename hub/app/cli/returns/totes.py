"""`crossdock totes`: returns without box and printer, from the code a customer shows to what was found in the tote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from crossdock.returns.v1 import totes_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.results import raise_refusals
from hub.app.cli.session import AsJson, Session, session_of

_STATE: Final = "TOTE_STATE_"
_KIND: Final = "TOTE_DIFFERENCE_KIND_"

ToteId = Annotated[str, typer.Argument(metavar="TOTE", help="Id of the tote.")]
Reference = Annotated[
    str, typer.Option(help="Your reference, under which a repeat changes nothing; generated unless stated.")
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    totes = typer.Typer(help="Gather returns in totes and count them where they arrive.", no_args_is_help=True)
    for command in (list_, show, codes, open_, scan, close, ship, receive):
        totes.command(command.__name__.rstrip("_"))(command)
    app.add_typer(totes, name="totes")


def list_(
    context: typer.Context,
    *,
    node: Annotated[str, typer.Option(help="Drop-off point or destination.")] = "",
    state: Annotated[str | None, typer.Option(help="open, closed, in_transit or received.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List totes, newest first."""
    session = session_of(context, as_json=as_json)
    request = totes_pb2.ListTotesRequest(node_id=node)
    if state is not None:
        request.state = wording.state_value(totes_pb2.ToteState, state, _STATE, "--state")
    with session.hub() as hub:
        found = all_of(hub, hub.totes.ListTotes, request, "totes", limit)
    if session.output.as_json:
        session.output.json({"totes": found})
        return
    columns = ("TOTE", "FROM", "TO", "STATE", "UNITS#", "CAME#", "DIFFERENCES#", "OPENED")
    session.output.table(columns, [_row(one) for one in found], empty="No tote matches.")


def show(context: typer.Context, *, tote: ToteId, as_json: AsJson = False) -> None:
    """Show a tote with its manifest, its receipt and every difference."""
    session = session_of(context, as_json=as_json)
    request = totes_pb2.GetToteRequest(tote_id=wording.identity(tote, "TOTE"))
    with session.hub() as hub:
        _show(session, hub.call(hub.totes.GetTote, request).tote)


def codes(
    context: typer.Context,
    *,
    returns: Annotated[list[str], typer.Argument(metavar="RETURN...", help="Ids of returns.")],
    as_json: AsJson = False,
) -> None:
    """Show the codes with which customers hand units in; a shop shows them as QR codes."""
    session = session_of(context, as_json=as_json)
    request = totes_pb2.IssueReturnCodesRequest(
        request_id=wording.new_request(), return_ids=[wording.identity(return_, "RETURN") for return_ in returns]
    )
    with session.hub() as hub:
        results = hub.call(hub.totes.IssueReturnCodes, request).results
    raise_refusals(results)
    if session.output.as_json:
        session.output.json({"codes": [result.code for result in results]})
        return
    session.output.table(("RETURN", "CODE"), [(result.code.return_id, result.code.code) for result in results])


def open_(
    context: typer.Context,
    *,
    node: Annotated[str, typer.Argument(metavar="NODE", help="Drop-off point.")],
    to: Annotated[str, typer.Option(metavar="NODE", help="Where the tote goes.")],
    as_json: AsJson = False,
) -> None:
    """Open a tote at a drop-off point."""
    draft = totes_pb2.ToteDraft(node_id=node, to_node_id=to)
    request = totes_pb2.OpenTotesRequest(request_id=wording.new_request(), totes=[draft])
    _act(session_of(context, as_json=as_json), "OpenTotes", request)


def scan(
    context: typer.Context,
    *,
    tote: ToteId,
    scanned: Annotated[list[str], typer.Argument(metavar="CODE...", help="Codes of returns handed in whole.")],
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Put the units that customers hand in into a tote."""
    known = reference or wording.new_request()
    tote_id = wording.identity(tote, "TOTE")
    scans = [
        totes_pb2.ReturnScan(tote_id=tote_id, code=code, scan_reference=f"{known}-{number}")
        for number, code in enumerate(scanned, start=1)
    ]
    request = totes_pb2.ScanReturnsRequest(request_id=wording.new_request(), scans=scans)
    _act(session_of(context, as_json=as_json), "ScanReturns", request)


def close(
    context: typer.Context,
    *,
    tote: ToteId,
    counted: Annotated[int, typer.Option(min=0, help="Units counted in it; refused when the manifest differs.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Make the manifest of a tote final."""
    closing = totes_pb2.ToteClosing(tote_id=wording.identity(tote, "TOTE"), counted_quantity=counted)
    request = totes_pb2.CloseTotesRequest(request_id=wording.new_request(), totes=[closing])
    _act(session_of(context, as_json=as_json), "CloseTotes", request)


def ship(
    context: typer.Context,
    *,
    tote: ToteId,
    tracking: Annotated[str, typer.Option(help="Tracking number.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record that a tote left."""
    shipment = totes_pb2.ToteShipment(tote_id=wording.identity(tote, "TOTE"), tracking_number=tracking)
    request = totes_pb2.ShipTotesRequest(request_id=wording.new_request(), totes=[shipment])
    _act(session_of(context, as_json=as_json), "ShipTotes", request)


def receive(
    context: typer.Context,
    *,
    tote: ToteId,
    found: Annotated[list[str] | None, typer.Argument(metavar="[CODE[:UNITS]]...", help="Units found in it.")] = None,
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Record all units found in a tote; missing units count as lost and are credited."""
    receipt = totes_pb2.ToteReceipt(
        tote_id=wording.identity(tote, "TOTE"),
        receipt_reference=reference or wording.new_request(),
        units=[_unpacked(one) for one in found or ()],
    )
    request = totes_pb2.ReceiveTotesRequest(request_id=wording.new_request(), receipts=[receipt])
    _act(session_of(context, as_json=as_json), "ReceiveTotes", request)


def _unpacked(text: str) -> totes_pb2.UnpackedUnits:
    code, _, units = text.partition(":")
    if not code or not (units or "1").isdigit() or units == "0":
        raise typer.BadParameter(f"{text!r} is not CODE or CODE:UNITS", param_hint="CODE")
    return totes_pb2.UnpackedUnits(code=code, quantity=int(units or 1))


def _act(session: Session, rpc: str, request: Any) -> None:
    """Has something done with one tote, and shows it afterwards."""
    with session.hub() as hub:
        results = hub.call(getattr(hub.totes, rpc), request).results
    raise_refusals(results)
    _show(session, results[-1].tote)


def _row(tote: totes_pb2.Tote) -> tuple[object, ...]:
    return (
        tote.tote_id,
        tote.drop_off_node_id,
        tote.to_node_id,
        wording.state(totes_pb2.ToteState, tote.state, _STATE),
        tote.quantity,
        tote.received_quantity,
        len(tote.differences),
        wording.instant(tote.open_time),
    )


def _show(session: Session, tote: totes_pb2.Tote) -> None:
    output = session.output
    if output.as_json:
        output.json({"tote": tote})
        return
    state = wording.state(totes_pb2.ToteState, tote.state, _STATE)
    output.say(f"Tote {tote.tote_id}, {tote.drop_off_node_id} to {tote.to_node_id}: {state}, {_came(tote)}.")
    units = [
        (unit.return_id, unit.line_number, unit.sku, unit.quantity, unit.received_quantity, unit.missing_quantity)
        for unit in tote.units
    ]
    output.table(("RETURN", "LINE#", "SKU", "UNITS#", "CAME#", "MISSING#"), units)
    if tote.differences:
        output.table(("DIFFERS", "RETURN", "SKU", "UNITS#"), _differences(tote.differences))


def _came(tote: totes_pb2.Tote) -> str:
    units = wording.count(tote.quantity, "unit")
    return f"{tote.received_quantity} of {units} came" if tote.state == totes_pb2.TOTE_STATE_RECEIVED else units


def _differences(differences: Sequence[totes_pb2.ToteDifference]) -> list[tuple[object, ...]]:
    kinds = totes_pb2.ToteDifferenceKind
    return [
        (
            wording.state(kinds, difference.kind, _KIND),
            difference.return_id or "unknown",
            difference.sku,
            difference.quantity,
        )
        for difference in differences
    ]
