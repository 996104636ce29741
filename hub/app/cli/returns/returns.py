"""`crossdock returns`: goods that come back, from what a return would bring to what became of the goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from crossdock.orders.v1 import orders_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.results import raise_refusals
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.files import read_return_policies

_STATE: Final = "RETURN_STATE_"
_RESOLUTION: Final = "MONEY_RESOLUTION_"
_CREDIT: Final = "CREDIT_KIND_"
_SLICE: Final = "SLICE_STATE_"
_OUTCOME: Final = "RECEIPT_OUTCOME_"
_VERDICT: Final = "INSPECTION_VERDICT_"
_DISPOSITION: Final = "DISPOSITION_"

OrderId = Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order.")]
ReturnId = Annotated[str, typer.Argument(metavar="RETURN", help="Id of the return.")]
Lines = Annotated[
    list[str], typer.Argument(metavar="LINE[:UNITS]...", help="Order lines; one unit each unless stated.")
]
Units = Annotated[
    list[str],
    typer.Argument(
        metavar="LINE[:UNITS[:WORD]]...",
        help="Order lines with their units and a word: LINE, LINE:UNITS or LINE:UNITS:WORD.",
    ),
]
Reason = Annotated[str, typer.Option(help="Why, for example wrong_size.")]
ResolutionOption = Annotated[str, typer.Option("--resolution", help="refund, store_credit or none.")]
Reference = Annotated[
    str, typer.Option(help="Your reference, under which a repeat changes nothing; generated unless stated.")
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    returns = typer.Typer(help="Take goods back, and credit customers.", no_args_is_help=True)
    commands = (list_, show, preview, authorize, cancel, in_transit, receive, inspect, dispose, credit, policies)
    for command in commands:
        returns.command(command.__name__.rstrip("_").replace("_", "-"))(command)
    app.add_typer(returns, name="returns")


def list_(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Option(help="Id of the order.")] = "",
    node: Annotated[str, typer.Option(help="Node at which the units are expected.")] = "",
    state: Annotated[
        str | None, typer.Option(help="authorized, in_transit, received, closed, expired or canceled.")
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List returns, newest first."""
    session = session_of(context, as_json=as_json)
    request = pb.ListReturnsRequest(order_id=order, node_id=node)
    if state is not None:
        request.state = wording.state_value(pb.ReturnState, state, _STATE, "--state")
    with session.hub() as hub:
        found = all_of(hub, hub.returns.ListReturns, request, "returns", limit)
    if session.output.as_json:
        session.output.json({"returns": found})
        return
    columns = ("RETURN", "ORDER", "STATE", "UNITS#", "CREDITED", "AT", "BACK BY")
    session.output.table(columns, [_row(one) for one in found], empty="No return matches.")


def show(context: typer.Context, *, return_id: ReturnId, as_json: AsJson = False) -> None:
    """Show a return: where its units are, what was found, what was credited."""
    session = session_of(context, as_json=as_json)
    request = pb.GetReturnRequest(return_id=wording.identity(return_id, "RETURN"))
    with session.hub() as hub:
        _show(session, hub.call(hub.returns.GetReturn, request).rma)


def preview(
    context: typer.Context,
    *,
    order: OrderId,
    lines: Lines,
    reason: Reason = "other",
    as_json: AsJson = False,
) -> None:
    """Show what a return would credit, before it is agreed."""
    session = session_of(context, as_json=as_json)
    draft = pb.ReturnDraft(order_id=wording.identity(order, "ORDER"), lines=_lines(lines, reason))
    with session.hub() as hub:
        shown = hub.call(hub.returns.PreviewReturn, pb.PreviewReturnRequest(draft=draft))
    if session.output.as_json:
        session.output.json(shown)
        return
    back_by = wording.day(shown.return_by_time)
    session.output.say(f"{wording.money(shown.total)} if all is accepted, back by {back_by} ({shown.policy_id}).")
    session.output.table(("FOR", "LINE#", "UNITS#", "AMOUNT"), [_credit_row(line) for line in shown.lines])


