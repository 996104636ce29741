"""Work lines into the stand-in's own, and what happened at a node into updates. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from adapters.double_warehouse import policy
from adapters.double_warehouse.policy import Line
from adapters.sdk.times import timestamp_of
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb


def lines_of(work: Iterable[pb.WorkLine]) -> tuple[Line, ...]:
    """Answers the lines asked for."""
    return tuple(Line(line.line_number, line.sku, line.quantity) for line in work)


def acknowledged(update_id: str, fulfillment_order_id: str, reference: str, at: datetime) -> pb.Update:
    """The node took it on."""
    report = fulfillment_pb2.Acknowledgment(
        fulfillment_order_id=fulfillment_order_id, partner_reference=reference, occur_time=timestamp_of(at)
    )
    return pb.Update(update_id=update_id, acknowledgment=report)


def rejected(update_id: str, fulfillment_order_id: str, at: datetime) -> pb.Update:
    """The node refuses it."""
    report = fulfillment_pb2.Rejection(
        fulfillment_order_id=fulfillment_order_id, reason="The node takes no orders.", occur_time=timestamp_of(at)
    )
    return pb.Update(update_id=update_id, rejection=report)


def picked(update_id: str, fulfillment_order_id: str, lines: Sequence[Line], at: datetime) -> pb.Update:
    """Units were picked."""
    return pb.Update(update_id=update_id, pick=_progress(fulfillment_order_id, lines, at))


def packed(update_id: str, fulfillment_order_id: str, lines: Sequence[Line], at: datetime) -> pb.Update:
    """Units were packed."""
    return pb.Update(update_id=update_id, pack=_progress(fulfillment_order_id, lines, at))


def ready(update_id: str, fulfillment_order_id: str, lines: Sequence[Line], at: datetime) -> pb.Update:
    """Units lie ready to be collected."""
    return pb.Update(update_id=update_id, ready=_progress(fulfillment_order_id, lines, at))


def short(update_id: str, fulfillment_order_id: str, reference: str, lines: Sequence[Line], at: datetime) -> pb.Update:
    """Units are not there."""
    report = fulfillment_pb2.ShortReport(
        fulfillment_order_id=fulfillment_order_id,
        report_reference=reference,
        lines=_lines(lines),
        reason=fulfillment_pb2.SHORT_REASON_NOT_IN_STOCK,
        occur_time=timestamp_of(at),
    )
    return pb.Update(update_id=update_id, short=report)


def shipped(
    update_id: str, fulfillment_order_id: str, reference: str, tracking: str, lines: Sequence[Line], at: datetime
) -> pb.Update:
    """A parcel left, with the stand-in's own carrier."""
    report = fulfillment_pb2.ShipmentReport(
        fulfillment_order_id=fulfillment_order_id,
        shipment_reference=reference,
        tracking_number=tracking,
        lines=_lines(lines),
        occur_time=timestamp_of(at),
        carrier_code="DBL",
        carrier_name="Double Parcel",
        weight_grams=policy.weight_grams(lines),
        tracking_url=policy.tracking_url(tracking),
    )
    return pb.Update(update_id=update_id, shipment=report)


def decided(update_id: str, fulfillment_order_id: str, operation_key: str, *, accepted: bool) -> pb.Update:
    """A request to cancel was answered."""
    decision = pb.CancelDecision(
        operation_key=operation_key, fulfillment_order_id=fulfillment_order_id, accepted=accepted
    )
    return pb.Update(update_id=update_id, cancel_decision=decision)


def _progress(fulfillment_order_id: str, lines: Sequence[Line], at: datetime) -> fulfillment_pb2.ProgressReport:
    return fulfillment_pb2.ProgressReport(
        fulfillment_order_id=fulfillment_order_id, lines=_lines(lines), occur_time=timestamp_of(at)
    )


def _lines(lines: Sequence[Line]) -> list[fulfillment_pb2.FulfillmentLine]:
    return [
        fulfillment_pb2.FulfillmentLine(line_number=line.number, quantity=line.quantity, sku=line.sku) for line in lines
    ]
