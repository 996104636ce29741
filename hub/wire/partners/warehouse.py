"""The warehouse contract: payloads of `warehouse.*` messages to requests, updates to the flows' reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

from google.protobuf.message import Message
from msgspec.structs import asdict

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from hub.fulfillment.model import (
    CollectionReport,
    FulfillmentLine,
    NodeAnswer,
    NodeReport,
    Package,
    ProgressKind,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.messages.updates import UnreadUpdate, Update
from hub.messages.warehouse import CancelFulfillmentOrder, ReleaseFulfillmentOrder, WorkLine
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.carriage import carriage_from_pb
from hub.wire.enums import Names
from hub.wire.instants import optional_instant
from hub.wire.partners.calls import read_update, time_to_pb

NodeUpdate = Update[NodeReport] | UnreadUpdate

_SHORT_REASONS: Final = Names(ShortReason, fulfillment_pb2.ShortReason, "SHORT_REASON")


def release_to_pb(
    call: call_pb2.Call, payload: ReleaseFulfillmentOrder, ship_to: Contact
) -> warehouse_pb2.ReleaseFulfillmentOrderRequest:
    """The request of `warehouse.release`."""
    return warehouse_pb2.ReleaseFulfillmentOrderRequest(
        call=call,
        fulfillment_order_id=str(payload.fulfillment_order_id),
        node_id=payload.node_id,
        order_id=str(payload.order_id),
        lines=[_line(line) for line in payload.lines],
        ship_to=contact_to_pb(ship_to),
        service_code=payload.service_code,
        ship_by_time=time_to_pb(payload.ship_by),
        incoterm=payload.incoterm,
        attributes=payload.attributes,
        delivery_method=f"DELIVERY_METHOD_{payload.delivery_method}",
        gift_message=payload.gift_message,
        delivery_instructions=payload.delivery_instructions,
    )


def cancel_to_pb(call: call_pb2.Call, payload: CancelFulfillmentOrder) -> warehouse_pb2.CancelFulfillmentOrderRequest:
    """The request of `warehouse.cancel`."""
    return warehouse_pb2.CancelFulfillmentOrderRequest(
        call=call,
        fulfillment_order_id=str(payload.fulfillment_order_id),
        lines=[_line(line) for line in payload.lines],
        partner_reference=payload.partner_reference,
    )


def update_from_pb(update: warehouse_pb2.Update, at: Instant) -> NodeUpdate:
    """What a node tells, as of `at` where it names no time; unread where it breaks the contract or is new to us."""
    kind = (update.WhichOneof("kind") or "unknown").upper()
    return read_update(update, update.update_id, kind, lambda: _report(update, kind, at))


def _report(update: warehouse_pb2.Update, kind: str, at: Instant) -> NodeReport:
    readers: Mapping[str, Callable[[], NodeReport]] = {
        "ACKNOWLEDGMENT": lambda: _acknowledged(update.acknowledgment, at),
        "PICK": lambda: _progress(update.pick, ProgressKind.PICKED, at),
        "PACK": lambda: _progress(update.pack, ProgressKind.PACKED, at),
        "READY": lambda: _progress(update.ready, ProgressKind.READY, at),
        "COLLECTION": lambda: _collection(update.collection, at),
        "SHIPMENT": lambda: _shipment(update.shipment, at),
        "SHORT": lambda: _short(update.short, at),
        "REJECTION": lambda: _rejection(update.rejection, at),
        "CANCEL_DECISION": lambda: _decision(update.cancel_decision, at),
    }
    if kind not in readers:
        raise InvalidField(f"{kind} is not known to this version.", kind="not known")
    return readers[kind]()


def _acknowledged(told: fulfillment_pb2.Acknowledgment, at: Instant) -> ProgressReport:
    return ProgressReport(
        fulfillment_order_id=UUID(told.fulfillment_order_id),
        kind=ProgressKind.ACKNOWLEDGED,
        occurred_at=_when(told, at),
        partner_reference=told.partner_reference,
        waits=True,
    )


def _progress(told: fulfillment_pb2.ProgressReport, kind: ProgressKind, at: Instant) -> ProgressReport:
    return ProgressReport(_identity(told), kind, _when(told, at), _units(told.lines), waits=True)


def _shipment(told: fulfillment_pb2.ShipmentReport, at: Instant) -> ShipmentReport:
    return ShipmentReport(
        fulfillment_order_id=_identity(told),
        reference=told.shipment_reference,
        occurred_at=_when(told, at),
        tracking_number=told.tracking_number,
        lines=_units(told.lines),
        packages=tuple(
            Package(package.package_reference, package.kind, _units(package.lines), package.tracking_number)
            for package in told.packages
        ),
        waits=True,
        carriage=carriage_from_pb(told),
    )


def _collection(told: fulfillment_pb2.CollectionReport, at: Instant) -> CollectionReport:
    return CollectionReport(UUID(told.fulfillment_order_id), told.code, _when(told, at))


def _short(told: fulfillment_pb2.ShortReport, at: Instant) -> ShortReport:
    return ShortReport(
        fulfillment_order_id=UUID(told.fulfillment_order_id),
        reference=told.report_reference,
        occurred_at=_when(told, at),
        lines=_units(told.lines),
        reason=_SHORT_REASONS.from_pb(told.reason, "reason"),
    )


def _rejection(told: fulfillment_pb2.Rejection, at: Instant) -> Rejection:
    return Rejection(UUID(told.fulfillment_order_id), told.reason, _when(told, at))


def _decision(told: warehouse_pb2.CancelDecision, at: Instant) -> NodeAnswer:
    return NodeAnswer(UUID(told.fulfillment_order_id), UUID(told.operation_key), told.accepted, at)


def _identity(told: fulfillment_pb2.ProgressReport | fulfillment_pb2.ShipmentReport) -> UUID:
    """The fulfillment order of a report; partners were told its id. Raises InvalidField where it is missing."""
    if not told.fulfillment_order_id:
        raise InvalidField("fulfillment_order_id is missing.", fulfillment_order_id="missing")
    return UUID(told.fulfillment_order_id)


def _when(told: Message, at: Instant) -> Instant:
    return optional_instant(told, "occur_time") or at


def _units(lines: Iterable[fulfillment_pb2.FulfillmentLine]) -> tuple[FulfillmentLine, ...]:
    return tuple(FulfillmentLine(line.line_number, line.quantity, line.sku) for line in lines)


def _line(line: WorkLine) -> warehouse_pb2.WorkLine:
    return warehouse_pb2.WorkLine(**asdict(line))
