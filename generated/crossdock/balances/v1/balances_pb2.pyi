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

class BalanceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BALANCE_KIND_UNSPECIFIED: _ClassVar[BalanceKind]
    BALANCE_KIND_GIFT_CARD: _ClassVar[BalanceKind]
    BALANCE_KIND_STORE_CREDIT: _ClassVar[BalanceKind]

class BalanceMovementKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BALANCE_MOVEMENT_KIND_UNSPECIFIED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_ISSUED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_ADJUSTED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_RESERVED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_RELEASED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_CAPTURED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_REFUNDED: _ClassVar[BalanceMovementKind]
    BALANCE_MOVEMENT_KIND_EXPIRED: _ClassVar[BalanceMovementKind]
BALANCE_KIND_UNSPECIFIED: BalanceKind
BALANCE_KIND_GIFT_CARD: BalanceKind
BALANCE_KIND_STORE_CREDIT: BalanceKind
BALANCE_MOVEMENT_KIND_UNSPECIFIED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_ISSUED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_ADJUSTED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_RESERVED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_RELEASED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_CAPTURED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_REFUNDED: BalanceMovementKind
BALANCE_MOVEMENT_KIND_EXPIRED: BalanceMovementKind

class Balance(_message.Message):
    __slots__ = ("balance_id", "kind", "seller_id", "amount", "reserved", "available", "create_time", "expire_time")
    BALANCE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    balance_id: str
    kind: BalanceKind
    seller_id: str
    amount: _money_pb2.Money
    reserved: _money_pb2.Money
    available: _money_pb2.Money
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, balance_id: _Optional[str] = ..., kind: _Optional[_Union[BalanceKind, str]] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reserved: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., available: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class BalanceMovement(_message.Message):
    __slots__ = ("number", "kind", "free", "reserved", "create_time", "order_id", "transaction_id", "principal", "reason")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FREE_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    number: int
    kind: BalanceMovementKind
    free: _money_pb2.Money
    reserved: _money_pb2.Money
    create_time: _timestamp_pb2.Timestamp
    order_id: str
    transaction_id: str
    principal: str
    reason: str
    def __init__(self, number: _Optional[int] = ..., kind: _Optional[_Union[BalanceMovementKind, str]] = ..., free: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reserved: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., order_id: _Optional[str] = ..., transaction_id: _Optional[str] = ..., principal: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class IssueBalanceRequest(_message.Message):
    __slots__ = ("request_id", "seller_id", "code", "party_id", "amount", "expire_time", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    seller_id: str
    code: str
    party_id: str
    amount: _money_pb2.Money
    expire_time: _timestamp_pb2.Timestamp
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., code: _Optional[str] = ..., party_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class IssueBalanceResponse(_message.Message):
    __slots__ = ("balance",)
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    balance: Balance
    def __init__(self, balance: _Optional[_Union[Balance, _Mapping]] = ...) -> None: ...

class AdjustBalanceRequest(_message.Message):
    __slots__ = ("request_id", "balance_id", "amount", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    BALANCE_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    balance_id: str
    amount: _money_pb2.Money
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., balance_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class AdjustBalanceResponse(_message.Message):
    __slots__ = ("balance",)
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    balance: Balance
    def __init__(self, balance: _Optional[_Union[Balance, _Mapping]] = ...) -> None: ...

class StoreCreditOwner(_message.Message):
    __slots__ = ("party_id", "seller_id", "currency_code")
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    party_id: str
    seller_id: str
    currency_code: str
    def __init__(self, party_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., currency_code: _Optional[str] = ...) -> None: ...

class GetBalanceRequest(_message.Message):
    __slots__ = ("balance_id", "code", "store_credit")
    BALANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    STORE_CREDIT_FIELD_NUMBER: _ClassVar[int]
    balance_id: str
    code: str
    store_credit: StoreCreditOwner
    def __init__(self, balance_id: _Optional[str] = ..., code: _Optional[str] = ..., store_credit: _Optional[_Union[StoreCreditOwner, _Mapping]] = ...) -> None: ...

class GetBalanceResponse(_message.Message):
    __slots__ = ("balance",)
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    balance: Balance
    def __init__(self, balance: _Optional[_Union[Balance, _Mapping]] = ...) -> None: ...

class ListBalanceMovementsRequest(_message.Message):
    __slots__ = ("balance_id", "page")
    BALANCE_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    balance_id: str
    page: _refusal_pb2.PageRequest
    def __init__(self, balance_id: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListBalanceMovementsResponse(_message.Message):
    __slots__ = ("movements", "next_page_token")
    MOVEMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    movements: _containers.RepeatedCompositeFieldContainer[BalanceMovement]
    next_page_token: str
    def __init__(self, movements: _Optional[_Iterable[_Union[BalanceMovement, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
