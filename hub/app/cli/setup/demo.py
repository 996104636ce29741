"""`crossdock demo`: two weeks of a small retail group, played in seconds on a hub of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED
from hub.app.demo.plan import SHORT


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    *,
    keep: Annotated[
        Path | None, typer.Option(help="Folder for its data, which is then kept; must not exist.", metavar="DIR")
    ] = None,
    reference: Annotated[str, typer.Option("--trace", help="Order whose trace is shown.")] = SHORT,
    as_json: AsJson = False,
) -> None:
    """Run two weeks of orders on a hub of its own, with partners that fail, and show how each order ended.

    Exit code 0 when every order ended as expected and the audit finds nothing, otherwise 1.
    """
    from hub.app.cli.setup.demo_run import play  # noqa: PLC0415 (brings the server; other commands need none of it)

    if not play(session_of(context, as_json=as_json), keep=keep, reference=reference):
        raise typer.Exit(REFUSED)
