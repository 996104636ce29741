"""Calls to carriers and transport systems."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.transport import BuyLabel, LabelSold, PullTransport, RefundLabel, RegisterParcel
from hub.messages.updates import Pulled
from hub.outbox.model import Answer, Message
from hub.wire.partners.calls import pull_to_pb, pulled_from_pb
from hub.wire.partners.transport import (
    ParcelUpdate,
    event_from_pb,
    label_sold_from_pb,
    label_to_pb,
    refund_to_pb,
    register_to_pb,
)


class Transport(Struct, frozen=True):
    """Makes the calls of `transport.*` messages."""

    line: Line

    async def register(self, message: Message[RegisterParcel], at: Instant) -> Answer[None]:
        """`transport.register`: asks to follow a parcel."""
        ship_to = await self.line.contact(message.payload.ship_to_party_id)
        request = register_to_pb(self.line.head(message, at), message.payload, ship_to)
        return await self.line.operate(message, TransportServiceStub, "RegisterParcel", request)

    async def find(self, message: Message[RegisterParcel], at: Instant) -> Answer[None]:
        """What became of a registration."""
        request = pb.FindOperationRequest(
            find=self.line.find(message, at),
            tracking_number=message.payload.tracking_number,
            service_code=message.payload.service_code,
        )
        return await self.line.operate(message, TransportServiceStub, "FindOperation", request)

    async def buy_label(self, message: Message[BuyLabel], at: Instant) -> Answer[LabelSold | None]:
        """`transport.label`: asks to sell the label of a parcel."""
        ship_to, asked = await self.line.contact(message.payload.ship_to_party_id), message.payload
        request = label_to_pb(self.line.head(message, at), asked, ship_to)
        return await self.line.operate_for(
            message, TransportServiceStub, "BuyLabel", request, lambda response: label_sold_from_pb(response, asked)
        )

    async def find_label(self, message: Message[BuyLabel], at: Instant) -> Answer[LabelSold | None]:
        """What became of the purchase of a label."""
        asked = message.payload
        request = pb.FindOperationRequest(find=self.line.find(message, at), label_key=str(message.message_id))
        return await self.line.operate_for(
            message,
            TransportServiceStub,
            "FindOperation",
            request,
            lambda response: label_sold_from_pb(response, asked),
        )

    async def refund_label(self, message: Message[RefundLabel], at: Instant) -> Answer[None]:
        """`transport.refund_label`: asks to take a label back."""
        request = refund_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, TransportServiceStub, "RefundLabel", request)

    async def find_refund(self, message: Message[RefundLabel], at: Instant) -> Answer[None]:
        """What became of taking a label back."""
        payload = message.payload
        request = pb.FindOperationRequest(
            find=self.line.find(message, at),
            tracking_number=payload.tracking_number,
            label_key=str(payload.label_id),
        )
        return await self.line.operate(message, TransportServiceStub, "FindOperation", request)

    async def pull(self, message: Message[PullTransport], cursor: str, at: Instant) -> Answer[Pulled[ParcelUpdate]]:
        """`transport.pull`: where parcels are since the cursor."""
        request = pb.PullUpdatesRequest(pull=pull_to_pb(self.line.head(message, at), cursor))

        def read(response: pb.PullUpdatesResponse) -> Answer[Pulled[ParcelUpdate]]:
            return pulled_from_pb([event_from_pb(event) for event in response.events], response.pulled)

        return await self.line.pull(message, TransportServiceStub, request, read)
