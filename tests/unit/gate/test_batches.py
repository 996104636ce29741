"""The gate: how calls gather, and that no element suffers for its neighbors."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace
from psycopg.errors import CheckViolation

from hub.cases.context import FlowContext, PlanStale
from hub.gate.gate import ENOUGH, Gate
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import DeadlinePassed, Overloaded, Refusal, StateChanged
from hub.kernel.scope import Role, Scope
from tests.unit.gate.toys import Buy, Sale, Toy, asked, numbers, opened, selling, stocked

HOUR = 3600.0


class Restless(Toy):
    """A flow whose plans are stale however often they are made."""

    def refused(self, flow: FlowContext) -> Refusal:
        return PlanStale(f"Never ends, also the {'last' if flow.last else 'first'} time.")


async def test_concurrent_calls_share_a_transaction_and_get_each_their_own_answer(database_url: str) -> None:
    stocked(database_url, A=1000)
    toy = Toy()

    async with opened(database_url, toy, connections=1) as gate:
        sales = await asyncio.gather(*(gate.run(selling(toy), asked(), Buy(units)) for units in range(1, 41)))

    assert [sale.units for sale in sales] == list(range(1, 41))
    assert len({sale.number for sale in sales}) == 40
    assert toy.batches == [40]


async def test_a_batch_holds_no_more_than_it_may(database_url: str) -> None:
    stocked(database_url, A=1000)
    toy = Toy()

    async with opened(database_url, toy, batch_size=8) as gate:
        await asyncio.gather(*(gate.run(selling(toy), asked(), Buy(1)) for _ in range(20)))

    assert max(toy.batches) <= 8
    assert sum(toy.batches) == 20


async def test_calls_of_two_principals_never_share_a_transaction(database_url: str) -> None:
    stocked(database_url, A=1000)
    toy = Toy()
    other = Scope("other", frozenset({Role.CHANNEL}), channels=frozenset({"WEB"}))

    async with opened(database_url, toy) as gate:
        await asyncio.gather(
            *(gate.run(selling(toy), asked(), Buy(1)) for _ in range(3)),
            *(gate.run(selling(toy), asked(scope=other), Buy(1)) for _ in range(2)),
        )

    assert sorted(toy.batches) == [2, 3]


async def test_calls_that_wait_are_shared_between_free_connections(database_url: str) -> None:
    stocked(database_url, A=100, B=100)
    toy = Toy()

    async with opened(database_url, toy, connections=2) as gate:
        await asyncio.gather(*(gate.run(selling(toy), asked(), Buy(1)) for _ in range(80)))

    assert toy.batches == [40, 40]


async def test_a_few_calls_are_not_shared_out(database_url: str) -> None:
    stocked(database_url, A=100, B=100)
    toy = Toy()

    async with opened(database_url, toy, connections=2) as gate:
        await asyncio.gather(*(gate.run(selling(toy), asked(), Buy(1)) for _ in range(ENOUGH)))

    assert toy.batches == [ENOUGH]


async def test_calls_among_others_gather_until_they_are_enough(database_url: str) -> None:
    stocked(database_url, A=100)
    toy = Toy()

    async with opened(database_url, toy, pace_seconds=HOUR) as gate:
        await asyncio.gather(*(gate.run(selling(toy), asked(), Buy(1)) for _ in range(2)))
        some = [asyncio.create_task(gate.run(selling(toy), asked(), Buy(1))) for _ in range(ENOUGH - 1)]
        await asyncio.wait(some, timeout=0)
        assert toy.batches == [2]
        await asyncio.gather(*some, gate.run(selling(toy), asked(), Buy(1)))

    assert toy.batches == [2, ENOUGH]


async def test_calls_gather_until_no_more_come(database_url: str) -> None:
    stocked(database_url, A=100)
    toy = Toy()

    async with opened(database_url, toy) as gate:
        for _ in range(2):
            await asyncio.gather(*(gate.run(selling(toy), asked(), Buy(1)) for _ in range(2)))

    assert toy.batches == [2, 2]


async def test_a_few_calls_keep_off_the_connections_for_full_batches(database_url: str) -> None:
    stocked(database_url, A=1000)
    release = asyncio.Event()
    toy = Toy(hold_up=release)

    async with opened(database_url, toy, connections=3, pace_seconds=0.0) as gate, asyncio.TaskGroup() as calls:

        def come(many: int) -> list[asyncio.Task[Sale]]:
            return [calls.create_task(gate.run(selling(toy), asked(), Buy(1))) for _ in range(many)]

        for _ in range(2):
            come(ENOUGH)
            await toy.entered.wait()
            toy.entered.clear()
        await asyncio.wait(come(1), timeout=0.1)
        begun = list(toy.batches)
        come(ENOUGH)
        await toy.entered.wait()
        release.set()

    assert begun == [ENOUGH, ENOUGH]
    assert toy.batches[: len(begun) + 1] == [*begun, ENOUGH + 1]


async def test_calls_gather_while_another_batch_of_theirs_runs_and_keep_nobody_else_waiting(database_url: str) -> None:
    stocked(database_url, A=1000)
    toy = Toy(hold_up=(release := asyncio.Event()))
    other = replace(selling(toy), rpc="toys.Other")

    async with opened(database_url, toy, pace_seconds=0.0) as gate, asyncio.TaskGroup() as calls:
        calls.create_task(gate.run(selling(toy), asked(), Buy(1)))
        await toy.entered.wait()
        toy.entered.clear()
        later = [calls.create_task(gate.run(selling(toy), asked(), Buy(1))) for _ in range(2)]
        await asyncio.wait(later, timeout=0.1)
        begun = list(toy.batches)
        calls.create_task(gate.run(other, asked(), Buy(1)))
        await toy.entered.wait()
        release.set()

    assert (begun, toy.batches) == ([1], [1, 1, 2])


async def test_a_caller_alone_waits_for_nobody(database_url: str) -> None:
    stocked(database_url, A=100)
    toy = Toy()

    async with opened(database_url, toy, pace_seconds=HOUR) as gate:
        for _ in range(3):
            await gate.run(selling(toy), asked(), Buy(1))

    assert toy.batches == [1, 1, 1]


async def test_one_row_that_the_database_refuses_leaves_its_neighbors_whole(database_url: str) -> None:
    stocked(database_url, A=10_000)
    toy = Toy()

    async with opened(database_url, toy) as gate:
        answers = await asyncio.gather(
            *(gate.run(selling(toy), asked(), Buy(1000 if place == 5 else 1)) for place in range(8)),
            return_exceptions=True,
        )

    assert [type(answer) for answer in answers] == [Sale] * 5 + [CheckViolation] + [Sale] * 2
    assert numbers(database_url, "SELECT sum(units) FROM toy_sale") == [7]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [9_993]


async def test_one_element_that_breaks_the_flow_leaves_its_neighbors_whole(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()

    async with opened(database_url, toy) as gate:
        answers = await asyncio.gather(
            *(gate.run(selling(toy), asked(), Buy(1, broken=place == 2)) for place in range(5)), return_exceptions=True
        )

    assert [type(answer) for answer in answers] == [Sale, Sale, KeyError, Sale, Sale]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [6]


async def test_an_element_is_not_refused_because_a_refused_one_stood_before_it(database_url: str) -> None:
    stocked(database_url, A=5)
    toy = Toy()

    async with opened(database_url, toy) as gate:
        answers = await asyncio.gather(
            *(gate.run(selling(toy), asked(), Buy(units)) for units in (6, 5, 1)), return_exceptions=True
        )

    assert [type(answer) for answer in answers] == [InsufficientStock, Sale, InsufficientStock]


async def test_an_element_is_not_refused_because_a_repeat_before_it_was_planned_again(database_url: str) -> None:
    stocked(database_url, A=2)
    toy = Toy()
    first = asked()

    async with opened(database_url, toy) as gate:
        await gate.run(selling(toy, planned=True), first, Buy(1))
        repeat, fresh = await asyncio.gather(
            gate.run(selling(toy, planned=True), first, Buy(1)), gate.run(selling(toy, planned=True), asked(), Buy(1))
        )

    assert repeat.number != fresh.number
    assert numbers(database_url, "SELECT free FROM toy_stock") == [0]


async def test_what_is_sold_out_is_refused_in_one_batch(database_url: str) -> None:
    stocked(database_url, A=3)
    toy = Toy()

    async with opened(database_url, toy, connections=1) as gate:
        answers = await asyncio.gather(
            *(gate.run(selling(toy, planned=True), asked(), Buy(1)) for _ in range(30)), return_exceptions=True
        )

    assert [type(answer) for answer in answers] == [Sale] * 3 + [InsufficientStock] * 27
    assert toy.batches == [3]


async def test_a_stale_plan_is_made_once_more_before_new_calls_get_their_turn(database_url: str) -> None:
    stocked(database_url, A=5, B=100)
    toy = Toy(sell_meanwhile=1)
    toy.hold_up = asyncio.Event()

    async with opened(database_url, toy, batch_size=1) as gate:
        stale = asyncio.ensure_future(gate.run(selling(toy), asked(), Buy(6)))
        await toy.entered.wait()
        later = [asyncio.ensure_future(gate.run(selling(toy), asked(), Buy(1, "B"))) for _ in range(20)]
        toy.hold_up.set()
        await asyncio.wait([stale, *later], return_when=asyncio.FIRST_EXCEPTION)
        unanswered = sum(not one.done() for one in later)
        await asyncio.gather(*later)

    assert isinstance(stale.exception(), InsufficientStock)
    assert unanswered >= 16


async def test_a_plan_that_stays_stale_is_never_shown(database_url: str) -> None:
    stocked(database_url, A=1)

    toy = Restless()
    async with opened(database_url, toy) as gate:
        with pytest.raises(StateChanged):
            await gate.run(selling(toy), asked(), Buy(2))

    assert toy.batches == [1, 1]


async def test_a_call_whose_deadline_passed_before_its_batch_is_not_run(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    passed = asyncio.get_running_loop().time()

    async with opened(database_url, toy) as gate:
        with pytest.raises(DeadlinePassed):
            await gate.run(selling(toy), asked(deadline=passed), Buy(1))
        await gate.run(selling(toy), asked(deadline=passed + 3600), Buy(1))

    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [1]
    assert numbers(database_url, "SELECT count(*) FROM request") == [1]


async def test_a_caller_who_left_while_waiting_is_not_served(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    toy.hold_up = asyncio.Event()

    async with opened(database_url, toy, batch_size=1) as gate:
        running = [asyncio.ensure_future(gate.run(selling(toy), asked(), Buy(1, sku))) for sku in ("A", "A")]
        await toy.entered.wait()
        waiting = gate.submit(selling(toy), asked(), [Buy(1)])
        waiting.cancel()
        toy.hold_up.set()
        await asyncio.gather(*running)

    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [2]


async def test_a_full_queue_refuses_and_says_when_to_come_again(database_url: str) -> None:
    stocked(database_url, A=100)
    toy = Toy()

    async with opened(database_url, toy, queue_limit=3) as gate:
        taken = [gate.submit(selling(toy), asked(), [Buy(1)]) for _ in range(3)]
        with pytest.raises(Overloaded) as refused:
            await gate.submit(selling(toy), asked(), [Buy(1)])
        await asyncio.gather(*taken)
        await gate.run(selling(toy), asked(), Buy(1))

    assert refused.value.retry_after_seconds >= 0.1
    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [4]


async def test_a_gate_that_is_left_answers_all_who_wait_and_takes_no_more(database_url: str) -> None:
    stocked(database_url, A=100)
    toy = Toy()
    left: list[Gate] = []

    async with opened(database_url, toy, batch_size=2) as gate:
        waiting = [gate.submit(selling(toy), asked(), [Buy(1)]) for _ in range(9)]
        left.append(gate)

    assert all(future.done() for future in waiting)
    with pytest.raises(Overloaded):
        await left[0].submit(selling(toy), asked(), [Buy(1)])


async def test_what_a_transaction_touched_is_recorded_once_it_is_committed(database_url: str) -> None:
    stocked(database_url, A=10_000)
    toy = Toy()

    async with opened(database_url, toy) as gate:
        await asyncio.gather(
            gate.run(selling(toy), asked(), Buy(1)),
            gate.run(selling(toy), asked(), Buy(1000)),
            return_exceptions=True,
        )

    assert len(toy.recorded) == 1


async def test_batches_of_a_change_that_runs_alone_follow_each_other(database_url: str) -> None:
    stocked(database_url, A=1000)
    toy = Toy()
    toy.hold_up = asyncio.Event()
    alone = replace(selling(toy), alone=True)

    async with opened(database_url, toy, batch_size=64) as gate:
        calls = [asyncio.create_task(gate.run(alone, asked(), Buy(1))) for _ in range(100)]
        await toy.entered.wait()
        toy.entered.clear()
        other = asyncio.create_task(gate.run(selling(toy), asked(), Buy(1)))
        await toy.entered.wait()
        assert toy.batches == [64, 1]
        toy.hold_up.set()
        await asyncio.gather(*calls, other)

    assert toy.batches == [64, 1, 36]
