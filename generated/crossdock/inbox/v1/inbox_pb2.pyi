import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.inventory.v1 import inventory_pb2 as _inventory_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from crossdock.payments.v1 import payments_pb2 as _payments_pb2
from crossdock.trade.v1 import declarations_pb2 as _declarations_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DocumentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_STATE_UNSPECIFIED: _ClassVar[DocumentState]
    DOCUMENT_STATE_RECEIVED: _ClassVar[DocumentState]
    DOCUMENT_STATE_TAKEN: _ClassVar[DocumentState]
    DOCUMENT_STATE_PROBLEM: _ClassVar[DocumentState]
DOCUMENT_STATE_UNSPECIFIED: DocumentState
DOCUMENT_STATE_RECEIVED: DocumentState
DOCUMENT_STATE_TAKEN: DocumentState
DOCUMENT_STATE_PROBLEM: DocumentState

class Problem(_message.Message):
    __slots__ = ("location", "field", "reason", "ordinal")
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    location: str
    field: str
    reason: str
    ordinal: int
    def __init__(self, location: _Optional[str] = ..., field: _Optional[str] = ..., reason: _Optional[str] = ..., ordinal: _Optional[int] = ...) -> None: ...

class StockCount(_message.Message):
    __slots__ = ("header", "rows", "row_lines")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    ROW_LINES_FIELD_NUMBER: _ClassVar[int]
    header: _inventory_pb2.SnapshotHeader
    rows: _containers.RepeatedCompositeFieldContainer[_inventory_pb2.SnapshotRow]
    row_lines: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, header: _Optional[_Union[_inventory_pb2.SnapshotHeader, _Mapping]] = ..., rows: _Optional[_Iterable[_Union[_inventory_pb2.SnapshotRow, _Mapping]]] = ..., row_lines: _Optional[_Iterable[int]] = ...) -> None: ...

class NoticeBounce(_message.Message):
    __slots__ = ("operation_key", "code")
    OPERATION_KEY_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    operation_key: str
    code: str
    def __init__(self, operation_key: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class Command(_message.Message):
    __slots__ = ("place_order", "stock_count", "adjust_stock", "report_payment", "shipment", "short", "report_bounce", "carrier_event", "declaration_event", "location", "draft_unknown_skus", "event_id")
    PLACE_ORDER_FIELD_NUMBER: _ClassVar[int]
    STOCK_COUNT_FIELD_NUMBER: _ClassVar[int]
    ADJUST_STOCK_FIELD_NUMBER: _ClassVar[int]
    REPORT_PAYMENT_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    SHORT_FIELD_NUMBER: _ClassVar[int]
    REPORT_BOUNCE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_EVENT_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_EVENT_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    DRAFT_UNKNOWN_SKUS_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    place_order: _orders_pb2.OrderDraft
    stock_count: StockCount
    adjust_stock: _inventory_pb2.Adjustment
    report_payment: _payments_pb2.PaymentEvent
    shipment: _fulfillment_pb2.ShipmentReport
    short: _fulfillment_pb2.ShortReport
    report_bounce: NoticeBounce
    carrier_event: _fulfillment_pb2.CarrierEvent
    declaration_event: _declarations_pb2.DeclarationEvent
    location: str
    draft_unknown_skus: bool
    event_id: str
    def __init__(self, place_order: _Optional[_Union[_orders_pb2.OrderDraft, _Mapping]] = ..., stock_count: _Optional[_Union[StockCount, _Mapping]] = ..., adjust_stock: _Optional[_Union[_inventory_pb2.Adjustment, _Mapping]] = ..., report_payment: _Optional[_Union[_payments_pb2.PaymentEvent, _Mapping]] = ..., shipment: _Optional[_Union[_fulfillment_pb2.ShipmentReport, _Mapping]] = ..., short: _Optional[_Union[_fulfillment_pb2.ShortReport, _Mapping]] = ..., report_bounce: _Optional[_Union[NoticeBounce, _Mapping]] = ..., carrier_event: _Optional[_Union[_fulfillment_pb2.CarrierEvent, _Mapping]] = ..., declaration_event: _Optional[_Union[_declarations_pb2.DeclarationEvent, _Mapping]] = ..., location: _Optional[str] = ..., draft_unknown_skus: _Optional[bool] = ..., event_id: _Optional[str] = ...) -> None: ...

class Document(_message.Message):
    __slots__ = ("document_id", "account_id", "media_type", "name", "state", "size_bytes", "content_hash", "receive_time", "problems", "order_ids", "read_count", "repeat_count")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    CONTENT_HASH_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    ORDER_IDS_FIELD_NUMBER: _ClassVar[int]
    READ_COUNT_FIELD_NUMBER: _ClassVar[int]
    REPEAT_COUNT_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    account_id: str
    media_type: str
    name: str
    state: DocumentState
    size_bytes: int
    content_hash: str
    receive_time: _timestamp_pb2.Timestamp
    problems: _containers.RepeatedCompositeFieldContainer[Problem]
    order_ids: _containers.RepeatedScalarFieldContainer[str]
    read_count: int
    repeat_count: int
    def __init__(self, document_id: _Optional[str] = ..., account_id: _Optional[str] = ..., media_type: _Optional[str] = ..., name: _Optional[str] = ..., state: _Optional[_Union[DocumentState, str]] = ..., size_bytes: _Optional[int] = ..., content_hash: _Optional[str] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., problems: _Optional[_Iterable[_Union[Problem, _Mapping]]] = ..., order_ids: _Optional[_Iterable[str]] = ..., read_count: _Optional[int] = ..., repeat_count: _Optional[int] = ...) -> None: ...

class ReceiveRequest(_message.Message):
    __slots__ = ("account_id", "media_type", "name", "content")
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    account_id: str
    media_type: str
    name: str
    content: bytes
    def __init__(self, account_id: _Optional[str] = ..., media_type: _Optional[str] = ..., name: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class ReceiveResponse(_message.Message):
    __slots__ = ("document",)
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    document: Document
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ...) -> None: ...

class GetDocumentRequest(_message.Message):
    __slots__ = ("document_id",)
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    def __init__(self, document_id: _Optional[str] = ...) -> None: ...

class GetDocumentResponse(_message.Message):
    __slots__ = ("document",)
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    document: Document
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ...) -> None: ...

class ListDocumentsRequest(_message.Message):
    __slots__ = ("page", "state", "name")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    state: DocumentState
    name: str
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., state: _Optional[_Union[DocumentState, str]] = ..., name: _Optional[str] = ...) -> None: ...

class ListDocumentsResponse(_message.Message):
    __slots__ = ("documents", "next_page_token")
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    documents: _containers.RepeatedCompositeFieldContainer[Document]
    next_page_token: str
    def __init__(self, documents: _Optional[_Iterable[_Union[Document, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReplayDocumentRequest(_message.Message):
    __slots__ = ("request_id", "document_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    document_id: str
    def __init__(self, request_id: _Optional[str] = ..., document_id: _Optional[str] = ...) -> None: ...

class ReplayDocumentResponse(_message.Message):
    __slots__ = ("document",)
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    document: Document
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ...) -> None: ...
