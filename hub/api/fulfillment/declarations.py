"""DeclarationService: what customs was told of parcels, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from crossdock.trade.v1 import declarations_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.repeats import order_not_found
from hub.cases.context import FlowContext
from hub.cases.fulfillment.declaring import not_found
from hub.flows.fulfillment.declare_shipments import ToDeclare, ToSend, declare_again, send_documents
from hub.flows.fulfillment.record_declarations import record_declaration_events
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.orders import operations as orders
from hub.trade import operations as trade
from hub.trade.model.declarations import CustomsDeclaration, DeclarationEvent
from hub.wire.papers.declarations import DOCUMENTS, declaration_event_from_pb, declaration_to_pb, result_to_pb
from hub.wire.trade import INCOTERMS


def _outcome(declaration: CustomsDeclaration) -> Stored:
    return {"declaration_id": str(declaration.declaration_id), "order_id": str(declaration.order_id)}


async def _standing(flow: FlowContext, stored: Sequence[Stored]) -> list[CustomsDeclaration | Refusal]:
    known = await trade.declarations_named(flow.tx, [UUID(one["declaration_id"]) for one in stored], [])
    seen = await orders.load(flow.tx, flow.scope, sorted({one.order_id for one in known}), lock=False)
    by_id = {str(one.declaration_id): one for one in known if one.order_id in seen}
    return [by_id.get(one["declaration_id"]) or not_found(one["declaration_id"]) for one in stored]


DECLARE_AGAIN: Final[Change[ToDeclare, CustomsDeclaration]] = Change(
    "DeclareShipments", declare_again, _outcome, _standing
)
SEND_DOCUMENTS: Final[Change[ToSend, CustomsDeclaration]] = Change(
    "SendDeclarationDocuments", send_documents, _outcome, _standing
)
RECORD_DECLARATION_EVENTS: Final[Change[DeclarationEvent, CustomsDeclaration]] = Change(
    "RecordDeclarationEvents", record_declaration_events, _outcome, _standing
)


class DeclarationService:
    """Declarations of parcels to customs."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListDeclarations(self, request: pb.ListDeclarationsRequest, call: Call) -> pb.ListDeclarationsResponse:
        """Lists the declarations of an order."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            if not await orders.load(tx, call.scope, [order_id], lock=False):
                raise order_not_found(order_id)
            known = (await trade.declarations(tx, [order_id])).get(order_id, [])
        return pb.ListDeclarationsResponse(declarations=[declaration_to_pb(one) for one in known])

    async def DeclareShipments(self, request: pb.DeclareShipmentsRequest, call: Call) -> pb.DeclareShipmentsResponse:
        """Declares shipments again."""
        asked = [
            ToDeclare(UUID(one.shipment_id), INCOTERMS.optional(one.incoterm, "incoterm")) for one in request.shipments
        ]
        answers = await self._deps.gate.run_many(DECLARE_AGAIN, call.asked(request, request.request_id), asked)
        return pb.DeclareShipmentsResponse(results=[result_to_pb(answer) for answer in answers])

    async def SendDeclarationDocuments(
        self, request: pb.SendDeclarationDocumentsRequest, call: Call
    ) -> pb.SendDeclarationDocumentsResponse:
        """Sends papers to customs."""
        asked = [
            ToSend(UUID(one.shipment_id), DOCUMENTS.from_pb(one.document, "document")) for one in request.documents
        ]
        answers = await self._deps.gate.run_many(SEND_DOCUMENTS, call.asked(request, request.request_id), asked)
        return pb.SendDeclarationDocumentsResponse(results=[result_to_pb(answer) for answer in answers])

    async def RecordDeclarationEvents(
        self, request: pb.RecordDeclarationEventsRequest, call: Call
    ) -> pb.RecordDeclarationEventsResponse:
        """Records what customs said."""
        events = read_each("events", request.events, declaration_event_from_pb)
        asked = call.asked(request, request.request_id)
        answers = await self._deps.gate.run_many(RECORD_DECLARATION_EVENTS, asked, events)
        return pb.RecordDeclarationEventsResponse(results=[result_to_pb(answer) for answer in answers])
