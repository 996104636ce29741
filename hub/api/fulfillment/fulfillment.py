"""FulfillmentService: reports of warehouses, stores and carriers, and how fulfillment orders stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from google.protobuf.message import Message

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.fulfillment.changes import (
    ACKNOWLEDGE,
    RECORD_CARRIER_EVENTS,
    RECORD_COLLECTIONS,
    RECORD_DELIVERIES,
    RECORD_PACKS,
    RECORD_PICKS,
    RECORD_READY,
    RECORD_SHIPMENTS,
    RECORD_SHORTS,
    REJECT,
    RENEW_PICKUPS,
    WRITE_OFF,
)
from hub.api.pages import Page
from hub.cases.case import Case
from hub.cases.fulfillment.reports import FulfillmentResult, ShipmentResult
from hub.cases.store import read
from hub.database.tx import Tx
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentOrderNotFound
from hub.fulfillment.model import FulfillmentFilter, FulfillmentOrder, ProgressKind, WriteOff
from hub.gate.change import Change
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.scope import Role, Scope
from hub.parties import operations as parties
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.feeds import parked_event_to_pb
from hub.wire.fulfillment.fulfillment import (
    FULFILLMENT_STATES,
    acknowledgment_from_pb,
    carrier_event_from_pb,
    collection_from_pb,
    delivery_from_pb,
    fulfillment_order_of,
    progress_from_pb,
    rejection_from_pb,
    shipment_of,
    shipment_report_from_pb,
    short_report_from_pb,
)
from hub.wire.refusals import refusal_to_pb

C = TypeVar("C")

RECIPIENT_ROLES: Final = frozenset({Role.ADMIN, Role.SERVICE, Role.WAREHOUSE})
"""Roles that are told who receives goods."""


class FulfillmentService:
    """Takes reports and tells how fulfillment orders stand."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def AcknowledgeFulfillmentOrders(
        self, request: pb.AcknowledgeFulfillmentOrdersRequest, call: Call
    ) -> pb.AcknowledgeFulfillmentOrdersResponse:
        """Nodes take fulfillment orders on."""
        now = await self._deps.now(call.scope)
        reports = read_each(
            "acknowledgments",
            request.acknowledgments,
            lambda stated: acknowledgment_from_pb(stated, now),
        )
        return pb.AcknowledgeFulfillmentOrdersResponse(results=await self._worked(ACKNOWLEDGE, request, call, reports))

    async def RecordPicks(self, request: pb.RecordPicksRequest, call: Call) -> pb.RecordPicksResponse:
        """Units were picked."""
        now = await self._deps.now(call.scope)
        reports = read_each(
            "reports", request.reports, lambda stated: progress_from_pb(stated, ProgressKind.PICKED, now)
        )
        return pb.RecordPicksResponse(results=await self._worked(RECORD_PICKS, request, call, reports))

    async def RecordPacks(self, request: pb.RecordPacksRequest, call: Call) -> pb.RecordPacksResponse:
        """Units were packed."""
        now = await self._deps.now(call.scope)
        reports = read_each(
            "reports", request.reports, lambda stated: progress_from_pb(stated, ProgressKind.PACKED, now)
        )
        return pb.RecordPacksResponse(results=await self._worked(RECORD_PACKS, request, call, reports))

    async def RecordReady(self, request: pb.RecordReadyRequest, call: Call) -> pb.RecordReadyResponse:
        """Units lie ready to be collected."""
        now = await self._deps.now(call.scope)
        reports = read_each(
            "reports", request.reports, lambda stated: progress_from_pb(stated, ProgressKind.READY, now)
        )
        return pb.RecordReadyResponse(results=await self._worked(RECORD_READY, request, call, reports))

    async def RecordCollections(self, request: pb.RecordCollectionsRequest, call: Call) -> pb.RecordCollectionsResponse:
        """What lay ready was handed over."""
        now = await self._deps.now(call.scope)
        reports = read_each("reports", request.reports, lambda stated: collection_from_pb(stated, now))
        return pb.RecordCollectionsResponse(results=await self._worked(RECORD_COLLECTIONS, request, call, reports))

    async def RenewPickups(self, request: pb.RenewPickupsRequest, call: Call) -> pb.RenewPickupsResponse:
        """Customers are sent other codes."""
        named = [UUID(identity) for identity in request.fulfillment_order_ids]
        return pb.RenewPickupsResponse(results=await self._worked(RENEW_PICKUPS, request, call, named))

    async def RecordShipments(self, request: pb.RecordShipmentsRequest, call: Call) -> pb.RecordShipmentsResponse:
        """Parcels left."""
        now = await self._deps.now(call.scope)
        reports = read_each("reports", request.reports, lambda report: shipment_report_from_pb(report, now))
        return pb.RecordShipmentsResponse(results=await self._worked(RECORD_SHIPMENTS, request, call, reports))

    async def RecordShorts(self, request: pb.RecordShortsRequest, call: Call) -> pb.RecordShortsResponse:
        """Units cannot ship."""
        now = await self._deps.now(call.scope)
        reports = read_each("reports", request.reports, lambda report: short_report_from_pb(report, now))
        return pb.RecordShortsResponse(results=await self._worked(RECORD_SHORTS, request, call, reports))

    async def RejectFulfillmentOrders(
        self, request: pb.RejectFulfillmentOrdersRequest, call: Call
    ) -> pb.RejectFulfillmentOrdersResponse:
        """Nodes refuse the whole."""
        now = await self._deps.now(call.scope)
        rejections = read_each("rejections", request.rejections, lambda rejection: rejection_from_pb(rejection, now))
        return pb.RejectFulfillmentOrdersResponse(results=await self._worked(REJECT, request, call, rejections))

    async def RecordDeliveries(self, request: pb.RecordDeliveriesRequest, call: Call) -> pb.RecordDeliveriesResponse:
        """Shipments were delivered."""
        now = await self._deps.now(call.scope)
        reports = read_each("reports", request.reports, lambda report: delivery_from_pb(report, now))
        answers = await self._deps.gate.run_many(RECORD_DELIVERIES, call.asked(request, request.request_id), reports)
        return pb.RecordDeliveriesResponse(results=[_shipment_result(answer) for answer in answers])

    async def RecordCarrierEvents(
        self, request: pb.RecordCarrierEventsRequest, call: Call
    ) -> pb.RecordCarrierEventsResponse:
        """Carriers report where parcels are."""
        events = read_each("events", request.events, carrier_event_from_pb)
        asked = call.asked(request, request.request_id)
        answers = await self._deps.gate.run_many(RECORD_CARRIER_EVENTS, asked, events)
        return pb.RecordCarrierEventsResponse(results=[_shipment_result(answer) for answer in answers])

    async def WriteOffShipments(self, request: pb.WriteOffShipmentsRequest, call: Call) -> pb.WriteOffShipmentsResponse:
        """Parcels that will not arrive."""
        write_offs = [WriteOff(UUID(one.shipment_id), one.reason) for one in request.write_offs]
        answers = await self._deps.gate.run_many(WRITE_OFF, call.asked(request, request.request_id), write_offs)
        return pb.WriteOffShipmentsResponse(results=[_shipment_result(answer) for answer in answers])

    async def GetFulfillmentOrder(
        self, request: pb.GetFulfillmentOrderRequest, call: Call
    ) -> pb.GetFulfillmentOrderResponse:
        """Reads one fulfillment order."""
        known = UUID(request.fulfillment_order_id)
        async with self._deps.database.reading() as tx:
            order_of = await fulfillment.orders_of(tx, call.scope, [known])
            cases = await read(tx, call.scope, list(order_of.values()))
            recipients = await self._recipients(tx, call.scope, cases)
        if not cases:
            raise FulfillmentOrderNotFound(f"There is no fulfillment order {known}.", fulfillment_order_id=known)
        return pb.GetFulfillmentOrderResponse(fulfillment_order=_shown(cases[order_of[known]], known, recipients))

    async def ListFulfillmentOrders(
        self, request: pb.ListFulfillmentOrdersRequest, call: Call
    ) -> pb.ListFulfillmentOrdersResponse:
        """Lists fulfillment orders, newest first."""
        page = Page(request)
        after = page.by_instant()
        state = FULFILLMENT_STATES.optional(request.state, "state")
        wanted = FulfillmentFilter(_optional_id(request.order_id), request.node_id, state)
        async with self._deps.database.reading() as tx:
            found = await fulfillment.page(tx, call.scope, wanted, after=after, size=page.size + 1)
            cases = await read(tx, call.scope, sorted({one.order_id for one in found}))
            recipients = await self._recipients(tx, call.scope, cases)
        rows, token = page.cut([one for one in found if one.order_id in cases], _place_in_listing)
        return pb.ListFulfillmentOrdersResponse(
            fulfillment_orders=[_shown(cases[row.order_id], row.fulfillment_order_id, recipients) for row in rows],
            next_page_token=token,
        )

    async def _worked(
        self, change: Change[C, FulfillmentResult | ParkedEvent], request: Any, call: Call, reports: Sequence[C]
    ) -> list[pb.FulfillmentResult]:
        message: Message = request
        answers = await self._deps.gate.run_many(change, call.asked(message, request.request_id), reports)
        return [fulfillment_result(answer) for answer in answers]

    async def _recipients(self, tx: Tx, scope: Scope, cases: Mapping[UUID, Case]) -> Mapping[UUID, Contact]:
        """Who receives the goods of cases, by party id; nobody for a caller who does no work with them."""
        if not scope.roles & RECIPIENT_ROLES:
            return {}
        party_ids = sorted({case.order.ship_to_party_id for case in cases.values()})
        return await parties.contacts(tx, party_ids, self._deps.person_keys)


