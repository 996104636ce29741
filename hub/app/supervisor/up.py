"""`crossdock up`: a whole hub on one machine, kept running until it is told to stop.

It owns the embedded PostgreSQL (unless a server is named), and starts apis, workers and hosted adapters as child
processes. Whatever of them dies is started again; all end when it ends. What the parts do is theirs.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from hub.api.edge.principals import PrincipalsUnusable
from hub.app.embedded import Embedded, EmbeddedError
from hub.app.embedded.files import lock, unlock
from hub.app.embedded.place import data_folder
from hub.app.process.addresses import trouble_listening
from hub.app.process.shutdown import until
from hub.app.runtime import principals, schema
from hub.app.runtime.clock import open_clock
from hub.app.runtime.networks import NetworkInForce
from hub.app.runtime.surroundings import opened, own_keys
from hub.app.runtime.tls import CertificateUnusable, certificate_of, exposed
from hub.app.supervisor.forwarding import Forwarding
from hub.app.supervisor.hosting import TRACE_FILE, Hosting, socket_folder
from hub.app.supervisor.processes import ENDING_SECONDS, Child, NotReady, Part, Said, ready
from hub.config import table
from hub.config.settings import Settings
from hub.config.web import OFF
from hub.database.pool import Database
from hub.kernel.instant import Instant
from hub.network.model import Network
from hub.observability.recording import put_aside
from hub.outbox import operations as outbox

LOOK_SECONDS: Final = 0.25
START_SECONDS: Final = 60.0
ADAPTER_SECONDS: Final = 20.0

Say = Callable[[str], None]


class CannotStart(Exception):
    """The hub cannot be started as asked; the message says why and what helps."""


class Asked(Struct, frozen=True):
    """What `up` was asked for; `start_at` is where virtual business time begins in an empty data folder.

    `loading`: whoever opened the hub loads files into it, and health says that it serves once they call `loaded`.
    """

    settings: Settings
    virtual_clock: bool
    start_at: Instant
    loading: bool = False


class Installation:
    """A running hub: `open` it, `keep` it until the end, `close` it.

    It serves others at `serving`, and whoever is on this machine at `address`: a socket where it serves with TLS.
    """

    def __init__(self, asked: Asked, say: Say) -> None:
        settings = asked.settings
        self._asked, self._say = asked, say
        self.data = settings.data
        self.logs = settings.data / "logs"
        self.traces = settings.traces or settings.data / "traces"
        self.serving = ""
        self.address = ""
        self.http: str | None = None
        self.health: str | None = None
        self.token = ""
        self.embedded: Embedded | None = None
        self._settings = settings
        self._locks: list[int] = []
        self._database: Database | None = None
        self._network: NetworkInForce | None = None
        self._apis: list[Child] = []
        self._workers: list[Child] = []
        self._hosting: Hosting | None = None
        self._forwarding: Forwarding | None = None
        self._noted = ""
        self._flaw = ""

    async def open(self) -> None:
        """Starts everything and comes back when all of it is ready. Raises CannotStart, EmbeddedError, NotReady."""
        _refuse_exposed(self._settings)
        data_folder(self.data)
        self._locks.append(lock(self.data / "up.lock", self.data))
        await _refuse_taken(self._settings)
        url = await self._database_url()
        self._settings = replace(self._settings, database_url=url, traces=self.traces)
        await self._migrate(url)
        self.token = principals.admin_token(self._settings.admin_token)
        self._database = await opened(self._settings, 2).__aenter__()
        await own_keys(self._database, self._settings.keys)
        await self._set_clock(self._database)
        self._network = NetworkInForce(self._database)
        tokens = self._settings.adapter_tokens or self.data / "run" / "adapter-tokens"
        self._settings = replace(self._settings, adapter_tokens=tokens)
        self._hosting = Hosting(self.data, socket_folder(self.data), self.logs, self.traces, tokens, self._say)
        self._write_principals(await self._network.refresh(), self._hosting)
        self._loaded_path.unlink(missing_ok=True)
        await self._start_parts(self._hosting)
        if not self._asked.loading:
            self.loaded()
        if self._settings.otlp_endpoint:
            self._forwarding = Forwarding(self.traces, self._settings.otlp_endpoint)

    def loaded(self) -> None:
        """Have health say that the hub serves: what is to be in force is."""
        self._loaded_path.touch()

    async def keep(self, ending: asyncio.Event) -> None:
        """Heals what dies and follows the network, until the end."""
        while not await until(ending, LOOK_SECONDS):
            try:
                await self._heal_database()
                await self.follow_network()
                self._note()
                put_aside(self.traces / TRACE_FILE)
            except (OperationalError, PoolTimeout):
                continue
            except EmbeddedError as error:
                self._say(f"the database could not be started again: {error}")

    async def follow_network(self) -> list[Child]:
        """Hosts the adapters that the network in force asks for; answers those started now."""
        if self._network is None or self._hosting is None:
            return []
        before = self._network.latest.version
        network = await self._network.refresh()
        self._write_principals(network, self._hosting)
        started = await self._hosting.reconcile(network)
        if network.version != before:
            hosted = ", ".join(sorted(self._hosting.children)) or "none"
            self._say(f"network version {network.version}; adapters here: {hosted}")
        return started

    async def follow_network_ready(self) -> None:
        """The same, and comes back when they are ready; one that does not come up is told of and holds up nothing."""
        await self.follow_network()
        hosted = list(self._hosting.children.values()) if self._hosting else []
        try:
            await ready(hosted, within_seconds=ADAPTER_SECONDS)
        except NotReady as error:
            self._say(f"{error} Their messages wait.")
        self._note()

    async def close(self) -> None:
        """Ends everything: the workers first, so that what it began is finished; the database last."""
        if not self._locks:
            return  # the data folder belongs to another one that runs
        self.note_path.unlink(missing_ok=True)
        await asyncio.gather(*(child.stop() for child in self._workers))
        hosting = [self._hosting.close()] if self._hosting else []
        await asyncio.gather(*(child.stop() for child in self._apis), *hosting)
        if self._forwarding is not None:
            await asyncio.to_thread(self._forwarding.close)
        if self._database is not None:
            await self._database.__aexit__(None, None, None)
        if self.embedded is not None:
            await asyncio.to_thread(self.embedded.stop)
        unlock(self._locks)

    @property
    def _loaded_path(self) -> Path:
        return self.data / "run" / "loaded"

    @property
    def note_path(self) -> Path:
        """Where it is told what runs."""
        return self._settings.hub_note

    @property
    def running(self) -> dict[str, int]:
        """Processes by name."""
        hosted = list(self._hosting.children.values()) if self._hosting else []
        found = {child.part.name: child.pid for child in [*self._apis, *self._workers, *hosted]}
        if self.embedded is not None:
            found["postgres"] = self.embedded.pid
        return {name: pid for name, pid in found.items() if pid is not None}

    async def _database_url(self) -> str:
        if self._settings.database_url is not None:
            return self._settings.database_url
        self.embedded = await asyncio.to_thread(Embedded.start, self.data, echo=self._say)
        self._say(f"PostgreSQL {self.embedded.version} from {self.embedded.programs}")
        return self.embedded.url

    async def _migrate(self, url: str) -> None:
        """Brings the embedded database up to date; a server of somebody else's is migrated by its operators."""
        if self.embedded is not None:
            for phase in ("pre", "post"):
                await asyncio.to_thread(schema.migrated, url, phase)
        elif (sentence := await schema.obstacle_now(url)) is not None:
            raise CannotStart(sentence)

    async def _set_clock(self, database: Database) -> None:
        async with database.transaction() as tx:
            time, counts = await outbox.business_time(tx), await outbox.counts(tx)
        if time.virtual and not self._asked.virtual_clock:
            self._say("business time is virtual, as it was when this data folder was made")
        elif self._asked.virtual_clock and not time.virtual:
            used = counts.last_position > 0
            await open_clock(database, virtual=True, start_at=None if used else self._asked.start_at)

    async def _start_parts(self, hosting: Hosting) -> None:
        """Starts the first api, which says where it serves, and the workers beside it; then the other apis there."""
        several = self._settings.api_processes > 1
        workers = _names("worker", self._settings.worker_processes)
        self._workers = [self._started(self._part(name, "worker")) for name in workers]
        local = [] if self._settings.tls_certificate is None else ["--local-socket", str(hosting.sockets / "hub")]
        addresses = {
            "serving": self._settings.listen,
            "http": self._settings.http,
            "health": self._settings.health,
        }
        self._apis = [self._started(self._api("api", addresses, *local, shared=several))]
        await ready(self._apis, within_seconds=START_SECONDS)
        said = self._apis[0].said
        self.serving, self.http, self.health = str(said["serving"]), said["http"], said["health"]
        self.address = hosting.hub = str(said["local"])
        for name in _names("api", self._settings.api_processes)[1:]:
            self._apis.append(self._started(self._api(name, said, shared=True)))
        await ready([*self._apis, *self._workers], within_seconds=START_SECONDS)
        await self.follow_network_ready()

    def _started(self, part: Part) -> Child:
        child = Child(part, self._say)
        child.start()
        return child

    def _api(self, name: str, addresses: Said, *local: str, shared: bool) -> Part:
        flags = ["--awaiting", str(self._loaded_path), *local, *(["--shared"] if shared else [])]
        return self._part(name, "api", *flags, addresses=addresses)

    def _part(self, name: str, *arguments: str, addresses: Said | None = None) -> Part:
        """A part that runs `crossdock` with arguments, and serves at addresses: started again, where it served."""

        def command(said: Said) -> list[str]:
            at = addresses and {**addresses, **said}
            serving = (
                ["--grpc", at["serving"], "--http", at["http"] or OFF, "--health", at["health"] or OFF] if at else []
            )
            main = [sys.executable, "-P", "-m", "hub.app.main"]
            return [*main, *arguments, *serving, "--parent-pid", str(os.getpid())]

        environment = self._environment() | self._metrics(name)
        serving = self._settings.lame_duck_seconds + self._settings.grace_seconds
        return Part(name, command, self.logs / f"{name}.log", environment, serving + ENDING_SECONDS)

    def _metrics(self, name: str) -> dict[str, str]:
        """Where a part shows its figures: at the port stated or behind: api, worker, other apis, other workers."""
        if self._settings.metrics is None:
            return {}
        host, _, port = self._settings.metrics.rpartition(":")
        apis = _names("api", self._settings.api_processes)
        workers = _names("worker", self._settings.worker_processes)
        number = [apis[0], workers[0], *apis[1:], *workers[1:]].index(name)
        return {table.METRICS: f"{host}:{int(port) + number}"}

    def _environment(self) -> dict[str, str]:
        settings = self._settings
        stated: dict[str, Any] = {
            table.DATABASE_URL: settings.database_url,
            table.DATABASE_DIRECT_URL: settings.database_direct_url,
            table.DATA: settings.data,
            table.PRINCIPALS: self._principals_path,
            table.KEYS: settings.keys,
            table.MASTER_KEYS: settings.master_keys,
            table.PERSON_KEYS: settings.person_keys,
            table.ADAPTERS: self._hosting.sockets if self._hosting else None,
            table.ADAPTER_TOKENS: settings.adapter_tokens,
            table.TRACES: self.traces,
            table.OIDC_ISSUER: settings.oidc_issuer,
            table.OIDC_AUDIENCE: settings.oidc_audience,
            table.TLS_CERTIFICATE: settings.tls_certificate,
            table.TLS_KEY: settings.tls_key,
            table.TLS_CLIENT_CA: settings.tls_client_ca,
            table.PLAIN_TEXT: "yes" if settings.plain_text else "no",
            table.REFLECTION: settings.reflection,
            table.TRUST: settings.trust,
            table.OWN_CERTIFICATE: settings.own_certificate,
            table.OWN_KEY: settings.own_key,
            table.LOG_LEVEL: settings.log_level,
            table.LOG_FORMAT: "json",
        }
        return {name: str(value) for name, value in stated.items() if value is not None}

    @property
    def _principals_path(self) -> Path:
        return self.data / "run" / "principals.json"

    def _write_principals(self, network: Network, hosting: Hosting) -> None:
        """Writes who may do what: for the network in force, and as the operator's file says now."""
        flaw = ""
        try:
            principals.compose(
                self._principals_path,
                operators=self._settings.principals,
                admin=self.token,
                credentials=hosting.credentials(network),
            )
        except PrincipalsUnusable as error:
            if not self.address:
                raise CannotStart(str(error)) from error
            flaw = str(error)
        if flaw and flaw != self._flaw:
            self._say(flaw)
        self._flaw = flaw

    async def _heal_database(self) -> None:
        if self.embedded is not None and self.embedded.pid is None:
            self._say("PostgreSQL ended; starting it again")
            await asyncio.to_thread(self.embedded.restart, echo=self._say)

    def _note(self) -> None:
        """Says in the data folder where the hub is and which processes it runs, so that commands find it."""
        note = {
            "address": self.address,
            "http": self.http,
            "health": self.health,
            "pid": os.getpid(),
            "processes": self.running,
        }
        text = json.dumps(note, sort_keys=True)
        if text != self._noted:
            with suppress(OSError):
                principals.put_privately(self.note_path, text + "\n")
                self._noted = text


def _names(part: str, count: int) -> list[str]:
    """Return the names of so many processes of a part: worker, worker-2, worker-3."""
    return [part, *(f"{part}-{number}" for number in range(2, count + 1))]


def _refuse_exposed(settings: Settings) -> None:
    """Raise CannotStart where the certificate is unsound, or lacks at an address that other machines can reach."""
    try:
        certificate_of(settings)
    except CertificateUnusable as error:
        raise CannotStart(str(error)) from error
    for address in (settings.listen, settings.http):
        if address and (sentence := exposed(address, settings)):
            raise CannotStart(sentence)


async def _refuse_taken(settings: Settings) -> None:
    """Raise CannotStart where an address cannot be listened on, or where several processes cannot share it."""
    others = ((settings.http, "--http"), (settings.health, "--health"), (settings.reflection, table.REFLECTION))
    for other, flag in others:
        if other is not None and (trouble := await trouble_listening(other, flag=flag)):
            raise CannotStart(trouble)
    if settings.listen.startswith("unix:"):
        if settings.api_processes > 1:
            raise CannotStart(
                "Several api processes can share HOST:PORT only, not a socket file; state HOST:PORT with --grpc."
            )
    elif trouble := await trouble_listening(settings.listen):
        raise CannotStart(trouble)
