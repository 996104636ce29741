"""Answers gather while they come, wait for nobody when nobody is awaited, and are fair between accounts."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from hub.messages.tasks import ConfirmOrder
from hub.outbox.model import Claim, Message
from hub.work.answers import BATCH_SIZE, PACE_SECONDS, AnswerQueue
from hub.work.applying import Piece

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def answer(number: int, account_id: str = "PSP", fence: int = 1) -> Piece:
    """The answer to a message of an account."""
    identity = UUID(int=number)
    return Piece(
        Claim(Message(identity, f"L{number}", ConfirmOrder(identity), account_id=account_id), fence, 1, False), None
    )


def queue(*pieces: Piece) -> AnswerQueue:
    """A queue in which answers wait."""
    made = AnswerQueue()
    for piece in pieces:
        made.put(piece, AT)
    return made


def taken(answers: AnswerQueue, size: int = BATCH_SIZE) -> list[int]:
    """The numbers of the answers taken next."""
    return [piece.claim.message.message_id.int for piece, _ in answers.take(size)]


async def test_an_answer_waits_for_nobody_when_no_other_is_awaited() -> None:
    loop, answers = asyncio.get_running_loop(), queue(answer(1))

    began = loop.time()
    assert await answers.gathered()

    assert loop.time() - began < PACE_SECONDS
    assert taken(answers) == [1]
    assert not await answers.gathered()


async def test_answers_that_come_while_others_are_awaited_are_taken_together() -> None:
    answers = queue(answer(1))

    with answers.awaiting():
        gathering = asyncio.create_task(answers.gathered())
        await asyncio.sleep(0)
        answers.put(answer(2), AT)
        assert not gathering.done()
        assert await gathering

    assert taken(answers) == [1, 2]


async def test_an_answer_that_never_comes_keeps_no_other_waiting() -> None:
    answers = queue(answer(1))

    with answers.awaiting():
        async with asyncio.timeout(10):
            assert await answers.gathered()


async def test_a_full_batch_waits_for_nobody() -> None:
    answers = queue(*(answer(number) for number in range(BATCH_SIZE)))

    with answers.awaiting():
        gathering = asyncio.create_task(answers.gathered())
        await asyncio.sleep(0)
        assert gathering.done()


def test_accounts_take_turns_in_a_batch() -> None:
    answers = queue(answer(1, "A"), answer(2, "A"), answer(3, "A"), answer(4, "B"), answer(5, "C"), answer(6, "C"))

    assert taken(answers, 4) == [1, 4, 5, 2]
    assert taken(answers, 4) == [6, 3]
    assert taken(answers, 4) == []


def test_it_is_known_which_answers_wait_by_their_claims() -> None:
    early, late = answer(1, fence=1), answer(1, fence=2)
    answers = queue(late)

    assert not answers.holds(early.claim)
    assert answers.holds(late.claim)
    answers.take()
    assert not answers.holds(late.claim)
