"""A whole hub in one test: database, virtual business time, gate, worker, and stand-ins of all partners.

Nothing waits for real time: business time is moved by `advance`, machine time by whoever sleeps. What a test asks for
goes the ways of the product: orders through the gate, reports by polls of the stand-ins, money by their answers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar
from uuid import UUID

from adapters.double_warehouse.physical import set_physical
from adapters.sdk.doubles.effects import Effect
from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_SHIPMENTS, RECORD_SHORTS
from hub.api.fulfillment.declarations import RECORD_DECLARATION_EVENTS
from hub.api.orders.changes import PLACE_ORDER, REPORT_PAYMENTS
from hub.api.stock.changes import ADJUST_STOCK, IMPORT_SNAPSHOT
from hub.app.runtime.clock import SystemMachine, open_clock
from hub.app.runtime.networks import NetworkInForce
from hub.app.runtime.surroundings import Surroundings
from hub.app.runtime.tracing import SpanReporter
from hub.cases.case import Case
from hub.cases.context import FlowContext, Secrets
from hub.cases.store import read
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.connect.contacts import GatheredContacts
from hub.connect.documents import Documents
from hub.connect.line import Line
from hub.connect.registry import Registry
from hub.connect.webhooks import WebhookSender
from hub.database.pool import Database
from hub.database.tx import Row
from hub.flows.upkeep.receive_documents import Received, receive_documents
from hub.gate.change import Asked, Change
from hub.gate.gate import Gate
from hub.inbox.model import Document
from hub.inventory.model import StockChange
from hub.kernel.errors import Refusal
from hub.kernel.ids import uuid7
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.kernel.trace import TraceContext
from hub.network import operations as networks
from hub.network.model import Network
from hub.observability.recording import SpanRecorder
from hub.observability.spans import Span
from hub.orders.model import Draft
from hub.outbox import operations as outbox
from hub.parties import operations as parties
from hub.parties.model import Contact, PersonKeys
from hub.rules.cel import Rules
from hub.tasks import webhooks
from hub.tasks.dead_letters import on_dead
from hub.tasks.documents import DocumentReader
from hub.tasks.handlers import WorkContext, handlers
from hub.tasks.misanswers import Misanswers
from hub.tasks.webhooks import Poster
from hub.wire.setup.rules import order_vocabulary
from hub.work.advance import advance
from hub.work.machine import WorkSettings
from hub.work.worker import Worker
from tests.support.audit import violations
from tests.support.doubles import Doubles, served
from tests.support.drafts import item
from tests.support.keys import person_keys
from tests.support.machine import StillMachine, WorkingMachine
from tests.support.network import network_of

TUESDAY: Final = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
"""Tuesday, ten in the morning in Amsterdam."""

LOOPBACK: Final = IPv4Network("127.0.0.0/8")
"""Receivers of webhooks in tests are there."""

SETTINGS: Final = WorkSettings(lease_seconds=3600, first_wait_seconds=1, longest_wait_seconds=30)

C = TypeVar("C")
R = TypeVar("R")
Flow = Callable[[FlowContext, Sequence[C]], Awaitable[Sequence[R | Refusal]]]


class Kept(SpanRecorder):
    """Keeps spans in memory."""

    def __init__(self) -> None:
        super().__init__(())
        self.spans: list[Span] = []

    def add(self, span: Span) -> None:
        """Keeps one."""
        self.spans.append(span)


@dataclass
class World:
    """What a test has in hand."""

    database: Database
    surroundings: Surroundings
    gate: Gate
    worker: Worker
    doubles: Doubles
    recorder: Kept
    machine: StillMachine
    reader: DocumentReader
    poster: Poster

    # -- what a test asks for

    async def place(self, draft: Draft) -> Case:
        """Places an order through the gate; raises its refusal."""
        return await self.ask(PLACE_ORDER, draft)

    async def ask(self, change: Change[C, R], command: C, *, request_id: UUID | None = None) -> R:
        """Has a change done through the gate, under a request id of its own unless one is given."""
        identity = request_id or self.identity()
        return await self.gate.run(change, Asked(HUB, identity, repr(command).encode()), command)

    async def run(self, run: Flow[C, R], commands: Sequence[C]) -> list[R | Refusal]:
        """Runs a flow in a transaction of its own, as tasks do."""
        async with self.database.transaction() as tx:
            flow = await self.surroundings.flow_context(tx, HUB)
            answers = await run(flow, commands)
        self.surroundings.record(flow.touched)
        return list(answers)

    async def receive(self, account_id: str, content: bytes, media_type: str = "application/json") -> Document:
        """Has a document delivered; raises its refusal."""
        (document,) = await self.run(receive_documents, [Received(account_id, media_type, "document", content)])
        if isinstance(document, Refusal):
            raise document
        return document

    async def items(self, *items: Item | str) -> None:
        """Puts items into the catalog; a text is the SKU of a plain one."""
        made = [item(one) if isinstance(one, str) else one for one in items]
        async with self.database.transaction() as tx:
            await catalog.put(tx, HUB, made, at=TUESDAY)

    async def stock(self, sku: str, node_id: str, units: int, *, there: int | None = None) -> None:
        """Adds units of a SKU to a node's stock, the item too; `there` is what pickers will really find."""
        await self.items(sku)
        await self.ask(ADJUST_STOCK, StockChange(sku, node_id, "receipt", self.identity(), on_hand=units))
        if there is not None:
            set_physical(self.doubles.file("double_warehouse"), node_id, sku, there)

    async def network(self, **changes: Any) -> Network:
        """Puts the test network in force, changed as `network_of` says."""
        async with self.database.transaction() as tx:
            await networks.put(tx, HUB, network_of(**changes), at=TUESDAY)
        return await self.surroundings.network.refresh()

    # -- time

    async def settle(self) -> None:
        """Works until nothing is left to do at the present business time."""
        await self.worker.drain()

    async def advance(self, span: timedelta) -> None:
        """Moves business time on, with all the work on the way."""
        await advance(self.database, span, machine=WorkingMachine(self.machine, self.settle), settings=SETTINGS)
        await self.settle()

    async def now(self) -> Instant:
        """Business time."""
        return await self.surroundings.clock.now(self.database)

    # -- what a test looks at

    async def case(self, order_id: UUID) -> Case:
        """An order with all that belongs to it, as it stands."""
        async with self.database.reading() as tx:
            return (await read(tx, HUB, [order_id]))[order_id]

    async def events(self, order_id: UUID) -> list[str]:
        """The types of an order's events, as they happened."""
        async with self.database.reading() as tx:
            return [one.event.type for one in await outbox.order_events(tx, order_id)]

    async def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """Rows of a select."""
        async with self.database.reading() as tx:
            return await tx.fetch(sql, parameters)

    async def exceptions(self) -> list[str]:
        """Reasons of the open exceptions, sorted."""
        found = await self.rows("SELECT reason FROM exception_record WHERE resolved_at IS NULL ORDER BY reason")
        return [row["reason"] for row in found]

    async def on_shelf(self, sku: str, node_id: str) -> tuple[int, int, int]:
        """Units on hand, reserved and allocated."""
        found = await self.rows("SELECT * FROM stock WHERE sku = %(sku)s AND node_id = %(node)s", sku=sku, node=node_id)
        return (found[0]["on_hand"], found[0]["reserved"], found[0]["allocated"]) if found else (0, 0, 0)

    def effects(self, name: str, kind: str = "", subject: str = "") -> list[Effect]:
        """What a stand-in did, in order."""
        return self.doubles.effects(name, kind, subject)

    def money(self, kind: str) -> list[str]:
        """Amounts of the payment stand-in's effects of a kind, as decimal text, in order."""
        return [str(one.detail["amount"]) for one in self.effects("double_payment", kind)]

    def notices(self, template: str = "") -> list[str]:
        """Templates of the notices sent, in order; only those of one when given."""
        sent = [str(one.detail["template"]) for one in self.effects("double_notice", "notice.send")]
        return [one for one in sent if template in ("", one)]

    async def audit(self) -> list[str]:
        """Everything that should be nothing: broken invariants, dead letters, effects at partners that came twice."""
        dead = await self.rows("SELECT kind, last_failure FROM message WHERE state = 'DEAD'")
        lines = [f"dead letter {row['kind']}: {row['last_failure']}" for row in dead]
        return [*await violations(self.database.url), *lines, *map(str, self.doubles.doubled())]

    def identity(self) -> UUID:
        """A new identity, in order."""
        return self.surroundings.new_id()


