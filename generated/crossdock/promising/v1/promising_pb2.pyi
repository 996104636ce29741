import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PromiseLine(_message.Message):
    __slots__ = ("sku", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class QuotePromisesRequest(_message.Message):
    __slots__ = ("channel_id", "to_country_code", "service_code", "lines")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    to_country_code: str
    service_code: str
    lines: _containers.RepeatedCompositeFieldContainer[PromiseLine]
    def __init__(self, channel_id: _Optional[str] = ..., to_country_code: _Optional[str] = ..., service_code: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[PromiseLine, _Mapping]]] = ...) -> None: ...

class DeliveryPromise(_message.Message):
    __slots__ = ("sku", "quantity", "node_id", "ship_time", "deliver_by_time")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    node_id: str
    ship_time: _timestamp_pb2.Timestamp
    deliver_by_time: _timestamp_pb2.Timestamp
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ..., node_id: _Optional[str] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class QuotePromisesResponse(_message.Message):
    __slots__ = ("promises",)
    PROMISES_FIELD_NUMBER: _ClassVar[int]
    promises: _containers.RepeatedCompositeFieldContainer[DeliveryPromise]
    def __init__(self, promises: _Optional[_Iterable[_Union[DeliveryPromise, _Mapping]]] = ...) -> None: ...
