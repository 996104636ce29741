"""What a call shows its partner, and what each way of failing means, over real gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2
from google.type import money_pb2
from msgspec.structs import replace

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2, notice_pb2_grpc
from crossdock.partner.payment.v1 import payment_pb2, payment_pb2_grpc
from hub.connect.dialing import target_of
from hub.connect.failures import (
    CallFailure,
    CredentialRefused,
    Misanswered,
    NeverAccepted,
    NotOffered,
    NotReached,
    OutcomeUnknown,
    PutOff,
)
from hub.connect.line import Line
from hub.connect.notice import Notice
from hub.connect.payment import Payment
from hub.connect.registry import Registry, Served
from hub.messages.notice import PICKUP_CODE, SendNotice, Template
from hub.messages.payment import Moved, ReversePayment
from hub.outbox.model import Answer, Message, Outcome
from hub.parties.model import Contact

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
ANNA, ERASED = UUID(int=1), UUID(int=2)
TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
REVERSE = Message(
    UUID(int=7),
    "PSP/1",
    ReversePayment(UUID(int=3), UUID(int=7), 500, "EUR", authorization_reference="A", partial=True),
    account_id="PSP",
    traceparent=TRACE,
)
NOTICE = Message(UUID(int=8), "N/1", SendNotice(UUID(int=3), Template.ORDER_SHIPPED, ANNA, "nl", {}, "WEB"), "MAIL")

Behave = Callable[[Any], Any]


@dataclass
class Partner:
    """Answers DONE, or behaves as told; remembers requests and what came with them."""

    behave: Behave | None = None
    outcome: Any = call_pb2.OUTCOME_DONE
    reference: str = "R"
    amount: money_pb2.Money | None = None
    requests: list[Any] = field(default_factory=list)
    metadata: list[Mapping[str, Any]] = field(default_factory=list)

    async def answer(self, request: Any, context: Any) -> call_pb2.Answer:
        self.requests.append(request)
        self.metadata.append(dict(context.invocation_metadata()))
        if self.behave is not None:
            await self.behave(context)
        return call_pb2.Answer(outcome=self.outcome, partner_reference=self.reference)


@dataclass
class Provider(payment_pb2_grpc.PaymentServiceServicer):
    partner: Partner

    async def Reverse(self, request: Any, context: Any) -> payment_pb2.ReverseResponse:
        answer = await self.partner.answer(request, context)
        return payment_pb2.ReverseResponse(answer=answer, amount=self.partner.amount or request.amount)


@dataclass
class Mailer(notice_pb2_grpc.NoticeServiceServicer):
    partner: Partner

    async def SendNotice(self, request: Any, context: Any) -> notice_pb2.SendNoticeResponse:
        return notice_pb2.SendNoticeResponse(answer=await self.partner.answer(request, context))


@dataclass
class Serving:
    """A partner being served, and the line to it."""

    partner: Partner
    server: grpc.aio.Server
    line: Line


async def contacts(party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
    return {one: Contact(name="Anna") for one in party_ids if one == ANNA}


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Serving]:
    partner, server = Partner(), grpc.aio.server()
    payment_pb2_grpc.add_PaymentServiceServicer_to_server(Provider(partner), server)
    notice_pb2_grpc.add_NoticeServiceServicer_to_server(Mailer(partner), server)
    server.add_insecure_port(f"unix:{tmp_path}/s")
    await server.start()
    accounts = {"PSP": Served("psp", '{"a": 1}'), "MAIL": Served("psp"), "AWAY": Served("away"), "LOST": Served("lost")}
    registry = Registry(accounts.get, {"psp": f"unix:{tmp_path}/s", "away": f"unix:{tmp_path}/no"}, "of {}".format)
    yield Serving(partner, server, Line(registry, contacts, deadline_seconds=5))
    await registry.close()
    await server.stop(None)


async def failing(served: Serving, message: Message[ReversePayment] = REVERSE) -> CallFailure:
    with pytest.raises(CallFailure) as failed:
        await Payment(served.line).reverse(message, AT)
    return failed.value


async def test_a_call_carries_account_key_time_profile_credential_and_trace(served: Serving) -> None:
    answer = await Payment(served.line).reverse(REVERSE, AT)

    call = served.partner.requests[0].call
    assert answer == Answer(Outcome.DONE, Moved(500), "R")
    assert (call.account_id, call.operation_key, call.profile_json) == ("PSP", str(REVERSE.message_id), '{"a": 1}')
    assert call.business_time.ToDatetime(UTC) == AT
    assert served.partner.requests[0].partial
    assert served.partner.metadata[0]["authorization"] == "Bearer of psp"
    assert served.partner.metadata[0]["traceparent"] == TRACE


async def test_who_asks_what_became_of_an_operation_says_since_when_it_is_asked_for(served: Serving) -> None:
    appended_at = AT - timedelta(days=2)
    find = served.line.find(replace(REVERSE, appended_at=appended_at), AT)

    assert (find.kind, find.call.operation_key) == ("payment.reverse", str(REVERSE.message_id))
    assert find.first_ask_time.ToDatetime(UTC) == appended_at
    assert find.call.business_time.ToDatetime(UTC) == AT


async def test_people_are_looked_up_just_before_the_call(served: Serving) -> None:
    await Notice(served.line, {PICKUP_CODE: str.upper}).send(NOTICE, AT)

    assert served.partner.requests[0].recipient.name == "Anna"


async def test_the_code_of_a_collection_is_made_just_before_the_call(served: Serving) -> None:
    named = replace(NOTICE, payload=replace(NOTICE.payload, values={"store": "Berlin", PICKUP_CODE: "work/2"}))

    await Notice(served.line, {PICKUP_CODE: str.upper}).send(named, AT)

    assert dict(served.partner.requests[0].values) == {"store": "Berlin", "code": "WORK/2"}


async def test_a_call_to_an_erased_person_is_never_made(served: Serving) -> None:
    erased = replace(NOTICE, payload=replace(NOTICE.payload, party_id=ERASED))

    with pytest.raises(NeverAccepted):
        await Notice(served.line, {PICKUP_CODE: str.upper}).send(erased, AT)

    assert served.partner.requests == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (grpc.StatusCode.UNAVAILABLE, PutOff),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, PutOff),
        (grpc.StatusCode.ABORTED, PutOff),
        (grpc.StatusCode.DEADLINE_EXCEEDED, OutcomeUnknown),
        (grpc.StatusCode.INTERNAL, OutcomeUnknown),
        (grpc.StatusCode.UNKNOWN, OutcomeUnknown),
        (grpc.StatusCode.CANCELLED, OutcomeUnknown),
        (grpc.StatusCode.DATA_LOSS, OutcomeUnknown),
        (grpc.StatusCode.INVALID_ARGUMENT, NeverAccepted),
        (grpc.StatusCode.UNIMPLEMENTED, NotOffered),
        (grpc.StatusCode.FAILED_PRECONDITION, NeverAccepted),
        (grpc.StatusCode.UNAUTHENTICATED, CredentialRefused),
        (grpc.StatusCode.PERMISSION_DENIED, NeverAccepted),
    ],
)
async def test_a_status_says_what_may_be_done_next(
    served: Serving, code: grpc.StatusCode, expected: type[CallFailure]
) -> None:
    served.partner.behave = lambda context: context.abort(code, "said so")

    failure = await failing(served)

    assert (type(failure), str(failure)) == (expected, f"{code.name}: said so")


async def test_a_partner_that_breaks_off_leaves_the_outcome_unknown(served: Serving) -> None:
    called = asyncio.Event()

    async def hang(_: Any) -> None:
        called.set()
        await asyncio.Event().wait()

    async def break_off() -> None:
        await called.wait()
        await served.server.stop(None)

    served.partner.behave = hang
    failure, _ = await asyncio.gather(failing(served), break_off())

    assert isinstance(failure, OutcomeUnknown)


async def test_a_partner_that_raises_leaves_the_outcome_unknown(served: Serving) -> None:
    async def raising(_: Any) -> None:
        raise ValueError("own")

    served.partner.behave = raising

    assert isinstance(await failing(served), OutcomeUnknown)


async def test_a_partner_that_names_no_outcome_leaves_it_unknown(served: Serving) -> None:
    served.partner.outcome = call_pb2.OUTCOME_UNSPECIFIED

    assert isinstance(await failing(served), OutcomeUnknown)


async def test_an_answer_that_breaks_the_contract_is_the_partners_fault(served: Serving) -> None:
    served.partner.reference = "R" * 501

    failure = await failing(served)

    assert type(failure) is Misanswered
    assert "answer.partner_reference" in str(failure)


@pytest.mark.parametrize(
    ("currency", "units", "said"),
    [("USD", 5, "5.00 USD"), ("EUR", 6, "6.00 EUR"), ("EUR", 0, "0.00 EUR"), ("EUR", -5, "-5.00 EUR"), ("", 5, "ISO")],
)
async def test_an_amount_that_cannot_be_of_what_was_asked_is_not_believed(
    served: Serving, currency: str, units: int, said: str
) -> None:
    served.partner.amount = money_pb2.Money(currency_code=currency, units=units)

    failure = await failing(served)

    assert type(failure) is Misanswered
    assert said in str(failure)


async def test_less_than_was_asked_is_read_as_it_was_moved(served: Serving) -> None:
    served.partner.amount = money_pb2.Money(currency_code="EUR", units=1)

    assert (await Payment(served.line).reverse(REVERSE, AT)).result == Moved(100)


async def test_bytes_that_hold_no_answer_are_the_partners_fault(served: Serving) -> None:
    def garbled(_: object) -> bytes:
        return b"\xff\xff\xff"

    async def reverse(_: Any, __: Any) -> object:
        return object()

    handler = grpc.unary_unary_rpc_method_handler(reverse, response_serializer=garbled)
    name = payment_pb2.DESCRIPTOR.services_by_name["PaymentService"].full_name
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(name, {"Reverse": handler}),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    line = Line(Registry({"PSP": Served(f"127.0.0.1:{port}")}.get, {}), contacts, deadline_seconds=5)

    with pytest.raises(Misanswered, match="cannot be decoded"):
        await Payment(line).reverse(REVERSE, AT)

    await line.registry.close()
    await server.stop(None)


async def test_an_adapter_that_is_away_was_not_reached(served: Serving) -> None:
    assert isinstance(await failing(served, replace(REVERSE, account_id="AWAY")), NotReached)


@pytest.mark.parametrize("account_id", ["LOST", "NOBODY"])
async def test_an_account_without_address_or_entry_is_put_off(served: Serving, account_id: str) -> None:
    failure = await failing(served, replace(REVERSE, account_id=account_id))

    assert isinstance(failure, PutOff)


def retry_info(seconds: float) -> bytes:
    status = status_pb2.Status(code=8)
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="QUOTA"))
    delay = Duration()
    delay.FromMilliseconds(round(seconds * 1000))
    status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    return bytes(status.SerializeToString())


@pytest.mark.parametrize(
    ("metadata", "seconds"),
    [
        ((("grpc-status-details-bin", retry_info(2.5)),), 2.5),
        ((("retry-after", "30"),), 30.0),
        ((("retry-after", "-3"),), 0.0),
        ((("retry-after", "Tue, 03 Mar 2026 10:00:00 GMT"),), None),
        ((), None),
    ],
)
async def test_a_partner_may_say_when_to_come_again(
    served: Serving, metadata: tuple[tuple[str, Any], ...], seconds: float | None
) -> None:
    served.partner.behave = lambda context: context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "slow down", metadata)

    failure = await failing(served)

    assert isinstance(failure, PutOff)
    assert failure.retry_after_seconds == seconds


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("unix:/run/a.sock", "unix:/run/a.sock"),
        ("grpc://10.0.0.1:5051", "10.0.0.1:5051"),
        ("adapters.example:5051", "adapters.example:5051"),
        ("double_payment", None),
        ("host:port", None),
        (":5051", None),
    ],
)
def test_addresses_are_sockets_or_ports(address: str, target: str | None) -> None:
    assert target_of(address) == target


async def test_an_adapter_at_another_machine_is_called_only_where_the_settings_name_it() -> None:
    named = Registry(lambda _: None, {}, elsewhere={"10.0.0.1:5051"})

    named.channel("grpc://10.0.0.1:5051")
    with pytest.raises(PutOff, match="The settings name no adapter at"):
        named.channel("grpc://10.0.0.1:5052")
    await named.close()