def authorize(
    context: typer.Context,
    *,
    order: OrderId,
    lines: Lines,
    reason: Reason = "other",
    resolution: ResolutionOption = "refund",
    node: Annotated[str, typer.Option(help="Node the units go to; any node unless stated.")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="The customer keeps the goods and is credited at once.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let a customer send units back."""
    draft = pb.ReturnDraft(
        order_id=wording.identity(order, "ORDER"),
        lines=_lines(lines, reason),
        resolution=wording.state_value(pb.MoneyResolution, resolution, _RESOLUTION, "--resolution"),
        keep=keep,
        node_id=node,
    )
    request = pb.AuthorizeReturnsRequest(request_id=wording.new_request(), drafts=[draft])
    _act(session_of(context, as_json=as_json), "AuthorizeReturns", request)


def cancel(context: typer.Context, *, return_id: ReturnId, as_json: AsJson = False) -> None:
    """Cancel the permission to return."""
    ids = [wording.identity(return_id, "RETURN")]
    request = pb.CancelReturnsRequest(request_id=wording.new_request(), return_ids=ids)
    _act(session_of(context, as_json=as_json), "CancelReturns", request)


def in_transit(context: typer.Context, *, return_id: ReturnId, as_json: AsJson = False) -> None:
    """Record that the customer handed the units in."""
    ids = [wording.identity(return_id, "RETURN")]
    request = pb.RecordReturnsInTransitRequest(request_id=wording.new_request(), return_ids=ids)
    _act(session_of(context, as_json=as_json), "RecordReturnsInTransit", request)


def receive(
    context: typer.Context,
    *,
    return_id: ReturnId,
    node: Annotated[str, typer.Argument(metavar="NODE", help="Node at which the units came.")],
    units: Units,
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Record what came. The word of a line is an outcome, as_expected unless stated."""
    receipt = pb.ReturnReceipt(
        return_id=wording.identity(return_id, "RETURN"),
        receipt_reference=reference or wording.new_request(),
        node_id=node,
        units=[
            pb.ReceivedUnits(line_number=line, quantity=quantity, outcome=_word(pb.ReceiptOutcome, _OUTCOME, word))
            for line, quantity, word in map(_parts, _with_word(units, "as_expected"))
        ],
    )
    request = pb.ReceiveReturnsRequest(request_id=wording.new_request(), receipts=[receipt])
    _act(session_of(context, as_json=as_json), "ReceiveReturns", request)


def inspect(
    context: typer.Context,
    *,
    return_id: ReturnId,
    units: Units,
    reduction: Annotated[str, typer.Option(help="Total reduction, for example '12.50 EUR'.")] = "",
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Record an inspection. The word of a line is a verdict, accepted unless stated."""
    found = [
        pb.InspectedUnits(line_number=line, quantity=quantity, verdict=_word(pb.InspectionVerdict, _VERDICT, word))
        for line, quantity, word in map(_parts, _with_word(units, "accepted"))
    ]
    if reduction:
        found[0].reduction.CopyFrom(wording.amount_of(reduction, "--reduction"))
    inspection = pb.ReturnInspection(
        return_id=wording.identity(return_id, "RETURN"),
        report_reference=reference or wording.new_request(),
        units=found,
    )
    request = pb.InspectReturnsRequest(request_id=wording.new_request(), inspections=[inspection])
    _act(session_of(context, as_json=as_json), "InspectReturns", request)


def dispose(
    context: typer.Context,
    *,
    return_id: ReturnId,
    units: Units,
    node: Annotated[
        str, typer.Option(help="Node at which the units stay; the node at which they came unless stated.")
    ] = "",
    reference: Reference = "",
    as_json: AsJson = False,
) -> None:
    """Decide what happens to units. The word of a line is a disposition, restock unless stated."""
    disposition = pb.ReturnDisposition(
        return_id=wording.identity(return_id, "RETURN"),
        report_reference=reference or wording.new_request(),
        units=[
            pb.DisposedUnits(
                line_number=line, quantity=quantity, disposition=_word(pb.Disposition, _DISPOSITION, word), node_id=node
            )
            for line, quantity, word in map(_parts, _with_word(units, "restock"))
        ],
    )
    request = pb.DisposeReturnsRequest(request_id=wording.new_request(), dispositions=[disposition])
    _act(session_of(context, as_json=as_json), "DisposeReturns", request)


def credit(
    context: typer.Context,
    *,
    order: OrderId,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="For example '5.00 EUR'.")],
    reason: Annotated[str, typer.Option(help="Why, in one sentence without personal data.")],
    resolution: Annotated[str, typer.Option("--resolution", help="refund or store_credit.")] = "refund",
    as_json: AsJson = False,
) -> None:
    """Credit a customer without a return of goods."""
    session = session_of(context, as_json=as_json)
    draft = pb.CreditDraft(
        order_id=wording.identity(order, "ORDER"),
        amount=wording.amount_of(amount, "AMOUNT"),
        reason=reason,
        resolution=wording.state_value(pb.MoneyResolution, resolution, _RESOLUTION, "--resolution"),
    )
    request = pb.GrantCreditsRequest(request_id=wording.new_request(), credits=[draft])
    with session.hub() as hub:
        results = hub.call(hub.returns.GrantCredits, request).results
    raise_refusals(results)
    if session.output.as_json:
        session.output.json(results[0].credit)
        return
    session.output.say(f"{wording.money(results[0].credit.total)} credited.")


def policies(
    context: typer.Context,
    *,
    put: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Replace the policies by those of this file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the return policies in force, or replace them."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        if put is not None:
            wanted = read_return_policies(put)
            wanted.request_id = wording.new_request()
            hub.call(hub.returns.PutReturnPolicies, wanted)
        found = hub.call(hub.returns.GetReturnPolicies, pb.GetReturnPoliciesRequest())
    if session.output.as_json:
        session.output.json(found)
        return
    rows = [
        (
            policy.policy_id,
            wording.listed(policy.channel_ids) or "all others",
            policy.window_days,
            policy.return_days,
            len(policy.refusals),
        )
        for policy in found.policies
    ]
    session.output.table(("POLICY", "CHANNELS", "WINDOW DAYS#", "BACK WITHIN DAYS#", "RULES#"), rows)


def _lines(texts: Sequence[str], reason: str) -> list[pb.ReturnLineDraft]:
    why = wording.state_value(pb.ReturnReason, reason, "RETURN_REASON_", "--reason")
    return [
        pb.ReturnLineDraft(line_number=line, quantity=quantity, reason=why) for line, quantity, _ in map(_parts, texts)
    ]


def _with_word(texts: Iterable[str], word: str) -> list[str]:
    """Each text with its word: 2 is 2:1:word."""
    return [text if text.count(":") == 2 else f"{text}:{word}" if ":" in text else f"{text}:1:{word}" for text in texts]


def _parts(text: str) -> tuple[int, int, str]:
    line, _, rest = text.partition(":")
    units, _, word = rest.partition(":")
    if not (line.isdigit() and (units or "1").isdigit()):
        raise typer.BadParameter(f"{text!r} is not LINE, LINE:UNITS or LINE:UNITS:WORD", param_hint="LINE")
    return int(line), int(units or 1), word


def _word(kind: Any, prefix: str, word: str) -> Any:
    return wording.state_value(kind, word, prefix, "LINE:UNITS:WORD")


def _act(session: Session, rpc: str, request: Any) -> None:
    """Has something done with one return, and shows it afterwards."""
    with session.hub() as hub:
        results = hub.call(getattr(hub.returns, rpc), request).results
    raise_refusals(results)
    _show(session, results[0].rma)


def _row(return_: pb.Return) -> tuple[object, ...]:
    return (
        return_.return_id,
        return_.order_id,
        wording.state(pb.ReturnState, return_.state, _STATE),
        sum(line.quantity for line in return_.lines),
        wording.listed(wording.money(credit.total) for credit in return_.credits),
        return_.node_id or "any",
        wording.day(return_.return_by_time),
    )


def _credit_row(line: pb.CreditLine) -> tuple[object, ...]:
    kind = wording.state(pb.CreditKind, line.kind, _CREDIT)
    return kind, line.line_number or "", line.quantity or "", wording.money(line.amount)


def _show(session: Session, return_: pb.Return) -> None:
    output = session.output
    if output.as_json:
        output.json({"return": return_})
        return
    state = wording.state(pb.ReturnState, return_.state, _STATE)
    output.say(
        f"Return {return_.return_id} of order {return_.order_id}: {state},"
        f" back by {wording.day(return_.return_by_time)}."
    )
    units = [
        (line.line_number, line.sku, piece.quantity, wording.state(orders_pb2.SliceState, piece.state, _SLICE))
        for line in return_.lines
        for piece in line.slices
    ]
    output.table(("LINE#", "SKU", "UNITS#", "STATE"), units, empty="None of its units is under it any more.")
    credits_ = [_credit_row(line) for credit in return_.credits for line in credit.lines]
    if credits_:
        output.table(("CREDITED FOR", "LINE#", "UNITS#", "AMOUNT"), credits_)
