import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SupplyKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPLY_KIND_UNSPECIFIED: _ClassVar[SupplyKind]
    SUPPLY_KIND_IN_TRANSIT: _ClassVar[SupplyKind]
    SUPPLY_KIND_ON_ORDER: _ClassVar[SupplyKind]
    SUPPLY_KIND_THIRD_PARTY: _ClassVar[SupplyKind]
    SUPPLY_KIND_PLANNED: _ClassVar[SupplyKind]

class SupplyState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPLY_STATE_UNSPECIFIED: _ClassVar[SupplyState]
    SUPPLY_STATE_EXPECTED: _ClassVar[SupplyState]
    SUPPLY_STATE_RECEIVED: _ClassVar[SupplyState]
    SUPPLY_STATE_CANCELED: _ClassVar[SupplyState]

class SupplyAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPLY_ACTION_UNSPECIFIED: _ClassVar[SupplyAction]
    SUPPLY_ACTION_PUT: _ClassVar[SupplyAction]
    SUPPLY_ACTION_SLIP: _ClassVar[SupplyAction]
    SUPPLY_ACTION_RECEIVE: _ClassVar[SupplyAction]
    SUPPLY_ACTION_CANCEL: _ClassVar[SupplyAction]
    SUPPLY_ACTION_COMPLETE: _ClassVar[SupplyAction]

class Condition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONDITION_UNSPECIFIED: _ClassVar[Condition]
    CONDITION_SELLABLE: _ClassVar[Condition]
    CONDITION_OPEN_BOX: _ClassVar[Condition]
    CONDITION_DAMAGED: _ClassVar[Condition]
    CONDITION_QUARANTINE: _ClassVar[Condition]
    CONDITION_REPAIR: _ClassVar[Condition]
    CONDITION_RETURN_TO_VENDOR: _ClassVar[Condition]
    CONDITION_LIQUIDATION: _ClassVar[Condition]
    CONDITION_DONATION: _ClassVar[Condition]
    CONDITION_RECYCLING: _ClassVar[Condition]
SUPPLY_KIND_UNSPECIFIED: SupplyKind
SUPPLY_KIND_IN_TRANSIT: SupplyKind
SUPPLY_KIND_ON_ORDER: SupplyKind
SUPPLY_KIND_THIRD_PARTY: SupplyKind
SUPPLY_KIND_PLANNED: SupplyKind
SUPPLY_STATE_UNSPECIFIED: SupplyState
SUPPLY_STATE_EXPECTED: SupplyState
SUPPLY_STATE_RECEIVED: SupplyState
SUPPLY_STATE_CANCELED: SupplyState
SUPPLY_ACTION_UNSPECIFIED: SupplyAction
SUPPLY_ACTION_PUT: SupplyAction
SUPPLY_ACTION_SLIP: SupplyAction
SUPPLY_ACTION_RECEIVE: SupplyAction
SUPPLY_ACTION_CANCEL: SupplyAction
SUPPLY_ACTION_COMPLETE: SupplyAction
CONDITION_UNSPECIFIED: Condition
CONDITION_SELLABLE: Condition
CONDITION_OPEN_BOX: Condition
CONDITION_DAMAGED: Condition
CONDITION_QUARANTINE: Condition
CONDITION_REPAIR: Condition
CONDITION_RETURN_TO_VENDOR: Condition
CONDITION_LIQUIDATION: Condition
CONDITION_DONATION: Condition
CONDITION_RECYCLING: Condition

class SupplyKey(_message.Message):
    __slots__ = ("source", "reference", "line")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    source: str
    reference: str
    line: str
    def __init__(self, source: _Optional[str] = ..., reference: _Optional[str] = ..., line: _Optional[str] = ...) -> None: ...

