"""`crossdock change ORDER`: other quantities and added lines, previewed and then confirmed."""

from __future__ import annotations

import re
from typing import Annotated, Final

import typer

from crossdock.orders.v1 import change_service_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from hub.app.cli import wording
from hub.app.cli.orders.order import find
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient

_LINE: Final = re.compile(r"(\d+):(\d+)")
_ADDED: Final = re.compile(r"(.+):(\d+)(?:@(.+))?")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("change")(change)


def change(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order, or the channel's reference.")],
    line: Annotated[
        list[str] | None, typer.Option(metavar="N:UNITS", help="Units of line N that are wanted in all; 0 removes it.")
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SKU:UNITS[@PRICE]", help="Line to add, for example 'CUP:2@12.50 EUR'; else at list price."
        ),
    ] = None,
    gift_message: Annotated[str, typer.Option(help="What the card says that goes with the goods.")] = "",
    instructions: Annotated[str, typer.Option(help="How the carrier is to deliver.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the customer and the records.")] = "changed by an operator",
    for_customer: Annotated[
        bool, typer.Option("--for-customer", help="The customer asks for it: the channel's rule for customers counts.")
    ] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm what is previewed at once.")] = False,
    confirm_change: Annotated[
        str | None, typer.Option(metavar="CHANGE", help="Confirm this change, which was previewed before.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Preview a change of an order: its money, tax and days of arrival. With --confirm it is done."""
    session = session_of(context, as_json=as_json)
    if confirm_change is not None and (line or add or gift_message or instructions):
        raise typer.BadParameter("not together with what is to change", param_hint="--confirm-change")
    draft = pb.ChangeDraft(
        lines=[_line(text) for text in line or ()],
        added_lines=[_added(text) for text in add or ()],
        gift_message=gift_message,
        delivery_instructions=instructions,
    )
    with session.hub() as hub:
        order_id = find(hub, name)
        if confirm_change is not None:
            answer = _confirmed(hub, order_id, wording.identity(confirm_change, "--confirm-change"))
        else:
            answer = _proposed(hub, order_id, draft, reason, for_customer=for_customer)
            if confirm:
                answer = _confirmed(hub, order_id, answer.change_id)
    if session.output.as_json:
        session.output.json(answer)
    else:
        _show(session, answer)


def _proposed(
    hub: HubClient, order_id: str, draft: pb.ChangeDraft, reason: str, *, for_customer: bool
) -> pb.OrderChange:
    request = pb.ProposeChangeRequest(request_id=wording.new_request(), order_id=order_id, change=draft, reason=reason)
    if for_customer:
        request.requested_by = pb.CHANGE_REQUESTER_CUSTOMER
    response: pb.ProposeChangeResponse = hub.call(hub.changes.ProposeChange, request)
    return response.change


def _confirmed(hub: HubClient, order_id: str, change_id: str) -> pb.OrderChange:
    request = pb.ConfirmChangeRequest(request_id=wording.new_request(), order_id=order_id, change_id=change_id)
    response: pb.ConfirmChangeResponse = hub.call(hub.changes.ConfirmChange, request)
    return response.change


def _line(text: str) -> pb.LineQuantity:
    match = _LINE.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is not N:UNITS, for example 1:2", param_hint="--line")
    return pb.LineQuantity(line_number=int(match[1]), quantity=int(match[2]))


def _added(text: str) -> orders_pb2.OrderLineDraft:
    match = _ADDED.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is not SKU:UNITS, for example CUP:2", param_hint="--add")
    added = orders_pb2.OrderLineDraft(sku=match[1], quantity=int(match[2]))
    if match[3]:
        added.unit_price.CopyFrom(wording.amount_of(match[3], "--add"))
    return added


def _show(session: Session, change: pb.OrderChange) -> None:
    state = wording.state(pb.ChangeState, change.state, "CHANGE_STATE_")
    preview = change.preview
    session.output.say(f"Change {change.change_id} of version {change.order_version}: {state}.")
    columns = ("LINE", "SKU", "UNITS", "AFTER", "COST", "AFTER", "ARRIVES", "WAIT")
    session.output.table(columns, [_row(line) for line in preview.lines])
    session.output.say(
        f"The order costs {wording.money(preview.total_after)} instead of {wording.money(preview.total_before)};"
        f" to authorize: {wording.money(preview.to_authorize)}, to give back: {wording.money(preview.to_give_back)}."
    )
    if change.state == pb.CHANGE_STATE_PROPOSED:
        session.output.say(
            f"Until {wording.instant(change.expire_time)} UTC:"
            f" crossdock change {change.order_id} --confirm-change {change.change_id}"
        )


def _row(line: pb.ChangedLine) -> tuple[object, ...]:
    return (
        line.line_number,
        line.sku,
        line.quantity_before,
        line.quantity_after,
        wording.money(line.total_before),
        wording.money(line.total_after),
        wording.day(line.promised_time),
        line.waiting_quantity or "",
    )
