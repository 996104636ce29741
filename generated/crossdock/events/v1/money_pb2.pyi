import datetime

from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PaymentAuthorized(_message.Message):
    __slots__ = ("amount", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ...) -> None: ...

class PaymentDeclined(_message.Message):
    __slots__ = ("amount", "code")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    code: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., code: _Optional[str] = ...) -> None: ...

class PaymentActionRequired(_message.Message):
    __slots__ = ("amount", "transaction_id", "url", "due_time")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    url: str
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., url: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaptureWithheld(_message.Message):
    __slots__ = ("amount", "shipment_id", "hold_type")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    HOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    shipment_id: str
    hold_type: _orders_pb2.HoldType
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shipment_id: _Optional[str] = ..., hold_type: _Optional[_Union[_orders_pb2.HoldType, str]] = ...) -> None: ...

class CaptureRequested(_message.Message):
    __slots__ = ("amount", "transaction_id", "shipment_id")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    shipment_id: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., shipment_id: _Optional[str] = ...) -> None: ...

class PaymentCaptured(_message.Message):
    __slots__ = ("amount", "transaction_id", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class CaptureFailed(_message.Message):
    __slots__ = ("amount", "transaction_id", "code", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    code: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., code: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class PaymentReversed(_message.Message):
    __slots__ = ("amount", "transaction_id", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class ReversalFailed(_message.Message):
    __slots__ = ("amount", "transaction_id", "code", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    code: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., code: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class CreditGranted(_message.Message):
    __slots__ = ("amount", "credit_id", "reason", "return_id")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    credit_id: str
    reason: str
    return_id: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit_id: _Optional[str] = ..., reason: _Optional[str] = ..., return_id: _Optional[str] = ...) -> None: ...

class ConsignmentSettled(_message.Message):
    __slots__ = ("owed", "charged", "shipment_id", "territory")
    OWED_FIELD_NUMBER: _ClassVar[int]
    CHARGED_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TERRITORY_FIELD_NUMBER: _ClassVar[int]
    owed: _money_pb2.Money
    charged: _money_pb2.Money
    shipment_id: str
    territory: str
    def __init__(self, owed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., charged: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shipment_id: _Optional[str] = ..., territory: _Optional[str] = ...) -> None: ...

class RefundRequested(_message.Message):
    __slots__ = ("amount", "transaction_id")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ...) -> None: ...

class PaymentRefunded(_message.Message):
    __slots__ = ("amount", "transaction_id", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class RefundFailed(_message.Message):
    __slots__ = ("amount", "transaction_id", "code", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    code: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., code: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class PaymentDisputed(_message.Message):
    __slots__ = ("amount", "transaction_id", "reference", "code")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    reference: str
    code: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., reference: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class DisputeWon(_message.Message):
    __slots__ = ("amount", "transaction_id", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class DisputeLost(_message.Message):
    __slots__ = ("amount", "transaction_id", "fee", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    transaction_id: str
    fee: _money_pb2.Money
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transaction_id: _Optional[str] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ...) -> None: ...

class CreditChecked(_message.Message):
    __slots__ = ("amount", "credit_account_id")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    credit_account_id: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit_account_id: _Optional[str] = ...) -> None: ...

class ReceivableSettled(_message.Message):
    __slots__ = ("amount", "settlement", "reference")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    settlement: str
    reference: str
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., settlement: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...
