"""`crossdock exceptions`: what cannot go on without a decision."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.admin.v1 import admin_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("exceptions")(exceptions)


def exceptions(
    context: typer.Context,
    *,
    reason: Annotated[str, typer.Option(help="Only this reason, for example STOCK_SHORT.")] = "",
    ended: Annotated[bool, typer.Option("--ended", help="Also resolved ones.")] = False,
    resolve: Annotated[str | None, typer.Option(metavar="ID", help="Mark this exception as resolved.")] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List exceptions that need a person, earliest deadline first, each with the command that would solve it."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        if resolve is not None:
            exception_id = wording.identity(resolve, "--resolve")
            request = admin_pb2.ResolveExceptionRequest(request_id=wording.new_request(), exception_id=exception_id)
            solved = hub.call(hub.admin.ResolveException, request).exception
            if session.output.as_json:
                session.output.json(solved)
            else:
                session.output.say(f"{solved.reason} is ended: {solved.detail}")
            return
        listing = admin_pb2.ListExceptionsRequest(reason=reason, include_ended=ended)
        found = all_of(hub, hub.admin.ListExceptions, listing, "exceptions", limit)
    if session.output.as_json:
        session.output.json({"exceptions": found})
        return
    columns = ("ID", "REASON", "OWNER", "DEADLINE", "ORDER", "WHAT", "COMMAND")
    rows = [
        (
            one.exception_id,
            one.reason,
            one.owner,
            "ended" if one.HasField("resolve_time") else wording.instant(one.deadline_time),
            one.order_id,
            one.detail,
            one.suggested_command,
        )
        for one in found
    ]
    session.output.table(columns, rows, empty="Nothing needs a person.")
