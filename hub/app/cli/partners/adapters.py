"""`crossdock adapters`: how the partners' accounts stand, and the word that pauses one and resumes it."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.admin.v1 import admin_pb2
from crossdock.network.v1 import network_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of

_COLUMNS = (
    "ACCOUNT",
    "KIND",
    "ADAPTER",
    "STATE",
    "DUE#",
    "IN FLIGHT#",
    "DEAD#",
    "OLDEST",
    "LAST HOUR#",
    "LAST FAILURE",
)
_PREFIX = "PARTNER_KIND_"
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Account of the partner, as in the network.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(invoke_without_command=True)
    group.callback()(adapters)
    group.command("pause")(pause)
    group.command("resume")(resume)
    app.add_typer(group, name="adapters")


def adapters(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show how each account of a partner stands: paused or failing, what waits, and when it last did something."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        answer = hub.call(hub.admin.GetAccounts, admin_pb2.GetAccountsRequest())
    if session.output.as_json:
        session.output.json(answer)
        return
    rows = [
        (
            one.account_id,
            network_pb2.PartnerKind.Name(one.kind).removeprefix(_PREFIX).lower(),
            one.adapter,
            _state(one),
            one.due_count,
            one.in_flight_count,
            one.dead_count,
            wording.instant(one.oldest_due_time) if one.HasField("oldest_due_time") else "",
            one.settled_messages_per_hour,
            one.last_failure,
        )
        for one in answer.accounts
    ]
    session.output.table(_COLUMNS, rows, empty="The network has no accounts.")


def pause(
    context: typer.Context,
    account: Account,
    *,
    reason: Annotated[str, typer.Option(help="Why, for whoever reads the list.")],
    as_json: AsJson = False,
) -> None:
    """Send nothing to an account until it is resumed; what is in flight ends as it would."""
    session = session_of(context, as_json=as_json)
    request = admin_pb2.PauseAccountRequest(request_id=wording.new_request(), account_id=account, reason=reason)
    with session.hub() as hub:
        answer = hub.call(hub.admin.PauseAccount, request)
    if session.output.as_json:
        session.output.json(answer)
    else:
        session.output.say(f"{account} is paused since {wording.instant(answer.pause_time)}.")


def resume(context: typer.Context, account: Account, *, as_json: AsJson = False) -> None:
    """Send what waits for an account again, in its order."""
    session = session_of(context, as_json=as_json)
    request = admin_pb2.ResumeAccountRequest(request_id=wording.new_request(), account_id=account)
    with session.hub() as hub:
        answer = hub.call(hub.admin.ResumeAccount, request)
    if session.output.as_json:
        session.output.json(answer)
    else:
        session.output.say(f"{account} is resumed; {wording.count(answer.due_count, 'message')} to it are due.")


def _state(account: admin_pb2.AccountStatus) -> str:
    if account.HasField("pause_time"):
        return f"paused: {account.pause_reason}"
    if account.HasField("breaker_end_time"):
        return "does not answer"
    return "failing" if account.failing_count else "well"
