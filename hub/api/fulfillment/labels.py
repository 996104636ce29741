"""LabelService: labels of packed parcels, bought and voided, and shown to who packs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.fulfillment.v1 import labels_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.fulfillment.changes import BUY_LABELS, VOID_LABELS
from hub.api.fulfillment.fulfillment import fulfillment_result
from hub.cases.fulfillment.labels import label_of
from hub.cases.fulfillment.reports import FulfillmentResult
from hub.cases.store import read
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentOrderNotFound, LabelNotFound
from hub.gate.change import Change
from hub.inbox.model import ParkedEvent
from hub.parties import operations as parties
from hub.wire.fulfillment.labels import label_to_pb, labeled_parcel_from_pb, packed_parcel_from_pb


class LabelService:
    """Buys labels for nodes, and shows them."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def BuyLabels(self, request: pb.BuyLabelsRequest, call: Call) -> pb.BuyLabelsResponse:
        """Asks for labels."""
        parcels = read_each("parcels", request.parcels, packed_parcel_from_pb)
        return pb.BuyLabelsResponse(results=await self._changed(BUY_LABELS, request, call, parcels))

    async def VoidLabels(self, request: pb.VoidLabelsRequest, call: Call) -> pb.VoidLabelsResponse:
        """Has labels taken back."""
        parcels = read_each("parcels", request.parcels, labeled_parcel_from_pb)
        return pb.VoidLabelsResponse(results=await self._changed(VOID_LABELS, request, call, parcels))

    async def GetLabel(self, request: pb.GetLabelRequest, call: Call) -> pb.GetLabelResponse:
        """Reads a label, with what it shows."""
        known = UUID(request.fulfillment_order_id)
        async with self._deps.database.reading() as tx:
            order_of = await fulfillment.orders_of(tx, call.scope, [known])
            cases = await read(tx, call.scope, list(order_of.values()))
            if not cases:
                raise FulfillmentOrderNotFound(f"There is no fulfillment order {known}.", fulfillment_order_id=known)
            label = label_of(cases[order_of[known]].fulfillment_order(known), request.shipment_reference)
            if label is None:
                raise LabelNotFound("No label was asked for this parcel; BuyLabels asks.", fulfillment_order_id=known)
            document = await parties.document(tx, label.label_id, self._deps.person_keys)
        return pb.GetLabelResponse(label=label_to_pb(label), document=document or b"")

    async def _changed(
        self, change: Change[Any, FulfillmentResult | ParkedEvent], request: Any, call: Call, parcels: Sequence[Any]
    ) -> list[fulfillment_pb2.FulfillmentResult]:
        answers = await self._deps.gate.run_many(change, call.asked(request, request.request_id), parcels)
        return [fulfillment_result(answer) for answer in answers]
