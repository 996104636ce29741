"""Serves the adapter as a host does, to an Adyen in this process, and makes the hub's requests."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import grpc
import httpx
from google.type.money_pb2 import Money

from adapters.adyen_payment.adapter import serving
from adapters.adyen_payment.rehearsal import RehearsalAdyen
from adapters.sdk.host import make_server
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.times import timestamp_of
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from tests.adapters.adyen_payment.contract import violations

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PROFILE = json.dumps({"api_key": "env:XD_ADYEN_KEY", "merchant_account": "Merchant"})
CARD = "shopper-1:8415995487234100"


@dataclass(frozen=True)
class Served:
    """The adapter being served: a stub of it, and the Adyen behind it."""

    stub: PaymentServiceStub
    adyen: RehearsalAdyen

    async def authorized(self, key: str = "auth-1") -> str:
        """Authorizes 50 euros and returns the reference."""
        response = await self.stub.Authorize(authorize(key))
        assert response.answer.outcome == call_pb2.OUTCOME_DONE, response
        return response.answer.partner_reference

    async def captured(self) -> str:
        """Authorizes and captures 50 euros, and returns the reference of the capture."""
        response = await self.stub.Capture(capture(await self.authorized()))
        assert response.answer.outcome == call_pb2.OUTCOME_PENDING, response
        return response.answer.partner_reference

    async def find(self, *, at: datetime = NOON, **asked: Any) -> pb.FindOperationResponse:
        """Asks what became of an operation of noon, as the hub does: what was asked has no head, the find has it."""
        ((name, request),) = asked.items()
        bare = type(request)()
        bare.CopyFrom(request)
        bare.ClearField("call")
        head = call(request.call.operation_key, at=at)
        find = call_pb2.Find(call=head, kind=f"payment.{name}", first_ask_time=timestamp_of(NOON))
        response = await self.stub.FindOperation(pb.FindOperationRequest(find=find, **{name: bare}))
        assert isinstance(response, pb.FindOperationResponse)
        return response

    def effects(self, what: str) -> int:
        """How often something happened at Adyen."""
        return sum(1 for effect, *_ in self.adyen.log if effect == what)


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """Serves the adapter until the block ends; nothing sent may break Adyen's description of its API."""
    adyen = RehearsalAdyen(judge=violations)
    client = PartnerClient("", Buckets(Rate(1000, 1000)), transport=httpx.MockTransport(adyen))
    server, _ = make_server([serving("adyen_payment", client)], None)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield Served(PaymentServiceStub(channel), adyen)
    await server.stop(None)
    await client.close()
    assert adyen.wrong == []


def money(euros: int, currency: str = "EUR", nanos: int = 0) -> Money:
    return Money(currency_code=currency, units=euros, nanos=nanos)


def call(key: str, profile: str = PROFILE, at: datetime = NOON) -> call_pb2.Call:
    return call_pb2.Call(account_id="cards", operation_key=key, business_time=timestamp_of(at), profile_json=profile)


def authorize(key: str = "auth-1", *, token: str = CARD, amount: Money | None = None) -> pb.AuthorizeRequest:
    return pb.AuthorizeRequest(call=call(key), amount=amount or money(50), instrument_token=token, order_id="O-1")


def capture(reference: str, key: str = "capt-1", *, euros: int = 50) -> pb.CaptureRequest:
    return pb.CaptureRequest(call=call(key), amount=money(euros), authorization_reference=reference, order_id="O-1")


def reverse(reference: str, key: str = "revs-1", *, euros: int = 50) -> pb.ReverseRequest:
    return pb.ReverseRequest(call=call(key), amount=money(euros), authorization_reference=reference)


def refund(reference: str, key: str = "refd-1", *, euros: int = 20) -> pb.RefundRequest:
    return pb.RefundRequest(call=call(key), amount=money(euros), capture_reference=reference, order_id="O-1")
