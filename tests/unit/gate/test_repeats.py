"""The gate: a request takes effect once, whoever asks again, wherever and whenever."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal, RequestIdReused
from hub.kernel.scope import Role, Scope
from tests.unit.gate.toys import Buy, Sale, Toy, asked, numbers, opened, selling, stocked


async def test_the_same_request_twice_in_one_batch_takes_effect_once(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        first, other, second = await asyncio.gather(
            gate.run(selling(toy), asked(request_id), Buy(2)),
            gate.run(selling(toy), asked(), Buy(1)),
            gate.run(selling(toy), asked(request_id), Buy(2)),
        )

    assert first == second
    assert first != other
    assert toy.batches == [2]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [7]


@pytest.mark.parametrize("optimistic", [False, True])
async def test_the_same_requests_in_batches_of_two_processes_take_effect_once(
    database_url: str,
    optimistic: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    stocked(database_url, A=1000)
    one, two = Toy(), Toy()
    ids = [uuid4() for _ in range(30)]

    async with opened(database_url, one) as here, opened(database_url, two) as there:
        answers = await asyncio.gather(
            *(here.run(selling(one, optimistic=optimistic), asked(request_id), Buy(1)) for request_id in ids),
            *(
                there.run(selling(two, optimistic=optimistic), asked(request_id), Buy(1))
                for request_id in reversed(ids)
            ),
        )

    assert answers[:30] == answers[:29:-1]
    assert numbers(database_url, "SELECT free FROM toy_stock") == [970]
    assert numbers(database_url, "SELECT count(*) FROM toy_sale") == [30]


async def test_a_repeat_gets_the_first_answer_from_what_was_stored(database_url: str) -> None:
    stocked(database_url, A=10)
    request_id = uuid4()
    answers = []

    for toy in (Toy(), Toy()):
        async with opened(database_url, toy) as gate:
            answers.append(await gate.run(selling(toy), asked(request_id), Buy(3)))

    assert answers[0] == answers[1] == Sale(1, 3)
    assert toy.batches == []


async def test_a_business_refusal_is_kept_and_given_again(database_url: str) -> None:
    stocked(database_url, A=1)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        for _ in range(2):
            with pytest.raises(InsufficientStock, match="None left"):
                await gate.run(selling(toy), asked(request_id), Buy(2))

    assert toy.batches == [1]


async def test_a_refusal_by_the_plan_is_kept_like_any_other(database_url: str) -> None:
    stocked(database_url, A=1, B=5)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        with pytest.raises(InsufficientStock):
            await gate.run(selling(toy, planned=True), asked(request_id), Buy(2))
        numbers(database_url, "UPDATE toy_stock SET free = 50 RETURNING free")
        with pytest.raises(InsufficientStock):
            await gate.run(selling(toy, planned=True), asked(request_id), Buy(2))


async def test_other_content_under_the_same_id_is_refused(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        await gate.run(selling(toy), asked(request_id, b"one"), Buy(1))
        with pytest.raises(RequestIdReused):
            await gate.run(selling(toy), asked(request_id, b"other"), Buy(2))

    assert numbers(database_url, "SELECT free FROM toy_stock") == [9]


async def test_another_principal_may_use_the_same_id(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    request_id = uuid4()
    other = Scope("other", frozenset({Role.CHANNEL}))

    async with opened(database_url, toy) as gate:
        first = await gate.run(selling(toy), asked(request_id), Buy(1))
        second = await gate.run(selling(toy), asked(request_id, scope=other), Buy(1))

    assert first.number != second.number


async def test_a_request_that_failed_unknown_may_come_again(database_url: str) -> None:
    stocked(database_url, A=10)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        with pytest.raises(KeyError):
            await gate.run(selling(toy), asked(request_id), Buy(1, broken=True))
        sale = await gate.run(selling(toy), asked(request_id), Buy(1))

    assert sale.units == 1


async def test_a_request_of_many_commands_is_answered_for_each_and_repeated_as_a_whole(database_url: str) -> None:
    stocked(database_url, A=5)
    toy = Toy()
    request_id = uuid4()

    async with opened(database_url, toy) as gate:
        first = await gate.run_many(selling(toy), asked(request_id), [Buy(3), Buy(4), Buy(2)])
        second = await gate.run_many(selling(toy), asked(request_id), [Buy(3), Buy(4), Buy(2)])

    assert [type(answer) for answer in first] == [Sale, InsufficientStock, Sale]
    assert [_plain(answer) for answer in first] == [_plain(answer) for answer in second]
    assert toy.batches == [3]


def _plain(answer: Sale | Refusal) -> object:
    return answer if isinstance(answer, Sale) else (type(answer), answer.message, answer.metadata)
