"""Calls to warehouses and store systems."""

from __future__ import annotations

from msgspec import Struct

from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import WarehouseServiceStub
from hub.connect.line import Line
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.messages.updates import Pulled
from hub.messages.warehouse import CancelFulfillmentOrder, PullWarehouse, ReleaseFulfillmentOrder
from hub.outbox.model import Answer, Message
from hub.wire.partners.calls import pull_to_pb, pulled_from_pb
from hub.wire.partners.warehouse import NodeUpdate, cancel_to_pb, release_to_pb, update_from_pb


class Warehouse(Struct, frozen=True):
    """Makes the calls of `warehouse.*` messages."""

    line: Line

    async def release(self, message: Message[ReleaseFulfillmentOrder], at: Instant) -> Answer[None]:
        """`warehouse.release`: hands a fulfillment order over."""
        ship_to = await self.line.contact(message.payload.ship_to_party_id)
        request = release_to_pb(self.line.head(message, at), message.payload, ship_to)
        return await self.line.operate(message, WarehouseServiceStub, "ReleaseFulfillmentOrder", request)

    async def cancel(self, message: Message[CancelFulfillmentOrder], at: Instant) -> Answer[None]:
        """`warehouse.cancel`: asks to cancel units; PENDING: the answer comes as an update."""
        request = cancel_to_pb(self.line.head(message, at), message.payload)
        return await self.line.operate(message, WarehouseServiceStub, "CancelFulfillmentOrder", request)

    async def find(self, message: Message[Payload], at: Instant) -> Answer[None]:
        """What became of a release or a cancel."""
        request = pb.FindOperationRequest(find=self.line.find(message, at))
        return await self.line.operate(message, WarehouseServiceStub, "FindOperation", request)

    async def pull(self, message: Message[PullWarehouse], cursor: str, at: Instant) -> Answer[Pulled[NodeUpdate]]:
        """`warehouse.pull`: what was done at the nodes since the cursor."""
        request = pb.PullUpdatesRequest(pull=pull_to_pb(self.line.head(message, at), cursor))

        def read(response: pb.PullUpdatesResponse) -> Answer[Pulled[NodeUpdate]]:
            return pulled_from_pb([update_from_pb(update, at) for update in response.updates], response.pulled)

        return await self.line.pull(message, WarehouseServiceStub, request, read)
