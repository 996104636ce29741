import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderSelection(_message.Message):
    __slots__ = ("channel_id", "sku", "node_id", "state", "exception_reason", "channel_reference", "order_ids")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_REASON_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ORDER_IDS_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    sku: str
    node_id: str
    state: _orders_pb2.OrderState
    exception_reason: str
    channel_reference: str
    order_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, channel_id: _Optional[str] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., state: _Optional[_Union[_orders_pb2.OrderState, str]] = ..., exception_reason: _Optional[str] = ..., channel_reference: _Optional[str] = ..., order_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class BulkResult(_message.Message):
    __slots__ = ("order_id", "channel_reference", "done", "refusal")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    channel_reference: str
    done: BulkDone
    refusal: _refusal_pb2.Refusal
    def __init__(self, order_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., done: _Optional[_Union[BulkDone, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class BulkDone(_message.Message):
    __slots__ = ("done_quantity", "requested_quantity")
    DONE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    done_quantity: int
    requested_quantity: int
    def __init__(self, done_quantity: _Optional[int] = ..., requested_quantity: _Optional[int] = ...) -> None: ...

class CancelOrdersRequest(_message.Message):
    __slots__ = ("request_id", "selection", "page", "dry_run", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    selection: OrderSelection
    page: _refusal_pb2.PageRequest
    dry_run: bool
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., selection: _Optional[_Union[OrderSelection, _Mapping]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., dry_run: _Optional[bool] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelOrdersResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BulkResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[BulkResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class HoldOrdersRequest(_message.Message):
    __slots__ = ("request_id", "selection", "page", "dry_run", "reason", "type", "blocks", "ttl")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    selection: OrderSelection
    page: _refusal_pb2.PageRequest
    dry_run: bool
    reason: str
    type: _orders_pb2.HoldType
    blocks: _containers.RepeatedScalarFieldContainer[str]
    ttl: _duration_pb2.Duration
    def __init__(self, request_id: _Optional[str] = ..., selection: _Optional[_Union[OrderSelection, _Mapping]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., dry_run: _Optional[bool] = ..., reason: _Optional[str] = ..., type: _Optional[_Union[_orders_pb2.HoldType, str]] = ..., blocks: _Optional[_Iterable[str]] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class HoldOrdersResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BulkResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[BulkResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ResumeOrdersRequest(_message.Message):
    __slots__ = ("request_id", "selection", "page", "dry_run", "note", "type")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    selection: OrderSelection
    page: _refusal_pb2.PageRequest
    dry_run: bool
    note: str
    type: _orders_pb2.HoldType
    def __init__(self, request_id: _Optional[str] = ..., selection: _Optional[_Union[OrderSelection, _Mapping]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., dry_run: _Optional[bool] = ..., note: _Optional[str] = ..., type: _Optional[_Union[_orders_pb2.HoldType, str]] = ...) -> None: ...

class ResumeOrdersResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BulkResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[BulkResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SourceOrdersAgainRequest(_message.Message):
    __slots__ = ("request_id", "selection", "page", "dry_run")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    selection: OrderSelection
    page: _refusal_pb2.PageRequest
    dry_run: bool
    def __init__(self, request_id: _Optional[str] = ..., selection: _Optional[_Union[OrderSelection, _Mapping]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., dry_run: _Optional[bool] = ...) -> None: ...

class SourceOrdersAgainResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BulkResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[BulkResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
