import datetime

from crossdock.returns.v1 import returns_pb2 as _returns_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReturnAuthorized(_message.Message):
    __slots__ = ("return_id", "quantity", "return_by_time", "policy_id")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RETURN_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    quantity: int
    return_by_time: _timestamp_pb2.Timestamp
    policy_id: str
    def __init__(self, return_id: _Optional[str] = ..., quantity: _Optional[int] = ..., return_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ...) -> None: ...

class ReturnHandedIn(_message.Message):
    __slots__ = ("return_id", "quantity", "tote_id", "node_id")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    quantity: int
    tote_id: str
    node_id: str
    def __init__(self, return_id: _Optional[str] = ..., quantity: _Optional[int] = ..., tote_id: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class ReturnReceived(_message.Message):
    __slots__ = ("return_id", "node_id", "reference", "quantity", "outcomes")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    node_id: str
    reference: str
    quantity: int
    outcomes: _containers.RepeatedCompositeFieldContainer[UnitsReceived]
    def __init__(self, return_id: _Optional[str] = ..., node_id: _Optional[str] = ..., reference: _Optional[str] = ..., quantity: _Optional[int] = ..., outcomes: _Optional[_Iterable[_Union[UnitsReceived, _Mapping]]] = ...) -> None: ...

class ReturnInspected(_message.Message):
    __slots__ = ("return_id", "reference", "verdicts")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VERDICTS_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    reference: str
    verdicts: _containers.RepeatedCompositeFieldContainer[UnitsInspected]
    def __init__(self, return_id: _Optional[str] = ..., reference: _Optional[str] = ..., verdicts: _Optional[_Iterable[_Union[UnitsInspected, _Mapping]]] = ...) -> None: ...

class ReturnDisposed(_message.Message):
    __slots__ = ("return_id", "reference", "dispositions")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    DISPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    reference: str
    dispositions: _containers.RepeatedCompositeFieldContainer[UnitsDisposed]
    def __init__(self, return_id: _Optional[str] = ..., reference: _Optional[str] = ..., dispositions: _Optional[_Iterable[_Union[UnitsDisposed, _Mapping]]] = ...) -> None: ...

class ReturnClosed(_message.Message):
    __slots__ = ("return_id",)
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    def __init__(self, return_id: _Optional[str] = ...) -> None: ...

class ReturnExpired(_message.Message):
    __slots__ = ("return_id",)
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    def __init__(self, return_id: _Optional[str] = ...) -> None: ...

class ReturnCanceled(_message.Message):
    __slots__ = ("return_id",)
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    def __init__(self, return_id: _Optional[str] = ...) -> None: ...

class UnitsKept(_message.Message):
    __slots__ = ("return_id", "quantity")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    quantity: int
    def __init__(self, return_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ToteShipped(_message.Message):
    __slots__ = ("tote_id", "node_id", "to_node_id", "quantity", "tracking_number")
    TOTE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    tote_id: str
    node_id: str
    to_node_id: str
    quantity: int
    tracking_number: str
    def __init__(self, tote_id: _Optional[str] = ..., node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class ParcelWrittenOff(_message.Message):
    __slots__ = ("return_id", "shipment_id", "quantity", "reason")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    shipment_id: str
    quantity: int
    reason: str
    def __init__(self, return_id: _Optional[str] = ..., shipment_id: _Optional[str] = ..., quantity: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class ParcelTurnedBack(_message.Message):
    __slots__ = ("return_id", "shipment_id", "quantity")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    shipment_id: str
    quantity: int
    def __init__(self, return_id: _Optional[str] = ..., shipment_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ExchangePlaced(_message.Message):
    __slots__ = ("return_id", "exchange_order_id")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    exchange_order_id: str
    def __init__(self, return_id: _Optional[str] = ..., exchange_order_id: _Optional[str] = ...) -> None: ...

class ExchangeSettled(_message.Message):
    __slots__ = ("amount",)
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    amount: _money_pb2.Money
    def __init__(self, amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class UnitsReceived(_message.Message):
    __slots__ = ("line_number", "quantity", "outcome")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    outcome: _returns_pb2.ReceiptOutcome
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., outcome: _Optional[_Union[_returns_pb2.ReceiptOutcome, str]] = ...) -> None: ...

class UnitsInspected(_message.Message):
    __slots__ = ("line_number", "quantity", "verdict", "condition", "note")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    verdict: _returns_pb2.InspectionVerdict
    condition: _returns_pb2.ItemCondition
    note: str
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., verdict: _Optional[_Union[_returns_pb2.InspectionVerdict, str]] = ..., condition: _Optional[_Union[_returns_pb2.ItemCondition, str]] = ..., note: _Optional[str] = ...) -> None: ...

class UnitsDisposed(_message.Message):
    __slots__ = ("line_number", "quantity", "disposition")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    disposition: _returns_pb2.Disposition
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., disposition: _Optional[_Union[_returns_pb2.Disposition, str]] = ...) -> None: ...

class OrderWithdrawn(_message.Message):
    __slots__ = ("withdrawal_id", "quantity")
    WITHDRAWAL_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    withdrawal_id: str
    quantity: int
    def __init__(self, withdrawal_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ClaimOpened(_message.Message):
    __slots__ = ("claim_id", "shipment_id", "kind", "quantity")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    shipment_id: str
    kind: _returns_pb2.ClaimKind
    quantity: int
    def __init__(self, claim_id: _Optional[str] = ..., shipment_id: _Optional[str] = ..., kind: _Optional[_Union[_returns_pb2.ClaimKind, str]] = ..., quantity: _Optional[int] = ...) -> None: ...

class ClaimDecided(_message.Message):
    __slots__ = ("claim_id", "state", "quantity", "reason")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    state: _returns_pb2.ClaimState
    quantity: int
    reason: str
    def __init__(self, claim_id: _Optional[str] = ..., state: _Optional[_Union[_returns_pb2.ClaimState, str]] = ..., quantity: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...
