"""The channel contract: payloads of `channel.*` messages to requests."""

from __future__ import annotations

from msgspec.structs import asdict

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2
from hub.messages.channel import ProgressLine, PublishStock, RefundByChannel, ReportProgress, StockLevel
from hub.wire.partners.calls import amount_to_pb, time_to_pb


def report_to_pb(call: call_pb2.Call, payload: ReportProgress) -> channel_pb2.ReportProgressRequest:
    """The request of `channel.report`."""
    return channel_pb2.ReportProgressRequest(
        call=call,
        order_id=str(payload.order_id),
        channel_reference=payload.channel_reference,
        kind=f"PROGRESS_KIND_{payload.progress.value}",
        lines=[_line(line) for line in payload.lines],
        tracking_number=payload.tracking_number,
        occur_time=time_to_pb(payload.occurred_at),
        shipment_reference=payload.shipment_reference,
        service_code=payload.service_code,
        packages=[
            channel_pb2.ShipmentPackage(
                package_reference=package.reference,
                kind=package.kind,
                tracking_number=package.tracking_number,
                lines=[_line(line) for line in package.lines],
            )
            for package in payload.packages
        ],
        carrier_state=payload.carrier_state,
        reason=payload.reason,
        amount=None if payload.amount_minor is None else amount_to_pb(payload.amount_minor, payload.currency),
        carrier_code=payload.carrier_code,
        carrier_name=payload.carrier_name,
        weight_grams=payload.weight_grams,
        tracking_url=payload.tracking_url,
    )


def _line(line: ProgressLine) -> channel_pb2.ProgressLine:
    return channel_pb2.ProgressLine(
        line_number=line.line_number,
        channel_line_reference=line.channel_line_reference,
        sku=line.sku,
        quantity=line.quantity,
        waiting_quantity=line.waiting_quantity,
        promised_time=time_to_pb(line.promised_at),
    )


def refund_to_pb(call: call_pb2.Call, payload: RefundByChannel) -> channel_pb2.RefundPaymentRequest:
    """The request of `channel.refund`."""
    return channel_pb2.RefundPaymentRequest(
        call=call,
        order_id=str(payload.order_id),
        channel_reference=payload.channel_reference,
        payment_reference=payload.payment_reference,
        amount=amount_to_pb(payload.amount_minor, payload.currency),
    )


def stock_to_pb(call: call_pb2.Call, payload: PublishStock) -> channel_pb2.PublishStockRequest:
    """The request of `channel.stock`."""
    return channel_pb2.PublishStockRequest(call=call, levels=[_level(level) for level in payload.levels])


def _level(level: StockLevel) -> channel_pb2.StockLevel:
    return channel_pb2.StockLevel(**asdict(level))