def _shown(case: Case, fulfillment_order_id: UUID, recipients: Mapping[UUID, Contact]) -> pb.FulfillmentOrder:
    shown = fulfillment_order_of(case, fulfillment_order_id)
    if (recipient := recipients.get(case.order.ship_to_party_id)) is not None:
        shown.recipient.CopyFrom(contact_to_pb(recipient))
    return shown


def fulfillment_result(answer: FulfillmentResult | ParkedEvent | Refusal) -> pb.FulfillmentResult:
    """Return what became of an element that is about a fulfillment order."""
    if isinstance(answer, ParkedEvent):
        return pb.FulfillmentResult(parked_event=parked_event_to_pb(answer))
    if isinstance(answer, Refusal):
        return pb.FulfillmentResult(refusal=refusal_to_pb(answer))
    return pb.FulfillmentResult(fulfillment_order=fulfillment_order_of(answer.case, answer.fulfillment_order_id))


def _shipment_result(answer: ShipmentResult | ParkedEvent | Refusal) -> pb.ShipmentResult:
    if isinstance(answer, ParkedEvent):
        return pb.ShipmentResult(parked_event=parked_event_to_pb(answer))
    if isinstance(answer, Refusal):
        return pb.ShipmentResult(refusal=refusal_to_pb(answer))
    return pb.ShipmentResult(shipment=shipment_of(answer.case, answer.shipment_id))


def _place_in_listing(order: FulfillmentOrder) -> tuple[object, ...]:
    return order.created_at, order.fulfillment_order_id


def _optional_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise InvalidField("order_id is not a UUID.", order_id="not a UUID") from error
