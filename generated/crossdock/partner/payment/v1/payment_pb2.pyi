import datetime

from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AuthorizeRequest(_message.Message):
    __slots__ = ("call", "amount", "instrument_token", "order_id")
    CALL_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    amount: _money_pb2.Money
    instrument_token: str
    order_id: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., instrument_token: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class AuthorizeResponse(_message.Message):
    __slots__ = ("answer", "expire_time", "amount", "customer_action_url")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_ACTION_URL_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    expire_time: _timestamp_pb2.Timestamp
    amount: _money_pb2.Money
    customer_action_url: str
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customer_action_url: _Optional[str] = ...) -> None: ...

class CaptureRequest(_message.Message):
    __slots__ = ("call", "amount", "authorization_reference", "order_id")
    CALL_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZATION_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    amount: _money_pb2.Money
    authorization_reference: str
    order_id: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., authorization_reference: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class CaptureResponse(_message.Message):
    __slots__ = ("answer", "amount")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    amount: _money_pb2.Money
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class ReverseRequest(_message.Message):
    __slots__ = ("call", "amount", "authorization_reference", "partial")
    CALL_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZATION_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    amount: _money_pb2.Money
    authorization_reference: str
    partial: bool
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., authorization_reference: _Optional[str] = ..., partial: _Optional[bool] = ...) -> None: ...

class ReverseResponse(_message.Message):
    __slots__ = ("answer", "amount")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    amount: _money_pb2.Money
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RefundRequest(_message.Message):
    __slots__ = ("call", "amount", "capture_reference", "order_id")
    CALL_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    amount: _money_pb2.Money
    capture_reference: str
    order_id: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., capture_reference: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class RefundResponse(_message.Message):
    __slots__ = ("answer", "amount")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    amount: _money_pb2.Money
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find", "authorize", "capture", "reverse", "refund")
    FIND_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZE_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_FIELD_NUMBER: _ClassVar[int]
    REVERSE_FIELD_NUMBER: _ClassVar[int]
    REFUND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    authorize: AuthorizeRequest
    capture: CaptureRequest
    reverse: ReverseRequest
    refund: RefundRequest
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ..., authorize: _Optional[_Union[AuthorizeRequest, _Mapping]] = ..., capture: _Optional[_Union[CaptureRequest, _Mapping]] = ..., reverse: _Optional[_Union[ReverseRequest, _Mapping]] = ..., refund: _Optional[_Union[RefundRequest, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer", "expire_time", "amount", "customer_action_url")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_ACTION_URL_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    expire_time: _timestamp_pb2.Timestamp
    amount: _money_pb2.Money
    customer_action_url: str
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customer_action_url: _Optional[str] = ...) -> None: ...

class ReadDocumentRequest(_message.Message):
    __slots__ = ("call", "media_type", "content")
    CALL_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    media_type: str
    content: bytes
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., media_type: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class ReadDocumentResponse(_message.Message):
    __slots__ = ("commands", "problems")
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    commands: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Command]
    problems: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Problem]
    def __init__(self, commands: _Optional[_Iterable[_Union[_inbox_pb2.Command, _Mapping]]] = ..., problems: _Optional[_Iterable[_Union[_inbox_pb2.Problem, _Mapping]]] = ...) -> None: ...
