"""Operations of an account that begin together travel as one call, each with an answer and a failure of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import grpc
import pytest

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1 import notice_pb2_grpc
from hub.connect.batches import MOST
from hub.connect.failures import CallFailure, Misanswered, OutcomeUnknown, PutOff
from hub.connect.line import Line
from hub.connect.notice import Notice
from hub.connect.registry import Registry, Served
from hub.messages.notice import SendNotice, Template
from hub.outbox.model import Answer, Message, Outcome
from hub.parties.model import Contact

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
ANNA = UUID(int=1)


@dataclass
class Mailer(notice_pb2_grpc.NoticeServiceServicer):
    """Answers each operation DONE, or a batch as told; remembers the operation keys of each call."""

    singles: list[str] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)
    heads: list[call_pb2.Call] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: grpc.StatusCode | None = None
    spoil: Callable[[Any], None] = lambda _: None

    async def SendNotice(self, request: Any, context: Any) -> pb.SendNoticeResponse:
        self.singles.append(request.call.operation_key)
        return done(request)

    async def BatchSendNotices(self, request: Any, context: Any) -> pb.BatchSendNoticesResponse:
        self.batches.append([operation.call.operation_key for operation in request.requests])
        self.came.set()
        self.heads += [operation.call for operation in request.requests]
        if self.refusal is not None:
            await context.abort(self.refusal, "said so")
        response = pb.BatchSendNoticesResponse(responses=[done(operation) for operation in request.requests])
        self.spoil(response)
        return response


def done(request: Any) -> pb.SendNoticeResponse:
    reference = f"R-{request.call.operation_key}"
    return pb.SendNoticeResponse(answer=call_pb2.Answer(outcome=call_pb2.OUTCOME_DONE, partner_reference=reference))


def notices(count: int, account_id: str = "MAIL", first: int = 1) -> list[Message[SendNotice]]:
    payload = SendNotice(UUID(int=3), Template.ORDER_SHIPPED, ANNA, "nl", {}, "WEB")
    numbers = range(first, first + count)
    return [
        Message(UUID(int=number), f"N/{number}", payload, account_id, traceparent=trace(number)) for number in numbers
    ]


def trace(number: int) -> str:
    return f"00-{'a' * 32}-{number:016x}-01"


def keys(messages: Sequence[Message[Any]]) -> list[str]:
    return [str(message.message_id) for message in messages]


async def contacts(party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
    return {party_id: Contact(name="Anna") for party_id in party_ids}


@pytest.fixture
def mailer() -> Mailer:
    return Mailer()


@pytest.fixture
async def notice(mailer: Mailer) -> AsyncIterator[Notice]:
    server = grpc.aio.server()
    notice_pb2_grpc.add_NoticeServiceServicer_to_server(mailer, server)
    served = Served(f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
    await server.start()
    registry = Registry({"MAIL": served, "POST": served}.get, {})
    yield Notice(Line(registry, contacts, deadline_seconds=5), {})
    await registry.close()
    await server.stop(None)


async def sent(notice: Notice, messages: Sequence[Message[SendNotice]]) -> list[Answer[None] | BaseException]:
    return await asyncio.gather(*(notice.send(message, AT) for message in messages), return_exceptions=True)


def references(answers: Sequence[Any]) -> list[str]:
    return [answer.partner_reference for answer in answers]


def rightly(messages: Sequence[Message[Any]]) -> list[str]:
    return [f"R-{key}" for key in keys(messages)]


async def test_what_begins_together_is_one_call_and_each_gets_its_own_answer(mailer: Mailer, notice: Notice) -> None:
    messages = notices(5)

    answers = await sent(notice, messages)

    assert mailer.batches == [keys(messages)]
    assert mailer.singles == []
    assert references(answers) == rightly(messages)
    assert [head.traceparent for head in mailer.heads] == [trace(number) for number in range(1, 6)]


async def test_what_begins_alone_is_a_call_of_its_own(mailer: Mailer, notice: Notice) -> None:
    for message in notices(2):
        await notice.send(message, AT)

    assert (mailer.singles, mailer.batches) == (keys(notices(2)), [])


async def test_accounts_share_no_call(mailer: Mailer, notice: Notice) -> None:
    mail, post = notices(2), notices(2, "POST", first=3)

    await sent(notice, [mail[0], post[0], mail[1], post[1]])

    assert sorted(mailer.batches) == [keys(mail), keys(post)]


async def test_a_batch_has_no_more_than_the_contract_allows(mailer: Mailer, notice: Notice) -> None:
    messages = notices(MOST + 2)

    assert references(await sent(notice, messages)) == rightly(messages)
    assert sorted(len(batch) for batch in mailer.batches) == [2, MOST]


async def test_what_is_answered_wrongly_has_failed_alone(mailer: Mailer, notice: Notice) -> None:
    def spoil(response: Any) -> None:
        response.responses[1].Clear()
        response.responses[2].answer.partner_reference = "R" * 501

    mailer.spoil = spoil

    answers = await sent(notice, notices(4))

    assert [type(answer) for answer in answers] == [Answer, OutcomeUnknown, Misanswered, Answer]


async def test_a_refusal_in_a_batch_is_that_of_its_operation(mailer: Mailer, notice: Notice) -> None:
    def spoil(response: Any) -> None:
        response.responses[0].answer.outcome = call_pb2.OUTCOME_REFUSED

    mailer.spoil = spoil

    answers: list[Any] = await sent(notice, notices(2))

    assert [answer.outcome for answer in answers] == [Outcome.REFUSED, Outcome.DONE]


async def test_an_adapter_without_batches_is_asked_for_one_once(mailer: Mailer, notice: Notice) -> None:
    mailer.refusal = grpc.StatusCode.UNIMPLEMENTED

    first = await sent(notice, notices(2))
    second = await sent(notice, notices(2, first=3))

    assert references([*first, *second]) == rightly(notices(4))
    assert mailer.batches == [keys(notices(2))]
    assert sorted(mailer.singles) == keys(notices(4))


async def test_a_batch_that_was_refused_is_asked_for_one_by_one(mailer: Mailer, notice: Notice) -> None:
    mailer.refusal = grpc.StatusCode.INVALID_ARGUMENT

    answers = await sent(notice, notices(3))
    mailer.refusal = None
    await sent(notice, notices(2, first=4))

    assert references(answers) == rightly(notices(3))
    assert sorted(mailer.singles) == keys(notices(3))
    assert mailer.batches == [keys(notices(3)), keys(notices(2, first=4))]


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (grpc.StatusCode.DEADLINE_EXCEEDED, OutcomeUnknown),
        (grpc.StatusCode.INTERNAL, OutcomeUnknown),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, PutOff),
    ],
)
async def test_a_batch_that_failed_has_failed_for_each_and_is_not_repeated(
    mailer: Mailer, notice: Notice, code: grpc.StatusCode, failure: type[CallFailure]
) -> None:
    mailer.refusal = code

    answers = await sent(notice, notices(3))

    assert [type(answer) for answer in answers] == [failure] * 3
    assert mailer.singles == []


async def test_responses_that_are_too_few_belong_to_nobody(mailer: Mailer, notice: Notice) -> None:
    mailer.spoil = lambda response: response.responses.pop()

    answers = await sent(notice, notices(3))

    assert [type(answer) for answer in answers] == [Misanswered] * 3
    assert "2 responses to 3 requests" in str(answers[0])


async def test_an_operation_that_is_given_up_takes_nothing_from_the_others(mailer: Mailer, notice: Notice) -> None:
    leaving, *staying = [asyncio.create_task(notice.send(message, AT)) for message in notices(3)]
    await mailer.came.wait()
    leaving.cancel()

    assert references(await asyncio.gather(*staying)) == rightly(notices(3))[1:]
