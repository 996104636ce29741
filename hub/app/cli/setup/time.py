"""`crossdock time`: business time, and moving it where it is virtual."""

from __future__ import annotations

from typing import Annotated, Any

import grpc
import typer

from crossdock.admin.v1 import admin_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient

_LOOK_SECONDS = 0.3


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    time = typer.Typer(help="Show business time; move it where it is virtual.", invoke_without_command=True)
    time.callback()(tell)
    time.command("advance")(advance)
    app.add_typer(time, name="time")


def tell(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Tell business time."""
    session = session_of(context, as_json=as_json)
    if context.invoked_subcommand is not None:
        return
    with session.hub() as hub:
        status = _status(hub)
    if session.output.as_json:
        session.output.json(
            {"business_time": status.business_time.ToJsonString(), "virtual_clock": status.virtual_clock}
        )
    else:
        clock = "virtual" if status.virtual_clock else "real"
        session.output.say(f"{wording.instant(status.business_time)} UTC ({clock})")


def advance(
    context: typer.Context,
    *,
    by: Annotated[str, typer.Argument(metavar="SPAN", help="3d, 5h, 30m, 10s, 1d12h; 0s lets due work finish.")],
    as_json: AsJson = False,
) -> None:
    """Move virtual business time forward, timer by timer, and return when the work on the way is done."""
    session = session_of(context, as_json=as_json)
    request = admin_pb2.AdvanceTimeRequest(span=wording.duration(wording.span(by)))
    with session.hub() as hub:
        moved = _advanced(session, hub, request)
    if session.output.as_json:
        session.output.json(moved)
    else:
        fired = wording.count(moved.fired_timers, "timer")
        session.output.say(f"It is {wording.instant(moved.business_time)} UTC; {fired} fired on the way.")


def _advanced(session: Session, hub: HubClient, request: admin_pb2.AdvanceTimeRequest) -> admin_pb2.AdvanceTimeResponse:
    """Makes the call and shows how far it is meanwhile."""
    total = request.span.ToTimedelta().total_seconds()
    start = _status(hub).business_time.seconds
    advancing: Any = hub.admin.AdvanceTime
    with hub.explained(), session.output.progress("moving time", total) as step:
        call = advancing.future(request, metadata=hub.metadata())
        while True:
            try:
                moved: admin_pb2.AdvanceTimeResponse = call.result(timeout=_LOOK_SECONDS)
            except grpc.FutureTimeoutError:
                at = _status(hub).business_time
                step.to(at.seconds - start, f"moving time: {wording.instant(at)}")
            except BaseException:
                call.cancel()
                raise
            else:
                return moved


def _status(hub: HubClient) -> admin_pb2.GetStatusResponse:
    status: admin_pb2.GetStatusResponse = hub.call(hub.admin.GetStatus, admin_pb2.GetStatusRequest())
    return status
