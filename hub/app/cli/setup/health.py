"""`crossdock health`: whether a hub serves, and how it is."""

from __future__ import annotations

from typing import Annotated

import typer
from google.protobuf.duration_pb2 import Duration
from grpc_health.v1 import health_pb2, health_pb2_grpc

from crossdock.admin.v1 import admin_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import (
    HEALTH_REASON,
    NOT_ALLOWED,
    UNREACHABLE,
    HubClient,
    HubError,
    connected,
    health_address_of,
    token_of,
    trust_of,
)
from hub.connect.dialing import Trust

_SECONDS = 5.0


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("health")(health)


def health(
    context: typer.Context,
    *,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="HOST:PORT",
            help="Check the process here alone; a host of adapters by its token, grpcs://HOST:PORT by TLS.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show whether the hub serves, with its business time, network and open work. Exit code 3 when it does not.

    A hub at another machine answers health checks there alone: it serves when it tells how it is, which takes a token.
    """
    session = session_of(context, as_json=as_json)
    if at is not None:
        _show_process(session, at)
        return
    checks = health_address_of(session.settings)
    serving = checks is None or _obstacle(checks) is None
    with session.hub() as hub:
        try:
            status = hub.call(hub.admin.GetStatus, admin_pb2.GetStatusRequest(), seconds=_SECONDS)
        except HubError as error:
            _without_details(session, hub, error, serving=serving and checks is not None)
            return
        if session.output.as_json:
            session.output.json({"serving": serving, "address": hub.address, **_plain(status)})
        else:
            _show(session, hub, status, serving=serving)
        if not serving:
            raise typer.Exit(UNREACHABLE)


def _show_process(session: Session, address: str) -> None:
    obstacle = _obstacle(address, token_of(session.settings), trust_of(session.settings))
    if session.output.as_json:
        session.output.json({"serving": obstacle is None, "address": address, "reason": obstacle})
    else:
        session.output.say(f"The process at {address} is well." if obstacle is None else obstacle)
    if obstacle is not None:
        raise typer.Exit(UNREACHABLE)


def _obstacle(address: str, token: str = "", trusted: Trust | None = None) -> str | None:
    """Why the process that answers health checks at an address does not serve; None where it does.

    Raises HubError where none answers.
    """
    with connected(address, token, trusted) as checked:
        stub = health_pb2_grpc.HealthStub(checked.channel)
        answer, told = checked.call(stub.Check.with_call, health_pb2.HealthCheckRequest(), seconds=_SECONDS)
    if answer.status == health_pb2.HealthCheckResponse.SERVING:
        return None
    return str(dict(told.trailing_metadata()).get(HEALTH_REASON, "It does not serve."))


def _without_details(session: Session, hub: HubClient, error: HubError, *, serving: bool) -> None:
    """A hub that serves is healthy for whoever may not see more of it."""
    if not serving or error.exit_code != NOT_ALLOWED:
        raise error
    if session.output.as_json:
        session.output.json({"serving": True, "address": hub.address})
    else:
        session.output.say(f"The hub at {hub.address} serves. With a token there is more to see.")


def _due(status: admin_pb2.GetStatusResponse) -> str:
    """How many messages are due, and how long they will take."""
    if not status.due_messages:
        return "0"
    pace = f"{status.settled_messages_per_minute:,} settled in the last minute"
    if not status.HasField("backlog_span"):
        return f"{status.due_messages:,}, no fewer than a minute ago; {pace}"
    return f"{status.due_messages:,}, none in about {_about(_seconds(status.backlog_span))}; {pace}"


def _about(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"


def _memory(memory: admin_pb2.MemoryStatus) -> str:
    """How late what can be sold is told."""
    if not memory.loaded:
        return "not loaded yet"
    late, age = _seconds(memory.late_staleness), _seconds(memory.age)
    return f"position {memory.position}, looked {age:.1f} s ago, 99 % of changes shown within {1000 * late:.1f} ms"


def _plain(status: admin_pb2.GetStatusResponse) -> dict[str, object]:
    return {
        "version": status.version,
        "business_time": status.business_time.ToJsonString(),
        "virtual_clock": status.virtual_clock,
        "network_version": status.network_version,
        "due_messages": status.due_messages,
        "settled_messages_per_minute": status.settled_messages_per_minute,
        "backlog_seconds": _seconds(status.backlog_span) if status.HasField("backlog_span") else None,
        "dead_messages": status.dead_messages,
        "timers": status.timers,
        "open_exceptions": status.open_exceptions,
        "last_position": status.last_position,
        "stale_value_channels": list(status.stale_value_channel_ids),
        "availability_age_seconds": _seconds(status.availability.age),
        "availability_staleness_seconds": _seconds(status.availability.late_staleness),
    }


def _seconds(span: Duration) -> float:
    return span.ToTimedelta().total_seconds()


def _show(session: Session, hub: HubClient, status: admin_pb2.GetStatusResponse, *, serving: bool) -> None:
    clock = "virtual" if status.virtual_clock else "real"
    rows = [
        ("hub", f"{hub.address}, {'serving' if serving else 'not serving'}, version {status.version}"),
        ("business time", f"{wording.instant(status.business_time)} UTC ({clock})"),
        ("network", f"version {status.network_version}" if status.network_version else "none loaded yet"),
        ("due messages", _due(status)),
        ("dead messages", status.dead_messages),
        ("timers", status.timers),
        ("open exceptions", status.open_exceptions),
        ("events", status.last_position),
        ("availability", _memory(status.availability)),
    ]
    if status.stale_value_channel_ids:
        stale = ", ".join(status.stale_value_channel_ids)
        rows.append(("values of stock", f"older than two days or still to come, so they count nothing: {stale}"))
    session.output.table(("", ""), rows)
