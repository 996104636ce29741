"""A toy change behind a real gate: units of one stock row are sold to buyers, in a database of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
from msgspec.structs import replace

from hub.cases.context import FlowContext, PlanStale, Secrets, TouchedCase
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.gate.change import Asked, Change, Optimistic
from hub.gate.gate import PACE_SECONDS, Gate
from hub.gate.outcomes import Stored
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal
from hub.kernel.scope import Role, Scope
from hub.kernel.trace import TraceContext
from hub.network.model import Network
from tests.support.keys import KeysInMemory

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
SHOP = Scope("shop", frozenset({Role.CHANNEL}))
KEY = b"a key of this test"
TABLES = """
CREATE TABLE toy_stock (sku text PRIMARY KEY, free bigint NOT NULL CHECK (free >= 0));
CREATE TABLE toy_sale (number bigserial PRIMARY KEY, sku text NOT NULL, units bigint NOT NULL CHECK (units < 1000))
"""


@dataclass(frozen=True)
class Buy:
    """Units to buy; more than 999 break a constraint of the table, `broken` the flow itself."""

    units: int
    sku: str = "A"
    broken: bool = False


@dataclass(frozen=True)
class Sale:
    """What was sold, under a number."""

    number: int
    units: int


@dataclass
class Toy:
    """The surroundings and the flow; counts what ran."""

    batches: list[int] = field(default_factory=list)
    sure: list[bool] = field(default_factory=list)
    recorded: list[TouchedCase] = field(default_factory=list)
    sell_meanwhile: int = 0
    hold_up: asyncio.Event | None = None
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    async def flow_context(
        self, tx: Tx, scope: Scope, *, causes: Mapping[UUID, TraceContext], last: bool
    ) -> FlowContext:
        """A unit with nothing in it but the transaction."""
        return FlowContext(tx, scope, AT, uuid4, Network(), Secrets(b"", b"", KeysInMemory()), causes, last=last)

    async def remembered(self, tx: Tx, scope: Scope) -> FlowContext:
        """The same as in any transaction."""
        return await self.flow_context(tx, scope, causes={}, last=False)

    async def following(self, planned_in: FlowContext, tx: Tx, *, causes: Mapping[UUID, TraceContext]) -> FlowContext:
        """The same unit in another transaction."""
        return replace(planned_in, tx=tx, causes=causes, touched=[])

    def record(self, touched: Sequence[TouchedCase]) -> None:
        """Keeps what was touched."""
        self.recorded.extend(touched)

    async def sell(self, flow: FlowContext, buys: Sequence[Buy]) -> list[Sale | Refusal]:
        """Sells in the order given, as long as there is stock."""
        await self._begun(flow, buys, sure=False)
        rows = await flow.tx.fetch("SELECT sku, free FROM toy_stock ORDER BY sku FOR UPDATE")
        free = {row["sku"]: row["free"] for row in rows}
        answers: list[Sale | Refusal] = []
        for buy in buys:
            if buy.broken:
                raise KeyError("a flaw of the flow")
            if free[buy.sku] < buy.units:
                answers.append(self.refused(flow))
                continue
            free[buy.sku] -= buy.units
            (row,) = await flow.tx.fetch(
                "INSERT INTO toy_sale (sku, units) VALUES (%(sku)s, %(units)s) RETURNING number",
                {"sku": buy.sku, "units": buy.units},
            )
            answers.append(Sale(row["number"], buy.units))
        for sku, left in free.items():
            await flow.tx.execute(
                "UPDATE toy_stock SET free = %(left)s WHERE sku = %(sku)s", {"left": left, "sku": sku}
            )
        return answers

    async def sell_optimistically(self, flow: FlowContext, buys: Sequence[Buy]) -> list[Sale]:
        """Sells without a look: where there is too little, the transaction breaks."""
        await self._begun(flow, buys, sure=True)
        answers: list[Sale] = []
        for buy in buys:
            if buy.broken:
                raise KeyError("a flaw of the flow")
            (row,) = await flow.tx.fetch(
                "INSERT INTO toy_sale (sku, units) VALUES (%(sku)s, %(units)s) RETURNING number",
                {"sku": buy.sku, "units": buy.units},
            )
            answers.append(Sale(row["number"], buy.units))
        for sku in sorted({buy.sku for buy in buys}):
            units = sum(buy.units for buy in buys if buy.sku == sku)
            await flow.tx.write(
                "UPDATE toy_stock SET free = free - %(units)s WHERE sku = %(sku)s AND free >= %(units)s RETURNING sku",
                {"sku": sku, "units": units},
                last=True,
                rows=1,
            )
        return answers

    async def _begun(self, flow: FlowContext, buys: Sequence[Buy], *, sure: bool) -> None:
        self.batches.append(len(buys))
        self.sure.append(sure)
        self.entered.set()
        if self.hold_up is not None:
            await self.hold_up.wait()
        flow.touched.append(TouchedCase("", "", "", "sell", uuid4()))

    def refused(self, flow: FlowContext) -> Refusal:
        """What a buyer gets where there is too little."""
        return InsufficientStock("None left.") if flow.last or not self.sell_meanwhile else PlanStale("Plan again.")

    async def plan(self, flow: FlowContext, buys: Sequence[Buy]) -> list[Buy | Refusal]:
        """Plans in the order given from what is read; refuses what cannot be, and takes nothing for that."""
        rows = await flow.tx.fetch("SELECT sku, free FROM toy_stock")
        free = {row["sku"]: row["free"] for row in rows}
        plans: list[Buy | Refusal] = []
        for buy in buys:
            if free[buy.sku] < buy.units:
                plans.append(InsufficientStock("None left, as planned."))
                continue
            free[buy.sku] -= buy.units
            plans.append(buy)
        return plans


def selling(toy: Toy, *, planned: bool = False, optimistic: bool = False) -> Change[Buy, Sale]:
    """The change; `optimistic` has it tried without a look first, after a plan."""
    prepare = toy.plan if planned or optimistic else None
    sure: Optimistic[Buy, Sale] | None = Optimistic(toy.plan, toy.sell_optimistically) if optimistic else None
    return Change("Sell", toy.sell, _outcome, _rebuild, prepare=prepare, optimistic=sure)


def _outcome(sale: Sale) -> Stored:
    return {"number": sale.number}


async def _rebuild(flow: FlowContext, stored: Sequence[Stored]) -> list[Sale | Refusal]:
    rows = await flow.tx.fetch(
        "SELECT number, units FROM toy_sale WHERE number = ANY(%(numbers)s)",
        {"numbers": [one["number"] for one in stored]},
    )
    units = {row["number"]: row["units"] for row in rows}
    return [Sale(one["number"], units[one["number"]]) for one in stored]


def asked(
    request_id: UUID | None = None, content: bytes = b"content", *, scope: Scope = SHOP, deadline: float | None = None
) -> Asked:
    """A request."""
    return Asked(scope, request_id or uuid4(), content, deadline)


@asynccontextmanager
async def opened(
    url: str,
    toy: Toy,
    *,
    queue_limit: int = 4096,
    batch_size: int = 64,
    connections: int = 2,
    pace_seconds: float = PACE_SECONDS,
) -> AsyncIterator[Gate]:
    """A gate on a database, as one process has it."""
    sizes = {"queue_limit": queue_limit, "batch_size": batch_size, "connections": connections}
    async with (
        Database(url, max_connections=4) as database,
        Gate(database, toy, fingerprint_key=KEY, pace_seconds=pace_seconds, **sizes) as gate,
    ):
        yield gate


def stocked(url: str, **free: int) -> None:
    """Puts stock into the toy tables, making them."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES)
        for sku, units in free.items():
            connection.execute("INSERT INTO toy_stock VALUES (%s, %s)", [sku, units])


def numbers(url: str, sql: str) -> list[int]:
    """The first column of a query."""
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(sql)]
