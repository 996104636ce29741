import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.network.v1 import network_pb2 as _network_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MessageState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_STATE_UNSPECIFIED: _ClassVar[MessageState]
    MESSAGE_STATE_DUE: _ClassVar[MessageState]
    MESSAGE_STATE_SETTLED: _ClassVar[MessageState]
    MESSAGE_STATE_DEAD: _ClassVar[MessageState]
MESSAGE_STATE_UNSPECIFIED: MessageState
MESSAGE_STATE_DUE: MessageState
MESSAGE_STATE_SETTLED: MessageState
MESSAGE_STATE_DEAD: MessageState

class GetStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetStatusResponse(_message.Message):
    __slots__ = ("version", "business_time", "virtual_clock", "network_version", "due_messages", "dead_messages", "timers", "open_exceptions", "last_position", "availability", "settled_messages_per_minute", "backlog_span", "stale_value_channel_ids")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_TIME_FIELD_NUMBER: _ClassVar[int]
    VIRTUAL_CLOCK_FIELD_NUMBER: _ClassVar[int]
    NETWORK_VERSION_FIELD_NUMBER: _ClassVar[int]
    DUE_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    DEAD_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TIMERS_FIELD_NUMBER: _ClassVar[int]
    OPEN_EXCEPTIONS_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    AVAILABILITY_FIELD_NUMBER: _ClassVar[int]
    SETTLED_MESSAGES_PER_MINUTE_FIELD_NUMBER: _ClassVar[int]
    BACKLOG_SPAN_FIELD_NUMBER: _ClassVar[int]
    STALE_VALUE_CHANNEL_IDS_FIELD_NUMBER: _ClassVar[int]
    version: str
    business_time: _timestamp_pb2.Timestamp
    virtual_clock: bool
    network_version: int
    due_messages: int
    dead_messages: int
    timers: int
    open_exceptions: int
    last_position: int
    availability: MemoryStatus
    settled_messages_per_minute: int
    backlog_span: _duration_pb2.Duration
    stale_value_channel_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, version: _Optional[str] = ..., business_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., virtual_clock: _Optional[bool] = ..., network_version: _Optional[int] = ..., due_messages: _Optional[int] = ..., dead_messages: _Optional[int] = ..., timers: _Optional[int] = ..., open_exceptions: _Optional[int] = ..., last_position: _Optional[int] = ..., availability: _Optional[_Union[MemoryStatus, _Mapping]] = ..., settled_messages_per_minute: _Optional[int] = ..., backlog_span: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., stale_value_channel_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class MemoryStatus(_message.Message):
    __slots__ = ("loaded", "position", "age", "change_count", "usual_staleness", "late_staleness", "longest_staleness")
    LOADED_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    AGE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_COUNT_FIELD_NUMBER: _ClassVar[int]
    USUAL_STALENESS_FIELD_NUMBER: _ClassVar[int]
    LATE_STALENESS_FIELD_NUMBER: _ClassVar[int]
    LONGEST_STALENESS_FIELD_NUMBER: _ClassVar[int]
    loaded: bool
    position: int
    age: _duration_pb2.Duration
    change_count: int
    usual_staleness: _duration_pb2.Duration
    late_staleness: _duration_pb2.Duration
    longest_staleness: _duration_pb2.Duration
    def __init__(self, loaded: _Optional[bool] = ..., position: _Optional[int] = ..., age: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., change_count: _Optional[int] = ..., usual_staleness: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., late_staleness: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., longest_staleness: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class AdvanceTimeRequest(_message.Message):
    __slots__ = ("span",)
    SPAN_FIELD_NUMBER: _ClassVar[int]
    span: _duration_pb2.Duration
    def __init__(self, span: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class AdvanceTimeResponse(_message.Message):
    __slots__ = ("business_time", "fired_timers")
    BUSINESS_TIME_FIELD_NUMBER: _ClassVar[int]
    FIRED_TIMERS_FIELD_NUMBER: _ClassVar[int]
    business_time: _timestamp_pb2.Timestamp
    fired_timers: int
    def __init__(self, business_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., fired_timers: _Optional[int] = ...) -> None: ...

class RunAuditRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AuditResult(_message.Message):
    __slots__ = ("invariant", "statement", "checked_count", "violation_count", "examples")
    INVARIANT_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    CHECKED_COUNT_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    invariant: str
    statement: str
    checked_count: int
    violation_count: int
    examples: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, invariant: _Optional[str] = ..., statement: _Optional[str] = ..., checked_count: _Optional[int] = ..., violation_count: _Optional[int] = ..., examples: _Optional[_Iterable[str]] = ...) -> None: ...

class RunAuditResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[AuditResult]
    def __init__(self, results: _Optional[_Iterable[_Union[AuditResult, _Mapping]]] = ...) -> None: ...

class ExceptionRecord(_message.Message):
    __slots__ = ("exception_id", "reason", "order_id", "detail", "owner", "deadline_time", "suggested_command", "create_time", "resolve_time", "snooze_until_time", "note")
    EXCEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_TIME_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_COMMAND_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    RESOLVE_TIME_FIELD_NUMBER: _ClassVar[int]
    SNOOZE_UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    exception_id: str
    reason: str
    order_id: str
    detail: str
    owner: str
    deadline_time: _timestamp_pb2.Timestamp
    suggested_command: str
    create_time: _timestamp_pb2.Timestamp
    resolve_time: _timestamp_pb2.Timestamp
    snooze_until_time: _timestamp_pb2.Timestamp
    note: str
    def __init__(self, exception_id: _Optional[str] = ..., reason: _Optional[str] = ..., order_id: _Optional[str] = ..., detail: _Optional[str] = ..., owner: _Optional[str] = ..., deadline_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., suggested_command: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., resolve_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., snooze_until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., note: _Optional[str] = ...) -> None: ...

class ListExceptionsRequest(_message.Message):
    __slots__ = ("page", "reason", "include_ended", "owner", "overdue", "channel_id", "node_id", "include_snoozed")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ENDED_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_SNOOZED_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    reason: str
    include_ended: bool
    owner: str
    overdue: bool
    channel_id: str
    node_id: str
    include_snoozed: bool
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., reason: _Optional[str] = ..., include_ended: _Optional[bool] = ..., owner: _Optional[str] = ..., overdue: _Optional[bool] = ..., channel_id: _Optional[str] = ..., node_id: _Optional[str] = ..., include_snoozed: _Optional[bool] = ...) -> None: ...

