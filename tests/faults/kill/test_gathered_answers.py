"""kill -9 of a worker in the middle of a batch of answers: partners have done everything once, and no order is lost.

The batch is held up at a table that it writes, so that the kill falls between the first and the last of its rows. What
partners did is counted by the partners themselves.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from typing import Any, Final

import psycopg
import pytest

from bench.partners import Partners
from bench.rows.capture_grpc import Requests
from bench.rows.lifecycle import EFFECTS
from bench.serving import Served
from crossdock.orders.v1 import order_service_pb2_grpc
from hub.messages.fraud import ScreenOrder
from hub.messages.payment import AuthorizePayment
from hub.messages.tax import DetermineTax
from tests.faults.kill.installation import (
    DEADLINE_SECONDS,
    connected,
    counted,
    installation,
    nothing_open,
    others_take_over,
    reached,
)
from tests.support.audit import violations

ORDERS: Final = 12
CHECKS: Final = {
    "Authorize": AuthorizePayment.KIND,
    "ScreenOrder": ScreenOrder.KIND,
    "DetermineTax": DetermineTax.KIND,
}
"""What partners are asked about an order before it is confirmed: rpc -> kind of message."""

_BLOCKED: Final = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'tax_record'::regclass AND mode = %(mode)s
"""
_HELD: Final = """
SELECT (SELECT count(*) FROM message WHERE state = 'DUE' AND kind = ANY(%(kinds)s)) - count(*) FROM (
    SELECT FROM message WHERE state = 'DUE' AND kind = ANY(%(kinds)s) FOR UPDATE SKIP LOCKED
) AS free
"""
"""Messages about checks that a transaction is about to settle."""


@pytest.mark.slow
async def test_a_worker_killed_in_the_middle_of_a_batch_of_answers_has_nothing_done_twice(database_url: str) -> None:
    async with installation(database_url) as (hub, partners), await connected(database_url) as watching:
        traps = [await connected(database_url, autocommit=False) for _ in range(2)]
        try:
            await traps[0].execute("LOCK TABLE tax_record IN EXCLUSIVE MODE")
            await place(hub.served)
            killed = await hub.start_worker()
            await reached(lambda: partners_have(partners, dict.fromkeys(CHECKS, 1)))

            held = await blocked_batch(watching, traps)
            os.kill(killed, signal.SIGKILL)
        finally:
            for trap in traps:
                await trap.close()
        assert 1 < held <= ORDERS * len(CHECKS)
        await others_take_over(watching)

        await hub.start_worker()
        await reached(lambda: partners_have(partners, EFFECTS))
        await reached(lambda: nothing_open(watching))

        counts = await partners.counts()
        assert {rpc: counts.effects.get(rpc) for rpc in EFFECTS} == {rpc: n * ORDERS for rpc, n in EFFECTS.items()}
        assert (counts.doubled, counts.repeats) == (0, 0)
        assert counts.calls["FindOperation"] >= held
        assert await violations(database_url) == []


async def place(hub: Served) -> None:
    """Places the orders."""
    stub: Any = order_service_pb2_grpc.OrderServiceStub(hub.channel)
    requests = Requests()
    for _ in range(ORDERS):
        await stub.PlaceOrder(requests.next(), metadata=hub.metadata, timeout=DEADLINE_SECONDS)


async def blocked_batch(watching: psycopg.AsyncConnection[Any], traps: list[psycopg.AsyncConnection[Any]]) -> int:
    """Waits until a batch of several answers is held up; returns of how many.

    One answer alone is let through: the second trap is set behind it and closes before the next batch.
    """
    first, second = traps
    while True:
        await reached(lambda: counted(watching, _BLOCKED, mode="RowExclusiveLock"))
        held = await counted(watching, _HELD, kinds=list(CHECKS.values()))
        if held > 1:
            return held
        closing = asyncio.create_task(second.execute("LOCK TABLE tax_record IN EXCLUSIVE MODE"))
        await reached(lambda: counted(watching, _BLOCKED, mode="ExclusiveLock"))
        await first.rollback()
        await closing
        first, second = second, first


async def partners_have(partners: Partners, effects: Mapping[str, int]) -> bool:
    """Whether the partners have had so many effects, by rpc, for every order."""
    had = (await partners.counts()).effects
    return all(had.get(rpc, 0) >= number * ORDERS for rpc, number in effects.items())
