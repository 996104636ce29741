"""Calls to payment providers."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.messages.payment import Authorization, AuthorizePayment, CapturePayment, RefundPayment, ReversePayment
from hub.outbox.model import Answer, Message
from hub.wire.partners.payment import authorization_from_pb, authorize_to_pb, capture_to_pb, refund_to_pb, reverse_to_pb


class Payment(Struct, frozen=True):
    """Makes the calls of `payment.*` messages."""

    line: Line

    async def authorize(self, message: Message[AuthorizePayment], at: Instant) -> Answer[Authorization]:
        """`payment.authorize`: reserves an amount."""
        request = authorize_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate_for(message, PaymentServiceStub, "Authorize", request, authorization_from_pb)

    async def capture(self, message: Message[CapturePayment], at: Instant) -> Answer[None]:
        """`payment.capture`: takes part or all of an authorized amount."""
        request = capture_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, PaymentServiceStub, "Capture", request)

    async def reverse(self, message: Message[ReversePayment], at: Instant) -> Answer[None]:
        """`payment.reverse`: gives back what was not taken."""
        request = reverse_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, PaymentServiceStub, "Reverse", request)

    async def refund(self, message: Message[RefundPayment], at: Instant) -> Answer[None]:
        """`payment.refund`: gives back part or all of a captured amount."""
        request = refund_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, PaymentServiceStub, "Refund", request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[Authorization]:
        """What became of an authorization, capture, reversal or refund."""
        request = pb.FindOperationRequest(find=call_pb2.Find(call=self.line.head(message, at), kind=message.kind))
        return await self.line.operate_for(message, PaymentServiceStub, "FindOperation", request, authorization_from_pb)
