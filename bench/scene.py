"""A hub to measure: PostgreSQL, migrated databases with a network, a catalog and stock that never runs out, and a gate.

What callers ask for is made here too: orders of a few lines, paid by card, each of its own reference.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from time import time as time_now
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from hub.app.embedded import Embedded, EmbeddedError, discard
from hub.app.process.gc_tuning import collect_seldom
from hub.app.process.identities import new_identity
from hub.app.runtime.clock import Clock, SystemMachine
from hub.app.runtime.networks import NetworkInForce
from hub.app.runtime.surroundings import Surroundings
from hub.app.runtime.tracing import SpanReporter
from hub.cases.context import Secrets
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.config.master_keys import MasterKeys
from hub.config.person_keys import PersonKeyFile
from hub.database import migrate
from hub.database.pool import Database
from hub.gate.gate import Gate
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network import operations as networks
from hub.network.model import (
    Calendar,
    Channel,
    Network,
    Node,
    NodeAddress,
    NodeKind,
    PartnerAccount,
    PartnerKind,
)
from hub.network.model.carriers import Lane
from hub.observability.recording import SpanRecorder
from hub.orders.model import Draft, InstrumentDraft, LineDraft
from hub.parties.model import Contact, PostalAddress
from hub.payments.model import Holder
from hub.rules.cel import Rules
from hub.wire.setup.rules import order_vocabulary

CHANNEL: Final = "WEB-NL"
SKUS: Final = 2000
PLENTY: Final = 1_000_000_000
SERVICES: Final = ("STANDARD",)
"""Carrier services with a lane from each node."""
_PREFIX: Final = "crossdock-bench-"
_YOUNG_SECONDS: Final = 60.0
"""A folder this young may be one whose owner is about to take it."""
BEGAN: Final = datetime(2026, 3, 3, 10, tzinfo=UTC)

_STOCK: Final = """
WITH made AS (
    INSERT INTO stock (sku, node_id, on_hand)
    SELECT 'TEE-' || lpad(sku::text, 5, '0'), 'DC-' || lpad(node::text, greatest(2, length(node::text)), '0'), %(units)s
    FROM generate_series(1, %(skus)s) AS sku, generate_series(1, %(nodes)s) AS node
    RETURNING sku, node_id
)
INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)
SELECT sku, node_id, %(units)s, 0, 0, 'receipt', gen_random_uuid(), %(at)s FROM made
"""


@contextmanager
def postgres() -> Iterator[str]:
    """Starts a PostgreSQL of its own, durable as in earnest; gives its URL. Its data are removed at the end.

    So are those of benches that were killed: their owners live no more.
    """
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        data = Path(folder, "data")
        try:
            with Embedded.start(data, echo=lambda _: None) as server:
                yield server.url
        finally:
            discard(data)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_PREFIX}*"):
        data = left / "data"
        with suppress(OSError, EmbeddedError):
            if data.exists() and time_now() - data.stat().st_mtime > _YOUNG_SECONDS:
                discard(data)
                shutil.rmtree(left)


async def database_on(
    server_url: str,
    name: str,
    *,
    nodes: int = 2,
    units: int = PLENTY,
    skus: int = SKUS,
    services: Sequence[str] = SERVICES,
) -> str:
    """Makes a database with everything an order needs; answers its URL."""
    url = await empty_database(server_url, name)
    await fill(url, nodes=nodes, units=units, skus=skus, services=services)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("VACUUM ANALYZE")
    return url


async def fill(
    url: str, *, nodes: int = 2, units: int = PLENTY, skus: int = SKUS, services: Sequence[str] = SERVICES
) -> None:
    """Puts everything an order needs into a migrated database."""
    async with Database(url, max_connections=1) as database, database.transaction() as tx:
        await networks.put(tx, HUB, network_of(nodes, services), at=BEGAN)
        await catalog.put(tx, HUB, [Item(sku(number), title="A shirt") for number in range(1, skus + 1)], at=BEGAN)
        await tx.execute(_STOCK, {"units": units, "skus": skus, "nodes": nodes, "at": BEGAN})


async def empty_database(server_url: str, name: str) -> str:
    """Makes a database with all tables and nothing in them; answers its URL."""
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    await asyncio.to_thread(_migrated, server_url, url, name)
    return url


@dataclass(frozen=True)
class Hub:
    """What a row works with: a gate over a database, as an api process has it."""

    database: Database
    gate: Gate
    surroundings: Surroundings


@contextmanager
def _person_keys() -> Iterator[PersonKeyFile]:
    with tempfile.TemporaryDirectory(prefix="crossdock-keys-") as folder:
        masters = MasterKeys(Path(folder, "master.json"))
        with closing(PersonKeyFile(Path(folder, "people.keys"), masters)) as keys:
            yield keys


@asynccontextmanager
async def hub_on(url: str, recorder: SpanRecorder | None = None) -> AsyncIterator[Hub]:
    """Opens a gate on a database; spans go to the recorder."""
    collect_seldom()
    with _person_keys() as people:
        async with Database(url) as database:
            recording = recorder or SpanRecorder(())
            surroundings = Surroundings(
                database=database,
                clock=Clock(virtual=False),
                network=NetworkInForce(database),
                secrets=Secrets(blind_index=b"i" * 32, documents=b"d" * 32, people=people),
                rules=Rules(order_vocabulary()),
                recorder=recording,
                teller=SpanReporter("api", recording),
                new_id=new_identity,
                machine=SystemMachine(),
                fingerprint_key=b"f" * 32,
            )
            async with Gate(database, surroundings, fingerprint_key=surroundings.fingerprint_key) as gate:
                yield Hub(database, gate, surroundings)


def sku(number: int) -> str:
    """The SKU of a number, from 1."""
    return f"TEE-{number:05}"


@dataclass(frozen=True)
class Drafts:
    """Makes orders, each of its own reference, of SKUs drawn by a seeded chance."""

    chance: Random
    numbers: Iterator[int]
    lines: int = 3
    skus: int = SKUS
    series: str = "B"

    @classmethod
    def seeded(cls, seed: int, *, lines: int = 3, skus: int = SKUS, series: str = "B") -> Drafts:
        """A maker of orders that repeats itself for the same seed."""
        return cls(Random(seed), count(1), lines, skus, series)  # noqa: S311 (a draw of shirts keeps no secret)

    def next(self) -> Draft:
        """The next order."""
        number = next(self.numbers)
        return Draft(
            channel_id=CHANNEL,
            channel_reference=f"{self.series}-{number:08}",
            currency="EUR",
            lines=tuple(LineDraft(one, 1, Decimal("10.00"), title="A shirt") for one in self.drawn()),
            customer=CUSTOMER,
            instruments=(InstrumentDraft(Holder.HUB, "CARD", token="tok_visa"),),  # noqa: S106 (a stand-in's)
            content_hash=f"{number:064x}",
        )

    def drawn(self) -> Sequence[str]:
        """SKUs of the lines of one order."""
        return [sku(number) for number in self.chance.sample(range(1, self.skus + 1), self.lines)]


CUSTOMER: Final = Contact(
    "Ada Visser",
    email="ada@example.com",
    phone="+31201234567",
    address=PostalAddress(("Keizersgracht 1",), "Amsterdam", "NL", postal_code="1015 AA"),
)


def network_of(nodes: int, services: Sequence[str] = SERVICES) -> Network:
    """A network of so many distribution centers, each dearer than the one before, with lanes of carrier services."""
    names = [f"DC-{number:02}" for number in range(1, nodes + 1)]
    return Network.of(
        nodes=[_node(name, 100 + number) for number, name in enumerate(names)],
        calendars=[Calendar("nl", frozenset({1, 2, 3, 4, 5}))],
        lanes=[
            Lane(name, "NL", service, 1, "nl", Money(450, "EUR"), "carrier") for service in services for name in names
        ],
        accounts=[
            PartnerAccount("wms", PartnerKind.WAREHOUSE, "double_warehouse"),
            PartnerAccount("carrier", PartnerKind.TRANSPORT, "double_transport"),
            PartnerAccount("cards", PartnerKind.PAYMENT, "double_payment"),
            PartnerAccount("webshop", PartnerKind.CHANNEL, "double_channel"),
        ],
        channels=[Channel(CHANNEL, "SHOP-NL", channel_account_id="webshop", payment_account_id="cards")],
    )


def _node(name: str, handling_minor: int) -> Node:
    return Node(
        node_id=name,
        kind=NodeKind.DISTRIBUTION_CENTER,
        address=NodeAddress(("Main street 1",), "Town", "NL"),
        time_zone="Europe/Amsterdam",
        calendar_id="nl",
        cut_off=time(16),
        handling_cost=Money(handling_minor, "EUR"),
        warehouse_account_id="wms",
    )


def _migrated(server_url: str, url: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with psycopg.connect(url, autocommit=True) as connection:
        migrate.apply(connection, "pre")
        migrate.apply(connection, "post")
