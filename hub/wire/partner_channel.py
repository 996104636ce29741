"""The channel contract: payloads of `channel.*` messages to requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2

Payload = Mapping[str, Any]


def report_to_pb(call: call_pb2.Call, payload: Payload) -> channel_pb2.ReportProgressRequest:
    """The request of `channel.report`."""
    return channel_pb2.ReportProgressRequest(
        call=call,
        order_id=payload["order_id"],
        channel_reference=payload["channel_reference"],
        kind=f"PROGRESS_KIND_{payload['progress']}",
        lines=[
            channel_pb2.ProgressLine(
                line_number=line["line_number"],
                channel_line_reference=line.get("channel_line_reference") or "",
                sku=line["sku"],
                quantity=line["quantity"],
            )
            for line in payload["lines"]
        ],
        tracking_number=payload.get("tracking_number") or "",
    )


def stock_to_pb(call: call_pb2.Call, payload: Payload) -> channel_pb2.PublishStockRequest:
    """The request of `channel.stock`."""
    levels = [channel_pb2.StockLevel(sku=level["sku"], available=level["available"]) for level in payload["levels"]]
    return channel_pb2.PublishStockRequest(call=call, levels=levels)
