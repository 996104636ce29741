"""`crossdock transfer`: goods that move between nodes."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from crossdock.inventory.v1 import transfers_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.results import raise_refusals
from hub.app.cli.session import AsJson, Session, session_of

_STATE: Final = "TRANSFER_STATE_"

TransferId = Annotated[str, typer.Argument(metavar="TRANSFER", help="Id of the transfer.")]
Reference = Annotated[
    str, typer.Option(help="Your reference, under which a repeat changes nothing; generated unless stated.")
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    transfers = typer.Typer(help="Move goods between nodes.", no_args_is_help=True)
    for command in (list_, show, request, ship, receive, cancel):
        transfers.command(command.__name__.rstrip("_"))(command)
    app.add_typer(transfers, name="transfer")


def list_(
    context: typer.Context,
    *,
    node: Annotated[str, typer.Option(help="Origin or destination.")] = "",
    state: Annotated[str | None, typer.Option(help="requested, in_transit, received or canceled.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List transfers, newest first."""
    session = session_of(context, as_json=as_json)
    request = transfers_pb2.ListTransfersRequest(node_id=node)
    if state is not None:
        request.state = wording.state_value(transfers_pb2.TransferState, state, _STATE, "--state")
    with session.hub() as hub:
        found = all_of(hub, hub.transfers.ListTransfers, request, "transfers", limit)
    if session.output.as_json:
        session.output.json({"transfers": found})
        return
    columns = ("TRANSFER", "REFERENCE", "FROM", "TO", "STATE", "UNITS#", "CAME#", "IN TRANSIT#", "EXPECTED")
    session.output.table(columns, [_row(one) for one in found], empty="No transfer matches.")


def show(context: typer.Context, *, transfer: TransferId, as_json: AsJson = False) -> None:
    """Show a transfer with what left, what came and what is missing."""
    session = session_of(context, as_json=as_json)
    asked = transfers_pb2.GetTransferRequest(transfer_id=wording.identity(transfer, "TRANSFER"))
    with session.hub() as hub:
        _show(session, hub.call(hub.transfers.GetTransfer, asked).transfer)


def request(
    context: typer.Context,
    *,
    units: Annotated[list[str], typer.Argument(metavar="SKU:UNITS...", help="What is to move.")],
    origin: Annotated[str, typer.Option("--from", metavar="NODE", help="Node that ships.")],
    to: Annotated[str, typer.Option(metavar="NODE", help="Node that receives.")],
    service: Annotated[str, typer.Option(help="Service of the lane by which it travels.")] = "",
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Request a transfer; its units are claimed at the origin at once."""
    draft = transfers_pb2.TransferDraft(
        reference=reference or wording.new_request(),
        from_node_id=origin,
        to_node_id=to,
        service_code=service,
        units=[_units(one) for one in units],
    )
    asked = transfers_pb2.RequestTransfersRequest(request_id=wording.new_request(), transfers=[draft])
    _act(session_of(context, as_json=as_json), "RequestTransfers", asked)


def ship(
    context: typer.Context,
    *,
    transfer: TransferId,
    units: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SKU:UNITS]...", help="What left; all that was requested unless given."),
    ] = None,
    tracking: Annotated[str, typer.Option(help="Tracking number.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record that a transfer left; what did not leave is free at the origin again."""
    shipment = transfers_pb2.TransferShipment(
        transfer_id=wording.identity(transfer, "TRANSFER"),
        tracking_number=tracking,
        units=[_units(one) for one in units or ()],
    )
    asked = transfers_pb2.ShipTransfersRequest(request_id=wording.new_request(), shipments=[shipment])
    _act(session_of(context, as_json=as_json), "ShipTransfers", asked)


def receive(
    context: typer.Context,
    *,
    transfer: TransferId,
    units: Annotated[
        list[str] | None, typer.Argument(metavar="[SKU:UNITS[:DAMAGED]]...", help="Units that came sound, and damaged.")
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="No more will come; what is in transit is missing.")] = False,
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Record what came of a transfer, all or a part of it."""
    receipt = transfers_pb2.TransferReceipt(
        transfer_id=wording.identity(transfer, "TRANSFER"),
        receipt_reference=reference or wording.new_request(),
        units=[_received(one) for one in units or ()],
        final=final,
    )
    asked = transfers_pb2.ReceiveTransfersRequest(request_id=wording.new_request(), receipts=[receipt])
    _act(session_of(context, as_json=as_json), "ReceiveTransfers", asked)


def cancel(context: typer.Context, *, transfer: TransferId, as_json: AsJson = False) -> None:
    """Cancel a transfer of which nothing has left."""
    asked = transfers_pb2.CancelTransfersRequest(
        request_id=wording.new_request(), transfer_ids=[wording.identity(transfer, "TRANSFER")]
    )
    _act(session_of(context, as_json=as_json), "CancelTransfers", asked)


def _units(text: str) -> transfers_pb2.TransferUnits:
    sku, _, units = text.rpartition(":")
    if not sku or not units.isdigit() or units == "0":
        raise typer.BadParameter(f"{text!r} is not SKU:UNITS", param_hint="SKU:UNITS")
    return transfers_pb2.TransferUnits(sku=sku, quantity=int(units))


def _received(text: str) -> transfers_pb2.ReceivedUnits:
    parts = text.rsplit(":", 2)
    if len(parts) == 3 and not parts[1].isdigit():
        parts = text.rsplit(":", 1)
    sku, counts = parts[0], parts[1:]
    if not sku or not counts or not all(count.isdigit() for count in counts):
        raise typer.BadParameter(f"{text!r} is not SKU:UNITS or SKU:UNITS:DAMAGED", param_hint="SKU:UNITS")
    sound, damaged = (*map(int, counts), 0)[:2]
    return transfers_pb2.ReceivedUnits(sku=sku, quantity=sound, damaged_quantity=damaged)


def _act(session: Session, rpc: str, asked: Any) -> None:
    """Has something done with one transfer, and shows it afterwards."""
    with session.hub() as hub:
        results = hub.call(getattr(hub.transfers, rpc), asked).results
    raise_refusals(results)
    _show(session, results[-1].transfer)


def _row(transfer: transfers_pb2.Transfer) -> tuple[object, ...]:
    return (
        transfer.transfer_id,
        transfer.reference,
        transfer.from_node_id,
        transfer.to_node_id,
        wording.state(transfers_pb2.TransferState, transfer.state, _STATE),
        sum(line.quantity for line in transfer.lines),
        sum(line.received_quantity + line.damaged_quantity for line in transfer.lines),
        sum(line.in_transit_quantity for line in transfer.lines),
        wording.instant(transfer.expect_time),
    )


def _show(session: Session, transfer: transfers_pb2.Transfer) -> None:
    output = session.output
    if output.as_json:
        output.json({"transfer": transfer})
        return
    state = wording.state(transfers_pb2.TransferState, transfer.state, _STATE)
    output.say(f"Transfer {transfer.transfer_id}, {transfer.from_node_id} to {transfer.to_node_id}: {state}.")
    columns = ("SKU", "UNITS#", "LEFT#", "CAME#", "DAMAGED#", "MISSING#", "TOO MANY#", "IN TRANSIT#")
    rows = [
        (
            line.sku,
            line.quantity,
            line.shipped_quantity,
            line.received_quantity,
            line.damaged_quantity,
            line.missing_quantity,
            line.excess_quantity,
            line.in_transit_quantity,
        )
        for line in transfer.lines
    ]
    output.table(columns, rows)
