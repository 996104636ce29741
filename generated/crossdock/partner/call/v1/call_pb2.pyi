import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OUTCOME_UNSPECIFIED: _ClassVar[Outcome]
    OUTCOME_DONE: _ClassVar[Outcome]
    OUTCOME_REFUSED: _ClassVar[Outcome]
    OUTCOME_NOT_FOUND: _ClassVar[Outcome]
    OUTCOME_PENDING: _ClassVar[Outcome]
OUTCOME_UNSPECIFIED: Outcome
OUTCOME_DONE: Outcome
OUTCOME_REFUSED: Outcome
OUTCOME_NOT_FOUND: Outcome
OUTCOME_PENDING: Outcome

class Call(_message.Message):
    __slots__ = ("account_id", "operation_key", "business_time", "profile_json", "traceparent")
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    OPERATION_KEY_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_TIME_FIELD_NUMBER: _ClassVar[int]
    PROFILE_JSON_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    account_id: str
    operation_key: str
    business_time: _timestamp_pb2.Timestamp
    profile_json: str
    traceparent: str
    def __init__(self, account_id: _Optional[str] = ..., operation_key: _Optional[str] = ..., business_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., profile_json: _Optional[str] = ..., traceparent: _Optional[str] = ...) -> None: ...

class Answer(_message.Message):
    __slots__ = ("outcome", "partner_reference", "code", "message")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PARTNER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    outcome: Outcome
    partner_reference: str
    code: str
    message: str
    def __init__(self, outcome: _Optional[_Union[Outcome, str]] = ..., partner_reference: _Optional[str] = ..., code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class Find(_message.Message):
    __slots__ = ("call", "kind", "first_ask_time")
    CALL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FIRST_ASK_TIME_FIELD_NUMBER: _ClassVar[int]
    call: Call
    kind: str
    first_ask_time: _timestamp_pb2.Timestamp
    def __init__(self, call: _Optional[_Union[Call, _Mapping]] = ..., kind: _Optional[str] = ..., first_ask_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Pull(_message.Message):
    __slots__ = ("call", "cursor")
    CALL_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    call: Call
    cursor: str
    def __init__(self, call: _Optional[_Union[Call, _Mapping]] = ..., cursor: _Optional[str] = ...) -> None: ...

class Pulled(_message.Message):
    __slots__ = ("cursor", "next_update_time")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    NEXT_UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    cursor: str
    next_update_time: _timestamp_pb2.Timestamp
    def __init__(self, cursor: _Optional[str] = ..., next_update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
