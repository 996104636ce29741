"""`crossdock audit`: counts violations of every invariant."""

from __future__ import annotations

import typer
from rich.text import Text

from crossdock.admin.v1 import admin_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED

_SECONDS = 600.0


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("audit")(audit)


def audit(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Count violations of every invariant. Exit code 0 when there are none, 1 when there are some."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub, session.output.progress("auditing", None):
        results = hub.call(hub.admin.RunAudit, admin_pb2.RunAuditRequest(), seconds=_SECONDS).results
    broken = sum(result.violation_count for result in results)
    if session.output.as_json:
        session.output.json({"violation_count": broken, "results": list(results)})
    else:
        session.output.table(("INVARIANT", "CHECKED#", "VIOLATIONS#", "WHAT IT SAYS"), [_row(one) for one in results])
        for result in results:
            for example in result.examples:
                session.output.say(f"{result.invariant}: {example}", style="red")
        told = "No violation." if not broken else f"{wording.count(broken, 'violation')}."
        session.output.say(f"{wording.count(len(results), 'invariant')} checked. {told}")
    if broken:
        raise typer.Exit(REFUSED)


def _row(result: admin_pb2.AuditResult) -> tuple[object, ...]:
    style = "bold red" if result.violation_count else "green"
    return result.invariant, f"{result.checked_count:,}", Text(f"{result.violation_count:,}", style), result.statement
