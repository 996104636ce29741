from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Advice(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ADVICE_UNSPECIFIED: _ClassVar[Advice]
    ADVICE_APPROVE: _ClassVar[Advice]
    ADVICE_REVIEW: _ClassVar[Advice]
    ADVICE_REJECT: _ClassVar[Advice]
ADVICE_UNSPECIFIED: Advice
ADVICE_APPROVE: Advice
ADVICE_REVIEW: Advice
ADVICE_REJECT: Advice

class ScreenOrderRequest(_message.Message):
    __slots__ = ("call", "order_id", "grand_total", "customer", "ship_to")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    GRAND_TOTAL_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    order_id: str
    grand_total: _money_pb2.Money
    customer: _address_pb2.Contact
    ship_to: _address_pb2.Contact
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., order_id: _Optional[str] = ..., grand_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customer: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ...) -> None: ...

class ScreenOrderResponse(_message.Message):
    __slots__ = ("answer", "advice", "score")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    advice: Advice
    score: int
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., advice: _Optional[_Union[Advice, str]] = ..., score: _Optional[int] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find",)
    FIND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer", "advice", "score")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    advice: Advice
    score: int
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., advice: _Optional[_Union[Advice, str]] = ..., score: _Optional[int] = ...) -> None: ...
