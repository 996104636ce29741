import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Variance(_message.Message):
    __slots__ = ("sku", "node_id", "quantity", "value", "source", "count_time", "since_time")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    COUNT_TIME_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    quantity: int
    value: _money_pb2.Money
    source: str
    count_time: _timestamp_pb2.Timestamp
    since_time: _timestamp_pb2.Timestamp
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., source: _Optional[str] = ..., count_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListVariancesRequest(_message.Message):
    __slots__ = ("page", "node_ids", "skus", "min_quantity", "currency_code")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    MIN_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    skus: _containers.RepeatedScalarFieldContainer[str]
    min_quantity: int
    currency_code: str
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., node_ids: _Optional[_Iterable[str]] = ..., skus: _Optional[_Iterable[str]] = ..., min_quantity: _Optional[int] = ..., currency_code: _Optional[str] = ...) -> None: ...

class ListVariancesResponse(_message.Message):
    __slots__ = ("variances", "next_page_token")
    VARIANCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    variances: _containers.RepeatedCompositeFieldContainer[Variance]
    next_page_token: str
    def __init__(self, variances: _Optional[_Iterable[_Union[Variance, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
