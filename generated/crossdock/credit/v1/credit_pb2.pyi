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

class CreditStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CREDIT_STATUS_UNSPECIFIED: _ClassVar[CreditStatus]
    CREDIT_STATUS_OPEN: _ClassVar[CreditStatus]
    CREDIT_STATUS_STOPPED: _ClassVar[CreditStatus]
    CREDIT_STATUS_CLOSED: _ClassVar[CreditStatus]

class ReceivableSettlement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECEIVABLE_SETTLEMENT_UNSPECIFIED: _ClassVar[ReceivableSettlement]
    RECEIVABLE_SETTLEMENT_PAID: _ClassVar[ReceivableSettlement]
    RECEIVABLE_SETTLEMENT_WRITTEN_OFF: _ClassVar[ReceivableSettlement]
CREDIT_STATUS_UNSPECIFIED: CreditStatus
CREDIT_STATUS_OPEN: CreditStatus
CREDIT_STATUS_STOPPED: CreditStatus
CREDIT_STATUS_CLOSED: CreditStatus
RECEIVABLE_SETTLEMENT_UNSPECIFIED: ReceivableSettlement
RECEIVABLE_SETTLEMENT_PAID: ReceivableSettlement
RECEIVABLE_SETTLEMENT_WRITTEN_OFF: ReceivableSettlement

class CreditAccount(_message.Message):
    __slots__ = ("seller_id", "credit_account_id", "limit_amount", "status", "version", "exposure", "available", "waiting", "create_time")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EXPOSURE_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    credit_account_id: str
    limit_amount: _money_pb2.Money
    status: CreditStatus
    version: int
    exposure: _money_pb2.Money
    available: _money_pb2.Money
    waiting: _money_pb2.Money
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, seller_id: _Optional[str] = ..., credit_account_id: _Optional[str] = ..., limit_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., status: _Optional[_Union[CreditStatus, str]] = ..., version: _Optional[int] = ..., exposure: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., available: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., waiting: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreditOrder(_message.Message):
    __slots__ = ("order_id", "place_time", "owed", "unshipped", "granted", "waits")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PLACE_TIME_FIELD_NUMBER: _ClassVar[int]
    OWED_FIELD_NUMBER: _ClassVar[int]
    UNSHIPPED_FIELD_NUMBER: _ClassVar[int]
    GRANTED_FIELD_NUMBER: _ClassVar[int]
    WAITS_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    place_time: _timestamp_pb2.Timestamp
    owed: _money_pb2.Money
    unshipped: _money_pb2.Money
    granted: _money_pb2.Money
    waits: bool
    def __init__(self, order_id: _Optional[str] = ..., place_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., owed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., unshipped: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., granted: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., waits: _Optional[bool] = ...) -> None: ...

class PutCreditAccountRequest(_message.Message):
    __slots__ = ("request_id", "seller_id", "credit_account_id", "limit_amount", "status", "expected_version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    seller_id: str
    credit_account_id: str
    limit_amount: _money_pb2.Money
    status: CreditStatus
    expected_version: int
    def __init__(self, request_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., credit_account_id: _Optional[str] = ..., limit_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., status: _Optional[_Union[CreditStatus, str]] = ..., expected_version: _Optional[int] = ...) -> None: ...

class PutCreditAccountResponse(_message.Message):
    __slots__ = ("account",)
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    account: CreditAccount
    def __init__(self, account: _Optional[_Union[CreditAccount, _Mapping]] = ...) -> None: ...

class GetCreditAccountRequest(_message.Message):
    __slots__ = ("seller_id", "credit_account_id")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    credit_account_id: str
    def __init__(self, seller_id: _Optional[str] = ..., credit_account_id: _Optional[str] = ...) -> None: ...

class GetCreditAccountResponse(_message.Message):
    __slots__ = ("account",)
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    account: CreditAccount
    def __init__(self, account: _Optional[_Union[CreditAccount, _Mapping]] = ...) -> None: ...

class ListCreditAccountsRequest(_message.Message):
    __slots__ = ("seller_id", "page")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    page: _refusal_pb2.PageRequest
    def __init__(self, seller_id: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListCreditAccountsResponse(_message.Message):
    __slots__ = ("accounts", "next_page_token")
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[CreditAccount]
    next_page_token: str
    def __init__(self, accounts: _Optional[_Iterable[_Union[CreditAccount, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListCreditOrdersRequest(_message.Message):
    __slots__ = ("seller_id", "credit_account_id", "only_waiting", "page")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ONLY_WAITING_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    credit_account_id: str
    only_waiting: bool
    page: _refusal_pb2.PageRequest
    def __init__(self, seller_id: _Optional[str] = ..., credit_account_id: _Optional[str] = ..., only_waiting: _Optional[bool] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListCreditOrdersResponse(_message.Message):
    __slots__ = ("orders", "next_page_token")
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[CreditOrder]
    next_page_token: str
    def __init__(self, orders: _Optional[_Iterable[_Union[CreditOrder, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReleaseCreditHoldRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ReleaseCreditHoldResponse(_message.Message):
    __slots__ = ("order",)
    ORDER_FIELD_NUMBER: _ClassVar[int]
    order: CreditOrder
    def __init__(self, order: _Optional[_Union[CreditOrder, _Mapping]] = ...) -> None: ...

class SettleReceivableRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "amount", "reference", "settlement")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    amount: _money_pb2.Money
    reference: str
    settlement: ReceivableSettlement
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ..., settlement: _Optional[_Union[ReceivableSettlement, str]] = ...) -> None: ...

class SettleReceivableResponse(_message.Message):
    __slots__ = ("open",)
    OPEN_FIELD_NUMBER: _ClassVar[int]
    open: _money_pb2.Money
    def __init__(self, open: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...
