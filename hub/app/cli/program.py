"""The program: its commands, the options they share, and how what goes wrong is said."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from hub.app.cli.fulfillment import feeds, importing, inbox
from hub.app.cli.orders import adopting, bulk, erp_documents, order, orders
from hub.app.cli.output import Output
from hub.app.cli.returns import returns, totes
from hub.app.cli.session import Session
from hub.app.cli.setup import audit, demo, events, exceptions, health, loading, messages, migrating, running, time
from hub.app.cli.stock import finding, reservations, rules, stock, variance
from hub.app.client import EXIT_CODES, REFUSED, HubError
from hub.app.files import FileUnreadable
from hub.config.settings import SettingInvalid, Settings

_USAGE: Final = 2
_INTERRUPTED: Final = 130
_EPILOG: Final = "Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + "."

app = typer.Typer(
    name="crossdock",
    help="An order-management hub: promises, reserves, sources and drives orders over gRPC.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
_TOPICS: Final = (
    demo,
    running,
    migrating,
    health,
    loading,
    importing,
    orders,
    order,
    stock,
    reservations,
    feeds,
    variance,
    erp_documents,
)
_MORE_TOPICS: Final = (finding, rules, adopting, bulk, returns, totes, inbox, events, exceptions, messages, audit, time)
for topic in (*_TOPICS, *_MORE_TOPICS):
    topic.add_to(app)


@app.callback()
def begin(
    context: typer.Context,
    *,
    hub: Annotated[str | None, typer.Option(help="Address of the hub, HOST:PORT.", metavar="HOST:PORT")] = None,
    token: Annotated[str | None, typer.Option(help="Token shown to the hub; better: --token-file.")] = None,
    token_file: Annotated[Path | None, typer.Option(help="File with the token.", metavar="FILE")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder of the hub on this machine.", metavar="DIR")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Reads the settings that all commands share."""
    output = context.obj if isinstance(context.obj, Output) else Output()
    output.as_json = as_json
    settings = Settings.read(os.environ, Path.home())
    context.obj = Session(
        settings.flagged(hub=hub, token=token, token_file=token_file, data=data.absolute() if data else None), output
    )


def run(arguments: list[str]) -> int:
    """Runs the command line; answers the exit code."""
    output = Output()
    try:
        app(args=arguments, obj=output, prog_name="crossdock")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else REFUSED
    except (HubError, SettingInvalid, FileUnreadable) as error:
        return _said(output, error)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _said(output: Output, error: HubError | SettingInvalid | FileUnreadable) -> int:
    if isinstance(error, HubError):
        output.error(error.reason, error.message, error.facts)
        return error.exit_code
    if isinstance(error, SettingInvalid):
        output.error("SETTING_INVALID", f"{error}.", {})
        return _USAGE
    output.error("FILE_UNREADABLE", str(error), {})
    return REFUSED


def main() -> NoReturn:
    """The console script."""
    sys.exit(run(sys.argv[1:]))
