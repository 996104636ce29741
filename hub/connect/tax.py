"""Calls to tax engines."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.tax.v1 import tax_pb2 as pb
from crossdock.partner.tax.v1.tax_pb2_grpc import TaxServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.messages.tax import Determination, DetermineTax
from hub.outbox.model import Answer, Message
from hub.wire.partners.tax import determination_from_pb, determine_to_pb


class Tax(Struct, frozen=True):
    """Makes the calls of `tax.*` messages."""

    line: Line

    async def determine(self, message: Message[DetermineTax], at: Instant) -> Answer[Determination]:
        """`tax.determine`: asks for the taxes of an order."""
        request = determine_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate_for(message, TaxServiceStub, "DetermineTax", request, determination_from_pb)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[Determination]:
        """What became of a determination."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate_for(message, TaxServiceStub, "FindOperation", request, determination_from_pb)
