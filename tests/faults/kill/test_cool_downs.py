"""kill -9 in the middle of a cool-down: every order ships once, from the node that the joint plan gives it.

Each pair of orders exchanges a unit, so that 12 orders leave in 12 parcels and not in 18. A worker, or the process in
which it searches, is killed at each step from the first read to the release.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace

from bench.partners import Partners
from bench.rows.capture_grpc import Requests
from bench.rows.lifecycle import EFFECTS
from bench.scene import sku
from bench.serving import Served, Working
from crossdock.admin.v1 import admin_pb2, admin_pb2_grpc
from crossdock.orders.v1 import order_service_pb2_grpc
from hub.kernel.money import Money
from hub.network.model import Network, SourcingPolicy
from tests.faults.kill.installation import (
    DEADLINE_SECONDS,
    Connection,
    connected,
    counted,
    installation,
    nothing_open,
    others_take_over,
    reached,
)
from tests.support.audit import violations

PAIRS: Final = 6
ORDERS: Final = 2 * PAIRS
BEGAN: Final = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
COOL_DOWN: Final = timedelta(minutes=5)
DAY: Final = timedelta(days=1)

_TAKE_AWAY: Final = """
WITH gone AS (UPDATE stock SET on_hand = 0 WHERE node_id = 'DC-02' AND sku = ANY(%(skus)s) RETURNING sku, node_id)
INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)
SELECT sku, node_id, -1, 0, 0, 'loss', gen_random_uuid(), %(at)s FROM gone
"""
_WAITING: Final = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %(table)s::regclass"
_EVENTS: Final = "SELECT count(*) FROM event WHERE type = %(type)s"
_CONFIRMED: Final = "SELECT count(*) FROM orders WHERE state = 'CONFIRMED'"
_OPEN_ORDERS: Final = "SELECT count(*) FROM orders WHERE state <> 'CLOSED'"
_GIVEN_UP: Final = "SELECT count(*) FROM message WHERE kind = 'timer.cool_down' AND state = 'DEAD'"
_SOLVER: Final = b"spawn_main"
BY_PARCEL: Final = ("ReleaseFulfillmentOrder", "RegisterParcel", "Capture")


@dataclass
class Span:
    """Orders in their cool-down, with the worker that will end it."""

    hub: Working
    watching: Connection
    trap: Connection
    worker: int
    ending: asyncio.Task[None] | None = None

    def end(self) -> None:
        """Has time pass the end, and the minute after it, as far as workers follow."""
        self.ending = asyncio.create_task(advance(self.hub.served, 2 * COOL_DOWN))

    async def ended(self) -> None:
        """Comes back once time has passed the end, and nothing that follows from it is left to do."""
        assert self.ending is not None
        await self.ending
        for _ in range(3):  # the parcels are on their way, and partners are polled
            if not await nothing_open(self.watching):
                await advance(self.hub.served, DAY)


Kill = Callable[[Span], Awaitable[None]]


def worker_at(table: str, mode: str) -> Kill:
    """Kills the worker where it waits for a table."""

    async def kill(span: Span) -> None:
        await span.trap.execute(f"LOCK TABLE {table} IN {mode} MODE")
        span.end()
        await reached(lambda: counted(span.watching, _WAITING, table=table))
        await killed(span.worker)
        await span.trap.rollback()

    return kill


async def searching_worker(span: Span) -> None:
    """Kills the worker while its process searches, which then ends by itself."""
    solver = await stopped_search(span)
    await killed(span.worker)
    os.kill(solver, signal.SIGCONT)
    await reached(lambda: gone(solver))


async def search(span: Span) -> None:
    """Kills the process that searches; the worker lives, and starts another."""
    await killed(await stopped_search(span))


STEPS: Final = {
    "the worker reads what orders share": worker_at("stock", "ACCESS EXCLUSIVE"),
    "the worker waits for its search": searching_worker,
    "the search is lost": search,
    "the worker exchanges what orders hold": worker_at("decision", "EXCLUSIVE"),
    "the worker releases them": worker_at("fulfillment_order", "EXCLUSIVE"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kill", STEPS.values(), ids=list(STEPS))
async def test_a_kill_in_a_cool_down_loses_and_doubles_nothing(database_url: str, kill: Kill) -> None:
    async with cooling(database_url) as (span, partners):
        await kill(span)
        if await gone(span.worker):
            await others_take_over(span.watching)
            await span.hub.start_worker()
        await span.ended()

        assert await nothing_open(span.watching)
        counts = await partners.counts()
        assert {rpc: counts.effects.get(rpc) for rpc in EFFECTS} == {rpc: n * ORDERS for rpc, n in EFFECTS.items()}
        assert (counts.doubled, counts.repeats) == (0, 0)
        assert await counted(span.watching, _EVENTS, type="UnitsSourcedAgain") == ORDERS
    assert await violations(database_url) == []


@pytest.mark.slow
async def test_orders_whose_search_is_lost_for_good_ship_from_the_nodes_they_have(database_url: str) -> None:
    async with cooling(database_url) as (span, partners):
        span.end()
        await reached(lambda: every_search_killed(span))
        await span.ended()

        assert await counted(span.watching, _OPEN_ORDERS) == 0
        counts = await partners.counts()
        assert {rpc: counts.effects.get(rpc) for rpc in BY_PARCEL} == dict.fromkeys(BY_PARCEL, ORDERS + PAIRS)
        assert (counts.effects["Authorize"], counts.repeats) == (ORDERS, 0)
        assert await counted(span.watching, _EVENTS, type="UnitsSourcedAgain") == 0
    assert await violations(database_url) == []


@asynccontextmanager
async def cooling(url: str) -> AsyncIterator[tuple[Span, Partners]]:
    """Orders that have their units, confirmed, at the begin of a span."""
    async with (
        installation(url, with_cool_down, virtual_from=BEGAN, units=1, skus=2 * PAIRS) as (hub, partners),
        await connected(url) as watching,
        await connected(url, autocommit=False) as trap,
    ):
        await watching.execute(_TAKE_AWAY, {"skus": [sku(2 * pair) for pair in range(1, PAIRS + 1)], "at": BEGAN})
        await place(hub.served)
        worker = await hub.start_worker()
        await advance(hub.served, timedelta())
        assert await counted(watching, _CONFIRMED) == ORDERS
        yield Span(hub, watching, trap, worker), partners


def with_cool_down(network: Network) -> Network:
    """The network with orders that cool down."""
    (channel,) = network.channels.values()
    policy = SourcingPolicy(split_cost=Money(100, "EUR"), cool_down_seconds=int(COOL_DOWN.total_seconds()))
    return replace(network, channels={channel.channel_id: replace(channel, sourcing_policy=policy)})


async def place(hub: Served) -> None:
    """Places pairs: one of an article that lies at both nodes, one of it and an article that lies at the first."""
    stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)
    requests = Requests()
    for pair in range(1, PAIRS + 1):
        for skus in ([sku(2 * pair - 1)], [sku(2 * pair - 1), sku(2 * pair)]):
            request = requests.next()
            del request.order.lines[len(skus) :]
            for line, name in zip(request.order.lines, skus, strict=True):
                line.sku = name
            await stub.PlaceOrder(request, metadata=hub.metadata, timeout=DEADLINE_SECONDS)


async def advance(hub: Served, span: timedelta) -> None:
    """Moves time on, as far as workers follow."""
    stub: Any = admin_pb2_grpc.AdminServiceStub(hub.channel)
    request = admin_pb2.AdvanceTimeRequest()
    request.span.FromTimedelta(span)
    await stub.AdvanceTime(request, metadata=hub.metadata, timeout=DEADLINE_SECONDS)


async def stopped_search(span: Span) -> int:
    """Ends the span and stops the process that searches as soon as there is one; returns its id."""
    span.end()
    await reached(lambda: searching(span.worker))
    (solver,) = await searching(span.worker)
    os.kill(solver, signal.SIGSTOP)
    assert await counted(span.watching, _EVENTS, type="UnitsSourcedAgain") == 0
    return solver


async def killed(pid: int) -> None:
    """Kills a process; comes back once it has ended."""
    os.kill(pid, signal.SIGKILL)
    await reached(lambda: gone(pid))


async def every_search_killed(span: Span) -> bool:
    """Kills the process that searches, if there is one; returns whether the worker has given up."""
    for solver in await searching(span.worker):
        os.kill(solver, signal.SIGKILL)
    return await counted(span.watching, _GIVEN_UP) == 1


async def searching(worker: int) -> Sequence[int]:
    """The living processes in which a worker searches."""
    children = Path(f"/proc/{worker}/task/{worker}/children")
    return [pid for pid in map(int, children.read_text().split()) if not await gone(pid) and _SOLVER in command(pid)]


def command(pid: int) -> bytes:
    """What a process was started as; nothing of one that has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


async def gone(pid: int) -> bool:
    """Whether a process has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    return True
