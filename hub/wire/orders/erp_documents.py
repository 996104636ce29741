"""Documents that ERPs were posted on the wire: made of the messages that posted them and of their answers."""

from __future__ import annotations

from typing import Any

from crossdock.orders.v1 import erp_document_service_pb2 as pb
from hub.messages.erp import PostDocument
from hub.outbox.model import MessageRecord, MessageState, Outcome
from hub.wire.instants import instant_to_pb
from hub.wire.prices import minor_to_pb


def document_to_pb(record: MessageRecord, document: PostDocument) -> pb.ErpDocument:
    """The document that a message posts."""
    answered = record.state is MessageState.SETTLED and record.settled_at is not None
    return pb.ErpDocument(
        document_number=document.document_number,
        kind=f"DOCUMENT_KIND_{document.document.value}",
        state=_state(record),
        erp_number=record.answer.partner_reference if record.answer else "",
        total=None if document.total_minor is None else minor_to_pb(document.total_minor, document.currency),
        subject_id=str(document.subject_id or ""),
        failure=_failure(record),
        create_time=instant_to_pb(record.created_at),
        answer_time=instant_to_pb(record.settled_at) if answered and record.settled_at else None,
        account_id=record.message.account_id or "",
    )


def _state(record: MessageRecord) -> Any:
    if record.state is MessageState.DUE:
        return pb.ERP_DOCUMENT_STATE_PENDING
    outcome = record.answer.outcome if record.answer else None
    if record.state is MessageState.SETTLED and outcome is Outcome.DONE:
        return pb.ERP_DOCUMENT_STATE_POSTED
    if outcome is Outcome.REFUSED:
        return pb.ERP_DOCUMENT_STATE_REFUSED
    return pb.ERP_DOCUMENT_STATE_GIVEN_UP


def _failure(record: MessageRecord) -> str:
    if record.answer is not None and record.answer.outcome is Outcome.REFUSED:
        return f"{record.answer.code} {record.answer.message}".strip()
    return record.last_failure if record.state is MessageState.DEAD else ""
