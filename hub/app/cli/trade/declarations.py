"""`crossdock declarations`: what customs was told of the parcels of an order, and what mends a declaration."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crossdock.admin.v1 import admin_pb2
from crossdock.trade.v1 import declarations_pb2 as pb
from crossdock.trade.v1 import trade_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of

_STATE = "DECLARATION_STATE_"


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("declarations")(declarations)


def declarations(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Option(help="Order, by its id: list its declarations.")] = "",
    declare: Annotated[
        str, typer.Option(metavar="SHIPMENT", help="Declare it again: it is incomplete or rejected.")
    ] = "",
    incoterm: Annotated[str, typer.Option(help="With --declare: incoterm, if the order has none.")] = "",
    send: Annotated[str, typer.Option(metavar="SHIPMENT", help="Send a paper of it to customs.")] = "",
    document: Annotated[str, typer.Option(help="With --send: COMMERCIAL_INVOICE or POSTAL_DECLARATION.")] = "",
    record: Annotated[str, typer.Option(metavar="DECLARATION", help="Record what customs said of it.")] = "",
    state: Annotated[str, typer.Option(help="With --record: ACCEPTED, HELD, RELEASED or REJECTED.")] = "",
    reference: Annotated[str, typer.Option(help="With --record: reference of customs, for example the MRN.")] = "",
    at: Annotated[str, typer.Option(help="With --record: when it happened, ISO 8601; now if not stated.")] = "",
    why: Annotated[str, typer.Option(help="With --record: why, as customs says.")] = "",
    as_json: AsJson = False,
) -> None:
    """List customs declarations of an order, declare a parcel again, send a paper, or record what customs said.

    Exit code 1 where it is refused.
    """
    if sum(map(bool, (order, declare, send, record))) != 1:
        raise typer.BadParameter("state one of --order, --declare, --send and --record", param_hint="--order")
    session = session_of(context, as_json=as_json)
    if order:
        _list(session, order)
        return
    with session.hub() as hub:
        if declare:
            again = pb.DeclareShipmentsRequest(request_id=wording.new_request())
            again.shipments.add(shipment_id=wording.identity(declare, "SHIPMENT"), incoterm=_incoterm(incoterm))
            (result,) = hub.call(hub.declarations.DeclareShipments, again).results
        elif send:
            paper = wording.state_value(pb.DeclarationDocument, document, "DECLARATION_DOCUMENT_", "--document")
            sent = pb.SendDeclarationDocumentsRequest(request_id=wording.new_request())
            sent.documents.add(shipment_id=wording.identity(send, "SHIPMENT"), document=paper)
            (result,) = hub.call(hub.declarations.SendDeclarationDocuments, sent).results
        else:
            said = pb.RecordDeclarationEventsRequest(request_id=wording.new_request())
            event = said.events.add(
                declaration_id=wording.identity(record, "DECLARATION"),
                state=wording.state_value(pb.DeclarationState, state, _STATE, "--state"),
                customs_reference=reference,
                event_reference=said.request_id,
                reason=why,
            )
            now = hub.call(hub.admin.GetStatus, admin_pb2.GetStatusRequest()).business_time
            event.occur_time.CopyFrom(wording.timestamp(at, "--at") or now)
            (result,) = hub.call(hub.declarations.RecordDeclarationEvents, said).results
    _show(session, result)


def _incoterm(stated: str) -> Any:
    return wording.state_value(trade_pb2.Incoterm, stated, "INCOTERM_", "--incoterm") if stated else None


def _list(session: Session, order: str) -> None:
    with session.hub() as hub:
        response = hub.call(hub.declarations.ListDeclarations, pb.ListDeclarationsRequest(order_id=order))
    if session.output.as_json:
        session.output.json({"declarations": list(response.declarations)})
        return
    rows = [_row(one) for one in response.declarations]
    if not rows:
        session.output.say("Nothing of this order is declared to customs.")
        return
    session.output.table(("SHIPMENT", "STATE", "REFERENCE", "ACCOUNT", "ATTEMPT", "DECLARATION", "SAID"), rows)


def _row(one: pb.CustomsDeclaration) -> tuple[str, ...]:
    said = "; ".join(one.lacks)
    if one.events:
        last = one.events[-1]
        said = "; ".join(filter(None, (last.reason, ", ".join(last.missing_documents))))
    state = wording.state(pb.DeclarationState, one.state, _STATE)
    return (one.shipment_id, state, one.customs_reference, one.account_id, str(one.attempt), one.declaration_id, said)


def _show(session: Session, result: pb.DeclarationResult) -> None:
    if session.output.as_json:
        session.output.json({"results": [result]})
    elif result.HasField("refusal"):
        session.output.line(result.refusal.message)
    else:
        one = result.declaration
        state = wording.state(pb.DeclarationState, one.state, _STATE)
        lacks = f" It lacks: {'; '.join(one.lacks)}." if one.lacks else ""
        session.output.line(f"The declaration of shipment {one.shipment_id} is {state}.{lacks}")
    if result.HasField("refusal"):
        raise typer.Exit(1)
