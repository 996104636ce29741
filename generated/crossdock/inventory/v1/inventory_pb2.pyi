import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.common.v1 import source_pb2 as _source_pb2
from crossdock.network.v1 import network_pb2 as _network_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SnapshotState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SNAPSHOT_STATE_UNSPECIFIED: _ClassVar[SnapshotState]
    SNAPSHOT_STATE_RECEIVING: _ClassVar[SnapshotState]
    SNAPSHOT_STATE_APPLIED: _ClassVar[SnapshotState]
    SNAPSHOT_STATE_SUPERSEDED: _ClassVar[SnapshotState]
    SNAPSHOT_STATE_ABANDONED: _ClassVar[SnapshotState]
    SNAPSHOT_STATE_UNDONE: _ClassVar[SnapshotState]
SNAPSHOT_STATE_UNSPECIFIED: SnapshotState
SNAPSHOT_STATE_RECEIVING: SnapshotState
SNAPSHOT_STATE_APPLIED: SnapshotState
SNAPSHOT_STATE_SUPERSEDED: SnapshotState
SNAPSHOT_STATE_ABANDONED: SnapshotState
SNAPSHOT_STATE_UNDONE: SnapshotState

class Stock(_message.Message):
    __slots__ = ("sku", "node_id", "on_hand", "reserved", "allocated", "safety", "available")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    ALLOCATED_FIELD_NUMBER: _ClassVar[int]
    SAFETY_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    on_hand: int
    reserved: int
    allocated: int
    safety: int
    available: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., on_hand: _Optional[int] = ..., reserved: _Optional[int] = ..., allocated: _Optional[int] = ..., safety: _Optional[int] = ..., available: _Optional[int] = ...) -> None: ...

