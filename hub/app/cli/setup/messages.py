"""`crossdock messages`: what is to be told to partners, and what was given up."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.admin.v1 import admin_pb2
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of

_PREFIX = "MESSAGE_STATE_"


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(invoke_without_command=True)
    group.callback()(messages)
    group.command("retry")(retry_all)
    group.command("cursor")(move_cursor)
    app.add_typer(group, name="messages")


def messages(
    context: typer.Context,
    *,
    state: Annotated[str, typer.Option(help="dead, due or settled.")] = "dead",
    retry: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Send this dead letter again, or one that was refused; ask again for one that is PENDING.",
        ),
    ] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List messages to partners and tasks of one state; dead letters unless --state is given."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context, as_json=as_json)
    wanted = wording.state_value(admin_pb2.MessageState, state, _PREFIX, "--state")
    with session.hub() as hub:
        if retry is not None:
            message_id = wording.identity(retry, "--retry")
            request = admin_pb2.RetryMessageRequest(request_id=wording.new_request(), message_id=message_id)
            revived = hub.call(hub.admin.RetryMessage, request).message
            if session.output.as_json:
                session.output.json(revived)
            else:
                session.output.say(f"{revived.kind} to {revived.account_id or 'ourselves'} is due again.")
            return
        listing = admin_pb2.ListMessagesRequest(state=wanted)
        found = all_of(hub, hub.admin.ListMessages, listing, "messages", limit)
    if session.output.as_json:
        session.output.json({"messages": found})
        return
    rows = [(one.message_id, one.kind, one.account_id, one.order_id, one.attempts, one.last_failure) for one in found]
    columns = ("ID", "KIND", "ACCOUNT", "ORDER", "ATTEMPTS#", "LAST FAILURE")
    session.output.table(columns, rows, empty=f"No message is {state.lower()}.")


def retry_all(
    context: typer.Context,
    *,
    account: Annotated[str, typer.Option(metavar="ID", help="Account of the partner that was out.")],
    since: Annotated[str, typer.Option(metavar="TIME", help="Only messages made then or later.")] = "",
    as_json: AsJson = False,
) -> None:
    """Send the dead letters of an account again, the oldest first, and try at once what waits for it."""
    session = session_of(context, as_json=as_json)
    since_time = wording.timestamp(since, "--since")
    retried = 0
    with session.hub() as hub, session.output.progress("making messages due", None) as step:
        remaining = 1
        while remaining:
            request = admin_pb2.RetryMessagesRequest(
                request_id=wording.new_request(), account_id=account, since_time=since_time
            )
            answer = hub.call(hub.admin.RetryMessages, request)
            retried += answer.retried_count
            remaining = answer.remaining_count if answer.retried_count else 0
            step.on(answer.retried_count)
    if session.output.as_json:
        session.output.json({"retried": retried})
    else:
        session.output.say(f"{wording.count(retried, 'message')} to {account} are due again.")


def move_cursor(
    context: typer.Context,
    *,
    account: Annotated[str, typer.Option(metavar="ID", help="Account of the warehouse or carrier.")],
    to: Annotated[
        str, typer.Option(metavar="CURSOR", help="Cursor in the partner's own terms; '' for its first update.")
    ],
    as_json: AsJson = False,
) -> None:
    """Go on from another cursor when an account's updates are pulled, past what its partner cannot tell rightly."""
    session = session_of(context, as_json=as_json)
    request = admin_pb2.MovePollCursorRequest(request_id=wording.new_request(), account_id=account, cursor=to)
    with session.hub() as hub:
        moved = hub.call(hub.admin.MovePollCursor, request)
    if session.output.as_json:
        session.output.json(moved)
    else:
        session.output.say(f"{account} is asked from {to!r} on; it stood at {moved.previous_cursor!r}.")
