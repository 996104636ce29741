"""Orders through their whole life, against what one hub can place in chunks of a stream.

A life is an order of three lines with every partner: authorized, screened, taxed, released, acknowledged, picked,
shipped in one parcel, captured, delivered, closed; its channel, ERP and customer are told of each step. One process
answers all partner contracts at once. A window leads cohorts through their lives: all their orders are placed, and the
next cohort waits until everyone was told everything. The other side is a hub of its own without a worker, where orders
stay placed.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from msgspec.structs import replace

from bench.offering import parent_of
from bench.partners import SERVICES, Partners, partners_served
from bench.processors import family_seconds_of, seconds_of
from bench.ratio import Row, Sides, Unmeasurable
from bench.rows.capture_grpc import Requests
from bench.rows.capture_stream import CHUNK, streamed
from bench.scene import database_on, network_of, postgres
from bench.serving import Served, hub_served, hub_working
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc
from hub import audit
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.network import operations as networks
from hub.network.model import Network, PartnerAccount, PartnerKind

COHORT: Final = 512
"""Orders that live together."""
WORKERS: Final = 1
MAX_IN_FLIGHT: Final = 64
"""Calls that each partner account takes at once."""
LOOK_SECONDS: Final = 0.02
END_SECONDS: Final = 120.0
"""How long lives that are under way may take to their end."""
EFFECTS: Final = {
    "Authorize": 1,
    "ScreenOrder": 1,
    "DetermineTax": 1,
    "ReleaseFulfillmentOrder": 1,
    "Capture": 1,
    "RegisterParcel": 1,
    "ReportProgress": 3,
    "PostDocument": 3,
    "SendNotice": 2,
}
"""What a life brings about, by rpc."""
_OPEN: Final = """
WITH living AS (SELECT order_id, state FROM orders WHERE channel_id <> %(waiting)s)
SELECT (SELECT count(*) FROM message JOIN living USING (order_id) WHERE message.state <> 'SETTLED') AS messages,
    (SELECT count(*) FROM living WHERE state <> 'CLOSED') AS orders
