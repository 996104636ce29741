"""Serves adapters in a process of its own.

    python -m adapters.sdk.host NAME [NAME...] --listen unix:PATH|HOST:PORT --hub ADDRESS --data DIR [--parent-pid PID]
        [--webhooks HOST:PORT]

Adapters of different kinds may share a process, two of one kind may not: a call names its account, not its adapter.
Once it serves, one JSON line on stdout says where: {"serving": ADDRESS, "adapters": [NAME, ...], "pid": PID}; with
"webhooks": HOST:PORT where it takes those. The
credential for the hub comes from CROSSDOCK_HUB_TOKEN, or the file of CROSSDOCK_HUB_TOKEN_FILE, and is never written
anywhere; `admission` says how the hub is known, `tls` what TLS takes. SIGTERM and SIGINT end it in order.
Exit codes: 0 ended in order, 1 cannot serve, 2 asked for something impossible.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Protocol

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.admission import Admission, Callers, TokenUnusable, callers_of
from adapters.sdk.listening import CannotListen, listen, refuse_open_port
from adapters.sdk.logs import log_to_stderr
from adapters.sdk.parent import Parent
from adapters.sdk.state.client import AdapterState
from adapters.sdk.tls import TlsUnusable, hub_channel, knows_callers, server_credentials
from adapters.sdk.tracing import FILE_VARIABLE, Tracing
from adapters.sdk.webhooks.door import WebhookDoor
from adapters.sdk.webhooks.inbox import HubInbox
from adapters.sdk.webhooks.serving import serving_webhooks

GROUP: Final = "crossdock.adapters"
TOKEN_VARIABLE: Final = "CROSSDOCK_HUB_TOKEN"  # noqa: S105 (the name of the variable, not a token)
HUB_TOKEN_FILE_VARIABLE: Final = "CROSSDOCK_HUB_TOKEN_FILE"  # noqa: S105 (the name of the variable, not a token)
GRACE_SECONDS: Final = 5.0
LARGEST_MESSAGE_BYTES: Final = 36 * 1024 * 1024
MOST_CALLS: Final = 512
MOST_CONNECTIONS: Final = 64
"""Those of one worker are as many as there are api and worker processes; one connection carries all of its calls."""
_SECOND_MS: Final = 1000
_LOG: Final = logging.getLogger("adapters.sdk.host")


class Health(Protocol):
    """The health service of a server, as it is told what serves."""

    async def set(self, service: str, status: health_pb2.HealthCheckResponse.ServingStatus) -> None:
        """Says how a service is."""

    async def enter_graceful_shutdown(self) -> None:
        """Says of every service that it no longer serves."""


class CannotHost(Exception):
    """The adapters asked for cannot be served together; the message says why and what to do."""


def build_adapters(names: Sequence[str], hub: grpc.aio.Channel, token: str, data_dir: Path) -> list[Adapter]:
    """Builds the adapters of these names. Raises CannotHost for an unknown name, or two adapters of one kind."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    if unknown := [name for name in names if name not in known]:
        raise CannotHost(f"no adapter is called {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
    built: dict[str, Adapter] = {}
    for name in names:
        context = AdapterContext(
            name=name, data_dir=data_dir, state=AdapterState(hub, token), inbox=HubInbox(hub, token)
        )
        adapter: Adapter = known[name].load()(context)
        if other := built.get(adapter.service):
            adapter.close()
            _close(list(built.values()))
            raise CannotHost(
                f"{other.name} and {name} both serve {adapter.service}:"
                " run each in a process of its own, with its own --listen"
            )
        built[adapter.service] = adapter
    return list(built.values())


def limits() -> list[tuple[str, int]]:
    """Return the options of a host's server: how large messages may be, and what connections may take."""
    return [
        ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
        ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
        ("grpc.max_metadata_size", 16 * 1024),
        ("grpc.max_concurrent_streams", MOST_CALLS),
        ("grpc.max_allowed_incoming_connections", MOST_CONNECTIONS),
        ("grpc.server_handshake_timeout_ms", 10 * _SECOND_MS),
        ("grpc.http2.settings_timeout", 10 * _SECOND_MS),
        ("grpc.max_connection_idle_ms", 600 * _SECOND_MS),
        ("grpc.so_reuseport", 0),
    ]


def make_server(
    adapters: Sequence[Adapter], trace_file: Path | None, callers: Callers | None = None
) -> tuple[grpc.aio.Server, Health]:
    """Makes the server of these adapters, with health checking and tracing; it is neither bound nor started.

    `callers` are who may call; without them, everybody.
    """
    tracing = Tracing({adapter.service: adapter.name for adapter in adapters}, trace_file)
    brought = [interceptor for adapter in adapters for interceptor in adapter.interceptors]
    server = grpc.aio.server(
        interceptors=[Admission(callers or Callers(None)), tracing, *brought],
        options=limits(),
        maximum_concurrent_rpcs=2 * MOST_CALLS,
    )
    health_servicer = health.aio.HealthServicer()  # type: ignore[attr-defined]  # its stubs leave aio out
    health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
    for adapter in adapters:
        adapter.add(server)
    return server, health_servicer


async def serve(asked: argparse.Namespace) -> None:
    """Serves until a signal or the parent's end.

    Raises CannotHost, CannotListen, TlsUnusable, TokenUnusable or ProcessLookupError before.
    """
    callers = callers_of()
    parent = Parent(asked.parent_pid) if asked.parent_pid else None
    trace_file = os.environ.get(FILE_VARIABLE)
    async with hub_channel(asked.hub) as hub, AsyncExitStack() as door_open:
        adapters = build_adapters(asked.names, hub, _hub_token(), asked.data)
        try:
            server, health_servicer = make_server(adapters, Path(trace_file) if trace_file else None, callers)
            if callers.anybody and not knows_callers():
                refuse_open_port(asked.listen)
            address = listen(server, asked.listen, credentials=server_credentials(), allow_remote=asked.allow_remote)
            await server.start()
            webhooks = await _open_door(door_open, adapters, hub, asked)
            for service in ("", *(adapter.service for adapter in adapters)):
                await health_servicer.set(service, health_pb2.HealthCheckResponse.SERVING)
            told = _listening_for_signals()
            _announce(address, adapters, webhooks)
            reason = await _until_told(told, parent)
            _LOG.info("ending: %s", reason)
            await health_servicer.enter_graceful_shutdown()
            await server.stop(GRACE_SECONDS)
        finally:
            _close(adapters)


def _hub_token() -> str:
    """Return the credential for the hub. Raises CannotHost where the file that is named cannot be read."""
    named = os.environ.get(HUB_TOKEN_FILE_VARIABLE)
    if not named:
        return os.environ.get(TOKEN_VARIABLE, "")
    try:
        return Path(named).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise CannotHost(f"{HUB_TOKEN_FILE_VARIABLE}: {named} cannot be read: {error.strerror}") from error


async def _open_door(
    stack: AsyncExitStack, adapters: Sequence[Adapter], hub: grpc.aio.Channel, asked: argparse.Namespace
) -> str | None:
    """Serve the webhooks that were asked for until the stack closes, and return the address.

    Raises CannotHost, CannotListen.
    """
    if not asked.webhooks:
        return None
    kinds = {adapter.name: adapter.webhooks for adapter in adapters if adapter.webhooks}
    if not kinds:
        raise CannotHost(f"none of {', '.join(asked.names)} takes webhooks; leave out --webhooks")
    door = WebhookDoor(kinds, HubInbox(hub, _hub_token()))
    return await stack.enter_async_context(serving_webhooks(door, asked.webhooks, allow_remote=asked.allow_remote))


def _announce(address: str, adapters: Sequence[Adapter], webhooks: str | None) -> None:
    names = [adapter.name for adapter in adapters]
    _LOG.info("serving %s on %s", ", ".join(names), address)
    said = {"serving": address, "adapters": names, "pid": os.getpid()} | ({"webhooks": webhooks} if webhooks else {})
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _listening_for_signals() -> asyncio.Queue[str]:
    """Return where the signals that end a host are put, from now on."""
    told: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.put_nowait, number.name)
    return told


