import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ParkedEventState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARKED_EVENT_STATE_UNSPECIFIED: _ClassVar[ParkedEventState]
    PARKED_EVENT_STATE_PARKED: _ClassVar[ParkedEventState]
    PARKED_EVENT_STATE_UNMATCHED: _ClassVar[ParkedEventState]
    PARKED_EVENT_STATE_REFUSED: _ClassVar[ParkedEventState]
    PARKED_EVENT_STATE_APPLIED: _ClassVar[ParkedEventState]
PARKED_EVENT_STATE_UNSPECIFIED: ParkedEventState
PARKED_EVENT_STATE_PARKED: ParkedEventState
PARKED_EVENT_STATE_UNMATCHED: ParkedEventState
PARKED_EVENT_STATE_REFUSED: ParkedEventState
PARKED_EVENT_STATE_APPLIED: ParkedEventState

class SourceSequence(_message.Message):
    __slots__ = ("source", "number")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    source: str
    number: int
    def __init__(self, source: _Optional[str] = ..., number: _Optional[int] = ...) -> None: ...

class OrderReference(_message.Message):
    __slots__ = ("channel_id", "channel_reference", "node_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    channel_reference: str
    node_id: str
    def __init__(self, channel_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class ParkedEvent(_message.Message):
    __slots__ = ("parked_event_id", "kind", "waits_for", "state", "sequence", "park_time", "deadline_time", "reason")
    PARKED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WAITS_FOR_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PARK_TIME_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    parked_event_id: str
    kind: str
    waits_for: str
    state: ParkedEventState
    sequence: SourceSequence
    park_time: _timestamp_pb2.Timestamp
    deadline_time: _timestamp_pb2.Timestamp
    reason: str
    def __init__(self, parked_event_id: _Optional[str] = ..., kind: _Optional[str] = ..., waits_for: _Optional[str] = ..., state: _Optional[_Union[ParkedEventState, str]] = ..., sequence: _Optional[_Union[SourceSequence, _Mapping]] = ..., park_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deadline_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...