class ListExceptionsResponse(_message.Message):
    __slots__ = ("exceptions", "next_page_token")
    EXCEPTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    exceptions: _containers.RepeatedCompositeFieldContainer[ExceptionRecord]
    next_page_token: str
    def __init__(self, exceptions: _Optional[_Iterable[_Union[ExceptionRecord, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AssignExceptionRequest(_message.Message):
    __slots__ = ("request_id", "exception_id", "owner")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    exception_id: str
    owner: str
    def __init__(self, request_id: _Optional[str] = ..., exception_id: _Optional[str] = ..., owner: _Optional[str] = ...) -> None: ...

class AssignExceptionResponse(_message.Message):
    __slots__ = ("exception",)
    EXCEPTION_FIELD_NUMBER: _ClassVar[int]
    exception: ExceptionRecord
    def __init__(self, exception: _Optional[_Union[ExceptionRecord, _Mapping]] = ...) -> None: ...

class SnoozeExceptionRequest(_message.Message):
    __slots__ = ("request_id", "exception_id", "until_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    exception_id: str
    until_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., exception_id: _Optional[str] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SnoozeExceptionResponse(_message.Message):
    __slots__ = ("exception",)
    EXCEPTION_FIELD_NUMBER: _ClassVar[int]
    exception: ExceptionRecord
    def __init__(self, exception: _Optional[_Union[ExceptionRecord, _Mapping]] = ...) -> None: ...

class ResolveExceptionRequest(_message.Message):
    __slots__ = ("request_id", "exception_id", "note")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    exception_id: str
    note: str
    def __init__(self, request_id: _Optional[str] = ..., exception_id: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class ResolveExceptionResponse(_message.Message):
    __slots__ = ("exception",)
    EXCEPTION_FIELD_NUMBER: _ClassVar[int]
    exception: ExceptionRecord
    def __init__(self, exception: _Optional[_Union[ExceptionRecord, _Mapping]] = ...) -> None: ...

class ChangeExceptionsRequest(_message.Message):
    __slots__ = ("request_id", "exception_ids", "owner", "snooze_until_time", "resolve_note")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_IDS_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    SNOOZE_UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    RESOLVE_NOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    exception_ids: _containers.RepeatedScalarFieldContainer[str]
    owner: str
    snooze_until_time: _timestamp_pb2.Timestamp
    resolve_note: str
    def __init__(self, request_id: _Optional[str] = ..., exception_ids: _Optional[_Iterable[str]] = ..., owner: _Optional[str] = ..., snooze_until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., resolve_note: _Optional[str] = ...) -> None: ...

class ChangeExceptionsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ExceptionResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ExceptionResult, _Mapping]]] = ...) -> None: ...

class ExceptionResult(_message.Message):
    __slots__ = ("exception", "refusal")
    EXCEPTION_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    exception: ExceptionRecord
    refusal: _refusal_pb2.Refusal
    def __init__(self, exception: _Optional[_Union[ExceptionRecord, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class OutboxMessage(_message.Message):
    __slots__ = ("message_id", "lane", "kind", "account_id", "order_id", "state", "attempts", "last_failure")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    LAST_FAILURE_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    lane: str
    kind: str
    account_id: str
    order_id: str
    state: MessageState
    attempts: int
    last_failure: str
    def __init__(self, message_id: _Optional[str] = ..., lane: _Optional[str] = ..., kind: _Optional[str] = ..., account_id: _Optional[str] = ..., order_id: _Optional[str] = ..., state: _Optional[_Union[MessageState, str]] = ..., attempts: _Optional[int] = ..., last_failure: _Optional[str] = ...) -> None: ...

class ListMessagesRequest(_message.Message):
    __slots__ = ("page", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    state: MessageState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., state: _Optional[_Union[MessageState, str]] = ...) -> None: ...

class ListMessagesResponse(_message.Message):
    __slots__ = ("messages", "next_page_token")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[OutboxMessage]
    next_page_token: str
    def __init__(self, messages: _Optional[_Iterable[_Union[OutboxMessage, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RetryMessageRequest(_message.Message):
    __slots__ = ("request_id", "message_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    message_id: str
    def __init__(self, request_id: _Optional[str] = ..., message_id: _Optional[str] = ...) -> None: ...

class RetryMessagesRequest(_message.Message):
    __slots__ = ("request_id", "account_id", "since_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    account_id: str
    since_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., account_id: _Optional[str] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RetryMessagesResponse(_message.Message):
    __slots__ = ("retried_count", "remaining_count")
    RETRIED_COUNT_FIELD_NUMBER: _ClassVar[int]
    REMAINING_COUNT_FIELD_NUMBER: _ClassVar[int]
    retried_count: int
    remaining_count: int
    def __init__(self, retried_count: _Optional[int] = ..., remaining_count: _Optional[int] = ...) -> None: ...

class MovePollCursorRequest(_message.Message):
    __slots__ = ("request_id", "account_id", "cursor")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    account_id: str
    cursor: str
    def __init__(self, request_id: _Optional[str] = ..., account_id: _Optional[str] = ..., cursor: _Optional[str] = ...) -> None: ...

class MovePollCursorResponse(_message.Message):
    __slots__ = ("previous_cursor",)
    PREVIOUS_CURSOR_FIELD_NUMBER: _ClassVar[int]
    previous_cursor: str
    def __init__(self, previous_cursor: _Optional[str] = ...) -> None: ...

class GetAccountsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetAccountsResponse(_message.Message):
    __slots__ = ("accounts",)
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[AccountStatus]
    def __init__(self, accounts: _Optional[_Iterable[_Union[AccountStatus, _Mapping]]] = ...) -> None: ...

class AccountStatus(_message.Message):
    __slots__ = ("account_id", "kind", "adapter", "pause_time", "pause_reason", "breaker_end_time", "due_count", "in_flight_count", "failing_count", "dead_count", "oldest_due_time", "last_failure", "settled_messages_per_hour", "last_settle_time")
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ADAPTER_FIELD_NUMBER: _ClassVar[int]
    PAUSE_TIME_FIELD_NUMBER: _ClassVar[int]
    PAUSE_REASON_FIELD_NUMBER: _ClassVar[int]
    BREAKER_END_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_COUNT_FIELD_NUMBER: _ClassVar[int]
    IN_FLIGHT_COUNT_FIELD_NUMBER: _ClassVar[int]
    FAILING_COUNT_FIELD_NUMBER: _ClassVar[int]
    DEAD_COUNT_FIELD_NUMBER: _ClassVar[int]
    OLDEST_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_FAILURE_FIELD_NUMBER: _ClassVar[int]
    SETTLED_MESSAGES_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    LAST_SETTLE_TIME_FIELD_NUMBER: _ClassVar[int]
    account_id: str
    kind: _network_pb2.PartnerKind
    adapter: str
    pause_time: _timestamp_pb2.Timestamp
    pause_reason: str
    breaker_end_time: _timestamp_pb2.Timestamp
    due_count: int
    in_flight_count: int
    failing_count: int
    dead_count: int
    oldest_due_time: _timestamp_pb2.Timestamp
    last_failure: str
    settled_messages_per_hour: int
    last_settle_time: _timestamp_pb2.Timestamp
    def __init__(self, account_id: _Optional[str] = ..., kind: _Optional[_Union[_network_pb2.PartnerKind, str]] = ..., adapter: _Optional[str] = ..., pause_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., pause_reason: _Optional[str] = ..., breaker_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_count: _Optional[int] = ..., in_flight_count: _Optional[int] = ..., failing_count: _Optional[int] = ..., dead_count: _Optional[int] = ..., oldest_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_failure: _Optional[str] = ..., settled_messages_per_hour: _Optional[int] = ..., last_settle_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PauseAccountRequest(_message.Message):
    __slots__ = ("request_id", "account_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    account_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., account_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class PauseAccountResponse(_message.Message):
    __slots__ = ("pause_time",)
    PAUSE_TIME_FIELD_NUMBER: _ClassVar[int]
    pause_time: _timestamp_pb2.Timestamp
    def __init__(self, pause_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ResumeAccountRequest(_message.Message):
    __slots__ = ("request_id", "account_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    account_id: str
    def __init__(self, request_id: _Optional[str] = ..., account_id: _Optional[str] = ...) -> None: ...

class ResumeAccountResponse(_message.Message):
    __slots__ = ("due_count",)
    DUE_COUNT_FIELD_NUMBER: _ClassVar[int]
    due_count: int
    def __init__(self, due_count: _Optional[int] = ...) -> None: ...

class RetryMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: OutboxMessage
    def __init__(self, message: _Optional[_Union[OutboxMessage, _Mapping]] = ...) -> None: ...

class ListAuditLogRequest(_message.Message):
    __slots__ = ("page", "principal", "rpc", "outcome", "since_time")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    RPC_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    principal: str
    rpc: str
    outcome: str
    since_time: _timestamp_pb2.Timestamp
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., principal: _Optional[str] = ..., rpc: _Optional[str] = ..., outcome: _Optional[str] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListAuditLogResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AuditEntry(_message.Message):
    __slots__ = ("number", "end_time", "principal", "rpc", "outcome", "request_id", "subject", "trace_id", "calls")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    RPC_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TRACE_ID_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    number: int
    end_time: _timestamp_pb2.Timestamp
    principal: str
    rpc: str
    outcome: str
    request_id: str
    subject: str
    trace_id: str
    calls: int
    def __init__(self, number: _Optional[int] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., principal: _Optional[str] = ..., rpc: _Optional[str] = ..., outcome: _Optional[str] = ..., request_id: _Optional[str] = ..., subject: _Optional[str] = ..., trace_id: _Optional[str] = ..., calls: _Optional[int] = ...) -> None: ...

class VerifyAuditLogRequest(_message.Message):
    __slots__ = ("after", "after_digest")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    AFTER_DIGEST_FIELD_NUMBER: _ClassVar[int]
    after: int
    after_digest: str
    def __init__(self, after: _Optional[int] = ..., after_digest: _Optional[str] = ...) -> None: ...

class VerifyAuditLogResponse(_message.Message):
    __slots__ = ("verified_through", "flaw", "complete", "next_after", "next_after_digest")
    VERIFIED_THROUGH_FIELD_NUMBER: _ClassVar[int]
    FLAW_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_DIGEST_FIELD_NUMBER: _ClassVar[int]
    verified_through: int
    flaw: str
    complete: bool
    next_after: int
    next_after_digest: str
    def __init__(self, verified_through: _Optional[int] = ..., flaw: _Optional[str] = ..., complete: _Optional[bool] = ..., next_after: _Optional[int] = ..., next_after_digest: _Optional[str] = ...) -> None: ...
