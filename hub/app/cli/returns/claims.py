"""`crossdock claim`: claims of customers about units that were sent, opened, decided and listed."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from crossdock.returns.v1 import returns_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of

_KIND: Final = "CLAIM_KIND_"
_STATE: Final = "CLAIM_STATE_"
_VERDICT: Final = "CLAIM_VERDICT_"


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    claim = typer.Typer(help="Settle what customers claim about units that were sent.", no_args_is_help=True)
    for command in (open_, decide, list_):
        claim.command(command.__name__.rstrip("_"))(command)
    app.add_typer(claim, name="claim")


def open_(
    context: typer.Context,
    *,
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT", help="Id of the shipment.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="lost, damaged, wrong_item or missing.")],
    lines: Annotated[list[str], typer.Argument(metavar="LINE:UNITS...", help="Units that it is about.")],
    as_json: AsJson = False,
) -> None:
    """Open a claim for a customer. Exit code 1 where it is refused."""
    draft = pb.ClaimDraft(
        shipment_id=wording.identity(shipment, "SHIPMENT"),
        kind=wording.state_value(pb.ClaimKind, kind, _KIND, "KIND"),
    )
    for number, units in map(wording.line_units, lines):
        draft.lines.add(line_number=number, quantity=units)
    session = session_of(context, as_json=as_json)
    request = pb.OpenClaimsRequest(request_id=wording.new_request(), drafts=[draft])
    with session.hub() as hub:
        (result,) = hub.call(hub.returns.OpenClaims, request).results
    _tell(session, result)


def decide(
    context: typer.Context,
    *,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="refund, reship or reject.")],
    reason: Annotated[str, typer.Argument(metavar="REASON", help="Why, for people, without personal data.")],
    as_json: AsJson = False,
) -> None:
    """Refund a claim, send its units again, or reject it. Exit code 1 where that is refused."""
    session = session_of(context, as_json=as_json)
    request = pb.DecideClaimsRequest(request_id=wording.new_request())
    request.decisions.add(
        claim_id=wording.identity(claim, "CLAIM"),
        verdict=wording.state_value(pb.ClaimVerdict, verdict, _VERDICT, "VERDICT"),
        reason=reason,
    )
    with session.hub() as hub:
        (result,) = hub.call(hub.returns.DecideClaims, request).results
    _tell(session, result)


def list_(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order.")],
    as_json: AsJson = False,
) -> None:
    """List the claims of an order, oldest first."""
    session = session_of(context, as_json=as_json)
    request = pb.ListClaimsRequest(order_id=wording.identity(order, "ORDER"))
    with session.hub() as hub:
        claims = hub.call(hub.returns.ListClaims, request).claims
    if session.output.as_json:
        session.output.json({"claims": list(claims)})
        return
    columns = ("CLAIM", "KIND", "STATE", "UNITS#", "OPENED", "REASON")
    session.output.table(columns, [_row(one) for one in claims], empty="The order has no claims.")


def _row(claim: pb.Claim) -> tuple[object, ...]:
    kind = wording.state(pb.ClaimKind, claim.kind, _KIND)
    state = wording.state(pb.ClaimState, claim.state, _STATE)
    units = sum(line.quantity for line in claim.lines)
    return (claim.claim_id, kind, state, units, wording.instant(claim.open_time), claim.reason)


def _tell(session: Session, result: pb.ClaimResult) -> None:
    if session.output.as_json:
        session.output.json({"results": [result]})
    elif result.HasField("refusal"):
        session.output.line(result.refusal.message)
    else:
        state = wording.state(pb.ClaimState, result.claim.state, _STATE)
        session.output.line(f"Claim {result.claim.claim_id} is {state}.")
    if result.HasField("refusal"):
        raise typer.Exit(1)
