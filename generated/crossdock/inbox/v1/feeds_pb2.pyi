import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.common.v1 import source_pb2 as _source_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FeedGap(_message.Message):
    __slots__ = ("first_number", "last_number", "since_time")
    FIRST_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LAST_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    first_number: int
    last_number: int
    since_time: _timestamp_pb2.Timestamp
    def __init__(self, first_number: _Optional[int] = ..., last_number: _Optional[int] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Feed(_message.Message):
    __slots__ = ("source", "watermark", "highest_number", "gaps", "parked_count", "node_ids")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    WATERMARK_FIELD_NUMBER: _ClassVar[int]
    HIGHEST_NUMBER_FIELD_NUMBER: _ClassVar[int]
    GAPS_FIELD_NUMBER: _ClassVar[int]
    PARKED_COUNT_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    source: str
    watermark: int
    highest_number: int
    gaps: _containers.RepeatedCompositeFieldContainer[FeedGap]
    parked_count: int
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, source: _Optional[str] = ..., watermark: _Optional[int] = ..., highest_number: _Optional[int] = ..., gaps: _Optional[_Iterable[_Union[FeedGap, _Mapping]]] = ..., parked_count: _Optional[int] = ..., node_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListFeedsRequest(_message.Message):
    __slots__ = ("page", "source", "only_gaps")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ONLY_GAPS_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    source: str
    only_gaps: bool
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., source: _Optional[str] = ..., only_gaps: _Optional[bool] = ...) -> None: ...

class ListFeedsResponse(_message.Message):
    __slots__ = ("feeds", "next_page_token")
    FEEDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    feeds: _containers.RepeatedCompositeFieldContainer[Feed]
    next_page_token: str
    def __init__(self, feeds: _Optional[_Iterable[_Union[Feed, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SkipGapRequest(_message.Message):
    __slots__ = ("request_id", "source", "through_number")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    THROUGH_NUMBER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    source: str
    through_number: int
    def __init__(self, request_id: _Optional[str] = ..., source: _Optional[str] = ..., through_number: _Optional[int] = ...) -> None: ...

class SkipGapResponse(_message.Message):
    __slots__ = ("feed",)
    FEED_FIELD_NUMBER: _ClassVar[int]
    feed: Feed
    def __init__(self, feed: _Optional[_Union[Feed, _Mapping]] = ...) -> None: ...

class HandOverNodesRequest(_message.Message):
    __slots__ = ("request_id", "source", "node_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    source: str
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., source: _Optional[str] = ..., node_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class NodeSource(_message.Message):
    __slots__ = ("node_id", "source", "since_time")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    source: str
    since_time: _timestamp_pb2.Timestamp
    def __init__(self, node_id: _Optional[str] = ..., source: _Optional[str] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HandOverNodesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[HandOverNodesResult]
    def __init__(self, results: _Optional[_Iterable[_Union[HandOverNodesResult, _Mapping]]] = ...) -> None: ...

class HandOverNodesResult(_message.Message):
    __slots__ = ("node_source", "refusal")
    NODE_SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    node_source: NodeSource
    refusal: _refusal_pb2.Refusal
    def __init__(self, node_source: _Optional[_Union[NodeSource, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class ListParkedEventsRequest(_message.Message):
    __slots__ = ("page", "state", "source")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    state: _source_pb2.ParkedEventState
    source: str
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., state: _Optional[_Union[_source_pb2.ParkedEventState, str]] = ..., source: _Optional[str] = ...) -> None: ...

class ListParkedEventsResponse(_message.Message):
    __slots__ = ("parked_events", "next_page_token")
    PARKED_EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parked_events: _containers.RepeatedCompositeFieldContainer[_source_pb2.ParkedEvent]
    next_page_token: str
    def __init__(self, parked_events: _Optional[_Iterable[_Union[_source_pb2.ParkedEvent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReplayParkedEventsRequest(_message.Message):
    __slots__ = ("request_id", "parked_event_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    parked_event_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., parked_event_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ReplayParkedEventsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReplayParkedEventsResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReplayParkedEventsResult, _Mapping]]] = ...) -> None: ...

class ReplayParkedEventsResult(_message.Message):
    __slots__ = ("parked_event", "refusal")
    PARKED_EVENT_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    parked_event: _source_pb2.ParkedEvent
    refusal: _refusal_pb2.Refusal
    def __init__(self, parked_event: _Optional[_Union[_source_pb2.ParkedEvent, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...
