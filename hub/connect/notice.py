"""Calls to services that write to customers."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.notice import SendNotice
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Message
from hub.wire.partners.notice import send_to_pb


class Notice(Struct, frozen=True):
    """Makes the calls of `notice.*` messages."""

    line: Line

    async def send(self, message: Message[SendNotice], at: Instant) -> Answer[None]:
        """`notice.send`: writes to a customer."""
        recipient = await self.line.contact(message.payload.party_id)
        request = send_to_pb(self.line.head(message, at), message.payload, recipient)
        return await self.line.operate(message, NoticeServiceStub, "SendNotice", request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[None]:
        """What became of a notice."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate(message, NoticeServiceStub, "FindOperation", request)
