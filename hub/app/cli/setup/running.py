"""`crossdock up`, and the parts it is made of, `api` and `worker`, for who runs them on machines of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from hub.app.cli.output import Output
from hub.app.cli.session import Session, session_of
from hub.app.cli.setup import loading
from hub.app.cli.setup import network as networks
from hub.app.client import FAILED, HubError, connected
from hub.app.files import read_catalog, read_network
from hub.app.process.gc_tuning import collect_seldom
from hub.config import table
from hub.config.settings import MOST_PROCESSES, Settings
from hub.config.web import OFF
from hub.kernel.instant import Instant, instant
from hub.observability.logs import log_to

if TYPE_CHECKING:
    from hub.app.supervisor.up import Installation

START: Final = "2026-11-17T08:00:00Z"
_PARTS: Final = "Parts of a hub"

Data = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for all data of the hub.")]
Listen = Annotated[str | None, typer.Option("--grpc", metavar="HOST:PORT", help="Address at which gRPC is served.")]
Http = Annotated[
    str | None,
    typer.Option("--http", metavar="HOST:PORT", help="Address at which JSON over HTTP is served, or off."),
]
Health = Annotated[
    str | None,
    typer.Option("--health", metavar="HOST:PORT", help="Address at which health checks are answered, or off."),
]
Apis = Annotated[
    int | None,
    typer.Option(
        "--apis",
        metavar="N",
        min=1,
        max=MOST_PROCESSES,
        help="Number of api processes at the address; each uses one processor.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        max=MOST_PROCESSES,
        help="Number of workers that share the messages; each uses one processor.",
    ),
]
Shared = Annotated[bool, typer.Option("--shared", help="Share the address with other api processes of this machine.")]
ParentPid = Annotated[int | None, typer.Option(hidden=True)]
Awaiting = Annotated[Path | None, typer.Option(hidden=True)]
LocalSocket = Annotated[
    Path | None, typer.Option(metavar="PATH", help="Serve this machine at a Unix socket too, in plain text.")
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("up")(up)
    app.command("api", rich_help_panel=_PARTS)(api)
    app.command("worker", rich_help_panel=_PARTS)(worker)


def up(
    context: typer.Context,
    *,
    data: Data = None,
    grpc: Listen = None,
    http: Http = None,
    health: Health = None,
    apis: Apis = None,
    workers: Workers = None,
    virtual_clock: Annotated[
        bool, typer.Option("--virtual-clock", help="Business time stands still until `crossdock time advance`.")
    ] = False,
    start_time: Annotated[
        str, typer.Option(metavar="TIME", help="Instant at which virtual time begins in an empty data folder.")
    ] = START,
    network: Annotated[Path | None, typer.Option(metavar="FILE", help="Network to put in force.")] = None,
    catalog: Annotated[Path | None, typer.Option(metavar="FILE", help="Items to write.")] = None,
) -> None:
    """Run a whole hub on this machine until stopped: database, api, workers, and the network's adapters."""
    session = session_of(context)
    settings = session.settings.flagged(
        data=data.absolute() if data else None,
        listen=grpc,
        http=http,
        health=health,
        api_processes=apis,
        worker_processes=workers,
    )
    if data is not None:
        session.output.flags["data"] = settings.data
    at = _instant(start_time)
    log_to("up", level=settings.log_level, form=settings.log_format)
    files = (read_network(network) if network else None, read_catalog(catalog) if catalog else None)
    _run(_up(Session(settings, session.output), at, files, virtual_clock=virtual_clock))


def api(
    context: typer.Context,
    *,
    grpc: Listen = None,
    http: Http = None,
    health: Health = None,
    shared: Shared = False,
    parent_pid: ParentPid = None,
    awaiting: Awaiting = None,
    local_socket: LocalSocket = None,
) -> None:
    """Serve the contract over gRPC and as JSON over HTTP; the database is the one of CROSSDOCK_DATABASE_URL."""
    from hub.api.edge.principals import PrincipalsUnusable  # noqa: PLC0415
    from hub.app.process.addresses import CannotListen  # noqa: PLC0415
    from hub.app.runtime.metrics_port import CannotShow  # noqa: PLC0415
    from hub.app.runtime.server import run_server  # noqa: PLC0415
    from hub.config.keys import KeysUnusable  # noqa: PLC0415

    settings = _part(context, "api").flagged(
        listen=grpc, http=http, health=health, shared=shared, local_socket=local_socket
    )
    try:
        _run(run_server(settings, parent_pid=parent_pid, awaiting=awaiting))
    except (CannotListen, CannotShow, PrincipalsUnusable, KeysUnusable) as error:
        raise HubError("CANNOT_SERVE", str(error), exit_code=FAILED) from error


