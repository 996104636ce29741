"""`crossdock adapter`: begin and certify adapters, by programs of the kit at this machine."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated, Final

import typer

from hub.app.cli.session import AsJson

_SKELETON: Final = "adapters.sdk.skeleton"
_CERTIFY: Final = "adapters.sdk.certification"


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(no_args_is_help=True, help="Work on an adapter.")
    group.callback()(lambda: None)
    group.command("new")(new)
    group.command("certify")(certify)
    app.add_typer(group, name="adapter")


def new(
    name: Annotated[str, typer.Argument(help="Name of the adapter and its package, for example acme_wms.")],
    *,
    implements: Annotated[str, typer.Option(help="Kind of partner: warehouse, payment, channel ...")],
    into: Annotated[str, typer.Option(help="Folder in which the adapter's folder is made.")] = ".",
) -> None:
    """Write the skeleton of an adapter to a partner with an HTTP API. Its own tests pass."""
    _run(_SKELETON, name, "--implements", implements, "--into", into)


def certify(
    names: Annotated[list[str] | None, typer.Argument(help="Adapters, by their names in the entry points.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every adapter that has a certification.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put adapters through what goes wrong with partners, against rehearsals of these.

    The last line is a JSON object: adapter -> passed, exempt and failed points. It ends with 1 where one fails.
    """
    _run(_CERTIFY, *(names or []), *(["--all"] if every else []), *(["--json"] if as_json else []))


def _run(program: str, *arguments: str) -> None:
    """Run a program of the kit, and end as it does."""
    raise typer.Exit(subprocess.run([sys.executable, "-m", program, *arguments], check=False).returncode)  # noqa: S603
