"""Calls to registers of VAT numbers."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from crossdock.partner.vat.v1 import vat_pb2 as pb
from crossdock.partner.vat.v1.vat_pb2_grpc import VatRegistryServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.vat import CheckVatNumber, Consultation
from hub.outbox.model import Answer, Message
from hub.wire.partners.vat import check_to_pb, consultation_from_pb


class VatRegistry(Struct, frozen=True):
    """Makes the calls of `vat.check` messages."""

    line: Line

    async def check(self, message: Message[CheckVatNumber], at: Instant) -> Answer[Consultation]:
        """`vat.check`: looks up the number of a payer. Raises NeverAccepted where the payer was erased."""
        payer = await self.line.contact(message.payload.party_id)
        request = check_to_pb(self.line.head(message, at), payer)
        return await self._asked(message, "CheckVatNumber", request, payer.vat_number)

    async def find(self, message: Message[CheckVatNumber], at: Instant) -> Answer[Consultation]:
        """What became of a look-up."""
        payer = await self.line.contact(message.payload.party_id)
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self._asked(message, "FindOperation", request, payer.vat_number)

    async def _asked(
        self, message: Message[CheckVatNumber], rpc: str, request: Any, number: str
    ) -> Answer[Consultation]:
        return await self.line.operate_for(
            message, VatRegistryServiceStub, rpc, request, lambda response: consultation_from_pb(response, number)
        )
