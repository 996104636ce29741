"""Calls to sales channels."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceStub
from hub.connect.batches import Batched
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.channel import PublishStock, RefundByChannel, ReportProgress
from hub.messages.payload import Payload
from hub.messages.payment import Moved
from hub.outbox.model import Answer, Message
from hub.wire.partners.calls import moved_from_pb
from hub.wire.partners.channel import refund_to_pb, report_to_pb, stock_to_pb

_REPORTING: Final = Batched(ChannelServiceStub, "ReportProgress", "BatchReportProgress", pb.BatchReportProgressRequest)


class SalesChannel(Struct, frozen=True):
    """Makes the calls of `channel.*` messages."""

    line: Line

    async def report(self, message: Message[ReportProgress], at: Instant) -> Answer[None]:
        """`channel.report`: tells of progress of an order."""
        request = report_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate_batched(message, _REPORTING, request)

    async def refund(self, message: Message[RefundByChannel], at: Instant) -> Answer[Moved]:
        """`channel.refund`: asks the channel to give back money that it took."""
        request = refund_to_pb(self.line.head(message, at), message.payload)
        return await self._moved(message, "RefundPayment", request)

    async def publish_stock(self, message: Message[PublishStock], at: Instant) -> Answer[None]:
        """`channel.stock`: tells what can be sold."""
        request = stock_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, ChannelServiceStub, "PublishStock", request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[None]:
        """What became of a report or a publication."""
        return await self.line.operate(message, ChannelServiceStub, "FindOperation", self._find(message, at))

    async def find_refund(self, message: Message[RefundByChannel], at: Instant) -> Answer[Moved]:
        """What became of a refund."""
        return await self._moved(message, "FindOperation", self._find(message, at))

    def _find(self, message: Message[Payload], at: Instant) -> pb.FindOperationRequest:
        return pb.FindOperationRequest(find=self.line.find(message, at))

    async def _moved(self, message: Message[RefundByChannel], rpc: str, request: Any) -> Answer[Moved]:
        asked = message.payload
        return await self.line.operate_for(
            message, ChannelServiceStub, rpc, request, lambda response: moved_from_pb(response, asked)
        )
