"""The program: its commands, the options they share, and how what goes wrong is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from hub.app.cli.output import Output
from hub.app.cli.session import Session
from hub.app.client import EXIT_CODES, REFUSED, HubError
from hub.app.files import FileUnreadable
from hub.config.settings import SettingInvalid, Settings

_USAGE: Final = 2
_INTERRUPTED: Final = 130
_EPILOG: Final = "Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + "."

_COMMANDS: Final[Mapping[str, str]] = {
    "demo": "setup.demo",
    "up": "setup.running",
    "api": "setup.running",
    "worker": "setup.running",
    "migrate": "setup.migrating",
    "health": "setup.health",
    "network": "setup.network",
    "load": "setup.loading",
    "import": "fulfillment.importing",
    "orders": "orders.orders",
    "order": "orders.order",
    "change": "orders.changing",
    "hold": "orders.hold",
    "settlement": "orders.settlement",
    "balance": "orders.balance",
    "credit": "orders.credit",
    "source": "orders.source",
    "rehearse": "orders.rehearsing",
    "trial": "orders.trial",
    "promise": "orders.promising",
    "stock": "stock.stock",
    "reservations": "stock.reservations",
    "transfer": "stock.transfers",
    "feeds": "fulfillment.feeds",
    "variance": "stock.variance",
    "erp-documents": "orders.erp_documents",
    "find": "stock.finding",
    "rules": "stock.rules",
    "trade": "trade.rules",
    "landed-cost": "trade.landed_cost",
    "papers": "trade.papers",
    "declarations": "trade.declarations",
    "vat-number": "trade.vat_numbers",
    "intercompany": "trade.intercompany",
    "screening": "trade.screening",
    "adopt": "orders.adopting",
    "bulk": "orders.bulk",
    "node": "orders.bulk",
    "returns": "returns.returns",
    "totes": "returns.totes",
    "withdraw": "returns.withdraw",
    "claim": "returns.claims",
    "customer": "customers.customer",
    "parcels": "fulfillment.parcels",
    "label": "fulfillment.labels",
    "pickup": "fulfillment.pickup",
    "inbox": "fulfillment.inbox",
    "events": "setup.events",
    "webhook": "setup.webhooks",
    "exceptions": "setup.exceptions",
    "messages": "setup.messages",
    "audit": "setup.audit",
    "audit-log": "setup.audit_log",
    "principal": "setup.principals",
    "adapter": "partners.adapter",
    "adapters": "partners.adapters",
    "keys": "setup.keys",
    "person": "setup.person",
    "time": "setup.time",
}
"""Command -> the module below `hub.app.cli` that adds it, in the order of `--help`."""
_WITH_VALUE: Final = frozenset({"--hub", "--token", "--token-file", "--data"})


def program(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the command that the arguments name, or with all commands where they name none.

    A command imports only what it needs: to load all of them takes longer than most commands run.
    """
    app = typer.Typer(
        name="crossdock",
        help="An order-management hub: promises, reserves, sources and drives orders over gRPC.",
        epilog=_EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    app.callback()(begin)
    named = _COMMANDS.get(_command_in(arguments))
    for module in [named] if named else dict.fromkeys(_COMMANDS.values()):
        import_module(f"hub.app.cli.{module}").add_to(app)
    return app


def _command_in(arguments: Sequence[str]) -> str:
    """Return the first argument that is neither an option nor the value of one; empty where there is none."""
    rest = iter(arguments)
    for argument in rest:
        if argument in _WITH_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return argument
    return ""


def begin(
    context: typer.Context,
    *,
    hub: Annotated[str | None, typer.Option(help="Address of the hub, HOST:PORT.", metavar="HOST:PORT")] = None,
    token: Annotated[str | None, typer.Option(help="Token for the hub; prefer --token-file.")] = None,
    token_file: Annotated[Path | None, typer.Option(help="File with the token.", metavar="FILE")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder of the hub on this machine.", metavar="DIR")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Reads the settings that all commands share."""
    output = context.obj if isinstance(context.obj, Output) else Output()
    output.as_json = as_json
    data = data.absolute() if data else None
    flags = {"hub": hub, "token-file": token_file, "data": data}
    output.flags |= {name: value for name, value in flags.items() if value is not None}
    settings = Settings.read(os.environ, Path.home())
    context.obj = Session(settings.flagged(hub=hub, token=token, token_file=token_file, data=data), output)


def run(arguments: list[str], script: str = "crossdock") -> int:
    """Runs the command line of the program at `script`; answers the exit code."""
    output = Output(script=script)
    try:
        program(arguments)(args=arguments, obj=output, prog_name="crossdock")
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
    sys.exit(run(sys.argv[1:], sys.argv[0]))
