"""Calls to tax engines."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.tax.v1 import tax_pb2 as pb
from crossdock.partner.tax.v1.tax_pb2_grpc import TaxServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.messages.tax import DetermineTax
from hub.outbox.model import Answer, Message
from hub.wire.partners.tax import determine_to_pb, taxes_from_pb


class Tax(Struct, frozen=True):
    """Makes the calls of `tax.*` messages."""

    line: Line

    async def determine(self, message: Message[DetermineTax], at: Instant) -> Answer:
        """`tax.determine`: extra has `taxes`, each with line_number, rate, tax_minor and currency."""
        request = determine_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, TaxServiceStub, "DetermineTax", request, taxes_from_pb)

    async def find(self, message: Message[Payload], at: Instant) -> Answer:
        """What became of a determination; extra as it would have."""
        request = pb.FindOperationRequest(find=call_pb2.Find(call=self.line.head(message, at), kind=message.kind))
        return await self.line.operate(message, TaxServiceStub, "FindOperation", request, taxes_from_pb)
