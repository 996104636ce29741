"""Calls to payment providers."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.payment import AuthorizePayment, CapturePayment, Moved, RefundPayment, ReversePayment
from hub.outbox.model import Answer, Message
from hub.wire.partners.calls import moved_from_pb
from hub.wire.partners.payment import (
    Asked,
    asked_to_pb,
    authorize_to_pb,
    authorized_from_pb,
    capture_to_pb,
    refund_to_pb,
    reverse_to_pb,
)


class Payment(Struct, frozen=True):
    """Makes the calls of `payment.*` messages."""

    line: Line

    async def authorize(self, message: Message[AuthorizePayment], at: Instant) -> Answer[Moved]:
        """`payment.authorize`: reserves an amount."""
        request, asked = authorize_to_pb(self.line.head(message, at), message.payload), message.payload
        return await self.line.operate_for(
            message, PaymentServiceStub, "Authorize", request, lambda response: authorized_from_pb(response, asked)
        )

    async def capture(self, message: Message[CapturePayment], at: Instant) -> Answer[Moved]:
        """`payment.capture`: takes part or all of an authorized amount."""
        return await self._moved(message, "Capture", capture_to_pb(self.line.head(message, at), message.payload))

    async def reverse(self, message: Message[ReversePayment], at: Instant) -> Answer[Moved]:
        """`payment.reverse`: gives back what was not taken."""
        return await self._moved(message, "Reverse", reverse_to_pb(self.line.head(message, at), message.payload))

    async def refund(self, message: Message[RefundPayment], at: Instant) -> Answer[Moved]:
        """`payment.refund`: gives back part or all of a captured amount."""
        return await self._moved(message, "Refund", refund_to_pb(self.line.head(message, at), message.payload))

    async def find(self, message: Message[Asked], at: Instant) -> Answer[Moved]:
        """What became of an authorization, capture, reversal or refund."""
        request, asked = asked_to_pb(self.line.find(message, at), message.payload), message.payload
        return await self.line.operate_for(
            message, PaymentServiceStub, "FindOperation", request, lambda response: authorized_from_pb(response, asked)
        )

    async def _moved(self, message: Message[Asked], rpc: str, request: Any) -> Answer[Moved]:
        asked = message.payload
        return await self.line.operate_for(
            message, PaymentServiceStub, rpc, request, lambda response: moved_from_pb(response, asked)
        )
