from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
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
PROGRESS_KIND_UNSPECIFIED: ProgressKind
PROGRESS_KIND_CONFIRMED: ProgressKind
PROGRESS_KIND_SHIPPED: ProgressKind
PROGRESS_KIND_CANCELED: ProgressKind
PROGRESS_KIND_DELIVERED: ProgressKind

class ProgressLine(_message.Message):
    __slots__ = ("line_number", "channel_line_reference", "sku", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_LINE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    channel_line_reference: str
    sku: str
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., channel_line_reference: _Optional[str] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class StockLevel(_message.Message):
    __slots__ = ("sku", "available")
    SKU_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    available: int
    def __init__(self, sku: _Optional[str] = ..., available: _Optional[int] = ...) -> None: ...

class ReportProgressRequest(_message.Message):
    __slots__ = ("call", "order_id", "channel_reference", "kind", "lines", "tracking_number")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    order_id: str
    channel_reference: str
    kind: ProgressKind
    lines: _containers.RepeatedCompositeFieldContainer[ProgressLine]
    tracking_number: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., order_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., kind: _Optional[_Union[ProgressKind, str]] = ..., lines: _Optional[_Iterable[_Union[ProgressLine, _Mapping]]] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class ReportProgressResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

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
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...
