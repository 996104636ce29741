"""Fulfillment orders, shipments and reports about them on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from google.protobuf.message import Message

from crossdock.fulfillment.v1 import fulfillment_pb2 as pb
from hub.cases.case import Case
from hub.fulfillment.lifecycle import FulfillmentState, RequestKind, RequestState, ShipmentState
from hub.fulfillment.model import (
    NOWHERE,
    AskedLine,
    CarrierEvent,
    CollectionReport,
    FulfillmentLine,
    FulfillmentOrder,
    NodeRequest,
    Package,
    Pickup,
    ProgressKind,
    ProgressReport,
    Rejection,
    Shipment,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.slices.lifecycle import AT_NODE, SliceState
from hub.slices.model import Slice
from hub.slices.policy import units
from hub.wire.carriage import carriage_from_pb
from hub.wire.enums import Names
from hub.wire.feeds import order_from_pb, refuse_nameless, sequence_from_pb, uuid_or
from hub.wire.fulfillment.labels import label_to_pb
from hub.wire.instants import instant_from_pb, instant_to_pb, optional_instant

FULFILLMENT_STATES: Final = Names(FulfillmentState, pb.FulfillmentOrderState, "FULFILLMENT_ORDER_STATE")
REQUEST_KINDS: Final = Names(RequestKind, pb.NodeRequestKind, "NODE_REQUEST_KIND")
REQUEST_STATES: Final = Names(RequestState, pb.NodeRequestState, "NODE_REQUEST_STATE")
SHIPMENT_STATES: Final = Names(ShipmentState, pb.ShipmentState, "SHIPMENT_STATE")
SHORT_REASONS: Final = Names(ShortReason, pb.ShortReason, "SHORT_REASON")

_WORKED: Final = frozenset({FulfillmentState.RELEASED, FulfillmentState.ACKNOWLEDGED})


def fulfillment_order_to_pb(
    fulfillment_order: FulfillmentOrder, slices: Iterable[Slice], shipments: Iterable[Shipment]
) -> pb.FulfillmentOrder:
    """The fulfillment order as seen from outside, given the slices and shipments of its order."""
    known = fulfillment_order.fulfillment_order_id
    own_slices = [slice_ for slice_ in slices if slice_.fulfillment_order_id == known]
    own_shipments = [shipment for shipment in shipments if shipment.fulfillment_order_id == known]
    return pb.FulfillmentOrder(
        fulfillment_order_id=str(known),
        order_id=str(fulfillment_order.order_id),
        node_id=fulfillment_order.node_id,
        state=FULFILLMENT_STATES.to_pb(seen_state(fulfillment_order, own_slices, own_shipments)),
        lines=[_line_to_pb(line) for line in fulfillment_order.lines],
        partner_reference=fulfillment_order.partner_reference,
        ship_by_time=instant_to_pb(fulfillment_order.ship_by),
        create_time=instant_to_pb(fulfillment_order.created_at),
        service_code=fulfillment_order.service_code,
        shipments=[shipment_to_pb(shipment) for shipment in own_shipments],
        requests=[_request_to_pb(request) for request in fulfillment_order.requests],
        pickup=_pickup_to_pb(fulfillment_order.pickup) if fulfillment_order.pickup else None,
        labels=[label_to_pb(label) for label in fulfillment_order.labels],
    )


def seen_state(
    fulfillment_order: FulfillmentOrder, slices: Iterable[Slice], shipments: Iterable[Shipment]
) -> FulfillmentState:
    """The state as seen from outside, given the slices and shipments of the fulfillment order itself."""
    if fulfillment_order.state not in _WORKED:
        expired = fulfillment_order.pickup is not None and fulfillment_order.pickup.expired_at is not None
        canceled = fulfillment_order.state is FulfillmentState.CANCELED
        return FulfillmentState.NOT_COLLECTED if canceled and expired else fulfillment_order.state
    own = list(slices)
    left = sum(line.quantity for shipment in shipments for line in shipment.lines)
    if units(own, {SliceState.READY_FOR_PICKUP}):
        return FulfillmentState.READY_FOR_PICKUP
    if units(own, AT_NODE):
        begun = left or units(own, {SliceState.PICKED, SliceState.PACKED})
        return FulfillmentState.IN_PROGRESS if begun else fulfillment_order.state
    released = sum(line.quantity for line in fulfillment_order.lines)
    if left < released:
        return FulfillmentState.CLOSED_SHORT
    return FulfillmentState.COLLECTED if fulfillment_order.pickup else FulfillmentState.SHIPPED


def fulfillment_order_of(case: Case, fulfillment_order_id: UUID) -> pb.FulfillmentOrder:
    """One fulfillment order of a case."""
    return fulfillment_order_to_pb(case.fulfillment_order(fulfillment_order_id), case.slices, case.shipments)


def shipment_of(case: Case, shipment_id: UUID) -> pb.Shipment:
    """One shipment of a case."""
    return shipment_to_pb(next(shipment for shipment in case.shipments if shipment.shipment_id == shipment_id))


def shipment_to_pb(shipment: Shipment) -> pb.Shipment:
    """The shipment as a message."""
    return pb.Shipment(
        shipment_id=str(shipment.shipment_id),
        fulfillment_order_id=str(shipment.fulfillment_order_id),
        state=SHIPMENT_STATES.to_pb(shipment.state),
        tracking_number=shipment.tracking_number,
        shipment_reference=shipment.reference,
        lines=[_line_to_pb(line) for line in shipment.lines],
        ship_time=instant_to_pb(shipment.shipped_at),
        deliver_time=None if shipment.delivered_at is None else instant_to_pb(shipment.delivered_at),
        packages=[
            pb.ShipmentPackage(
                package_reference=package.reference,
                kind=package.kind,
                tracking_number=package.tracking_number,
                lines=[_line_to_pb(line) for line in package.lines],
            )
            for package in shipment.packages
        ],
        carrier_code=shipment.carriage.carrier_code,
        carrier_name=shipment.carriage.carrier_name,
        weight_grams=shipment.carriage.weight_grams,
        tracking_url=shipment.carriage.tracking_url,
    )


def acknowledgment_from_pb(message: pb.Acknowledgment, now: Instant) -> ProgressReport:
    """A node takes a fulfillment order on; `now` where it does not say when."""
    return ProgressReport(
        fulfillment_order_id=UUID(message.fulfillment_order_id),
        kind=ProgressKind.ACKNOWLEDGED,
        occurred_at=_when(message, now),
        partner_reference=message.partner_reference,
    )


def progress_from_pb(message: pb.ProgressReport, kind: ProgressKind, now: Instant) -> ProgressReport:
    """Units picked or packed; `now` where it does not say when. Raises InvalidField where it names no order."""
    refuse_nameless(message)
    return ProgressReport(
        fulfillment_order_id=uuid_or(message.fulfillment_order_id, NOWHERE),
        kind=kind,
        occurred_at=_when(message, now),
        lines=_lines(message.lines),
        order=order_from_pb(message),
        sequence=sequence_from_pb(message),
        waits=not message.fulfillment_order_id,
    )


def collection_from_pb(message: pb.CollectionReport, now: Instant) -> CollectionReport:
    """What lay ready was handed over; `now` where it does not say when."""
    return CollectionReport(UUID(message.fulfillment_order_id), message.code, _when(message, now))


def shipment_report_from_pb(message: pb.ShipmentReport, now: Instant) -> ShipmentReport:
    """A parcel left; `now` where it does not say when. Raises InvalidField where it names no order."""
    refuse_nameless(message)
    return ShipmentReport(
        fulfillment_order_id=uuid_or(message.fulfillment_order_id, NOWHERE),
        reference=message.shipment_reference,
        occurred_at=_when(message, now),
        tracking_number=message.tracking_number,
        lines=_lines(message.lines),
        packages=packages_from_pb(message.packages),
        order=order_from_pb(message),
        sequence=sequence_from_pb(message),
        waits=not message.fulfillment_order_id,
        carriage=carriage_from_pb(message),
    )


def packages_from_pb(messages: Iterable[pb.ShipmentPackage]) -> tuple[Package, ...]:
    """What units left in."""
    return tuple(
        Package(message.package_reference, message.kind, _lines(message.lines), message.tracking_number)
        for message in messages
    )


def short_report_from_pb(message: pb.ShortReport, now: Instant) -> ShortReport:
    """Units cannot ship; `now` where it does not say when."""
    return ShortReport(
        fulfillment_order_id=UUID(message.fulfillment_order_id),
        reference=message.report_reference,
        occurred_at=_when(message, now),
        lines=_lines(message.lines),
        reason=SHORT_REASONS.from_pb(message.reason, "reason"),
    )


def rejection_from_pb(message: pb.Rejection, now: Instant) -> Rejection:
    """A node refuses the whole; `now` where it does not say when."""
    return Rejection(UUID(message.fulfillment_order_id), message.reason, _when(message, now))


def delivery_from_pb(message: pb.DeliveryReport, now: Instant) -> CarrierEvent:
    """A delivered shipment; `now` where it does not say when. Raises InvalidField where it names none."""
    named = message.shipment_id or message.tracking_number or message.fulfillment_order_id
    if not named and not message.HasField("order_reference"):
        raise InvalidField("State shipment_id, tracking_number or fulfillment_order_id.", shipment_id="missing")
    try:
        shipment_id = UUID(message.shipment_id) if message.shipment_id else None
    except ValueError as error:
        raise InvalidField("shipment_id is not a UUID.", shipment_id="not a UUID") from error
    return CarrierEvent(
        state=ShipmentState.DELIVERED,
        occurred_at=_when(message, now),
        tracking_number=message.tracking_number,
        shipment_id=shipment_id,
        fulfillment_order_id=uuid_or(message.fulfillment_order_id, NOWHERE),
        order=order_from_pb(message),
        sequence=sequence_from_pb(message),
        waits=not (message.shipment_id or message.fulfillment_order_id),
    )


def carrier_event_from_pb(message: pb.CarrierEvent) -> CarrierEvent:
    """Where a parcel is."""
    return CarrierEvent(
        state=SHIPMENT_STATES.from_pb(message.state, "state"),
        occurred_at=instant_from_pb(message.occur_time, field="occur_time"),
        tracking_number=message.tracking_number,
        reference=message.event_reference,
        fulfillment_order_id=uuid_or(message.fulfillment_order_id, NOWHERE),
        order=order_from_pb(message),
        sequence=sequence_from_pb(message),
        waits=not message.fulfillment_order_id,
        tracking_url=message.tracking_url,
    )


def _when(message: Message, now: Instant) -> Instant:
    return optional_instant(message, "occur_time") or now


def _lines(messages: Iterable[pb.FulfillmentLine]) -> tuple[FulfillmentLine, ...]:
    return tuple(FulfillmentLine(line.line_number, line.quantity, line.sku) for line in messages)


def _pickup_to_pb(pickup: Pickup) -> pb.Pickup:
    return pb.Pickup(
        ready_time=instant_to_pb(pickup.ready_at),
        hold_until_time=instant_to_pb(pickup.hold_until),
        wrong_code_count=pickup.wrong_codes,
        expire_time=None if pickup.expired_at is None else instant_to_pb(pickup.expired_at),
    )


def _request_to_pb(request: NodeRequest) -> pb.NodeRequest:
    return pb.NodeRequest(
        request_id=str(request.request_id),
        kind=REQUEST_KINDS.to_pb(request.kind),
        state=REQUEST_STATES.to_pb(request.state),
        lines=[_line_to_pb(line) for line in request.lines],
        ask_time=instant_to_pb(request.asked_at),
        deadline_time=instant_to_pb(request.deadline_at),
        answer_time=None if request.answered_at is None else instant_to_pb(request.answered_at),
    )


def _line_to_pb(line: FulfillmentLine | AskedLine) -> pb.FulfillmentLine:
    return pb.FulfillmentLine(line_number=line.line_number, quantity=line.quantity, sku=line.sku)
