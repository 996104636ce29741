"""The ERP contract: the payload of `erp.post` to a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.erp.v1 import erp_pb2
from hub.wire.partners import amount_to_pb


def post_to_pb(call: call_pb2.Call, payload: Mapping[str, Any]) -> erp_pb2.PostDocumentRequest:
    """The request of `erp.post`."""
    currency = payload["currency"]
    return erp_pb2.PostDocumentRequest(
        call=call,
        kind=f"DOCUMENT_KIND_{payload['document']}",
        order_id=payload["order_id"],
        seller_id=payload["seller_id"],
        document_number=payload["document_number"],
        lines=[
            erp_pb2.PostedLine(
                line_number=line["line_number"],
                sku=line["sku"],
                quantity=line["quantity"],
                value=amount_to_pb(line["value_minor"], currency),
            )
            for line in payload["lines"]
        ],
        total=amount_to_pb(payload["total_minor"], currency),
    )
