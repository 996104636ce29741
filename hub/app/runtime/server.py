"""The api process: serves the contract over gRPC, and says by health checks whether it can."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

import grpc
import psycopg
from msgspec import Struct
from psycopg_pool import PoolTimeout

from hub.api.deps import ServiceDeps
from hub.api.edge.bearer import Verifier
from hub.api.edge.call_figures import CallFigures
from hub.api.edge.calls import CallWrapper
from hub.api.edge.journal import Journal
from hub.api.servicers import rpcs_served
from hub.api.web.application import WebApplication
from hub.api.web.routes import PUBLIC
from hub.app.process.addresses import CannotListen, trouble
from hub.app.process.reflection import describing
from hub.app.process.shutdown import told_to_end, until
from hub.app.runtime import schema
from hub.app.runtime.audit_log import keep_audit_log
from hub.app.runtime.availability_follower import Follower
from hub.app.runtime.commit_wakeups import News
from hub.app.runtime.connections import bind, public_server
from hub.app.runtime.health import ENDING, Health, answering_checks
from hub.app.runtime.metrics_port import serving_figures
from hub.app.runtime.networks import unserved
from hub.app.runtime.not_ready import wait_serving
from hub.app.runtime.principals import CurrentAccess
from hub.app.runtime.provider import follow_keys
from hub.app.runtime.surroundings import Surroundings, surroundings
from hub.app.runtime.tls import Certificate, CertificateUnusable, certificate_of, exposed
from hub.app.runtime.web_server import listening, serving
from hub.app.runtime.work_figures import connections_of
from hub.config.settings import Settings
from hub.connect.webhooks import WebhookSender
from hub.gate.gate import Gate
from hub.observability.figures import Level
from hub.observability.metrics import MetricExporter
from hub.tasks.webhooks import Poster, stop_ownerless
from hub.wire.stock.availability import piece
from hub.work.advance import Advanced, advance
from hub.work.machine import WorkSettings

log = logging.getLogger(__name__)

SERVICE: Final = "api"
LOOK_SECONDS: Final = 1.0
SETTLE_SECONDS: Final = 0.2
"""How long calls are held before the server stops: until what was in hand leaves the loop idle."""
_DESCRIBED: Final = tuple(service.full_name for service in PUBLIC)


class Doors(Struct, frozen=True):
    """Where a process serves: at an address, with a certificate or in plain text, and for this machine at a socket.

    `health` is where it answers health checks, None where it does not.
    """

    address: str
    health: str | None = None
    certificate: Certificate | None = None
    local_socket: Path | None = None


async def run_server(settings: Settings, *, parent_pid: int | None = None, awaiting: Path | None = None) -> None:
    """Serve until told to end; refuse calls, saying why, until the schema is there. Raises CannotListen.

    Health says NOT_SERVING until the file `awaiting` is there: what is to be in force first is loaded by calls.
    """
    url = settings.database_url or ""
    async with told_to_end(parent_pid) as ending, AsyncExitStack() as stack:
        checked = Health(awaiting)
        health = await stack.enter_async_context(answering_checks(checked, settings))
        await stack.enter_async_context(describing(_DESCRIBED, settings.reflection, shared=settings.shared))
        doors = await _wait(settings, url, health, ending)
        if ending.is_set():
            return
        around = await stack.enter_async_context(surroundings(settings, SERVICE))
        verifier = _verifier(settings)
        access = CurrentAccess(settings.principals, verifier, around.secrets.session_tokens)
        news = News()
        await stack.enter_async_context(news.listening(settings.database_direct_url or url, around.machine))
        gate = await stack.enter_async_context(Gate(around.database, around, fingerprint_key=around.fingerprint_key))
        server = public_server(settings)
        memory = Follower(settings.database_direct_url or url, around.network, piece, around.machine)
        await stack.enter_async_context(memory.following())
        journal, figures = Journal(around.machine.now), CallFigures()
        sender = await stack.enter_async_context(aclosing(WebhookSender(settings.webhook_networks)))
        poster = Poster(sender, around.secrets, around.machine.now, settings.webhook_networks)
        rpcs = rpcs_served(
            _deps(settings, around, gate, news, memory, poster),
            access,
            calls=settings.calls,
            ended=(journal.end, figures.end),
        )
        await stack.enter_async_context(_figures(settings, around, memory, figures))
        server.add_generic_rpc_handlers((rpcs,))
        closing, served = asyncio.Event(), asyncio.Event()
        following = [
            asyncio.create_task(_follow_principals(access, rpcs.wrapper, closing)),
            asyncio.create_task(_follow_values(around, closing)),
            asyncio.create_task(_stop_webhooks(access, around, closing)),
            asyncio.create_task(keep_audit_log(around.database, journal, around.audit_key, served)),
            *([asyncio.create_task(_follow_provider(verifier, access, closing))] if verifier else []),
        ]
        application = WebApplication(rpcs, settings.web, checked.serving)
        async with _web(settings, application, doors.certificate, closing) as web:
            await _open(server, checked, doors, web)
            await checked.follow(around.database, ending)
            await _close(server, checked, rpcs.wrapper, settings, closing)
        served.set()
        await asyncio.gather(*following)
        news.stop()


async def _wait(settings: Settings, url: str, health: str | None, ending: asyncio.Event) -> Doors:
    """Wait until the schema is there; return where to serve. Raises CannotListen."""
    certificate = _certificate(settings)

    async def obstacle() -> str | None:
        return await schema.obstacle_now(url)

    try:
        address = await wait_serving(
            settings, obstacle, ending, lambda sentence: log.warning("%s", sentence), certificate=certificate
        )
    except RuntimeError as error:
        raise CannotListen(trouble(settings.listen)) from error
    return Doors(address, health, certificate, settings.local_socket)


def _certificate(settings: Settings) -> Certificate | None:
    """Return the certificate to serve with. Raises CannotListen where it is unsound, or lacks at an exposed address."""
    try:
        certificate = certificate_of(settings)
    except CertificateUnusable as error:
        raise CannotListen(str(error)) from error
    for address in (settings.listen, settings.http):
        if address and (sentence := exposed(address, settings)):
            raise CannotListen(sentence)
    return certificate


@asynccontextmanager
async def _web(
    settings: Settings, application: WebApplication, certificate: Certificate | None, closing: asyncio.Event
) -> AsyncIterator[str | None]:
    """Serve HTTP until the end, where it is to be; yield the address bound. Raises CannotListen."""
    if (address := settings.http) is None:
        yield None
        return
    try:
        at = listening(address, shared=settings.shared)
    except OSError as error:
        raise CannotListen(trouble(address, error, flag="--http")) from error
    async with serving(
        application, at, settings.web, certificate=certificate, ending=closing, grace_seconds=settings.grace_seconds
    ):
        yield f"{address.rpartition(':')[0]}:{at.getsockname()[1]}"


@asynccontextmanager
async def _figures(
    settings: Settings, around: Surroundings, memory: Follower, calls: CallFigures
) -> AsyncIterator[None]:
    """Tell collectors, where there are some, of calls and how late availability is. Raises CannotShow."""
    age = Level(
        "crossdock.availability.age",
        "How long ago memory was last known to be what is stored.",
        (),
        lambda: {(): memory.age_seconds()},
        unit="s",
    )
    figures = [*calls.figures, *around.teller.flows.figures, connections_of(around.database), age]
    with MetricExporter(SERVICE, settings.otlp_endpoint, delays=[memory.delays], figures=figures):
        async with serving_figures(settings.metrics, figures):
            yield


def _deps(
    settings: Settings, around: Surroundings, gate: Gate, news: News, memory: Follower, poster: Poster
) -> ServiceDeps:
    async def move(span: timedelta) -> Advanced:
        return await advance(around.database, span, machine=around.machine, settings=WorkSettings())

    return ServiceDeps(
        database=around.database,
        gate=gate,
        surroundings=around,
        news=news,
        machine_now=around.machine.now,
        advance=move,
        version=version("crossdock"),
        availability=memory,
        unserved=partial(unserved, hosting=settings.adapters is not None, elsewhere=settings.adapter_addresses),
        new_id=around.new_id,
        person_keys=around.secrets.people,
        webhooks=poster,
        audit_key=around.audit_key,
        repeat_window=timedelta(minutes=settings.document_repeat_minutes),
    )


async def _open(server: grpc.aio.Server, checked: Health, doors: Doors, web: str | None) -> None:
    """Serve, and say where. Raises CannotListen."""
    try:
        bound = bind(server, doors.address, doors.certificate)
    except RuntimeError as error:
        raise CannotListen(trouble(doors.address)) from error
    local = bind(server, f"unix:{doors.local_socket}", None) if doors.local_socket else bound
    await checked.tell(None)
    await server.start()
    log.info("serving gRPC on %s, HTTP on %s", bound, web)
    said = {"serving": bound, "local": local, "http": web, "health": doors.health, "pid": os.getpid()}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


async def _close(
    server: grpc.aio.Server, checked: Health, wrapper: CallWrapper, settings: Settings, closing: asyncio.Event
) -> None:
    """Say NOT_SERVING, serve until callers have gone elsewhere, then take no more calls and let those in hand end.

    gRPC cancels calls that reached a server which stops, but wait for its loop. So unary calls are held for a moment
    before: the loop is idle then, takes every call that comes at once, and answers it after the server takes no more.
    """
    await checked.tell(ENDING)
    await asyncio.sleep(settings.lame_duck_seconds)
    closing.set()
    with wrapper.unary_held():
        await asyncio.sleep(SETTLE_SECONDS)
        stopping = asyncio.create_task(server.stop(settings.grace_seconds))
        await asyncio.sleep(0)  # the task has begun, so no more calls are taken
    await stopping


def _verifier(settings: Settings) -> Verifier | None:
    if settings.oidc_issuer is None:
        return None
    return Verifier(settings.oidc_issuer, settings.oidc_audience, now=time.time)


async def _follow_provider(verifier: Verifier, access: CurrentAccess, ending: asyncio.Event) -> None:
    """Keep the keys of the identity provider those that it publishes."""
    await follow_keys(verifier, ending, asyncio.get_running_loop().time, changed=access.forget_headers)


async def _follow_values(around: Surroundings, ending: asyncio.Event) -> None:
    """Keeps at hand what units are worth where they lie, for plans."""
    while not await until(ending, LOOK_SECONDS):
        with suppress(psycopg.OperationalError, PoolTimeout):
            await around.stock_values.refresh(around.database)


async def _follow_principals(access: CurrentAccess, wrapper: CallWrapper, ending: asyncio.Event) -> None:
    """Read principals again when they change, and end streams of those who may no longer have them."""
    while not await until(ending, LOOK_SECONDS / 2):
        access.refresh()
        wrapper.end_unwelcome_streams()


async def _stop_webhooks(access: CurrentAccess, around: Surroundings, ending: asyncio.Event) -> None:
    """Disable webhooks of principals who are let in no more: removed from the file, or their last token has ended."""
    while not await until(ending, LOOK_SECONDS):
        with suppress(psycopg.Error, PoolTimeout):
            await stop_ownerless(around.database, around, access.let_in())
