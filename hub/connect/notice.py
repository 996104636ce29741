"""Calls to services that write to customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from hub.connect.batches import Batched
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.notice import CODE, SendNotice
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Message
from hub.wire.partners.notice import send_to_pb

_SENDING: Final = Batched(NoticeServiceStub, "SendNotice", "BatchSendNotices", pb.BatchSendNoticesRequest)


class Notice(Struct, frozen=True):
    """Makes the calls of `notice.*` messages; `codes` make a code from its name, by the value that has it."""

    line: Line
    codes: Mapping[str, Callable[[str], str]]

    async def send(self, message: Message[SendNotice], at: Instant) -> Answer[None]:
        """`notice.send`: writes to a customer."""
        recipient = await self.line.contact(message.payload.party_id)
        values = {
            CODE if name in self.codes else name: self.codes[name](value) if name in self.codes else value
            for name, value in message.payload.values.items()
        }
        request = send_to_pb(self.line.head(message, at), replace(message.payload, values=values), recipient)
        return await self.line.operate_batched(message, _SENDING, request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[None]:
        """What became of a notice."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate(message, NoticeServiceStub, "FindOperation", request)