class SupplyDraft(_message.Message):
    __slots__ = ("key", "kind", "sku", "node_id", "quantity", "expect_time")
    KEY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    key: SupplyKey
    kind: SupplyKind
    sku: str
    node_id: str
    quantity: int
    expect_time: _timestamp_pb2.Timestamp
    def __init__(self, key: _Optional[_Union[SupplyKey, _Mapping]] = ..., kind: _Optional[_Union[SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Supply(_message.Message):
    __slots__ = ("supply_id", "key", "kind", "sku", "node_id", "quantity", "received", "remaining", "expect_time", "sellable_time", "state")
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    SELLABLE_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    key: SupplyKey
    kind: SupplyKind
    sku: str
    node_id: str
    quantity: int
    received: int
    remaining: int
    expect_time: _timestamp_pb2.Timestamp
    sellable_time: _timestamp_pb2.Timestamp
    state: SupplyState
    def __init__(self, supply_id: _Optional[str] = ..., key: _Optional[_Union[SupplyKey, _Mapping]] = ..., kind: _Optional[_Union[SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., received: _Optional[int] = ..., remaining: _Optional[int] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sellable_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[SupplyState, str]] = ...) -> None: ...

class SupplyChange(_message.Message):
    __slots__ = ("action", "quantity_delta", "received_delta", "expect_time", "reason", "change_time", "change_id")
    ACTION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_DELTA_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_DELTA_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    action: SupplyAction
    quantity_delta: int
    received_delta: int
    expect_time: _timestamp_pb2.Timestamp
    reason: str
    change_time: _timestamp_pb2.Timestamp
    change_id: str
    def __init__(self, action: _Optional[_Union[SupplyAction, str]] = ..., quantity_delta: _Optional[int] = ..., received_delta: _Optional[int] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., change_id: _Optional[str] = ...) -> None: ...

class PutSupplyRequest(_message.Message):
    __slots__ = ("request_id", "supplies")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SUPPLIES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    supplies: _containers.RepeatedCompositeFieldContainer[SupplyDraft]
    def __init__(self, request_id: _Optional[str] = ..., supplies: _Optional[_Iterable[_Union[SupplyDraft, _Mapping]]] = ...) -> None: ...

class PutSupplyResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SupplyResult]
    def __init__(self, results: _Optional[_Iterable[_Union[SupplyResult, _Mapping]]] = ...) -> None: ...

class SupplyResult(_message.Message):
    __slots__ = ("supply", "refusal")
    SUPPLY_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    supply: Supply
    refusal: _refusal_pb2.Refusal
    def __init__(self, supply: _Optional[_Union[Supply, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class Slip(_message.Message):
    __slots__ = ("key", "expect_time", "reason")
    KEY_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    key: SupplyKey
    expect_time: _timestamp_pb2.Timestamp
    reason: str
    def __init__(self, key: _Optional[_Union[SupplyKey, _Mapping]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class SlipSupplyRequest(_message.Message):
    __slots__ = ("request_id", "slips")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SLIPS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    slips: _containers.RepeatedCompositeFieldContainer[Slip]
    def __init__(self, request_id: _Optional[str] = ..., slips: _Optional[_Iterable[_Union[Slip, _Mapping]]] = ...) -> None: ...

class SlipSupplyResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SupplyResult]
    def __init__(self, results: _Optional[_Iterable[_Union[SupplyResult, _Mapping]]] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ("key", "receipt_reference", "quantity", "condition", "final")
    KEY_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    FINAL_FIELD_NUMBER: _ClassVar[int]
    key: SupplyKey
    receipt_reference: str
    quantity: int
    condition: Condition
    final: bool
    def __init__(self, key: _Optional[_Union[SupplyKey, _Mapping]] = ..., receipt_reference: _Optional[str] = ..., quantity: _Optional[int] = ..., condition: _Optional[_Union[Condition, str]] = ..., final: _Optional[bool] = ...) -> None: ...

class ReceiveSupplyRequest(_message.Message):
    __slots__ = ("request_id", "receipts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    receipts: _containers.RepeatedCompositeFieldContainer[Receipt]
    def __init__(self, request_id: _Optional[str] = ..., receipts: _Optional[_Iterable[_Union[Receipt, _Mapping]]] = ...) -> None: ...

class ReceiveSupplyResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SupplyResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[SupplyResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class SupplyCancellation(_message.Message):
    __slots__ = ("key", "reason")
    KEY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    key: SupplyKey
    reason: str
    def __init__(self, key: _Optional[_Union[SupplyKey, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelSupplyRequest(_message.Message):
    __slots__ = ("request_id", "cancellations")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLATIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    cancellations: _containers.RepeatedCompositeFieldContainer[SupplyCancellation]
    def __init__(self, request_id: _Optional[str] = ..., cancellations: _Optional[_Iterable[_Union[SupplyCancellation, _Mapping]]] = ...) -> None: ...

class CancelSupplyResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SupplyResult]
    def __init__(self, results: _Optional[_Iterable[_Union[SupplyResult, _Mapping]]] = ...) -> None: ...

class GetSupplyRequest(_message.Message):
    __slots__ = ("supply_id",)
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    def __init__(self, supply_id: _Optional[str] = ...) -> None: ...

class GetSupplyResponse(_message.Message):
    __slots__ = ("supply", "changes")
    SUPPLY_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    supply: Supply
    changes: _containers.RepeatedCompositeFieldContainer[SupplyChange]
    def __init__(self, supply: _Optional[_Union[Supply, _Mapping]] = ..., changes: _Optional[_Iterable[_Union[SupplyChange, _Mapping]]] = ...) -> None: ...

class ListSupplyRequest(_message.Message):
    __slots__ = ("page", "skus", "node_ids", "reference", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    skus: _containers.RepeatedScalarFieldContainer[str]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    reference: str
    state: SupplyState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., skus: _Optional[_Iterable[str]] = ..., node_ids: _Optional[_Iterable[str]] = ..., reference: _Optional[str] = ..., state: _Optional[_Union[SupplyState, str]] = ...) -> None: ...

class ListSupplyResponse(_message.Message):
    __slots__ = ("supplies", "next_page_token")
    SUPPLIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    supplies: _containers.RepeatedCompositeFieldContainer[Supply]
    next_page_token: str
    def __init__(self, supplies: _Optional[_Iterable[_Union[Supply, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Protection(_message.Message):
    __slots__ = ("sku", "node_id", "channel_id", "demand_class", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    channel_id: str
    demand_class: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., demand_class: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class PutProtectionsRequest(_message.Message):
    __slots__ = ("request_id", "protections")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PROTECTIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    protections: _containers.RepeatedCompositeFieldContainer[Protection]
    def __init__(self, request_id: _Optional[str] = ..., protections: _Optional[_Iterable[_Union[Protection, _Mapping]]] = ...) -> None: ...

class PutProtectionsResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ProtectionResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[ProtectionResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class ProtectionResult(_message.Message):
    __slots__ = ("protection", "refusal")
    PROTECTION_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    protection: Protection
    refusal: _refusal_pb2.Refusal
    def __init__(self, protection: _Optional[_Union[Protection, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class ListProtectionsRequest(_message.Message):
    __slots__ = ("page", "skus", "node_ids")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    skus: _containers.RepeatedScalarFieldContainer[str]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., skus: _Optional[_Iterable[str]] = ..., node_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListProtectionsResponse(_message.Message):
    __slots__ = ("protections", "next_page_token")
    PROTECTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    protections: _containers.RepeatedCompositeFieldContainer[Protection]
    next_page_token: str
    def __init__(self, protections: _Optional[_Iterable[_Union[Protection, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SafetyStock(_message.Message):
    __slots__ = ("sku", "node_id", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class SetSafetyStockRequest(_message.Message):
    __slots__ = ("request_id", "safety_stock")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SAFETY_STOCK_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    safety_stock: _containers.RepeatedCompositeFieldContainer[SafetyStock]
    def __init__(self, request_id: _Optional[str] = ..., safety_stock: _Optional[_Iterable[_Union[SafetyStock, _Mapping]]] = ...) -> None: ...

class SetSafetyStockResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SafetyStockResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[SafetyStockResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class SafetyStockResult(_message.Message):
    __slots__ = ("safety_stock", "refusal")
    SAFETY_STOCK_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    safety_stock: SafetyStock
    refusal: _refusal_pb2.Refusal
    def __init__(self, safety_stock: _Optional[_Union[SafetyStock, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class ConditionChange(_message.Message):
    __slots__ = ("sku", "node_id", "from_condition", "to_condition", "quantity", "cause")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_CONDITION_FIELD_NUMBER: _ClassVar[int]
    TO_CONDITION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    from_condition: Condition
    to_condition: Condition
    quantity: int
    cause: str
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., from_condition: _Optional[_Union[Condition, str]] = ..., to_condition: _Optional[_Union[Condition, str]] = ..., quantity: _Optional[int] = ..., cause: _Optional[str] = ...) -> None: ...

class ChangeConditionsRequest(_message.Message):
    __slots__ = ("request_id", "changes")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    changes: _containers.RepeatedCompositeFieldContainer[ConditionChange]
    def __init__(self, request_id: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[ConditionChange, _Mapping]]] = ...) -> None: ...

class ChangeConditionsResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ConditionChangeResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[ConditionChangeResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class ConditionChangeResult(_message.Message):
    __slots__ = ("change", "refusal")
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    change: ConditionChange
    refusal: _refusal_pb2.Refusal
    def __init__(self, change: _Optional[_Union[ConditionChange, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class ListConditionedStockRequest(_message.Message):
    __slots__ = ("page", "skus", "node_ids")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    SKUS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    skus: _containers.RepeatedScalarFieldContainer[str]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., skus: _Optional[_Iterable[str]] = ..., node_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ConditionedStock(_message.Message):
    __slots__ = ("sku", "node_id", "condition", "on_hand")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    condition: Condition
    on_hand: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., condition: _Optional[_Union[Condition, str]] = ..., on_hand: _Optional[int] = ...) -> None: ...

class ListConditionedStockResponse(_message.Message):
    __slots__ = ("stock", "next_page_token")
    STOCK_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    stock: _containers.RepeatedCompositeFieldContainer[ConditionedStock]
    next_page_token: str
    def __init__(self, stock: _Optional[_Iterable[_Union[ConditionedStock, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AvailabilityQuestion(_message.Message):
    __slots__ = ("sku", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ProjectAvailabilityRequest(_message.Message):
    __slots__ = ("questions", "node_ids", "channel_id", "demand_class", "kinds", "until_time")
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    questions: _containers.RepeatedCompositeFieldContainer[AvailabilityQuestion]
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    demand_class: str
    kinds: _containers.RepeatedScalarFieldContainer[SupplyKind]
    until_time: _timestamp_pb2.Timestamp
    def __init__(self, questions: _Optional[_Iterable[_Union[AvailabilityQuestion, _Mapping]]] = ..., node_ids: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ..., demand_class: _Optional[str] = ..., kinds: _Optional[_Iterable[_Union[SupplyKind, str]]] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AvailabilityStep(_message.Message):
    __slots__ = ("start_time", "available")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    available: int
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., available: _Optional[int] = ...) -> None: ...

class NodeProjection(_message.Message):
    __slots__ = ("node_id", "steps")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    steps: _containers.RepeatedCompositeFieldContainer[AvailabilityStep]
    def __init__(self, node_id: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[AvailabilityStep, _Mapping]]] = ...) -> None: ...

class OfferPart(_message.Message):
    __slots__ = ("available_time", "quantity")
    AVAILABLE_TIME_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    available_time: _timestamp_pb2.Timestamp
    quantity: int
    def __init__(self, available_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., quantity: _Optional[int] = ...) -> None: ...

class SupplyOffer(_message.Message):
    __slots__ = ("parts", "uncovered")
    PARTS_FIELD_NUMBER: _ClassVar[int]
    UNCOVERED_FIELD_NUMBER: _ClassVar[int]
    parts: _containers.RepeatedCompositeFieldContainer[OfferPart]
    uncovered: int
    def __init__(self, parts: _Optional[_Iterable[_Union[OfferPart, _Mapping]]] = ..., uncovered: _Optional[int] = ...) -> None: ...

class Projection(_message.Message):
    __slots__ = ("sku", "steps", "nodes", "offers")
    SKU_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    NODES_FIELD_NUMBER: _ClassVar[int]
    OFFERS_FIELD_NUMBER: _ClassVar[int]
    sku: str
    steps: _containers.RepeatedCompositeFieldContainer[AvailabilityStep]
    nodes: _containers.RepeatedCompositeFieldContainer[NodeProjection]
    offers: _containers.RepeatedCompositeFieldContainer[SupplyOffer]
    def __init__(self, sku: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[AvailabilityStep, _Mapping]]] = ..., nodes: _Optional[_Iterable[_Union[NodeProjection, _Mapping]]] = ..., offers: _Optional[_Iterable[_Union[SupplyOffer, _Mapping]]] = ...) -> None: ...

class ProjectAvailabilityResponse(_message.Message):
    __slots__ = ("projections", "as_of_time")
    PROJECTIONS_FIELD_NUMBER: _ClassVar[int]
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    projections: _containers.RepeatedCompositeFieldContainer[Projection]
    as_of_time: _timestamp_pb2.Timestamp
    def __init__(self, projections: _Optional[_Iterable[_Union[Projection, _Mapping]]] = ..., as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExplainStockRequest(_message.Message):
    __slots__ = ("sku", "node_id", "as_of_time", "channel_id", "demand_class", "page")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    as_of_time: _timestamp_pb2.Timestamp
    channel_id: str
    demand_class: str
    page: _refusal_pb2.PageRequest
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., channel_id: _Optional[str] = ..., demand_class: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class StockFigures(_message.Message):
    __slots__ = ("on_hand", "reserved", "allocated", "safety")
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    ALLOCATED_FIELD_NUMBER: _ClassVar[int]
    SAFETY_FIELD_NUMBER: _ClassVar[int]
    on_hand: int
    reserved: int
    allocated: int
    safety: int
    def __init__(self, on_hand: _Optional[int] = ..., reserved: _Optional[int] = ..., allocated: _Optional[int] = ..., safety: _Optional[int] = ...) -> None: ...

class StockLedgerRow(_message.Message):
    __slots__ = ("row_number", "move_time", "delta", "after", "cause", "cause_id", "event_type", "order_id", "facts")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ROW_NUMBER_FIELD_NUMBER: _ClassVar[int]
    MOVE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELTA_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    CAUSE_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    row_number: int
    move_time: _timestamp_pb2.Timestamp
    delta: StockFigures
    after: StockFigures
    cause: str
    cause_id: str
    event_type: str
    order_id: str
    facts: _containers.ScalarMap[str, str]
    def __init__(self, row_number: _Optional[int] = ..., move_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delta: _Optional[_Union[StockFigures, _Mapping]] = ..., after: _Optional[_Union[StockFigures, _Mapping]] = ..., cause: _Optional[str] = ..., cause_id: _Optional[str] = ..., event_type: _Optional[str] = ..., order_id: _Optional[str] = ..., facts: _Optional[_Mapping[str, str]] = ...) -> None: ...

class ExplainStockResponse(_message.Message):
    __slots__ = ("as_of_time", "figures", "protected", "available", "conditioned", "row_count", "rows", "next_page_token")
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    FIGURES_FIELD_NUMBER: _ClassVar[int]
    PROTECTED_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    CONDITIONED_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    as_of_time: _timestamp_pb2.Timestamp
    figures: StockFigures
    protected: int
    available: int
    conditioned: _containers.RepeatedCompositeFieldContainer[ConditionedStock]
    row_count: int
    rows: _containers.RepeatedCompositeFieldContainer[StockLedgerRow]
    next_page_token: str
    def __init__(self, as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., figures: _Optional[_Union[StockFigures, _Mapping]] = ..., protected: _Optional[int] = ..., available: _Optional[int] = ..., conditioned: _Optional[_Iterable[_Union[ConditionedStock, _Mapping]]] = ..., row_count: _Optional[int] = ..., rows: _Optional[_Iterable[_Union[StockLedgerRow, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
