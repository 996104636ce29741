"""What api and worker processes are built of, and how they make the context of a flow of a transaction."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.app.process.identities import new_identity
from hub.app.runtime.clock import Clock, SystemMachine, open_clock
from hub.app.runtime.networks import NetworkInForce
from hub.app.runtime.tracing import SpanReporter, Touching
from hub.cases.context import FlowContext, Secrets, TouchedCase
from hub.catalog import operations as catalog
from hub.catalog.operations import ItemMemory, Items
from hub.config.keys import RESTORE, Keys, KeysUnusable
from hub.config.master_keys import MasterKeys
from hub.config.person_keys import PersonKeyFile
from hub.config.settings import Settings
from hub.database import installation
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.database.write_order import probe
from hub.kernel.ids import Identities
from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash
from hub.kernel.scope import Scope
from hub.kernel.trace import TraceContext
from hub.network import operations as networks
from hub.network.model import Network
from hub.network.policy.parcel_costs import CostMemory
from hub.observability.recording import SpanRecorder, recorder_of
from hub.outbox import operations as outbox
from hub.rules.cel import Rules
from hub.sourcing.operations.values import ValueMemory
from hub.sourcing.policy.eligibility import NodeRules
from hub.trade import operations as trade
from hub.trade.operations import RulesMemory
from hub.wire.setup.rules import (
    basket_vocabulary,
    cell_vocabulary,
    change_vocabulary,
    node_vocabulary,
    order_vocabulary,
)

log = logging.getLogger(__name__)

_IN_FORCE: Final = f"SELECT {networks.VERSION} AS network, {catalog.VERSION} AS catalog, {trade.VERSION} AS trade"
"""What of a process's memory still holds, in one question."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How this process makes the context of a flow of a transaction, and where it tells what they touched.

    `fingerprint_key` is what requests are compared by.
    """

    database: Database
    clock: Clock
    network: NetworkInForce
    secrets: Secrets
    rules: Rules
    recorder: SpanRecorder
    teller: SpanReporter
    new_id: Identities
    machine: SystemMachine
    fingerprint_key: bytes = field(repr=False)
    items: ItemMemory = field(default_factory=ItemMemory)
    trade_rules: RulesMemory = field(default_factory=RulesMemory)
    parcel_costs: CostMemory = field(default_factory=CostMemory)
    stock_values: ValueMemory = field(default_factory=ValueMemory)
    cell_rules: Rules = field(default_factory=lambda: Rules(cell_vocabulary()))
    node_rules: NodeRules = field(
        default_factory=lambda: NodeRules(Rules(basket_vocabulary()), Rules(node_vocabulary()))
    )
    change_rules: Rules = field(default_factory=lambda: Rules(change_vocabulary()))

    @property
    def audit_key(self) -> bytes:
        """What chains the audit log: made of another key, so that older installations have one too."""
        return keyed_hash(self.fingerprint_key, b"audit log")

    async def flow_context(
        self, tx: Tx, scope: Scope, *, causes: Mapping[UUID, TraceContext] | None = None, last: bool = False
    ) -> FlowContext:
        """The surroundings of one transaction, at business time as it is now."""
        (now,) = await tx.fetch(_IN_FORCE)
        at, network = await self.at(tx), await self.network.current_in(tx, now["network"])
        flow = self._flow_context(tx, scope, at, network, now["catalog"])
        return replace(flow, causes=causes or {}, last=last, trade_version=now["trade"])

    def _flow_context(self, tx: Tx, scope: Scope, at: Instant, network: Network, catalog_version: int) -> FlowContext:
        return FlowContext(
            tx=tx,
            scope=scope,
            at=at,
            new_id=self.new_id,
            network=network,
            secrets=self.secrets,
            touched=Touching(),
            rules=self.rules,
            cell_rules=self.cell_rules,
            node_rules=self.node_rules,
            change_rules=self.change_rules,
            items=Items(self.items, catalog_version),
            trade_rules=self.trade_rules,
            parcel_costs=self.parcel_costs,
            stock_values=self.stock_values,
        )

    async def remembered(self, tx: Tx, scope: Scope) -> FlowContext | None:
        """The surroundings as this process remembers them, for plans that are verified later.

        None at first, and where what is remembered is of another history of the database.
        """
        if self.items.version is None or not self.items.origin == self.network.origin == tx.origin:
            return None
        return self._flow_context(tx, scope, await self.at(tx), self.network.latest, self.items.version)

    async def following(self, planned_in: FlowContext, tx: Tx, *, causes: Mapping[UUID, TraceContext]) -> FlowContext:
        """The surroundings of one transaction that does what was planned in others.

        It is AssumptionBroken where what they rested on is in force no more.
        """
        networks.expect_version(tx, planned_in.network.version)
        catalog.expect_version(tx, planned_in.items.version)
        return replace(planned_in, tx=tx, at=await self.at(tx), causes=causes, touched=Touching(), last=False)

    async def at(self, tx: Tx) -> Instant:
        """Business time, for who has a transaction."""
        return (await outbox.business_time(tx)).at if self.clock.virtual else self.machine.now()

    def record(self, touched: Sequence[TouchedCase]) -> None:
        """Takes the spans of cases that a committed transaction changed."""
        self.teller.touched(touched)


def opened(settings: Settings, max_connections: int) -> Database:
    """Connections to the database that settings name, for `async with`."""
    pooled = settings.database_direct_url is not None
    return Database(settings.database_url or "", max_connections=max_connections, pooled=pooled)


async def own_keys(database: Database, path: Path) -> Keys:
    """Return the keys of a file, made where neither the file nor the database has any.

    Raises KeysUnusable where the database was written with other keys, or with keys of which the file is gone.
    """
    async with database.transaction() as tx:
        keys = Keys.kept_in(path, make=await installation.fingerprint(tx) is None)
        if not await installation.keep_fingerprint(tx, keys.fingerprint):
            raise KeysUnusable(f"{path} holds other keys than those with which the database was written. {RESTORE}")
    return keys


@asynccontextmanager
async def surroundings(settings: Settings, service: str) -> AsyncIterator[Surroundings]:
    """Opens what a process named `service` works with, and closes it at the end. The schema must be there."""
    if settings.database_url is None:
        raise ValueError("a process needs the URL of its database")
    with (
        closing(PersonKeyFile(settings.person_keys, MasterKeys(settings.master_keys))) as people,
        recorder_of(service, traces=settings.traces, endpoint=settings.otlp_endpoint) as recorder,
    ):
        async with opened(settings, settings.database_connections) as database:
            keys = await own_keys(database, settings.keys)
            await probe(database)
            yield Surroundings(
                database=database,
                clock=await open_clock(database),
                network=NetworkInForce(database),
                secrets=Secrets(keys.blind_index, keys.documents, people),
                rules=Rules(order_vocabulary()),
                recorder=recorder,
                teller=SpanReporter(service, recorder),
                new_id=new_identity,
                machine=SystemMachine(),
                fingerprint_key=keys.fingerprints,
            )
