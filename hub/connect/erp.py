"""Calls to ERPs."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from crossdock.partner.erp.v1 import erp_pb2 as pb
from crossdock.partner.erp.v1.erp_pb2_grpc import ErpServiceStub
from hub.connect.batches import Batched
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.erp import PostDocument
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Message
from hub.wire.partners.erp import post_to_pb

_POSTING: Final = Batched(ErpServiceStub, "PostDocument", "BatchPostDocuments", pb.BatchPostDocumentsRequest)


class Erp(Struct, frozen=True):
    """Makes the calls of `erp.*` messages."""

    line: Line

    async def post(self, message: Message[PostDocument], at: Instant) -> Answer[None]:
        """`erp.post`: posts a document; one about an order names the payer, until that is erased."""
        payer = message.payload.bill_to_party_id
        contacts = await self.line.contacts([payer]) if payer else {}
        request = post_to_pb(self.line.head(message, at), message.payload, contacts.get(payer) if payer else None)
        return await self.line.operate_batched(message, _POSTING, request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[None]:
        """What became of a posting."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate(message, ErpServiceStub, "FindOperation", request)
