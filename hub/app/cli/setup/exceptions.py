"""`crossdock exceptions`: what cannot go on without a decision, who decides, and when."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from crossdock.admin.v1 import admin_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient

MOST_AT_ONCE = 1000
"""Exceptions that one request names; more are asked for in several."""

Exceptions = Annotated[
    list[str] | None, typer.Argument(metavar="[ID...]", help="Exceptions, by id; without, those that the options name.")
]
Reason = Annotated[str, typer.Option(help="Only this reason, for example STOCK_SHORT.")]
Owned = Annotated[str, typer.Option("--owned-by", help="Only what this role or person owns.")]
OfChannel = Annotated[str, typer.Option("--channel", help="Only about orders of this channel.")]
AtNode = Annotated[str, typer.Option("--node", help="Only about orders with units at this node.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is past its deadline.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="List what would be changed, and change nothing.")]


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
    exceptions: Exceptions = None,
    owner: Annotated[str, typer.Option(help="Role or person that shall deal with them.")],
    reason: Reason = "",
    owned_by: Owned = "",
    channel: OfChannel = "",
    node: AtNode = "",
    overdue: Overdue = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Give exceptions to another owner: those named, or all that options name. Exit code 1 where one is refused."""
    session = session_of(context, as_json=as_json)
    wanted = _Wanted(exceptions or (), reason, owned_by, channel, node, overdue=overdue, dry_run=dry_run)
    _change(
        session,
        wanted,
        pb.ChangeExceptionsRequest(owner=owner),
        lambda record: f"{record.reason} is owned by {record.owner}: {record.detail}",
    )


def snooze(
    context: typer.Context,
    *,
    exceptions: Exceptions = None,
    until: Annotated[str, typer.Option(metavar="TIME", help="When they come back, at most 30 days ahead.")],
    reason: Reason = "",
    owned_by: Owned = "",
    channel: OfChannel = "",
    node: AtNode = "",
    overdue: Overdue = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Put exceptions aside until an instant: those named, or all that options name. Exit code 1 if one is refused."""
    session = session_of(context, as_json=as_json)
    wanted = _Wanted(exceptions or (), reason, owned_by, channel, node, overdue=overdue, dry_run=dry_run)
    change = pb.ChangeExceptionsRequest(snooze_until_time=wording.timestamp(until, "--until"))
    _change(session, wanted, change, _put_aside)


def resolve(
    context: typer.Context,
    *,
    exceptions: Exceptions = None,
    note: Annotated[str, typer.Option(help="How they were dealt with, without personal data.")] = "dealt with",
    reason: Reason = "",
    owned_by: Owned = "",
    channel: OfChannel = "",
    node: AtNode = "",
    overdue: Overdue = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End exceptions that were dealt with: those named, or all that options name. Exit code 1 where one is refused."""
    session = session_of(context, as_json=as_json)
    wanted = _Wanted(exceptions or (), reason, owned_by, channel, node, overdue=overdue, dry_run=dry_run)
    change = pb.ChangeExceptionsRequest(resolve_note=note)
    _change(session, wanted, change, lambda record: f"{record.reason} is ended: {record.detail}")


@dataclass(frozen=True)
class _Wanted:
    """The exceptions that a command is about: named by id, or by what a listing would ask for."""

    ids: Sequence[str]
    reason: str
    owner: str
    channel_id: str
    node_id: str
    overdue: bool
    dry_run: bool

    @property
    def filtered(self) -> bool:
        """Whether any option names exceptions."""
        return bool(self.reason or self.owner or self.channel_id or self.node_id or self.overdue)

    def find(self, hub: HubClient) -> list[str]:
        """The ids. Raises BadParameter unless either ids or options name them."""
        if bool(self.ids) == self.filtered:
            raise typer.BadParameter(
                "name exceptions by id, or by options such as --reason: one of both", param_hint="ID"
            )
        if self.ids:
            return list(dict.fromkeys(wording.identity(identity, "ID") for identity in self.ids))
        listing = pb.ListExceptionsRequest(
            reason=self.reason,
            owner=self.owner,
            channel_id=self.channel_id,
            node_id=self.node_id,
            overdue=self.overdue,
        )
        return [one.exception_id for one in all_of(hub, hub.admin.ListExceptions, listing, "exceptions", sys.maxsize)]


def _change(
    session: Session,
    wanted: _Wanted,
    change: pb.ChangeExceptionsRequest,
    sentence: Callable[[pb.ExceptionRecord], str],
) -> None:
    results: list[pb.ExceptionResult] = []
    with session.hub() as hub:
        ids = wanted.find(hub)
        if wanted.dry_run:
            session.output.say(f"{len(ids)} exceptions would be changed; nothing was.")
            return
        for begin in range(0, len(ids), MOST_AT_ONCE):
            change.request_id = wording.new_request()
            del change.exception_ids[:]
            change.exception_ids.extend(ids[begin : begin + MOST_AT_ONCE])
            results += hub.call(hub.admin.ChangeExceptions, change).results
    if session.output.as_json:
        session.output.json({"results": results})
    else:
        for result in results:
            refused = result.HasField("refusal")
            session.output.say(result.refusal.message if refused else sentence(result.exception))
    if any(result.HasField("refusal") for result in results):
        raise typer.Exit(1)


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
