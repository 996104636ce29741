import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
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

class ProgressKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROGRESS_KIND_UNSPECIFIED: _ClassVar[ProgressKind]
    PROGRESS_KIND_CONFIRMED: _ClassVar[ProgressKind]
    PROGRESS_KIND_SHIPPED: _ClassVar[ProgressKind]
    PROGRESS_KIND_CANCELED: _ClassVar[ProgressKind]
    PROGRESS_KIND_DELIVERED: _ClassVar[ProgressKind]
    PROGRESS_KIND_TRACKING: _ClassVar[ProgressKind]
    PROGRESS_KIND_SHORT: _ClassVar[ProgressKind]
    PROGRESS_KIND_REFUNDED: _ClassVar[ProgressKind]
PROGRESS_KIND_UNSPECIFIED: ProgressKind
PROGRESS_KIND_CONFIRMED: ProgressKind
PROGRESS_KIND_SHIPPED: ProgressKind
PROGRESS_KIND_CANCELED: ProgressKind
PROGRESS_KIND_DELIVERED: ProgressKind
PROGRESS_KIND_TRACKING: ProgressKind
PROGRESS_KIND_SHORT: ProgressKind
PROGRESS_KIND_REFUNDED: ProgressKind

class ProgressLine(_message.Message):
    __slots__ = ("line_number", "channel_line_reference", "sku", "quantity", "waiting_quantity", "promised_time")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_LINE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    WAITING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    PROMISED_TIME_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    channel_line_reference: str
    sku: str
    quantity: int
    waiting_quantity: int
    promised_time: _timestamp_pb2.Timestamp
    def __init__(self, line_number: _Optional[int] = ..., channel_line_reference: _Optional[str] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., waiting_quantity: _Optional[int] = ..., promised_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ShipmentPackage(_message.Message):
    __slots__ = ("package_reference", "kind", "tracking_number", "lines")
    PACKAGE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    package_reference: str
    kind: str
    tracking_number: str
    lines: _containers.RepeatedCompositeFieldContainer[ProgressLine]
    def __init__(self, package_reference: _Optional[str] = ..., kind: _Optional[str] = ..., tracking_number: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[ProgressLine, _Mapping]]] = ...) -> None: ...

class StockLevel(_message.Message):
    __slots__ = ("sku", "available")
    SKU_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    available: int
    def __init__(self, sku: _Optional[str] = ..., available: _Optional[int] = ...) -> None: ...

class ReportProgressRequest(_message.Message):
    __slots__ = ("call", "order_id", "channel_reference", "kind", "lines", "tracking_number", "occur_time", "shipment_reference", "service_code", "packages", "carrier_state", "reason", "amount", "carrier_code", "carrier_name", "weight_grams", "tracking_url")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    PACKAGES_FIELD_NUMBER: _ClassVar[int]
    CARRIER_STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CARRIER_CODE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    TRACKING_URL_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    order_id: str
    channel_reference: str
    kind: ProgressKind
    lines: _containers.RepeatedCompositeFieldContainer[ProgressLine]
    tracking_number: str
    occur_time: _timestamp_pb2.Timestamp
    shipment_reference: str
    service_code: str
    packages: _containers.RepeatedCompositeFieldContainer[ShipmentPackage]
    carrier_state: str
    reason: str
    amount: _money_pb2.Money
    carrier_code: str
    carrier_name: str
    weight_grams: int
    tracking_url: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., order_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., kind: _Optional[_Union[ProgressKind, str]] = ..., lines: _Optional[_Iterable[_Union[ProgressLine, _Mapping]]] = ..., tracking_number: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., shipment_reference: _Optional[str] = ..., service_code: _Optional[str] = ..., packages: _Optional[_Iterable[_Union[ShipmentPackage, _Mapping]]] = ..., carrier_state: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., carrier_code: _Optional[str] = ..., carrier_name: _Optional[str] = ..., weight_grams: _Optional[int] = ..., tracking_url: _Optional[str] = ...) -> None: ...

class ReportProgressResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class BatchReportProgressRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[ReportProgressRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[ReportProgressRequest, _Mapping]]] = ...) -> None: ...

class BatchReportProgressResponse(_message.Message):
    __slots__ = ("responses",)
    RESPONSES_FIELD_NUMBER: _ClassVar[int]
    responses: _containers.RepeatedCompositeFieldContainer[ReportProgressResponse]
    def __init__(self, responses: _Optional[_Iterable[_Union[ReportProgressResponse, _Mapping]]] = ...) -> None: ...

class RefundPaymentRequest(_message.Message):
    __slots__ = ("call", "order_id", "channel_reference", "payment_reference", "amount")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    order_id: str
    channel_reference: str
    payment_reference: str
    amount: _money_pb2.Money
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., order_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., payment_reference: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RefundPaymentResponse(_message.Message):
    __slots__ = ("answer", "amount")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    amount: _money_pb2.Money
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PublishStockRequest(_message.Message):
    __slots__ = ("call", "levels")
    CALL_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    levels: _containers.RepeatedCompositeFieldContainer[StockLevel]
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., levels: _Optional[_Iterable[_Union[StockLevel, _Mapping]]] = ...) -> None: ...

class PublishStockResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class ReadDocumentRequest(_message.Message):
    __slots__ = ("call", "media_type", "content", "channel_id")
    CALL_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    media_type: str
    content: bytes
    channel_id: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., media_type: _Optional[str] = ..., content: _Optional[bytes] = ..., channel_id: _Optional[str] = ...) -> None: ...

class ReadDocumentResponse(_message.Message):
    __slots__ = ("commands", "problems")
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    commands: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Command]
    problems: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Problem]
    def __init__(self, commands: _Optional[_Iterable[_Union[_inbox_pb2.Command, _Mapping]]] = ..., problems: _Optional[_Iterable[_Union[_inbox_pb2.Problem, _Mapping]]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find",)
    FIND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer", "amount")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    amount: _money_pb2.Money
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...