"""


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start both hubs, the worker and the partners."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        partners = await stack.enter_async_context(partners_served())
        url = await database_on(server, "lives")
        database = await stack.enter_async_context(Database(url, max_connections=1))
        async with database.transaction() as tx:
            await networks.put(tx, HUB, network_to(partners.address), at=datetime.now(UTC))
        hub = await stack.enter_async_context(hub_working(url))
        workers = [await hub.start_worker() for _ in range(WORKERS)]
        placing = await stack.enter_async_context(hub_served(await database_on(server, "placed")))
        async with database.reading() as tx:
            postmaster = parent_of((await tx.fetch("SELECT pg_backend_pid() AS pid"))[0]["pid"])
        lives = Lives(hub.served, partners, database, Costs(workers, hub.served.pid, postmaster))
        yield Sides(lives.window, streamed(placing, Requests()), check=lives.check)


def network_to(address: str) -> Network:
    """Return the network of the bench with all partners at an address."""
    network = network_of(2)
    accounts = {kind: kind.lower() for kind in SERVICES}
    (channel,) = network.channels.values()
    told = replace(
        channel,
        channel_account_id=accounts["CHANNEL"],
        payment_account_id=accounts["PAYMENT"],
        fraud_account_id=accounts["FRAUD"],
        tax_account_id=accounts["TAX"],
        erp_account_id=accounts["ERP"],
        notice_account_id=accounts["NOTICE"],
    )
    return Network.of(
        nodes=[replace(node, warehouse_account_id=accounts["WAREHOUSE"]) for node in network.nodes.values()],
        calendars=list(network.calendars.values()),
        lanes=[replace(lane, transport_account_id=accounts["TRANSPORT"]) for lane in network.lanes.values()],
        accounts=[
            PartnerAccount(account_id, PartnerKind[kind], address, max_in_flight=MAX_IN_FLIGHT)
            for kind, account_id in accounts.items()
        ],
        channels=[told],
    )


@dataclass
class Costs:
    """Processor seconds of all that takes part, added up over windows."""

    workers: Sequence[int]
    api: int
    postmaster: int
    spent: dict[str, float] = field(default_factory=dict)
    lives: int = 0

    def now(self, partners: int) -> dict[str, float]:
        """Return what each has taken so far."""
        return {
            "worker": sum(seconds_of(pid) for pid in self.workers),
            "api": seconds_of(self.api),
            "PostgreSQL": family_seconds_of(self.postmaster),
            "partners": seconds_of(partners),
        }

    def add(self, before: dict[str, float], after: dict[str, float], lives: int) -> None:
        """Add a window."""
        self.lives += lives
        for name, seconds in after.items():
            self.spent[name] = self.spent.get(name, 0.0) + seconds - before[name]

    def __str__(self) -> str:
        each = (f"{name} {1000 * seconds / max(self.lives, 1):.2f}" for name, seconds in self.spent.items())
        return f"ms of processor a life: {', '.join(each)}"


class Lives:
    """Keeps lives under way."""

    def __init__(self, hub: Served, partners: Partners, database: Database, costs: Costs) -> None:
        self._partners, self._database, self._costs = partners, database, costs
        stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)
        self._stream = stub.PlaceOrders(metadata=hub.metadata)
        self._requests = Requests()
        self._placed = 0

    async def window(self, seconds: float) -> float:
        """Lives a second."""
        before, began, lived = await self._taken(), time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            await self._live()
            lived += COHORT
        passed = time.perf_counter() - began
        self._costs.add(before, await self._taken(), lived)
        return lived / passed

    async def check(self, waiting: str = "") -> str:
        """Whether every life came to its end, with each of its effects once, and the books are sound.

        Orders of a channel `waiting` are no lives.
        """
        print(f"  {self._costs}", file=sys.stderr)
        until = time.perf_counter() + END_SECONDS
        while any(left := await self._left(waiting)):
            if time.perf_counter() > until:
                return f"{left[0]} messages and {left[1]} of {self._placed} orders were not at their end"
            await asyncio.sleep(LOOK_SECONDS)
        effects, doubled = await self._done()
        if effects != self._expected or doubled:
            return f"{self._placed} lives had effects {effects}, {doubled} of them doubled"
        async with self._database.reading() as tx:
            broken = [result.name for result in await audit.run(tx) if result.violations]
        return f"broken invariants: {', '.join(broken)}" if broken else ""

    @property
    def _expected(self) -> dict[str, int]:
        """What partners have done once all lives are at their end."""
        return {rpc: times * self._placed for rpc, times in EFFECTS.items()}

    async def _live(self) -> None:
        for _ in range(COHORT // CHUNK):
            await self.begin()
        await self.ended()

    async def begin(self) -> None:
        """Place a chunk of orders. Raises Unmeasurable."""
        orders = [self._requests.next() for _ in range(CHUNK)]
        await self._stream.write(order_service_pb2.PlaceOrdersRequest(orders=orders))
        answer = await self._stream.read()
        if any(not result.HasField("order") for result in answer.results):
            raise Unmeasurable("an order of a chunk was refused")
        self._placed += CHUNK

    async def ended(self) -> None:
        """Wait until partners have done everything for all orders that were placed. Raises Unmeasurable."""
        until = time.perf_counter() + END_SECONDS
        while (await self._done())[0] != self._expected:
            if time.perf_counter() > until:
                raise Unmeasurable("a cohort did not live to its end")
            await asyncio.sleep(LOOK_SECONDS)

    async def _done(self) -> tuple[dict[str, int], int]:
        """What partners did for lives, by rpc, and how much of all they did was done twice."""
        counts = await self._partners.counts()
        return {rpc: counts.effects.get(rpc, 0) for rpc in EFFECTS}, counts.doubled

    async def _taken(self) -> dict[str, float]:
        return self._costs.now((await self._partners.counts()).pid)

    async def _left(self, waiting: str) -> tuple[int, int]:
        async with self._database.reading() as tx:
            (row,) = await tx.fetch(_OPEN, {"waiting": waiting})
        return row["messages"], row["orders"]


ROW: Final = Row(
    name="lifecycle",
    says="orders/s through their whole life with all partners, against orders/s placed in chunks of a stream",
    bar=0.05,
    aim=0.15,
    prepare=prepare,
    seconds=(25.0, 15.0),
)
