import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IntercompanyCause(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTERCOMPANY_CAUSE_UNSPECIFIED: _ClassVar[IntercompanyCause]
    INTERCOMPANY_CAUSE_SHIPPED: _ClassVar[IntercompanyCause]
    INTERCOMPANY_CAUSE_RETURNED: _ClassVar[IntercompanyCause]
INTERCOMPANY_CAUSE_UNSPECIFIED: IntercompanyCause
INTERCOMPANY_CAUSE_SHIPPED: IntercompanyCause
INTERCOMPANY_CAUSE_RETURNED: IntercompanyCause

class IntercompanyEntry(_message.Message):
    __slots__ = ("entry_id", "order_id", "cause", "subject_id", "node_id", "line_number", "sku", "quantity", "from_seller_id", "to_seller_id", "value", "occur_time")
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    FROM_SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    order_id: str
    cause: IntercompanyCause
    subject_id: str
    node_id: str
    line_number: int
    sku: str
    quantity: int
    from_seller_id: str
    to_seller_id: str
    value: _money_pb2.Money
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, entry_id: _Optional[str] = ..., order_id: _Optional[str] = ..., cause: _Optional[_Union[IntercompanyCause, str]] = ..., subject_id: _Optional[str] = ..., node_id: _Optional[str] = ..., line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., from_seller_id: _Optional[str] = ..., to_seller_id: _Optional[str] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListIntercompanyEntriesRequest(_message.Message):
    __slots__ = ("order_id", "seller_id", "since_time", "before_time", "page")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    seller_id: str
    since_time: _timestamp_pb2.Timestamp
    before_time: _timestamp_pb2.Timestamp
    page: _refusal_pb2.PageRequest
    def __init__(self, order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListIntercompanyEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[IntercompanyEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[IntercompanyEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
