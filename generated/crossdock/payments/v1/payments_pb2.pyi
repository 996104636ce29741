import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.common.v1 import source_pb2 as _source_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
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

class TransactionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSACTION_KIND_UNSPECIFIED: _ClassVar[TransactionKind]
    TRANSACTION_KIND_AUTHORIZATION: _ClassVar[TransactionKind]
    TRANSACTION_KIND_CAPTURE: _ClassVar[TransactionKind]
    TRANSACTION_KIND_REVERSAL: _ClassVar[TransactionKind]
    TRANSACTION_KIND_REFUND: _ClassVar[TransactionKind]
    TRANSACTION_KIND_CHANNEL_REFUND: _ClassVar[TransactionKind]
    TRANSACTION_KIND_PREPAYMENT_REFUND: _ClassVar[TransactionKind]
    TRANSACTION_KIND_CHARGEBACK: _ClassVar[TransactionKind]

class TransactionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSACTION_STATE_UNSPECIFIED: _ClassVar[TransactionState]
    TRANSACTION_STATE_REQUESTED: _ClassVar[TransactionState]
    TRANSACTION_STATE_SUCCEEDED: _ClassVar[TransactionState]
    TRANSACTION_STATE_FAILED: _ClassVar[TransactionState]
    TRANSACTION_STATE_UNKNOWN: _ClassVar[TransactionState]

class PaymentEventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAYMENT_EVENT_KIND_UNSPECIFIED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_AUTHORIZED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_DECLINED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_CAPTURED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_CAPTURE_FAILED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_REVERSED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_REVERSAL_FAILED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_REFUNDED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_REFUND_FAILED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_DISPUTED: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_DISPUTE_WON: _ClassVar[PaymentEventKind]
    PAYMENT_EVENT_KIND_DISPUTE_LOST: _ClassVar[PaymentEventKind]

class SettlementKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SETTLEMENT_KIND_UNSPECIFIED: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_CAPTURE: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_REFUND: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_CHARGEBACK: _ClassVar[SettlementKind]

class SettlementDifferenceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SETTLEMENT_DIFFERENCE_KIND_UNSPECIFIED: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_UNKNOWN: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_OTHER_ACCOUNT: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_OTHER_KIND: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_NOT_BOOKED: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_OTHER_CURRENCY: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_OTHER_AMOUNT: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_SETTLED_TWICE: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_ENTRY_CHANGED: _ClassVar[SettlementDifferenceKind]
    SETTLEMENT_DIFFERENCE_KIND_NOT_SETTLED: _ClassVar[SettlementDifferenceKind]
TRANSACTION_KIND_UNSPECIFIED: TransactionKind
TRANSACTION_KIND_AUTHORIZATION: TransactionKind
TRANSACTION_KIND_CAPTURE: TransactionKind
TRANSACTION_KIND_REVERSAL: TransactionKind
TRANSACTION_KIND_REFUND: TransactionKind
TRANSACTION_KIND_CHANNEL_REFUND: TransactionKind
TRANSACTION_KIND_PREPAYMENT_REFUND: TransactionKind
TRANSACTION_KIND_CHARGEBACK: TransactionKind
TRANSACTION_STATE_UNSPECIFIED: TransactionState
TRANSACTION_STATE_REQUESTED: TransactionState
TRANSACTION_STATE_SUCCEEDED: TransactionState
TRANSACTION_STATE_FAILED: TransactionState
TRANSACTION_STATE_UNKNOWN: TransactionState
PAYMENT_EVENT_KIND_UNSPECIFIED: PaymentEventKind
PAYMENT_EVENT_KIND_AUTHORIZED: PaymentEventKind
PAYMENT_EVENT_KIND_DECLINED: PaymentEventKind
PAYMENT_EVENT_KIND_CAPTURED: PaymentEventKind
PAYMENT_EVENT_KIND_CAPTURE_FAILED: PaymentEventKind
PAYMENT_EVENT_KIND_REVERSED: PaymentEventKind
PAYMENT_EVENT_KIND_REVERSAL_FAILED: PaymentEventKind
PAYMENT_EVENT_KIND_REFUNDED: PaymentEventKind
PAYMENT_EVENT_KIND_REFUND_FAILED: PaymentEventKind
PAYMENT_EVENT_KIND_DISPUTED: PaymentEventKind
PAYMENT_EVENT_KIND_DISPUTE_WON: PaymentEventKind
PAYMENT_EVENT_KIND_DISPUTE_LOST: PaymentEventKind
SETTLEMENT_KIND_UNSPECIFIED: SettlementKind
SETTLEMENT_KIND_CAPTURE: SettlementKind
SETTLEMENT_KIND_REFUND: SettlementKind
SETTLEMENT_KIND_CHARGEBACK: SettlementKind
SETTLEMENT_DIFFERENCE_KIND_UNSPECIFIED: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_UNKNOWN: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_OTHER_ACCOUNT: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_OTHER_KIND: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_NOT_BOOKED: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_OTHER_CURRENCY: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_OTHER_AMOUNT: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_SETTLED_TWICE: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_ENTRY_CHANGED: SettlementDifferenceKind
SETTLEMENT_DIFFERENCE_KIND_NOT_SETTLED: SettlementDifferenceKind

