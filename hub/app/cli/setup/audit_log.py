"""`crossdock audit-log`: who did what, and whether the log is as it was written."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.admin.v1 import admin_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(invoke_without_command=True)
    group.callback()(audit_log)
    group.command("verify")(verify)
    app.add_typer(group, name="audit-log")


def audit_log(
    context: typer.Context,
    *,
    principal: Annotated[str, typer.Option(help="Only entries of this principal.")] = "",
    rpc: Annotated[str, typer.Option(metavar="SERVICE.RPC", help="Only calls of this rpc.")] = "",
    outcome: Annotated[str, typer.Option(help="Only this outcome: OK, CANCELED, FAILED or a reason.")] = "",
    since: Annotated[str, typer.Option(metavar="TIME", help="Only entries from this instant on.")] = "",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List who made changes, looked at personal data or was denied, the latest first."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context, as_json=as_json)
    listing = admin_pb2.ListAuditLogRequest(
        principal=principal, rpc=rpc, outcome=outcome, since_time=wording.timestamp(since, "--since")
    )
    with session.hub() as hub:
        entries = all_of(hub, hub.admin.ListAuditLog, listing, "entries", limit)
    if session.output.as_json:
        session.output.json({"entries": entries})
        return
    rows = [
        (
            entry.number,
            wording.instant(entry.end_time),
            entry.principal,
            entry.rpc,
            entry.outcome,
            entry.subject or entry.request_id,
            entry.calls,
        )
        for entry in entries
    ]
    columns = ("NUMBER#", "ENDED", "PRINCIPAL", "RPC", "OUTCOME", "ABOUT", "CALLS#")
    session.output.table(columns, rows, empty="The audit log has no such entry.")


def verify(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Check that no entry of the audit log was changed, removed or put between. Exit code 1 where one was."""
    session = session_of(context, as_json=as_json)
    request = admin_pb2.VerifyAuditLogRequest()
    with session.hub() as hub, session.output.progress("verifying the audit log", None) as step:
        while not (found := hub.call(hub.admin.VerifyAuditLog, request)).complete:
            step.to(found.verified_through, f"verified {found.verified_through:,} entries")
            request = admin_pb2.VerifyAuditLogRequest(after=found.next_after, after_digest=found.next_after_digest)
    if session.output.as_json:
        session.output.json({"verified_through": found.verified_through, "flaw": found.flaw})
    elif found.flaw:
        session.output.say(f"Sound through entry {found.verified_through:,}; behind it {found.flaw}.", style="red")
    else:
        session.output.say(f"All {found.verified_through:,} entries are as they were written.")
    if found.flaw:
        raise typer.Exit(REFUSED)
