"""Calls to services that write to customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from hub.connect.batches import Batched
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.notice import CODE, PICKUP_CODE, SendNotice
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Message
from hub.wire.partners.notice import send_to_pb

_SENDING: Final = Batched(NoticeServiceStub, "SendNotice", "BatchSendNotices", pb.BatchSendNoticesRequest)


class Notice(Struct, frozen=True):
    """Makes the calls of `notice.*` messages; `code_of` makes a code to collect with from its name."""

    line: Line
    code_of: Callable[[str], str]

    async def send(self, message: Message[SendNotice], at: Instant) -> Answer[None]:
        """`notice.send`: writes to a customer."""
        recipient = await self.line.contact(message.payload.party_id)
        values = {
            CODE if name == PICKUP_CODE else name: self.code_of(value) if name == PICKUP_CODE else value
            for name, value in message.payload.values.items()
        }
        request = send_to_pb(self.line.head(message, at), replace(message.payload, values=values), recipient)
        return await self.line.operate_batched(message, _SENDING, request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[None]:
        """What became of a notice."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate(message, NoticeServiceStub, "FindOperation", request)
