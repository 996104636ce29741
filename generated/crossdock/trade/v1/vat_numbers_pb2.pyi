import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class VatNumberState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VAT_NUMBER_STATE_UNSPECIFIED: _ClassVar[VatNumberState]
    VAT_NUMBER_STATE_NOT_ASKED: _ClassVar[VatNumberState]
    VAT_NUMBER_STATE_PENDING: _ClassVar[VatNumberState]
    VAT_NUMBER_STATE_IN_FORCE: _ClassVar[VatNumberState]
    VAT_NUMBER_STATE_NOT_IN_FORCE: _ClassVar[VatNumberState]
VAT_NUMBER_STATE_UNSPECIFIED: VatNumberState
VAT_NUMBER_STATE_NOT_ASKED: VatNumberState
VAT_NUMBER_STATE_PENDING: VatNumberState
VAT_NUMBER_STATE_IN_FORCE: VatNumberState
VAT_NUMBER_STATE_NOT_IN_FORCE: VatNumberState

class VatNumberCheck(_message.Message):
    __slots__ = ("order_id", "party_id", "state", "check_time", "consultation_number", "attempt")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHECK_TIME_FIELD_NUMBER: _ClassVar[int]
    CONSULTATION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    party_id: str
    state: VatNumberState
    check_time: _timestamp_pb2.Timestamp
    consultation_number: str
    attempt: int
    def __init__(self, order_id: _Optional[str] = ..., party_id: _Optional[str] = ..., state: _Optional[_Union[VatNumberState, str]] = ..., check_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., consultation_number: _Optional[str] = ..., attempt: _Optional[int] = ...) -> None: ...

class GetVatNumberCheckRequest(_message.Message):
    __slots__ = ("order_id",)
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    def __init__(self, order_id: _Optional[str] = ...) -> None: ...

class GetVatNumberCheckResponse(_message.Message):
    __slots__ = ("check",)
    CHECK_FIELD_NUMBER: _ClassVar[int]
    check: VatNumberCheck
    def __init__(self, check: _Optional[_Union[VatNumberCheck, _Mapping]] = ...) -> None: ...

class CheckVatNumberRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "vat_number")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    VAT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    vat_number: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., vat_number: _Optional[str] = ...) -> None: ...

class CheckVatNumberResponse(_message.Message):
    __slots__ = ("check",)
    CHECK_FIELD_NUMBER: _ClassVar[int]
    check: VatNumberCheck
    def __init__(self, check: _Optional[_Union[VatNumberCheck, _Mapping]] = ...) -> None: ...