class Instrument(_message.Message):
    __slots__ = ("instrument_id", "holder", "kind", "amount", "authorized", "captured", "refunded", "balance_id")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZED_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_FIELD_NUMBER: _ClassVar[int]
    REFUNDED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_ID_FIELD_NUMBER: _ClassVar[int]
    instrument_id: str
    holder: _orders_pb2.InstrumentHolder
    kind: str
    amount: _money_pb2.Money
    authorized: _money_pb2.Money
    captured: _money_pb2.Money
    refunded: _money_pb2.Money
    balance_id: str
    def __init__(self, instrument_id: _Optional[str] = ..., holder: _Optional[_Union[_orders_pb2.InstrumentHolder, str]] = ..., kind: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., authorized: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., captured: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., refunded: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., balance_id: _Optional[str] = ...) -> None: ...

class Transaction(_message.Message):
    __slots__ = ("transaction_id", "instrument_id", "kind", "state", "amount", "shipment_id", "provider_reference", "failure_code", "create_time", "expire_time", "authorization_id", "customer_action_url")
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_CODE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_ACTION_URL_FIELD_NUMBER: _ClassVar[int]
    transaction_id: str
    instrument_id: str
    kind: TransactionKind
    state: TransactionState
    amount: _money_pb2.Money
    shipment_id: str
    provider_reference: str
    failure_code: str
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    authorization_id: str
    customer_action_url: str
    def __init__(self, transaction_id: _Optional[str] = ..., instrument_id: _Optional[str] = ..., kind: _Optional[_Union[TransactionKind, str]] = ..., state: _Optional[_Union[TransactionState, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shipment_id: _Optional[str] = ..., provider_reference: _Optional[str] = ..., failure_code: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., authorization_id: _Optional[str] = ..., customer_action_url: _Optional[str] = ...) -> None: ...

class GetPaymentsRequest(_message.Message):
    __slots__ = ("order_id",)
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    def __init__(self, order_id: _Optional[str] = ...) -> None: ...

class GetPaymentsResponse(_message.Message):
    __slots__ = ("instruments", "transactions", "captured", "capture_requested", "receivable", "uncollectable", "credited", "refunded", "refund_requested")
    INSTRUMENTS_FIELD_NUMBER: _ClassVar[int]
    TRANSACTIONS_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    RECEIVABLE_FIELD_NUMBER: _ClassVar[int]
    UNCOLLECTABLE_FIELD_NUMBER: _ClassVar[int]
    CREDITED_FIELD_NUMBER: _ClassVar[int]
    REFUNDED_FIELD_NUMBER: _ClassVar[int]
    REFUND_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    instruments: _containers.RepeatedCompositeFieldContainer[Instrument]
    transactions: _containers.RepeatedCompositeFieldContainer[Transaction]
    captured: _money_pb2.Money
    capture_requested: _money_pb2.Money
    receivable: _money_pb2.Money
    uncollectable: _money_pb2.Money
    credited: _money_pb2.Money
    refunded: _money_pb2.Money
    refund_requested: _money_pb2.Money
    def __init__(self, instruments: _Optional[_Iterable[_Union[Instrument, _Mapping]]] = ..., transactions: _Optional[_Iterable[_Union[Transaction, _Mapping]]] = ..., captured: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., capture_requested: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., receivable: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., uncollectable: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credited: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., refunded: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., refund_requested: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class CollectPaymentRequest(_message.Message):
    __slots__ = ("request_id", "order_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class CollectPaymentResponse(_message.Message):
    __slots__ = ("payments",)
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    payments: GetPaymentsResponse
    def __init__(self, payments: _Optional[_Union[GetPaymentsResponse, _Mapping]] = ...) -> None: ...

class AddInstrumentRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "kind", "token")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    kind: str
    token: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., kind: _Optional[str] = ..., token: _Optional[str] = ...) -> None: ...

class AddInstrumentResponse(_message.Message):
    __slots__ = ("payments",)
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    payments: GetPaymentsResponse
    def __init__(self, payments: _Optional[_Union[GetPaymentsResponse, _Mapping]] = ...) -> None: ...

class SettlementEntry(_message.Message):
    __slots__ = ("reference", "kind", "operation_key", "amount")
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OPERATION_KEY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    reference: str
    kind: SettlementKind
    operation_key: str
    amount: _money_pb2.Money
    def __init__(self, reference: _Optional[str] = ..., kind: _Optional[_Union[SettlementKind, str]] = ..., operation_key: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class ImportSettlementRequest(_message.Message):
    __slots__ = ("request_id", "account_id", "reference", "entries", "period_start_time", "period_end_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    PERIOD_START_TIME_FIELD_NUMBER: _ClassVar[int]
    PERIOD_END_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    account_id: str
    reference: str
    entries: _containers.RepeatedCompositeFieldContainer[SettlementEntry]
    period_start_time: _timestamp_pb2.Timestamp
    period_end_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., account_id: _Optional[str] = ..., reference: _Optional[str] = ..., entries: _Optional[_Iterable[_Union[SettlementEntry, _Mapping]]] = ..., period_start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., period_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ImportSettlementResponse(_message.Message):
    __slots__ = ("matched_quantity", "differences")
    MATCHED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    matched_quantity: int
    differences: _containers.RepeatedCompositeFieldContainer[SettlementDifference]
    def __init__(self, matched_quantity: _Optional[int] = ..., differences: _Optional[_Iterable[_Union[SettlementDifference, _Mapping]]] = ...) -> None: ...

class SettlementDifference(_message.Message):
    __slots__ = ("kind", "entry_reference", "operation_key", "detail")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ENTRY_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    OPERATION_KEY_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    kind: SettlementDifferenceKind
    entry_reference: str
    operation_key: str
    detail: str
    def __init__(self, kind: _Optional[_Union[SettlementDifferenceKind, str]] = ..., entry_reference: _Optional[str] = ..., operation_key: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class PaymentEvent(_message.Message):
    __slots__ = ("transaction_id", "kind", "provider_reference", "failure_code", "occur_time", "expire_time", "sequence", "amount", "fee")
    TRANSACTION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_CODE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    transaction_id: str
    kind: PaymentEventKind
    provider_reference: str
    failure_code: str
    occur_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    sequence: _source_pb2.SourceSequence
    amount: _money_pb2.Money
    fee: _money_pb2.Money
    def __init__(self, transaction_id: _Optional[str] = ..., kind: _Optional[_Union[PaymentEventKind, str]] = ..., provider_reference: _Optional[str] = ..., failure_code: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sequence: _Optional[_Union[_source_pb2.SourceSequence, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class ReportPaymentEventsRequest(_message.Message):
    __slots__ = ("request_id", "events")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    events: _containers.RepeatedCompositeFieldContainer[PaymentEvent]
    def __init__(self, request_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[PaymentEvent, _Mapping]]] = ...) -> None: ...

class ReportPaymentEventsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[PaymentEventResult]
    def __init__(self, results: _Optional[_Iterable[_Union[PaymentEventResult, _Mapping]]] = ...) -> None: ...

class PaymentEventResult(_message.Message):
    __slots__ = ("transaction", "refusal", "parked_event")
    TRANSACTION_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_FIELD_NUMBER: _ClassVar[int]
    transaction: Transaction
    refusal: _refusal_pb2.Refusal
    parked_event: _source_pb2.ParkedEvent
    def __init__(self, transaction: _Optional[_Union[Transaction, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ..., parked_event: _Optional[_Union[_source_pb2.ParkedEvent, _Mapping]] = ...) -> None: ...
