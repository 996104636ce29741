"""Calls to carriers and transport systems."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.transport.v1 import transport_pb2 as pb
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.transport import PullTransport, RegisterParcel
from hub.messages.updates import Pulled
from hub.outbox.model import Answer, Message
from hub.wire.partners.calls import pull_to_pb, pulled_from_pb
from hub.wire.partners.transport import ParcelUpdate, event_from_pb, register_to_pb


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

    async def pull(self, message: Message[PullTransport], cursor: str, at: Instant) -> Answer[Pulled[ParcelUpdate]]:
        """`transport.pull`: where parcels are since the cursor."""
        request = pb.PullUpdatesRequest(pull=pull_to_pb(self.line.head(message, at), cursor))

        def read(response: pb.PullUpdatesResponse) -> Answer[Pulled[ParcelUpdate]]:
            return pulled_from_pb([event_from_pb(event) for event in response.events], response.pulled)

        return await self.line.pull(message, TransportServiceStub, request, read)
