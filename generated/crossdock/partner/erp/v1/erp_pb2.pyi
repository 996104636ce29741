import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DocumentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_KIND_UNSPECIFIED: _ClassVar[DocumentKind]
    DOCUMENT_KIND_ORDER: _ClassVar[DocumentKind]
    DOCUMENT_KIND_SHIPMENT: _ClassVar[DocumentKind]
    DOCUMENT_KIND_CANCELLATION: _ClassVar[DocumentKind]
    DOCUMENT_KIND_INVOICE: _ClassVar[DocumentKind]
    DOCUMENT_KIND_CREDIT_NOTE: _ClassVar[DocumentKind]
    DOCUMENT_KIND_STOCK_MOVEMENT: _ClassVar[DocumentKind]
    DOCUMENT_KIND_INTERCOMPANY: _ClassVar[DocumentKind]
DOCUMENT_KIND_UNSPECIFIED: DocumentKind
DOCUMENT_KIND_ORDER: DocumentKind
DOCUMENT_KIND_SHIPMENT: DocumentKind
DOCUMENT_KIND_CANCELLATION: DocumentKind
DOCUMENT_KIND_INVOICE: DocumentKind
DOCUMENT_KIND_CREDIT_NOTE: DocumentKind
DOCUMENT_KIND_STOCK_MOVEMENT: DocumentKind
DOCUMENT_KIND_INTERCOMPANY: DocumentKind

class PostedLine(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "value", "tax", "cause", "channel_line_reference")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_LINE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    value: _money_pb2.Money
    tax: _money_pb2.Money
    cause: str
    channel_line_reference: str
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., cause: _Optional[str] = ..., channel_line_reference: _Optional[str] = ...) -> None: ...

class StatedDiscount(_message.Message):
    __slots__ = ("line_number", "code", "amount")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    code: str
    amount: _money_pb2.Money
    def __init__(self, line_number: _Optional[int] = ..., code: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PostDocumentRequest(_message.Message):
    __slots__ = ("call", "kind", "order_id", "seller_id", "document_number", "lines", "total", "node_id", "subject_id", "channel_reference", "terms", "occur_time", "bill_to", "incoterm", "discounts", "instrument_kinds", "placed_time", "to_seller_id", "reverse_charge")
    CALL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    BILL_TO_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_KINDS_FIELD_NUMBER: _ClassVar[int]
    PLACED_TIME_FIELD_NUMBER: _ClassVar[int]
    TO_SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    REVERSE_CHARGE_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    kind: DocumentKind
    order_id: str
    seller_id: str
    document_number: int
    lines: _containers.RepeatedCompositeFieldContainer[PostedLine]
    total: _money_pb2.Money
    node_id: str
    subject_id: str
    channel_reference: str
    terms: str
    occur_time: _timestamp_pb2.Timestamp
    bill_to: _address_pb2.Contact
    incoterm: str
    discounts: _containers.RepeatedCompositeFieldContainer[StatedDiscount]
    instrument_kinds: _containers.RepeatedScalarFieldContainer[str]
    placed_time: _timestamp_pb2.Timestamp
    to_seller_id: str
    reverse_charge: bool
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., kind: _Optional[_Union[DocumentKind, str]] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., document_number: _Optional[int] = ..., lines: _Optional[_Iterable[_Union[PostedLine, _Mapping]]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., node_id: _Optional[str] = ..., subject_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., terms: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., bill_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., incoterm: _Optional[str] = ..., discounts: _Optional[_Iterable[_Union[StatedDiscount, _Mapping]]] = ..., instrument_kinds: _Optional[_Iterable[str]] = ..., placed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., to_seller_id: _Optional[str] = ..., reverse_charge: _Optional[bool] = ...) -> None: ...

class PostDocumentResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class BatchPostDocumentsRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[PostDocumentRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[PostDocumentRequest, _Mapping]]] = ...) -> None: ...

class BatchPostDocumentsResponse(_message.Message):
    __slots__ = ("responses",)
    RESPONSES_FIELD_NUMBER: _ClassVar[int]
    responses: _containers.RepeatedCompositeFieldContainer[PostDocumentResponse]
    def __init__(self, responses: _Optional[_Iterable[_Union[PostDocumentResponse, _Mapping]]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find",)
    FIND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...
