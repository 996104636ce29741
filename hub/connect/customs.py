"""Calls to customs."""

from __future__ import annotations

import asyncio

from msgspec import Struct

from crossdock.partner.customs.v1 import customs_pb2 as pb
from crossdock.partner.customs.v1.customs_pb2_grpc import CustomsServiceStub
from hub.connect.failures import NeverAccepted
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.customs import AddCustomsDocument, DeclareConsignment, PullCustoms
from hub.messages.updates import Pulled
from hub.outbox.model import Answer, Message
from hub.trade.errors import PapersUnprintable
from hub.wire.partners.calls import pull_to_pb, pulled_from_pb
from hub.wire.partners.customs import CustomsUpdate, declare_to_pb, document_to_pb, event_from_pb


class Customs(Struct, frozen=True):
    """Makes the calls of `customs.*` messages."""

    line: Line

    async def declare(self, message: Message[DeclareConsignment], at: Instant) -> Answer[None]:
        """`customs.declare`: declares a parcel."""
        recipient = await self.line.contact(message.payload.recipient_party_id)
        request = declare_to_pb(self.line.head(message, at), message.payload, recipient)
        return await self.line.operate(message, CustomsServiceStub, "Declare", request)

    async def add_document(self, message: Message[AddCustomsDocument], at: Instant) -> Answer[None]:
        """`customs.document`: hands in a paper, drawn in a thread. Raises NeverAccepted where it cannot be drawn."""
        recipient = await self.line.contact(message.payload.declared.recipient_party_id)
        head = self.line.head(message, at)
        try:
            request = await asyncio.to_thread(document_to_pb, head, message.payload, recipient)
        except PapersUnprintable as refusal:
            raise NeverAccepted(refusal.message) from refusal
        return await self.line.operate(message, CustomsServiceStub, "AddDocument", request)

    async def find(self, message: Message[DeclareConsignment], at: Instant) -> Answer[None]:
        """What became of a declaration."""
        return await self._found(message, str(message.payload.declaration_id), at)

    async def find_document(self, message: Message[AddCustomsDocument], at: Instant) -> Answer[None]:
        """What became of a paper that was handed in."""
        return await self._found(message, str(message.payload.declared.declaration_id), at)

    async def pull(self, message: Message[PullCustoms], cursor: str, at: Instant) -> Answer[Pulled[CustomsUpdate]]:
        """`customs.pull`: what customs said since the cursor."""
        request = pb.PullUpdatesRequest(pull=pull_to_pb(self.line.head(message, at), cursor))
        account_id = message.account_id or ""

        def read(response: pb.PullUpdatesResponse) -> Answer[Pulled[CustomsUpdate]]:
            return pulled_from_pb([event_from_pb(event, account_id) for event in response.events], response.pulled)

        return await self.line.pull(message, CustomsServiceStub, request, read)

    async def _found(
        self, message: Message[DeclareConsignment] | Message[AddCustomsDocument], declaration_id: str, at: Instant
    ) -> Answer[None]:
        request = pb.FindOperationRequest(find=self.line.find(message, at), declaration_id=declaration_id)
        return await self.line.operate(message, CustomsServiceStub, "FindOperation", request)
