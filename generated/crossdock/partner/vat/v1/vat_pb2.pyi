from buf.validate import validate_pb2 as _validate_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CheckVatNumberRequest(_message.Message):
    __slots__ = ("call", "vat_number")
    CALL_FIELD_NUMBER: _ClassVar[int]
    VAT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    vat_number: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., vat_number: _Optional[str] = ...) -> None: ...

class CheckVatNumberResponse(_message.Message):
    __slots__ = ("answer", "in_force", "vat_number", "consultation_number")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    VAT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CONSULTATION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    in_force: bool
    vat_number: str
    consultation_number: str
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., in_force: _Optional[bool] = ..., vat_number: _Optional[str] = ..., consultation_number: _Optional[str] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find",)
    FIND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer", "in_force", "vat_number", "consultation_number")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    VAT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CONSULTATION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    in_force: bool
    vat_number: str
    consultation_number: str
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., in_force: _Optional[bool] = ..., vat_number: _Optional[str] = ..., consultation_number: _Optional[str] = ...) -> None: ...