def worker(context: typer.Context, *, health: Health = None, parent_pid: ParentPid = None) -> None:
    """Deliver messages, fire timers, number the feed; the database is the one of CROSSDOCK_DATABASE_URL.

    Health checks are answered only where --health states an address.
    """
    from hub.app.process.addresses import CannotListen  # noqa: PLC0415
    from hub.app.runtime.metrics_port import CannotShow  # noqa: PLC0415
    from hub.app.runtime.worker import run_worker  # noqa: PLC0415 (the parts are heavy, and each runs alone)
    from hub.config.keys import KeysUnusable  # noqa: PLC0415

    settings = _part(context, "worker").flagged(health=health or OFF)
    try:
        _run(run_worker(settings, parent_pid=parent_pid))
    except (CannotListen, CannotShow, KeysUnusable) as error:
        raise HubError("CANNOT_WORK", str(error), exit_code=FAILED) from error


def _part(context: typer.Context, name: str) -> Settings:
    settings = session_of(context).settings
    if settings.database_url is None:
        told = f"Say with {table.DATABASE_URL} which database; `crossdock up` brings one of its own."
        raise HubError("NO_DATABASE", told)
    log_to(name, level=settings.log_level, form=settings.log_format)
    return settings


async def _up(session: Session, at: Instant, files: tuple[Any, Any], *, virtual_clock: bool) -> None:
    from hub.app.embedded import EmbeddedError  # noqa: PLC0415 (the parts are heavy, and each runs alone)
    from hub.app.process.shutdown import told_to_end  # noqa: PLC0415
    from hub.app.supervisor.hosting import SocketsUnusable  # noqa: PLC0415
    from hub.app.supervisor.processes import NotReady  # noqa: PLC0415
    from hub.app.supervisor.up import Asked, CannotStart, Installation  # noqa: PLC0415
    from hub.config.keys import KeysUnusable  # noqa: PLC0415
    from hub.database.migrate import MigrationError  # noqa: PLC0415

    output = session.output
    installation = Installation(
        Asked(session.settings, virtual_clock, at, loading=any(files)), lambda told: _tell(output, told)
    )
    async with told_to_end() as ending:
        try:
            with output.progress("starting database, api and worker", None):
                await installation.open()
            await _load(installation.address, installation.token, files, output)
            await installation.follow_network_ready()
            installation.loaded()
            _where(session, installation)
            await installation.keep(ending)
        except (CannotStart, EmbeddedError, KeysUnusable, MigrationError, NotReady, SocketsUnusable) as error:
            raise HubError("CANNOT_START", str(error), exit_code=FAILED) from error
        finally:
            await installation.close()
    _tell(output, "stopped")


async def _load(address: str, token: str, files: tuple[Any, Any], output: Output) -> None:
    network, catalog = files

    def load() -> list[tuple[str, str]]:
        with connected(address, token) as hub:
            if network is not None:
                networks.put(hub, network)
            return loading.put_catalog(hub, catalog, output) if catalog is not None else []

    for sku, reason in await asyncio.to_thread(load):
        _tell(output, f"item {sku} was refused: {reason}")


def _where(session: Session, installation: Installation) -> None:
    """Says where everything is; the last line says that it is ready."""
    output, settings = session.output, session.settings
    address, http, running = installation.serving, installation.http, installation.running
    if output.as_json:
        output.line({"ready": True, "address": address, "http": http, "data": str(settings.data), "processes": running})
        return
    scheme = "https" if settings.tls_certificate else "http"
    database = "of CROSSDOCK_DATABASE_URL" if settings.database_url else "embedded PostgreSQL"
    rows = [
        ("gRPC", address),
        ("JSON", f"{scheme}://{http}" if http else "off"),
        ("data", settings.data),
        ("database", database),
        ("token", f"{settings.admin_token}  (administrator; commands on this machine find it)"),
        ("logs", settings.data / "logs"),
        ("traces", settings.traces or settings.data / "traces"),
        ("processes", ", ".join(f"{name} {pid}" for name, pid in running.items())),
    ]
    output.table(("", ""), rows)
    output.say("Try: crossdock health    Stop: Ctrl-C")
    output.say(f"READY {address}", style="bold green")
    output.console.file.flush()


def _tell(output: Output, told: str) -> None:
    if output.as_json:
        output.line({"told": told})
    else:
        output.say(told, style="dim")
        output.console.file.flush()


def _instant(text: str) -> Instant:
    try:
        parsed: datetime = instant(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not an instant; write, for example, {START}", param_hint="--start-time"
        ) from None
    return parsed


def _run(work: Coroutine[Any, Any, None]) -> None:
    import uvloop  # noqa: PLC0415 (only what serves needs it)

    collect_seldom()
    uvloop.run(work)
