"""Calls to fraud screening services."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.fraud.v1 import fraud_pb2 as pb
from crossdock.partner.fraud.v1.fraud_pb2_grpc import FraudServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.fraud import Screening, ScreenOrder
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Message
from hub.wire.partners.fraud import screen_to_pb, screening_from_pb


class Fraud(Struct, frozen=True):
    """Makes the calls of `fraud.*` messages."""

    line: Line

    async def screen(self, message: Message[ScreenOrder], at: Instant) -> Answer[Screening]:
        """`fraud.screen`: asks how risky an order is."""
        payload = message.payload
        customer, ship_to = await self.line.people([payload.customer_party_id, payload.ship_to_party_id])
        request = screen_to_pb(self.line.head(message, at), payload, customer, ship_to)
        return await self.line.operate_for(message, FraudServiceStub, "ScreenOrder", request, screening_from_pb)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[Screening]:
        """What became of a screening."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate_for(message, FraudServiceStub, "FindOperation", request, screening_from_pb)
