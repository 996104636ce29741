"""`crossdock exceptions`: what cannot go on without a decision, who decides, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from crossdock.admin.v1 import admin_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient

Exceptions = Annotated[list[str], typer.Argument(metavar="ID...", help="Exceptions, by id.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="List what needs a person; assign it, snooze it or end it.", no_args_is_help=True)
    for command in (list_, assign, snooze, resolve):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="exceptions")


def list_(
    context: typer.Context,
    *,
    reason: Annotated[str, typer.Option(help="Only this reason, for example STOCK_SHORT.")] = "",
    owner: Annotated[str, typer.Option(help="Only what this role or person owns.")] = "",
    channel: Annotated[str, typer.Option(help="Only about orders of this channel.")] = "",
    node: Annotated[str, typer.Option(help="Only about orders with units at this node.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is past its deadline.")] = False,
    snoozed: Annotated[bool, typer.Option("--snoozed", help="Also what is put aside.")] = False,
    ended: Annotated[bool, typer.Option("--ended", help="Also resolved ones.")] = False,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List exceptions that need a person, earliest deadline first, each with the command that would solve it."""
    session = session_of(context, as_json=as_json)
    listing = pb.ListExceptionsRequest(
        reason=reason,
        owner=owner,
        channel_id=channel,
        node_id=node,
        overdue=overdue,
        include_snoozed=snoozed,
        include_ended=ended,
    )
    with session.hub() as hub:
        found = all_of(hub, hub.admin.ListExceptions, listing, "exceptions", limit)
    if session.output.as_json:
        session.output.json({"exceptions": found})
        return
    columns = ("ID", "REASON", "OWNER", "DEADLINE", "ORDER", "WHAT", "COMMAND")
    session.output.table(columns, [_row(record) for record in found], empty="Nothing needs a person.")


def assign(
    context: typer.Context,
    *,
    exceptions: Exceptions,
    owner: Annotated[str, typer.Option(help="Role or person that shall deal with them.")],
    as_json: AsJson = False,
) -> None:
    """Give exceptions to another owner."""
    session = session_of(context, as_json=as_json)

    def asked(hub: HubClient, exception_id: str) -> pb.ExceptionRecord:
        request = pb.AssignExceptionRequest(request_id=wording.new_request(), exception_id=exception_id, owner=owner)
        record: pb.ExceptionRecord = hub.call(hub.admin.AssignException, request).exception
        return record

    _each(session, exceptions, asked, lambda record: f"{record.reason} is owned by {record.owner}: {record.detail}")


def snooze(
    context: typer.Context,
    *,
    exceptions: Exceptions,
    until: Annotated[str, typer.Option(metavar="TIME", help="When they come back, at most 30 days ahead.")],
    as_json: AsJson = False,
) -> None:
    """Put exceptions aside until an instant; then they are listed again."""
    session = session_of(context, as_json=as_json)
    until_time = wording.timestamp(until, "--until")

    def asked(hub: HubClient, exception_id: str) -> pb.ExceptionRecord:
        request = pb.SnoozeExceptionRequest(
            request_id=wording.new_request(), exception_id=exception_id, until_time=until_time
        )
        record: pb.ExceptionRecord = hub.call(hub.admin.SnoozeException, request).exception
        return record

    _each(session, exceptions, asked, _put_aside)


def resolve(
    context: typer.Context,
    *,
    exceptions: Exceptions,
    note: Annotated[str, typer.Option(help="How they were dealt with, without personal data.")] = "",
    as_json: AsJson = False,
) -> None:
    """End exceptions that were dealt with."""
    session = session_of(context, as_json=as_json)

    def asked(hub: HubClient, exception_id: str) -> pb.ExceptionRecord:
        request = pb.ResolveExceptionRequest(request_id=wording.new_request(), exception_id=exception_id, note=note)
        record: pb.ExceptionRecord = hub.call(hub.admin.ResolveException, request).exception
        return record

    _each(session, exceptions, asked, lambda record: f"{record.reason} is ended: {record.detail}")


def _each(
    session: Session,
    exceptions: Sequence[str],
    asked: Callable[[HubClient, str], pb.ExceptionRecord],
    sentence: Callable[[pb.ExceptionRecord], str],
) -> None:
    identities = [wording.identity(identity, "ID") for identity in exceptions]
    with session.hub() as hub:
        changed = [asked(hub, identity) for identity in identities]
    if session.output.as_json:
        session.output.json({"exceptions": changed})
        return
    for record in changed:
        session.output.say(sentence(record))


def _put_aside(record: pb.ExceptionRecord) -> str:
    return f"{record.reason} is put aside until {wording.instant(record.snooze_until_time)}: {record.detail}"


def _row(record: pb.ExceptionRecord) -> tuple[str, ...]:
    deadline = "ended" if record.HasField("resolve_time") else wording.instant(record.deadline_time)
    return (
        record.exception_id,
        record.reason,
        record.owner,
        deadline,
        record.order_id,
        record.detail,
        record.suggested_command,
    )
