"""The channel contract: payloads of `channel.*` messages to requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2
from hub.wire.partners.calls import amount_to_pb, time_to_pb

Payload = Mapping[str, Any]


def report_to_pb(call: call_pb2.Call, payload: Payload) -> channel_pb2.ReportProgressRequest:
    """The request of `channel.report`."""
    return channel_pb2.ReportProgressRequest(
        call=call,
        order_id=payload["order_id"],
        channel_reference=payload["channel_reference"],
        kind=f"PROGRESS_KIND_{payload['progress']}",
        lines=[_line(line) for line in payload["lines"]],
        tracking_number=payload.get("tracking_number") or "",
        occur_time=time_to_pb(payload.get("occurred_at")),
        shipment_reference=payload.get("shipment_reference", ""),
        service_code=payload.get("service_code", ""),
        packages=[
            channel_pb2.ShipmentPackage(
                package_reference=one["reference"],
                kind=one["kind"],
                tracking_number=one["tracking_number"],
                lines=[_line(line) for line in one["lines"]],
            )
            for one in payload.get("packages", ())
        ],
        carrier_state=payload.get("carrier_state", ""),
        reason=payload.get("reason", ""),
        amount=amount_to_pb(payload["amount_minor"], payload["currency"]) if "amount_minor" in payload else None,
    )


def _line(line: Payload) -> channel_pb2.ProgressLine:
    return channel_pb2.ProgressLine(
        line_number=line["line_number"],
        channel_line_reference=line.get("channel_line_reference") or "",
        sku=line["sku"],
        quantity=line["quantity"],
        waiting_quantity=line.get("waiting_quantity", 0),
        promised_time=time_to_pb(line.get("promised_at")),
    )


def refund_to_pb(call: call_pb2.Call, payload: Payload) -> channel_pb2.RefundPaymentRequest:
    """The request of `channel.refund`."""
    return channel_pb2.RefundPaymentRequest(
        call=call,
        order_id=payload["order_id"],
        channel_reference=payload["channel_reference"],
        payment_reference=payload["payment_reference"],
        amount=amount_to_pb(payload["amount_minor"], payload["currency"]),
    )


def stock_to_pb(call: call_pb2.Call, payload: Payload) -> channel_pb2.PublishStockRequest:
    """The request of `channel.stock`."""
    levels = [channel_pb2.StockLevel(sku=level["sku"], available=level["available"]) for level in payload["levels"]]
    return channel_pb2.PublishStockRequest(call=call, levels=levels)