async def _until_told(told: asyncio.Queue[str], parent: Parent | None) -> str:
    watch = asyncio.create_task(parent.ended()) if parent else None
    if watch:
        watch.add_done_callback(lambda _: told.put_nowait("the parent ended"))
    reason = await told.get()
    if watch:
        watch.cancel()
    return reason


def _close(adapters: Sequence[Adapter]) -> None:
    for adapter in adapters:
        adapter.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m adapters.sdk.host", description="Serves adapters.")
    parser.add_argument("names", nargs="+", metavar="NAME", help="adapter, by its name in the entry points")
    parser.add_argument("--listen", required=True, help="unix:PATH or HOST:PORT (port 0: any free one)")
    parser.add_argument("--hub", required=True, help="address of the hub: HOST:PORT, grpcs://HOST:PORT or unix:PATH")
    parser.add_argument("--data", required=True, type=Path, help="folder for the files of stand-ins")
    parser.add_argument("--webhooks", default="", help="HOST:PORT at which partners deliver webhooks")
    parser.add_argument("--parent-pid", type=int, default=0, help="end when this process ends")
    parser.add_argument("--allow-remote", action="store_true", help="listen to other machines without TLS")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; answers the exit code."""
    asked = _parser().parse_args(arguments)
    log_to_stderr("+".join(asked.names))
    try:
        asyncio.run(serve(asked))
    except CannotHost as error:
        _LOG.error("%s", error)
        return 2
    except (CannotListen, ProcessLookupError, TlsUnusable, TokenUnusable) as error:
        _LOG.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