def counted_identities(start: int = 1) -> Any:
    """Identities that count up, so that runs repeat."""
    numbers = count(start)
    return lambda: uuid7(TUESDAY, next(numbers))


@asynccontextmanager
async def opened(
    url: str,
    folder: Path,
    *,
    start_at: Instant = TUESDAY,
    database_class: type[Database] = Database,
    network: Mapping[str, Any] | None = None,
) -> AsyncIterator[World]:
    """A world on an empty database, its stand-ins' files in a folder; `network` goes to `network_of`."""
    async with (
        served(folder) as doubles,
        database_class(url, max_connections=6) as database,
        hub_on(database, doubles, start_at=start_at) as world,
    ):
        await world.network(**(network or {}))
        yield world


@asynccontextmanager
async def hub_on(
    database: Database, doubles: Doubles, *, start_at: Instant = TUESDAY, name: str = "worker", first_id: int = 1
) -> AsyncIterator[World]:
    """A hub on a database that may have others on it: `name` and `first_id` tell it from them."""
    recorder, people = Kept(), person_keys(doubles.folder)
    clock = await open_clock(database, virtual=True, start_at=start_at)
    surroundings = Surroundings(
        database=database,
        clock=clock,
        network=NetworkInForce(database),
        secrets=Secrets(blind_index=b"i" * 32, documents=b"d" * 32, people=people),
        rules=Rules(order_vocabulary()),
        recorder=recorder,
        teller=SpanReporter(name, recorder),
        new_id=counted_identities(first_id),
        machine=SystemMachine(),
        fingerprint_key=b"f" * 32,
    )
    registry = Registry(surroundings.network.served_by, doubles.addresses)
    line = Line(registry, _contacts(database, people))
    machine = StillMachine()
    async with Gate(database, surroundings, fingerprint_key=surroundings.fingerprint_key) as gate:
        reader = DocumentReader(
            gate=gate,
            network=lambda: surroundings.network.latest,
            secrets=surroundings.secrets,
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
        sender = WebhookSender([LOOPBACK])
        poster = Poster(sender, surroundings.secrets, SystemMachine().now, (LOOPBACK,))
        context = WorkContext(database, surroundings, line, reader, lambda: surroundings.network.latest, poster)
        worker = Worker(
            database,
            handlers(context),
            clock=clock,
            machine=machine,
            identities=surroundings.new_id,
            on_dead=on_dead,
            misanswers=Misanswers(),
            random=Random(first_id),
            name=name,
            settings=SETTINGS,
            ceilings=surroundings.network.ceilings,
            recorder=surroundings.teller.delivered,
            follow=lambda: webhooks.feed(database, surroundings),
        )
        yield World(database, surroundings, gate, worker, doubles, recorder, machine, reader, poster)
        await registry.close()
        await sender.aclose()
    people.close()


def _contacts(database: Database, people: PersonKeys) -> Any:
    async def contacts(party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
        async with database.transaction() as tx:
            return await parties.contacts(tx, party_ids, people)

    return GatheredContacts(contacts)


def trace_of(case: Case) -> str:
    """The id of an order's trace."""
    return TraceContext(case.order_id.hex, "").trace_id
