"""The ERP contract: the payload of `erp.post` to a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.erp.v1 import erp_pb2
from hub.wire.partners.calls import amount_to_pb, time_to_pb

Payload = Mapping[str, Any]


def post_to_pb(call: call_pb2.Call, payload: Payload) -> erp_pb2.PostDocumentRequest:
    """The request of `erp.post`."""
    currency = payload.get("currency", "")
    return erp_pb2.PostDocumentRequest(
        call=call,
        kind=f"DOCUMENT_KIND_{payload['document']}",
        order_id=payload.get("order_id", ""),
        seller_id=payload.get("seller_id", ""),
        document_number=payload["document_number"],
        lines=[_line(line, currency) for line in payload["lines"]],
        total=amount_to_pb(payload["total_minor"], currency) if currency else None,
        node_id=payload.get("node_id", ""),
        subject_id=payload.get("subject_id", ""),
        channel_reference=payload.get("channel_reference", ""),
        terms=payload.get("terms", ""),
        occur_time=time_to_pb(payload.get("occurred_at")),
    )


def _line(line: Payload, currency: str) -> erp_pb2.PostedLine:
    return erp_pb2.PostedLine(
        line_number=line["line_number"],
        sku=line["sku"],
        quantity=line["quantity"],
        value=amount_to_pb(line["value_minor"], currency) if "value_minor" in line else None,
        tax=amount_to_pb(line["tax_minor"], currency) if "tax_minor" in line else None,
        cause=line.get("cause", ""),
        channel_line_reference=line.get("channel_line_reference", ""),
    )
