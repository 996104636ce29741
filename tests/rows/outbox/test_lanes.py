"""Messages stand in their lanes in the order of their commits, and only the first may go."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from uuid import UUID

import pytest

from hub.database.pool import Database
from hub.kernel.scope import HUB, Role, Scope
from hub.outbox import operations as outbox
from hub.outbox.errors import MessageNotFound
from hub.outbox.model import KeptAnswer, MessageState, Outcome
from tests.rows.outbox import checks
from tests.rows.outbox.making import AT, appended, buried, claimed, identity, message, settled


async def test_a_cancel_waits_for_its_release(database: Database) -> None:
    await checks.a_cancel_waits_for_its_release(database)


async def test_numbers_of_a_lane_count_up_over_batches_and_lanes(database: Database) -> None:
    first = [message("A"), message("B"), message("A"), message("A")]
    second = [message("B"), message("A")]

    await appended(database, *first)
    await appended(database, *second)

    async with database.transaction() as tx:
        due = await outbox.list_messages(tx, HUB, MessageState.DUE)
    assert [(one.message, one.lane_number) for one in due] == [
        (first[0], 1), (first[1], 1), (first[2], 2), (first[3], 3), (second[0], 2), (second[1], 4),
    ]  # fmt: skip


async def test_a_later_transaction_waits_for_its_place_in_the_lane(database: Database) -> None:
    async with database.transaction() as early:
        await outbox.append(early, [message("A")], at=AT)
        await early.flush()
        later = asyncio.create_task(appended(database, message("A")))
        other_lane = asyncio.create_task(appended(database, message("B")))
        await other_lane
        assert not later.done()
        assert [claim.message.lane for claim in await claimed(database)] == ["B"]
    await later

    assert [claim.message.lane for claim in await claimed(database)] == ["A"]


async def test_a_message_appended_again_is_the_same_message(database: Database) -> None:
    one = message()
    await appended(database, one)
    await appended(database, one, one)

    claims = await claimed(database)
    await settled(database, *claims)

    assert [claim.message for claim in claims] == [one]
    assert await claimed(database) == []


async def test_a_dead_letter_holds_up_its_lane_until_it_is_retried(database: Database) -> None:
    one, two, elsewhere = message("A"), message("A"), message("B")
    await appended(database, one, two, elsewhere)
    await buried(database, *[claim for claim in await claimed(database) if claim.message == one])
    assert await claimed(database) == []

    async with database.transaction() as tx:
        (record,) = await outbox.retry_dead(tx, [one.message_id])
    again = await claimed(database)

    assert (record.state, record.attempts, record.last_failure) == (MessageState.DUE, 0, "no")
    assert [claim.message for claim in again] == [one]
    await settled(database, *again)
    assert [claim.message for claim in await claimed(database)] == [two]


async def test_an_answer_is_stored_as_it_always_was(database: Database) -> None:
    await appended(database, message("A"))
    (claim,) = await claimed(database)

    async with database.transaction() as tx:
        await outbox.settle(tx, [(claim, KeptAnswer(Outcome.REFUSED, "R", "no", "Not today."))], at=AT)
        (row,) = await tx.fetch("SELECT answer FROM message", {})

    assert row["answer"] == {"outcome": "REFUSED", "partner_reference": "R", "code": "no", "message": "Not today."}


async def test_a_dropped_dead_letter_lets_its_lane_go_on(database: Database) -> None:
    one, two = message("A"), message("A")
    await appended(database, one, two)
    await buried(database, *await claimed(database))

    async with database.transaction() as tx:
        record = await outbox.drop_dead(tx, HUB, one.message_id, at=AT)

    assert (record.state, record.answer) == (MessageState.SETTLED, KeptAnswer(Outcome.DROPPED))
    assert [claim.message for claim in await claimed(database)] == [two]


@pytest.mark.parametrize("scope", [HUB, Scope("shop", frozenset({Role.ADMIN}), channels=frozenset({"WEB"}))])
async def test_only_dead_letters_can_be_retried_and_those_in_scope_dropped(database: Database, scope: Scope) -> None:
    due, dead = message("A"), message("B")
    await appended(database, due, dead)
    await buried(database, *[claim for claim in await claimed(database) if claim.message == dead])

    async with database.transaction() as tx:
        assert await outbox.retry_dead(tx, [due.message_id, identity()]) == []
        for message_id in [due.message_id, identity(), *([] if scope is HUB else [dead.message_id])]:
            with pytest.raises(MessageNotFound):
                await outbox.drop_dead(tx, scope, message_id, at=AT)


async def test_messages_are_listed_page_by_page(database: Database) -> None:
    order_id = identity()
    given = [message(f"L{number}", order_id=order_id if number % 2 else None) for number in range(5)]
    await appended(database, *given)

    pages: list[UUID] = []
    after: UUID | None = None
    async with database.transaction() as tx:
        while page := await outbox.list_messages(tx, HUB, MessageState.DUE, after=after, limit=2):
            pages += [one.message.message_id for one in page]
            after = pages[-1]
        of_order = await outbox.order_messages(tx, [order_id])
        hidden = await outbox.list_messages(tx, Scope("x", frozenset(), nodes=frozenset({"N"})), MessageState.DUE)

    assert pages == [one.message_id for one in given]
    assert all(one < two for one, two in pairwise(pages))
    assert [one.message for one in of_order] == [given[1], given[3]]
    assert hidden == []
