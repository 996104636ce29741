"""The worker process: delivers messages, fires timers, numbers the feed. Any number of them share one database."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import timedelta
from random import Random
from typing import Final
from uuid import UUID

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_SHIPMENTS, RECORD_SHORTS
from hub.api.fulfillment.declarations import RECORD_DECLARATION_EVENTS
from hub.api.orders.changes import PLACE_ORDER, REPORT_PAYMENTS
from hub.api.stock.changes import ADJUST_STOCK, IMPORT_SNAPSHOT
from hub.app.process.adapter_tokens import AdapterTokens
from hub.app.process.shutdown import told_to_end, until
from hub.app.process.solver_process import SolverProcess
from hub.app.runtime import schema
from hub.app.runtime.backlog import Backlog
from hub.app.runtime.health import Health, answering_checks
from hub.app.runtime.metrics_port import serving_figures
from hub.app.runtime.networks import SocketFolder
from hub.app.runtime.surroundings import Surroundings, surroundings
from hub.app.runtime.work_figures import connections_of
from hub.config.settings import Settings
from hub.connect.call_figures import PartnerFigures
from hub.connect.contacts import Contacts, GatheredContacts
from hub.connect.dialing import trust
from hub.connect.documents import Documents
from hub.connect.line import Line
from hub.connect.registry import Registry
from hub.connect.webhooks import WebhookSender
from hub.flows.upkeep.forget_expired import Retention, begin
from hub.gate.gate import Gate
from hub.observability.metrics import MetricExporter
from hub.parties import operations as parties
from hub.parties.model import Contact
from hub.tasks import webhooks
from hub.tasks.dead_letters import on_dead
from hub.tasks.documents import DocumentReader
from hub.tasks.handlers import WorkContext, handlers
from hub.tasks.misanswers import Misanswers
from hub.tasks.webhooks import Poster
from hub.work.worker import Worker

log = logging.getLogger(__name__)

SERVICE: Final = "worker"
LOOK_SECONDS: Final = 1.0


async def run_worker(settings: Settings, *, parent_pid: int | None = None) -> None:
    """Work until told to end, once the schema is there. `settings.database_url` names the database.

    Raises CannotListen where health checks cannot be answered at `settings.health`.
    """
    url, checked = settings.database_url or "", Health()
    async with told_to_end(parent_pid) as ending, answering_checks(checked, settings):
        if not await _schema_there(url, checked, ending):
            return
        async with surroundings(settings, SERVICE) as around:
            await checked.tell(None)
            await around.network.refresh()
            backlog, partners = Backlog(), PartnerFigures()
            following = [
                asyncio.create_task(_follow_network(around, ending)),
                asyncio.create_task(checked.follow(around.database, ending)),
                asyncio.create_task(backlog.follow(around, ending)),
            ]
            sender = WebhookSender(settings.webhook_networks)
            poster = Poster(sender, around.secrets, around.machine.now, settings.webhook_networks)
            figures = [
                *backlog.figures,
                *partners.figures,
                *poster.figures.figures,
                *around.teller.flows.figures,
                connections_of(around.database),
            ]
            try:
                with (
                    closing(SolverProcess()) as solver,
                    MetricExporter(SERVICE, settings.otlp_endpoint, figures=figures),
                ):
                    async with serving_figures(settings.metrics, figures):
                        await _work(settings, around, partners, poster, solver, checked, ending)
            finally:
                for task in following:
                    task.cancel()
                await sender.aclose()


async def _work(
    settings: Settings,
    around: Surroundings,
    partners: PartnerFigures,
    poster: Poster,
    solver: SolverProcess,
    checked: Health,
    ending: asyncio.Event,
) -> None:
    registry = Registry(
        around.network.served_by,
        SocketFolder(settings.adapters) if settings.adapters else {},
        token=AdapterTokens(settings.adapter_tokens),
        trusted=trust(settings.trust, settings.own_certificate, settings.own_key),
        elsewhere=settings.adapter_addresses,
    )
    line = Line(registry, _contacts(around), counted=partners)
    async with Gate(around.database, around, fingerprint_key=around.fingerprint_key) as gate:
        reader = DocumentReader(
            gate=gate,
            network=lambda: around.network.latest,
            secrets=around.secrets,
            documents=Documents(line),
            place=PLACE_ORDER,
            count=IMPORT_SNAPSHOT,
            adjust=ADJUST_STOCK,
            report=REPORT_PAYMENTS,
            ship=RECORD_SHIPMENTS,
            short=RECORD_SHORTS,
            track=RECORD_CARRIER_EVENTS,
            declared=RECORD_DECLARATION_EVENTS,
        )
        retention = Retention(timedelta(days=settings.keep_settled_days), timedelta(days=settings.keep_events_days))
        context = WorkContext(
            around.database, around, line, reader, lambda: around.network.latest, poster, retention, *solver.searches
        )
        name = f"{SERVICE}-{socket.gethostname()}-{os.getpid()}-{around.new_id().hex[-8:]}"
        worker = Worker(
            around.database,
            handlers(context),
            clock=around.clock,
            machine=around.machine,
            identities=around.new_id,
            on_dead=on_dead,
            misanswers=Misanswers(),
            random=Random(),  # noqa: S311 (jitter and span ids are no secrets)
            name=name,
            ceilings=around.network.ceilings,
            recorder=around.teller.delivered,
            direct_url=settings.database_direct_url,
            ready=lambda: checked.reason is None,
            follow=lambda: webhooks.feed(around.database, around),
        )
        async with around.database.transaction() as tx:
            await begin(tx, await around.at(tx))
        log.info("working as %s", name)
        sys.stdout.write(json.dumps({"working": name, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()
        await worker.run(ending)
    await registry.close()


async def _schema_there(url: str, checked: Health, ending: asyncio.Event) -> bool:
    """Waits until this release can work with the database; False when the end came first."""
    while (sentence := await schema.obstacle_now(url)) is not None:
        if sentence != checked.reason:
            log.warning("%s", sentence)
        checked.reason = sentence
        if await until(ending, LOOK_SECONDS):
            return False
    return True


async def _follow_network(around: Surroundings, ending: asyncio.Event) -> None:
    """Keeps at hand which adapter serves an account, for calls whose flow ran elsewhere."""
    while not await until(ending, LOOK_SECONDS):
        with suppress(OperationalError, PoolTimeout):
            await around.network.refresh()
            await around.stock_values.refresh(around.database)


def _contacts(around: Surroundings) -> Contacts:
    async def look_up(party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
        async with around.database.transaction() as tx:
            return await parties.contacts(tx, list(party_ids), around.secrets.people)

    return GatheredContacts(look_up)
