"""`python -m bench peak [--full]`: what this machine did on this day, in absolute numbers, with an audit at the end.

For two minutes, or an hour with --full, orders are offered at a steady rate, one call each, to one api; one worker
leads them through their lives with all partners. Counted are the orders placed and those whose life ended, per minute,
and how long a call took. Orders that are under way at the end are left waiting: a backlog is no fault.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import grpc

from bench.partners import partners_served
from bench.rows.capture_grpc import Requests
from bench.rows.lifecycle import network_to
from bench.scene import database_on, postgres
from bench.serving import Served, hub_working
from crossdock.orders.v1 import order_service_pb2_grpc
from hub import audit
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.network import operations as networks

QUICK_SECONDS: Final = 120.0
FULL_SECONDS: Final = 3600.0
OFFERED: Final = 250
"""Orders a second: three times the published peak of a retailer of some fifty locations."""
AIM_PLACED: Final = 15_000
AIM_ENDED: Final = 7_500
"""A minute, both."""
_STEP_SECONDS: Final = 0.005
_TOLD_SECONDS: Final = 10.0
_ENDED: Final = "SELECT count(*) AS ended FROM orders WHERE state = 'CLOSED'"


@dataclass
class Peak:
    """What was done in so many seconds: lives ended, what calls took in seconds, broken invariants.

    `refused` calls came when the hub had more than it takes, and were told when to come again; `failed` went wrong.
    """

    seconds: float
    ended: int = 0
    taken: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0
    broken: Sequence[str] = ()

    def as_json(self) -> dict[str, object]:
        """Return the numbers as they are printed; times of calls in milliseconds."""
        cuts = statistics.quantiles(self.taken, n=100) if len(self.taken) > 1 else [0.0] * 99
        return {
            "minutes": round(self.seconds / 60, 1),
            "placed_a_minute": round(60 * len(self.taken) / self.seconds),
            "ended_a_minute": round(60 * self.ended / self.seconds),
            "aim_placed": AIM_PLACED,
            "aim_ended": AIM_ENDED,
            "p50_ms": round(1000 * cuts[49], 1),
            "p99_ms": round(1000 * cuts[98], 1),
            "refused": self.refused,
            "failed": self.failed,
            "broken": list(self.broken),
        }


async def peak(seconds: float, rate: int = OFFERED) -> Peak:
    """Offer orders at a rate for some seconds to a hub that was made for it; return what came of it."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        partners = await stack.enter_async_context(partners_served())
        url = await database_on(server, "peak")
        database = await stack.enter_async_context(Database(url, max_connections=1))
        async with database.transaction() as tx:
            await networks.put(tx, HUB, network_to(partners.address), at=datetime.now(UTC))
        hub = await stack.enter_async_context(hub_working(url))
        await hub.start_worker()
        began = time.perf_counter()
        done = await _offered(hub.served, seconds, rate)
        async with database.reading() as tx:
            done.ended = (await tx.fetch(_ENDED))[0]["ended"]
        done.seconds = time.perf_counter() - began
        print("  auditing", file=sys.stderr, flush=True)
        async with database.reading() as tx:
            done.broken = [result.name for result in await audit.run(tx) if result.violations]
        return done


async def _offered(hub: Served, seconds: float, rate: int) -> Peak:
    stub, requests, done = order_service_pb2_grpc.OrderServiceStub(hub.channel), Requests(), Peak(seconds)
    calls = set[asyncio.Task[None]]()

    async def place() -> None:
        sent = time.perf_counter()
        try:
            await stub.PlaceOrder(requests.next(), metadata=hub.metadata)
        except grpc.aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED:
                done.refused += 1
            else:
                done.failed += 1
                print(f"  a call failed: {error.code()}", file=sys.stderr)
        else:
            done.taken.append(time.perf_counter() - sent)

    began, sent, told = time.perf_counter(), 0, 0.0
    while (passed := time.perf_counter() - began) < seconds:
        if passed >= told:
            print(f"  {passed:.0f} of {seconds:.0f} s: {len(done.taken)} placed", file=sys.stderr, flush=True)
            told += _TOLD_SECONDS
        for _ in range(int(passed * rate) - sent):
            call = asyncio.create_task(place())
            calls.add(call)
            call.add_done_callback(calls.discard)
            sent += 1
        await asyncio.sleep(_STEP_SECONDS)
    await asyncio.gather(*calls)
    return done
