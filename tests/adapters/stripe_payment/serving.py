"""Serves the adapter as a host does, to a Stripe in this process, and makes the hub's requests."""

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

from adapters.sdk.host import make_server
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.times import timestamp_of
from adapters.stripe_payment.adapter import serving
from adapters.stripe_payment.rehearsal import RehearsalStripe
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from tests.adapters.stripe_payment.contract import fixture, violations

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PROFILE = json.dumps({"api_key": "env:XD_STRIPE_KEY"})


@dataclass(frozen=True)
class Served:
    """The adapter being served: a stub of it, and the Stripe behind it."""

    stub: PaymentServiceStub
    stripe: RehearsalStripe

    async def authorized(self, key: str = "auth-1", **changes: Any) -> str:
        """Authorizes and returns the reference."""
        response = await self.stub.Authorize(authorize(key, **changes))
        assert response.answer.outcome == call_pb2.OUTCOME_DONE, response
        return response.answer.partner_reference

    async def captured(self, euros: int = 50) -> str:
        """Authorizes 50 euros, captures some of them, and returns the reference of the capture."""
        response = await self.stub.Capture(capture(await self.authorized(), euros=euros))
        assert response.answer.outcome == call_pb2.OUTCOME_DONE, response
        return response.answer.partner_reference

    async def find(self, **asked: Any) -> pb.FindOperationResponse:
        """Asks what became of an operation, as the hub does: what was asked has no head, the find has it."""
        ((name, request),) = asked.items()
        bare = type(request)()
        bare.CopyFrom(request)
        bare.ClearField("call")
        find = call_pb2.Find(call=request.call, kind=f"payment.{name}")
        response = await self.stub.FindOperation(pb.FindOperationRequest(find=find, **{name: bare}))
        assert isinstance(response, pb.FindOperationResponse)
        return response

    def effects(self, what: str) -> int:
        """How often something happened at Stripe."""
        return sum(1 for effect, *_ in self.stripe.log if effect == what)


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """Serves the adapter until the block ends; nothing sent may break Stripe's description of its API."""
    stripe = RehearsalStripe(examples=lambda kind: json.loads(fixture(kind)), judge=violations)
    client = PartnerClient("https://api.stripe.com", Buckets(Rate(1000, 1000)), transport=httpx.MockTransport(stripe))
    server, _ = make_server([serving("stripe_payment", client)], None)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield Served(PaymentServiceStub(channel), stripe)
    await server.stop(None)
    await client.close()
    assert stripe.wrong == []


def money(euros: int, currency: str = "EUR", nanos: int = 0) -> Money:
    return Money(currency_code=currency, units=euros, nanos=nanos)


def call(key: str, profile: str = PROFILE) -> call_pb2.Call:
    return call_pb2.Call(account_id="cards", operation_key=key, business_time=timestamp_of(NOON), profile_json=profile)


def authorize(key: str = "auth-1", *, token: str = "pm_card_visa", amount: Money | None = None) -> pb.AuthorizeRequest:
    return pb.AuthorizeRequest(call=call(key), amount=amount or money(50), instrument_token=token, order_id="O-1")


def capture(reference: str, key: str = "capt-1", *, euros: int = 50) -> pb.CaptureRequest:
    return pb.CaptureRequest(call=call(key), amount=money(euros), authorization_reference=reference, order_id="O-1")


def reverse(reference: str, key: str = "revs-1", *, euros: int = 50) -> pb.ReverseRequest:
    return pb.ReverseRequest(call=call(key), amount=money(euros), authorization_reference=reference)


def refund(reference: str, key: str = "refd-1", *, euros: int = 20) -> pb.RefundRequest:
    return pb.RefundRequest(call=call(key), amount=money(euros), capture_reference=reference, order_id="O-1")
