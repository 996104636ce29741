from buf.validate import validate_pb2 as _validate_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TaxLine(_message.Message):
    __slots__ = ("line_number", "sku", "amount", "stated_tax")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    STATED_TAX_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    amount: _money_pb2.Money
    stated_tax: _money_pb2.Money
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., stated_tax: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class StatedTax(_message.Message):
    __slots__ = ("line_number", "title", "rate", "amount", "charge_code")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CHARGE_CODE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    title: str
    rate: str
    amount: _money_pb2.Money
    charge_code: str
    def __init__(self, line_number: _Optional[int] = ..., title: _Optional[str] = ..., rate: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., charge_code: _Optional[str] = ...) -> None: ...

class LineTax(_message.Message):
    __slots__ = ("line_number", "rate", "tax")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    rate: str
    tax: _money_pb2.Money
    def __init__(self, line_number: _Optional[int] = ..., rate: _Optional[str] = ..., tax: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class DetermineTaxRequest(_message.Message):
    __slots__ = ("call", "order_id", "to_country_code", "lines", "stated_taxes")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    STATED_TAXES_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    order_id: str
    to_country_code: str
    lines: _containers.RepeatedCompositeFieldContainer[TaxLine]
    stated_taxes: _containers.RepeatedCompositeFieldContainer[StatedTax]
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., order_id: _Optional[str] = ..., to_country_code: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[TaxLine, _Mapping]]] = ..., stated_taxes: _Optional[_Iterable[_Union[StatedTax, _Mapping]]] = ...) -> None: ...

class DetermineTaxResponse(_message.Message):
    __slots__ = ("answer", "taxes")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    taxes: _containers.RepeatedCompositeFieldContainer[LineTax]
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., taxes: _Optional[_Iterable[_Union[LineTax, _Mapping]]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find",)
    FIND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer", "taxes")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    taxes: _containers.RepeatedCompositeFieldContainer[LineTax]
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., taxes: _Optional[_Iterable[_Union[LineTax, _Mapping]]] = ...) -> None: ...
