"""The gate: batches that are tried as if all were new and as planned, and what becomes of those that are not."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from hub.database.pool import Database
from hub.database.requests import RequestKey
from hub.gate.batch import WARY_BATCHES, Runner
from hub.gate.change import Element
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import RequestIdReused
from tests.unit.gate.toys import SHOP, Buy, Toy, asked, numbers, opened, selling, stocked


async def test_new_requests_take_effect_at_the_first_try_and_are_remembered(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    ids = [uuid4() for _ in range(3)]

    async with opened(database_url, toy) as gate:
        change = selling(toy, optimistic=True)
        answers = await asyncio.gather(*(gate.run(change, asked(one), Buy(2)) for one in ids))
    async with opened(database_url, other := Toy()) as gate:
        again = await asyncio.gather(*(gate.run(selling(other), asked(one), Buy(2)) for one in ids))

    assert (toy.batches, toy.sure) == ([3], [True])
    assert (again, other.batches) == (answers, [])
    assert numbers(database_url, "SELECT free FROM toy_stock") == [4]


async def test_a_repeat_among_new_ones_is_answered_as_before_and_its_neighbors_take_effect_once(
    database_url: str,
) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        change = selling(toy, optimistic=True)
        first = await gate.run(change, asked(request_id), Buy(1))
        again, other = await asyncio.gather(
            gate.run(change, asked(request_id), Buy(1)), gate.run(change, asked(), Buy(1))
        )
        with pytest.raises(RequestIdReused):
            await gate.run(change, asked(request_id, b"other"), Buy(1))

    assert again == first != other
    assert toy.sure[:3] == [True, True, False]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [8]
    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [2]


async def test_after_one_that_was_not_as_expected_batches_look_first_for_a_while(database_url: str) -> None:
    stocked(database_url, A=100)
    toy = Toy()
    repeated = uuid4()

    async with Database(database_url, max_connections=2) as database:
        runner = Runner(database, toy, selling(toy, optimistic=True), SHOP)
        for request_id in [repeated, repeated, *(uuid4() for _ in range(WARY_BATCHES + 1))]:
            key = RequestKey(request_id, b"fingerprint")
            await runner.run([Element(key, [Buy(1)], asyncio.get_running_loop().create_future())])

    assert toy.sure == [True, True, *[False] * WARY_BATCHES, True]


async def test_where_the_server_orders_writes_otherwise_every_batch_looks_first(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()

    async with Database(database_url, max_connections=2) as database:
        database.writes_together = False
        runner = Runner(database, toy, selling(toy, optimistic=True), SHOP)
        answer = asyncio.get_running_loop().create_future()
        await runner.run([Element(RequestKey(uuid4(), b"fingerprint"), [Buy(4)], answer)])

    assert toy.sure == [False]
    assert [sale.units for sale in await answer] == [4]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [6]


async def test_twins_in_one_batch_take_effect_once(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        change = selling(toy, optimistic=True)
        first, second = await asyncio.gather(*(gate.run(change, asked(request_id), Buy(2)) for _ in range(2)))

    assert first == second
    assert toy.sure == [False]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [8]


async def test_stock_that_went_meanwhile_is_decided_on_with_a_look(database_url: str) -> None:
    stocked(database_url, A=3)
    toy = Toy(hold_up=asyncio.Event())

    async with opened(database_url, toy) as gate:
        change = selling(toy, optimistic=True)
        answers = asyncio.gather(*(gate.run(change, asked(), Buy(1)) for _ in range(3)), return_exceptions=True)
        await toy.entered.wait()
        numbers(database_url, "UPDATE toy_stock SET free = 2 RETURNING free")
        assert toy.hold_up is not None
        toy.hold_up.set()
        kinds = sorted(type(one).__name__ for one in await answers)

    assert kinds == ["InsufficientStock", "Sale", "Sale"]
    assert toy.sure == [True, False]
    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [2]


async def test_a_refusal_by_the_plan_has_the_batch_look_first_and_is_kept(database_url: str) -> None:
    stocked(database_url, A=1, B=1)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        change = selling(toy, optimistic=True)
        answers = await asyncio.gather(
            gate.run(change, asked(request_id), Buy(2)), gate.run(change, asked(), Buy(1, "B")), return_exceptions=True
        )
        numbers(database_url, "UPDATE toy_stock SET free = 50 RETURNING free")
        with pytest.raises(InsufficientStock):
            await gate.run(change, asked(request_id), Buy(2))

    assert [type(one).__name__ for one in answers] == ["InsufficientStock", "Sale"]
    assert not toy.sure[0]


async def test_one_that_breaks_the_flow_fails_alone(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()

    async with opened(database_url, toy) as gate:
        change = selling(toy, optimistic=True)
        answers = await asyncio.gather(
            *(gate.run(change, asked(), Buy(1, broken=number == 1)) for number in range(3)), return_exceptions=True
        )

    assert [type(one).__name__ for one in answers] == ["Sale", "KeyError", "Sale"]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [8]