class Adjustment(_message.Message):
    __slots__ = ("sku", "node_id", "delta", "cause", "sequence", "occur_time")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    DELTA_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    delta: int
    cause: str
    sequence: _source_pb2.SourceSequence
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., delta: _Optional[int] = ..., cause: _Optional[str] = ..., sequence: _Optional[_Union[_source_pb2.SourceSequence, _Mapping]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AdjustStockRequest(_message.Message):
    __slots__ = ("request_id", "adjustments")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ADJUSTMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    adjustments: _containers.RepeatedCompositeFieldContainer[Adjustment]
    def __init__(self, request_id: _Optional[str] = ..., adjustments: _Optional[_Iterable[_Union[Adjustment, _Mapping]]] = ...) -> None: ...

class AdjustStockResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[AdjustStockResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[AdjustStockResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class AdjustStockResult(_message.Message):
    __slots__ = ("stock", "refusal", "parked_event")
    STOCK_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_FIELD_NUMBER: _ClassVar[int]
    stock: Stock
    refusal: _refusal_pb2.Refusal
    parked_event: _source_pb2.ParkedEvent
    def __init__(self, stock: _Optional[_Union[Stock, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ..., parked_event: _Optional[_Union[_source_pb2.ParkedEvent, _Mapping]] = ...) -> None: ...

class SnapshotHeader(_message.Message):
    __slots__ = ("request_id", "source", "count_time", "node_ids", "row_count", "through_number")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    COUNT_TIME_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    THROUGH_NUMBER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    source: str
    count_time: _timestamp_pb2.Timestamp
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    row_count: int
    through_number: int
    def __init__(self, request_id: _Optional[str] = ..., source: _Optional[str] = ..., count_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., node_ids: _Optional[_Iterable[str]] = ..., row_count: _Optional[int] = ..., through_number: _Optional[int] = ...) -> None: ...

class SnapshotRow(_message.Message):
    __slots__ = ("sku", "node_id", "on_hand", "safety")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    SAFETY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    on_hand: int
    safety: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., on_hand: _Optional[int] = ..., safety: _Optional[int] = ...) -> None: ...

class SnapshotRows(_message.Message):
    __slots__ = ("rows", "first_row")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    FIRST_ROW_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[SnapshotRow]
    first_row: int
    def __init__(self, rows: _Optional[_Iterable[_Union[SnapshotRow, _Mapping]]] = ..., first_row: _Optional[int] = ...) -> None: ...

class ImportSnapshotRequest(_message.Message):
    __slots__ = ("header", "rows")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    header: SnapshotHeader
    rows: SnapshotRows
    def __init__(self, header: _Optional[_Union[SnapshotHeader, _Mapping]] = ..., rows: _Optional[_Union[SnapshotRows, _Mapping]] = ...) -> None: ...

class ImportSnapshotResponse(_message.Message):
    __slots__ = ("progress", "applied")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    progress: SnapshotProgress
    applied: SnapshotApplied
    def __init__(self, progress: _Optional[_Union[SnapshotProgress, _Mapping]] = ..., applied: _Optional[_Union[SnapshotApplied, _Mapping]] = ...) -> None: ...

class SnapshotProgress(_message.Message):
    __slots__ = ("snapshot_id", "received_count", "row_count")
    SNAPSHOT_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    snapshot_id: str
    received_count: int
    row_count: int
    def __init__(self, snapshot_id: _Optional[str] = ..., received_count: _Optional[int] = ..., row_count: _Optional[int] = ...) -> None: ...

class SnapshotApplied(_message.Message):
    __slots__ = ("row_count", "changed_count", "unknown_skus", "snapshot_id")
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_SKUS_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_ID_FIELD_NUMBER: _ClassVar[int]
    row_count: int
    changed_count: int
    unknown_skus: _containers.RepeatedScalarFieldContainer[str]
    snapshot_id: str
    def __init__(self, row_count: _Optional[int] = ..., changed_count: _Optional[int] = ..., unknown_skus: _Optional[_Iterable[str]] = ..., snapshot_id: _Optional[str] = ...) -> None: ...

class Snapshot(_message.Message):
    __slots__ = ("snapshot_id", "source", "count_time", "node_ids", "state", "row_count", "received_count", "changed_count", "create_time", "end_time")
    SNAPSHOT_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    COUNT_TIME_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    snapshot_id: str
    source: str
    count_time: _timestamp_pb2.Timestamp
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    state: SnapshotState
    row_count: int
    received_count: int
    changed_count: int
    create_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, snapshot_id: _Optional[str] = ..., source: _Optional[str] = ..., count_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., node_ids: _Optional[_Iterable[str]] = ..., state: _Optional[_Union[SnapshotState, str]] = ..., row_count: _Optional[int] = ..., received_count: _Optional[int] = ..., changed_count: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListSnapshotsRequest(_message.Message):
    __slots__ = ("page", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    state: SnapshotState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., state: _Optional[_Union[SnapshotState, str]] = ...) -> None: ...

class ListSnapshotsResponse(_message.Message):
    __slots__ = ("snapshots", "next_page_token")
    SNAPSHOTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    snapshots: _containers.RepeatedCompositeFieldContainer[Snapshot]
    next_page_token: str
    def __init__(self, snapshots: _Optional[_Iterable[_Union[Snapshot, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UndoSnapshotRequest(_message.Message):
    __slots__ = ("request_id", "snapshot_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    snapshot_id: str
    def __init__(self, request_id: _Optional[str] = ..., snapshot_id: _Optional[str] = ...) -> None: ...

class UndoSnapshotResponse(_message.Message):
    __slots__ = ("snapshot", "changed_count")
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    snapshot: Snapshot
    changed_count: int
    def __init__(self, snapshot: _Optional[_Union[Snapshot, _Mapping]] = ..., changed_count: _Optional[int] = ...) -> None: ...

class ListStockRequest(_message.Message):
    __slots__ = ("page", "skus", "node_ids")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    skus: _containers.RepeatedScalarFieldContainer[str]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., skus: _Optional[_Iterable[str]] = ..., node_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListStockResponse(_message.Message):
    __slots__ = ("stock", "next_page_token")
    STOCK_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    stock: _containers.RepeatedCompositeFieldContainer[Stock]
    next_page_token: str
    def __init__(self, stock: _Optional[_Iterable[_Union[Stock, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetAvailabilityRequest(_message.Message):
    __slots__ = ("skus", "node_ids", "channel_id", "delivery_method", "min_position", "demand_class")
    SKUS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    skus: _containers.RepeatedScalarFieldContainer[str]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    delivery_method: _orders_pb2.DeliveryMethod
    min_position: int
    demand_class: str
    def __init__(self, skus: _Optional[_Iterable[str]] = ..., node_ids: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ..., delivery_method: _Optional[_Union[_orders_pb2.DeliveryMethod, str]] = ..., min_position: _Optional[int] = ..., demand_class: _Optional[str] = ...) -> None: ...

class Availability(_message.Message):
    __slots__ = ("sku", "available", "available_by_node")
    class AvailableByNodeEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    SKU_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_BY_NODE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    available: int
    available_by_node: _containers.ScalarMap[str, int]
    def __init__(self, sku: _Optional[str] = ..., available: _Optional[int] = ..., available_by_node: _Optional[_Mapping[str, int]] = ...) -> None: ...

class GetAvailabilityResponse(_message.Message):
    __slots__ = ("availability", "position")
    AVAILABILITY_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    availability: _containers.RepeatedCompositeFieldContainer[Availability]
    position: int
    def __init__(self, availability: _Optional[_Iterable[_Union[Availability, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class WatchAvailabilityRequest(_message.Message):
    __slots__ = ("skus", "node_ids", "channel_id", "delivery_method", "after_position", "demand_class")
    SKUS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    skus: _containers.RepeatedScalarFieldContainer[str]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    delivery_method: _orders_pb2.DeliveryMethod
    after_position: int
    demand_class: str
    def __init__(self, skus: _Optional[_Iterable[str]] = ..., node_ids: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ..., delivery_method: _Optional[_Union[_orders_pb2.DeliveryMethod, str]] = ..., after_position: _Optional[int] = ..., demand_class: _Optional[str] = ...) -> None: ...

class WatchAvailabilityResponse(_message.Message):
    __slots__ = ("availability", "position")
    AVAILABILITY_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    availability: _containers.RepeatedCompositeFieldContainer[Availability]
    position: int
    def __init__(self, availability: _Optional[_Iterable[_Union[Availability, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class FindNodesRequest(_message.Message):
    __slots__ = ("sku", "style", "attributes", "country_code", "postal_code", "coordinates", "channel_id", "delivery_method", "quantity", "node_limit", "within_meters", "min_position")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    SKU_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    POSTAL_CODE_FIELD_NUMBER: _ClassVar[int]
    COORDINATES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NODE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    WITHIN_METERS_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    style: str
    attributes: _containers.ScalarMap[str, str]
    country_code: str
    postal_code: str
    coordinates: _network_pb2.Coordinates
    channel_id: str
    delivery_method: _orders_pb2.DeliveryMethod
    quantity: int
    node_limit: int
    within_meters: int
    min_position: int
    def __init__(self, sku: _Optional[str] = ..., style: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., country_code: _Optional[str] = ..., postal_code: _Optional[str] = ..., coordinates: _Optional[_Union[_network_pb2.Coordinates, _Mapping]] = ..., channel_id: _Optional[str] = ..., delivery_method: _Optional[_Union[_orders_pb2.DeliveryMethod, str]] = ..., quantity: _Optional[int] = ..., node_limit: _Optional[int] = ..., within_meters: _Optional[int] = ..., min_position: _Optional[int] = ...) -> None: ...

class FoundNode(_message.Message):
    __slots__ = ("node_id", "title", "distance_meters", "available_by_sku")
    class AvailableBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_METERS_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    title: str
    distance_meters: int
    available_by_sku: _containers.ScalarMap[str, int]
    def __init__(self, node_id: _Optional[str] = ..., title: _Optional[str] = ..., distance_meters: _Optional[int] = ..., available_by_sku: _Optional[_Mapping[str, int]] = ...) -> None: ...

class FindNodesResponse(_message.Message):
    __slots__ = ("nodes", "skus", "position")
    NODES_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    nodes: _containers.RepeatedCompositeFieldContainer[FoundNode]
    skus: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, nodes: _Optional[_Iterable[_Union[FoundNode, _Mapping]]] = ..., skus: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...
