"""Exceptions and messages on the wire, for operators."""

from __future__ import annotations

from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2 as pb
from crossdock.network.v1 import network_pb2
from hub.audit.invariant import AuditResult
from hub.auditlog.model import Link, Question
from hub.exceptions.model import ExceptionFilter, ExceptionReason, ExceptionRecord
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import Instant
from hub.network.model import PartnerAccount, PartnerKind
from hub.outbox.model import AccountState, MessageRecord, MessageState, Revival
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb, optional_instant
from hub.wire.refusals import refusal_to_pb

_KINDS: Final = Names(PartnerKind, network_pb2.PartnerKind, "PARTNER_KIND")
MESSAGE_STATES: Final = Names(MessageState, pb.MessageState, "MESSAGE_STATE")


def exception_result_to_pb(answer: ExceptionRecord | Refusal) -> pb.ExceptionResult:
    """What became of one exception of many."""
    if isinstance(answer, Refusal):
        return pb.ExceptionResult(refusal=refusal_to_pb(answer))
    return pb.ExceptionResult(exception=exception_to_pb(answer))


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
        snooze_until_time=None if record.snoozed_until is None else instant_to_pb(record.snoozed_until),
        note=record.note,
    )


def exception_filter_from_pb(request: pb.ListExceptionsRequest, at: Instant) -> ExceptionFilter:
    """What a listing at an instant asks for. Raises InvalidField for a reason that there is not."""
    return ExceptionFilter(
        at=at,
        reason=_exception_reason(request.reason),
        owner=request.owner,
        channel_id=request.channel_id,
        node_id=request.node_id,
        overdue=request.overdue,
        ended=request.include_ended,
        snoozed=request.include_snoozed,
    )


def _exception_reason(reason: str) -> ExceptionReason | None:
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


def account_status_to_pb(account: PartnerAccount, state: AccountState) -> pb.AccountStatus:
    """An account of the network, as it stands."""
    return pb.AccountStatus(
        account_id=account.account_id,
        kind=_KINDS.to_pb(account.kind),
        adapter=account.adapter,
        pause_time=_optional(state.paused_at),
        pause_reason=state.pause_reason,
        breaker_end_time=_optional(state.breaker_until),
        due_count=state.due,
        in_flight_count=state.in_flight,
        failing_count=state.failing,
        dead_count=state.dead,
        oldest_due_time=_optional(state.oldest_at),
        last_failure=state.last_failure,
        settled_messages_per_hour=state.settled,
        last_settle_time=_optional(state.last_settled_at),
    )


def _optional(at: Instant | None) -> Timestamp | None:
    return None if at is None else instant_to_pb(at)


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
