"""Exceptions and messages on the wire, for operators."""

from __future__ import annotations

from typing import Final

from crossdock.admin.v1 import admin_pb2 as pb
from hub.audit.invariant import AuditResult
from hub.auditlog.model import Link, Question
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.kernel.errors import InvalidField
from hub.outbox.model import MessageRecord, MessageState, Revival
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb, optional_instant

MESSAGE_STATES: Final = Names(MessageState, pb.MessageState, "MESSAGE_STATE")


def exception_to_pb(record: ExceptionRecord) -> pb.ExceptionRecord:
    """The exception as a message."""
    return pb.ExceptionRecord(
        exception_id=str(record.exception_id),
        reason=record.reason.value,
        order_id=str(record.order_id or ""),
        detail=record.detail,
        owner=record.owner,
        deadline_time=instant_to_pb(record.deadline_at),
        suggested_command=record.suggested_command,
        create_time=instant_to_pb(record.created_at),
        resolve_time=None if record.resolved_at is None else instant_to_pb(record.resolved_at),
    )


def exception_reason_from_pb(reason: str) -> ExceptionReason | None:
    """The reason of a name; None where none is given. Raises InvalidField, naming those there are."""
    if not reason:
        return None
    try:
        return ExceptionReason(reason)
    except ValueError as error:
        known = ", ".join(one.value for one in ExceptionReason)
        raise InvalidField(f"reason is none of {known}.", reason="unknown") from error


def message_to_pb(record: MessageRecord) -> pb.OutboxMessage:
    """The message as operators see it: without its payload."""
    message = record.message
    return pb.OutboxMessage(
        message_id=str(message.message_id),
        lane=message.lane,
        kind=message.kind,
        account_id=message.account_id or "",
        order_id=str(message.order_id or ""),
        state=MESSAGE_STATES.to_pb(record.state),
        attempts=record.attempts,
        last_failure=record.last_failure,
    )


def revival_from_pb(message: pb.RetryMessagesRequest) -> Revival:
    """Which dead letters a request means. Raises InvalidField."""
    return Revival(message.account_id, optional_instant(message, "since_time"))


def audit_question_from_pb(request: pb.ListAuditLogRequest, *, before: int | None, size: int) -> Question:
    """Which entries a request asks for, at most `size` of those before a number. Raises InvalidField."""
    return Question(
        principal=request.principal,
        rpc=request.rpc,
        outcome=request.outcome,
        since=optional_instant(request, "since_time"),
        before=before,
        size=size,
    )


def audit_entry_to_pb(link: Link) -> pb.AuditEntry:
    """An entry of the audit log as a message."""
    entry = link.entry
    return pb.AuditEntry(
        number=link.number,
        end_time=instant_to_pb(entry.at),
        principal=entry.principal,
        rpc=entry.rpc,
        outcome=entry.outcome,
        request_id=entry.request_id,
        subject=entry.subject,
        trace_id=entry.trace_id,
        calls=entry.calls,
    )


def audit_result_to_pb(result: AuditResult) -> pb.AuditResult:
    """What the audit says of one invariant."""
    return pb.AuditResult(
        invariant=result.name,
        statement=result.statement,
        checked_count=result.checked,
        violation_count=result.violations,
        examples=result.examples,
    )
