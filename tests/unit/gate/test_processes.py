"""The gate's traps across two processes: two gates, each with connections of its own, on one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from psycopg import AsyncConnection
from psycopg.errors import CheckViolation

from hub.cases.context import FlowContext
from hub.gate.gate import Gate
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import DeadlinePassed, Refusal
from tests.unit.gate.toys import Buy, Sale, Toy, asked, numbers, opened, selling, stocked


@dataclass
class Halting(Toy):
    """A flow that stops before its end, all its locks held, until it is let go on."""

    halt: asyncio.Event = field(default_factory=asyncio.Event)
    halted: asyncio.Event = field(default_factory=asyncio.Event)
    fails: bool = False

    async def sell(self, flow: FlowContext, buys: Sequence[Buy]) -> list[Sale | Refusal]:
        """Sells, and waits."""
        answers = await super().sell(flow, buys)
        self.halted.set()
        await self.halt.wait()
        if self.fails:
            raise KeyError("a flaw of the flow")
        return answers


@asynccontextmanager
async def two(url: str, here: Toy, there: Toy, **settings: int) -> AsyncIterator[tuple[Gate, Gate]]:
    """The gates of two processes."""
    async with opened(url, here, **settings) as first, opened(url, there, **settings) as second:
        yield first, second


async def waiting_for_a_lock(url: str, many: int = 1) -> None:
    """Comes back when so many transactions wait for a row of another."""
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        while True:
            cursor = await connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            row = await cursor.fetchone()
            if row is not None and row[0] >= many:
                return
            await asyncio.sleep(0)


def kinds(answers: Sequence[Any]) -> list[type]:
    return [type(answer) for answer in answers]


async def test_the_same_key_twice_in_a_batch_of_each_process_takes_effect_once(database_url: str) -> None:
    stocked(database_url, A=10)
    one, other = Toy(), Toy()
    request_id = uuid4()

    async with two(database_url, one, other) as (here, there):
        answers = await asyncio.gather(
            *(here.run(selling(one), asked(request_id), Buy(2)) for _ in range(2)),
            *(there.run(selling(other), asked(request_id), Buy(2)) for _ in range(2)),
            here.run(selling(one), asked(), Buy(1)),
            there.run(selling(other), asked(), Buy(1)),
        )

    assert len(set(answers[:4])) == 1
    assert len(set(answers)) == 3
    assert numbers(database_url, "SELECT free FROM toy_stock") == [6]


async def test_a_twin_waits_for_the_first_one_and_gets_its_answer(database_url: str) -> None:
    stocked(database_url, A=10)
    one, other = Halting(), Toy()
    request_id = uuid4()

    async with two(database_url, one, other) as (here, there):
        first = asyncio.ensure_future(here.run(selling(one), asked(request_id), Buy(2)))
        await one.halted.wait()
        twin = asyncio.ensure_future(there.run(selling(other), asked(request_id), Buy(2)))
        await waiting_for_a_lock(database_url)
        assert not twin.done()
        one.halt.set()

        assert await twin == await first

    assert other.batches == []
    assert numbers(database_url, "SELECT free FROM toy_stock") == [8]


async def test_a_twin_whose_first_one_failed_takes_effect_itself(database_url: str) -> None:
    stocked(database_url, A=10)
    one, other = Halting(fails=True), Toy()
    request_id = uuid4()

    async with two(database_url, one, other) as (here, there):
        first = asyncio.ensure_future(here.run(selling(one), asked(request_id), Buy(2)))
        await one.halted.wait()
        twin = asyncio.ensure_future(there.run(selling(other), asked(request_id), Buy(2)))
        await waiting_for_a_lock(database_url)
        one.halt.set()
        sale = await twin
        with pytest.raises(KeyError):
            await first

    assert sale.units == 2
    assert numbers(database_url, "SELECT free FROM toy_stock") == [8]


async def test_keys_in_opposite_orders_never_deadlock(database_url: str) -> None:
    stocked(database_url, A=1000)
    one, other = Toy(), Toy()
    ids = [uuid4() for _ in range(40)]

    async with two(database_url, one, other, batch_size=40) as (here, there):
        answers = await asyncio.gather(
            *(here.run(selling(one), asked(request_id), Buy(1)) for request_id in ids),
            *(there.run(selling(other), asked(request_id), Buy(1)) for request_id in reversed(ids)),
        )

    assert answers[:40] == answers[:39:-1]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [960]
    assert numbers(database_url, "SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()") == [
        0
    ]


async def test_a_bad_row_in_one_process_fails_nothing_in_the_other(database_url: str) -> None:
    stocked(database_url, A=10_000)
    one, other = Toy(), Toy()
    ids = [uuid4() for _ in range(8)]

    async with two(database_url, one, other) as (here, there):
        answers = await asyncio.gather(
            *(here.run(selling(one), asked(ids[n]), Buy(1000 if n == 5 else 1)) for n in range(8)),
            *(there.run(selling(other), asked(ids[n]), Buy(1000 if n == 5 else 1)) for n in reversed(range(8))),
            return_exceptions=True,
        )

    good = [Sale] * 5 + [CheckViolation] + [Sale] * 2
    assert kinds(answers[:8]) == good
    assert kinds(answers[:7:-1]) == good
    assert numbers(database_url, "SELECT sum(units) FROM toy_sale") == [7]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [9_993]


async def test_units_that_another_process_takes_and_does_not_keep_are_refused_to_nobody(database_url: str) -> None:
    stocked(database_url, A=3)
    one, other = Halting(fails=True), Toy()

    async with two(database_url, one, other) as (here, there):
        failing = asyncio.ensure_future(here.run(selling(one), asked(), Buy(3)))
        await one.halted.wait()
        waiting = [asyncio.ensure_future(there.run(selling(other, planned=True), asked(), Buy(1))) for _ in range(3)]
        await waiting_for_a_lock(database_url)
        one.halt.set()
        sales = await asyncio.gather(*waiting)
        with pytest.raises(KeyError):
            await failing

    assert kinds(sales) == [Sale] * 3
    assert numbers(database_url, "SELECT free FROM toy_stock") == [0]


async def test_what_a_refused_one_of_the_other_process_asked_for_is_refused_to_nobody(database_url: str) -> None:
    stocked(database_url, A=5)
    one, other = Toy(), Toy()

    async with two(database_url, one, other) as (here, there):
        answers = await asyncio.gather(
            *(here.run(selling(one), asked(), Buy(units)) for units in (6, 2)),
            *(there.run(selling(other), asked(), Buy(units)) for units in (9, 3)),
            return_exceptions=True,
        )

    assert kinds(answers) == [InsufficientStock, Sale, InsufficientStock, Sale]


async def test_an_element_that_the_other_process_made_stale_runs_again_before_new_ones(database_url: str) -> None:
    stocked(database_url, A=5, B=100)
    one, other = Toy(sell_meanwhile=1), Halting()

    async with two(database_url, one, other, batch_size=1) as (here, there):
        taking = asyncio.ensure_future(there.run(selling(other), asked(), Buy(5)))
        await other.halted.wait()
        stale = asyncio.ensure_future(here.run(selling(one, planned=True), asked(), Buy(5)))
        await waiting_for_a_lock(database_url)
        later = [asyncio.ensure_future(here.run(selling(one), asked(), Buy(1, "B"))) for _ in range(20)]
        other.halt.set()
        await asyncio.wait([stale, *later], return_when=asyncio.FIRST_EXCEPTION)
        unanswered = sum(not one.done() for one in later)
        await asyncio.gather(taking, *later)

    assert isinstance(stale.exception(), InsufficientStock)
    assert unanswered >= 14
    assert numbers(database_url, "SELECT free FROM toy_stock ORDER BY sku") == [0, 80]


async def test_who_waits_behind_the_other_process_until_their_deadline_is_not_served(database_url: str) -> None:
    stocked(database_url, A=10)
    one, other = Toy(), Halting()

    async with two(database_url, one, other, batch_size=1) as (here, there):
        taking = asyncio.ensure_future(there.run(selling(other), asked(), Buy(1)))
        await other.halted.wait()
        running = [asyncio.ensure_future(here.run(selling(one), asked(), Buy(1))) for _ in range(2)]
        await waiting_for_a_lock(database_url, 2)
        now = asyncio.get_running_loop().time()
        late = here.submit(selling(one), asked(deadline=now), [Buy(1)])
        gone = here.submit(selling(one), asked(), [Buy(1)])
        patient = here.submit(selling(one), asked(deadline=now + 3600), [Buy(1)])
        gone.cancel()
        other.halt.set()
        with pytest.raises(DeadlinePassed):
            await late
        await asyncio.gather(taking, patient, *running)

    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [4]
    assert numbers(database_url, "SELECT count(*) FROM request") == [4]


async def test_a_deadline_that_passes_while_the_batch_waits_for_the_other_process_is_kept(database_url: str) -> None:
    """Its key is not claimed and its flow not run, also where its neighbors' are."""
    stocked(database_url, A=10)
    one, other = Toy(), Halting()
    shared = uuid4()

    async with two(database_url, one, other) as (here, there):
        first = asyncio.ensure_future(there.run(selling(other), asked(shared), Buy(1)))
        await other.halted.wait()
        now = asyncio.get_running_loop().time()
        late = here.submit(selling(one), asked(deadline=now), [Buy(1)])
        twin = here.submit(selling(one), asked(shared), [Buy(1)])
        await waiting_for_a_lock(database_url)
        other.halt.set()
        with pytest.raises(DeadlinePassed):
            await late
        assert (await twin)[0] == await first

    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [1]
