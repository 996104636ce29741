"""The ERP contract: the payload of `erp.post` to a request."""

from __future__ import annotations

from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.erp.v1 import erp_pb2
from hub.messages.erp import PostDocument, PostedLine
from hub.parties.model import Contact
from hub.wire.address import contact_to_pb
from hub.wire.partners.calls import amount_to_pb, time_to_pb


def post_to_pb(
    call: call_pb2.Call, payload: PostDocument, bill_to: Contact | None = None
) -> erp_pb2.PostDocumentRequest:
    """The request of `erp.post`; without `bill_to` where there is no payer, or no more."""
    currency = payload.currency
    return erp_pb2.PostDocumentRequest(
        call=call,
        kind=f"DOCUMENT_KIND_{payload.document.value}",
        order_id=str(payload.order_id or ""),
        seller_id=payload.seller_id,
        document_number=payload.document_number,
        lines=[_line(line, currency) for line in payload.lines],
        total=_amount(payload.total_minor, currency),
        node_id=payload.node_id,
        subject_id=str(payload.subject_id or ""),
        channel_reference=payload.channel_reference,
        terms=payload.terms,
        occur_time=time_to_pb(payload.occurred_at),
        bill_to=contact_to_pb(bill_to) if bill_to else None,
        incoterm=payload.incoterm,
        discounts=[
            erp_pb2.StatedDiscount(
                line_number=one.line_number, code=one.code, amount=amount_to_pb(one.amount_minor, currency)
            )
            for one in payload.discounts
        ],
        instrument_kinds=payload.instrument_kinds,
        placed_time=time_to_pb(payload.placed_at),
        to_seller_id=payload.to_seller_id,
        reverse_charge=payload.reverse_charge,
    )


def _line(line: PostedLine, currency: str) -> erp_pb2.PostedLine:
    return erp_pb2.PostedLine(
        line_number=line.line_number,
        sku=line.sku,
        quantity=line.quantity,
        value=_amount(line.value_minor, currency),
        tax=_amount(line.tax_minor, currency),
        cause=line.cause,
        channel_line_reference=line.channel_line_reference,
    )


def _amount(minor: int | None, currency: str) -> Any:
    return None if minor is None else amount_to_pb(minor, currency)
