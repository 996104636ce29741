import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.network.v1 import network_pb2 as _network_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RehearsePolicyRequest(_message.Message):
    __slots__ = ("channel_id", "policy", "placed_since_time", "page")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    PLACED_SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    policy: _network_pb2.SourcingPolicy
    placed_since_time: _timestamp_pb2.Timestamp
    page: _refusal_pb2.PageRequest
    def __init__(self, channel_id: _Optional[str] = ..., policy: _Optional[_Union[_network_pb2.SourcingPolicy, _Mapping]] = ..., placed_since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class RehearsePolicyResponse(_message.Message):
    __slots__ = ("decided", "rehearsed", "node_days", "next_page_token")
    DECIDED_FIELD_NUMBER: _ClassVar[int]
    REHEARSED_FIELD_NUMBER: _ClassVar[int]
    NODE_DAYS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    decided: ShippedFigures
    rehearsed: ShippedFigures
    node_days: _containers.RepeatedCompositeFieldContainer[NodeDay]
    next_page_token: str
    def __init__(self, decided: _Optional[_Union[ShippedFigures, _Mapping]] = ..., rehearsed: _Optional[_Union[ShippedFigures, _Mapping]] = ..., node_days: _Optional[_Iterable[_Union[NodeDay, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class NodeDay(_message.Message):
    __slots__ = ("node_id", "day", "daily_capacity", "decided_parcel_count", "rehearsed_parcel_count")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    DAILY_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_PARCEL_COUNT_FIELD_NUMBER: _ClassVar[int]
    REHEARSED_PARCEL_COUNT_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    day: str
    daily_capacity: int
    decided_parcel_count: int
    rehearsed_parcel_count: int
    def __init__(self, node_id: _Optional[str] = ..., day: _Optional[str] = ..., daily_capacity: _Optional[int] = ..., decided_parcel_count: _Optional[int] = ..., rehearsed_parcel_count: _Optional[int] = ...) -> None: ...

class GetTrialRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class GetTrialResponse(_message.Message):
    __slots__ = ("trial", "counted", "tried")
    TRIAL_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    TRIED_FIELD_NUMBER: _ClassVar[int]
    trial: _network_pb2.SourcingTrial
    counted: ShippedFigures
    tried: ShippedFigures
    def __init__(self, trial: _Optional[_Union[_network_pb2.SourcingTrial, _Mapping]] = ..., counted: _Optional[_Union[ShippedFigures, _Mapping]] = ..., tried: _Optional[_Union[ShippedFigures, _Mapping]] = ...) -> None: ...

class ShippedFigures(_message.Message):
    __slots__ = ("order_count", "parcel_count", "split_order_count", "late_order_count", "waiting_quantity", "cost", "carbon_grams", "parcel_count_by_node")
    class ParcelCountByNodeEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    ORDER_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARCEL_COUNT_FIELD_NUMBER: _ClassVar[int]
    SPLIT_ORDER_COUNT_FIELD_NUMBER: _ClassVar[int]
    LATE_ORDER_COUNT_FIELD_NUMBER: _ClassVar[int]
    WAITING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    CARBON_GRAMS_FIELD_NUMBER: _ClassVar[int]
    PARCEL_COUNT_BY_NODE_FIELD_NUMBER: _ClassVar[int]
    order_count: int
    parcel_count: int
    split_order_count: int
    late_order_count: int
    waiting_quantity: int
    cost: _money_pb2.Money
    carbon_grams: int
    parcel_count_by_node: _containers.ScalarMap[str, int]
    def __init__(self, order_count: _Optional[int] = ..., parcel_count: _Optional[int] = ..., split_order_count: _Optional[int] = ..., late_order_count: _Optional[int] = ..., waiting_quantity: _Optional[int] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., carbon_grams: _Optional[int] = ..., parcel_count_by_node: _Optional[_Mapping[str, int]] = ...) -> None: ...

class Candidate(_message.Message):
    __slots__ = ("node_id", "coverable_quantity", "cost", "excluded_because")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    COVERABLE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    coverable_quantity: int
    cost: _money_pb2.Money
    excluded_because: str
    def __init__(self, node_id: _Optional[str] = ..., coverable_quantity: _Optional[int] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., excluded_because: _Optional[str] = ...) -> None: ...

class Assignment(_message.Message):
    __slots__ = ("line_number", "node_id", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    node_id: str
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class Decision(_message.Message):
    __slots__ = ("decide_time", "policy_version", "candidates", "assignments", "cost", "explanation", "terms", "gap")
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    decide_time: _timestamp_pb2.Timestamp
    policy_version: str
    candidates: _containers.RepeatedCompositeFieldContainer[Candidate]
    assignments: _containers.RepeatedCompositeFieldContainer[Assignment]
    cost: _money_pb2.Money
    explanation: str
    terms: _containers.RepeatedCompositeFieldContainer[CostTerm]
    gap: _money_pb2.Money
    def __init__(self, decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_version: _Optional[str] = ..., candidates: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ..., assignments: _Optional[_Iterable[_Union[Assignment, _Mapping]]] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., explanation: _Optional[str] = ..., terms: _Optional[_Iterable[_Union[CostTerm, _Mapping]]] = ..., gap: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class CostTerm(_message.Message):
    __slots__ = ("name", "amount")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    amount: _money_pb2.Money
    def __init__(self, name: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class StockAssumption(_message.Message):
    __slots__ = ("node_id", "sku", "quantity")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    sku: str
    quantity: int
    def __init__(self, node_id: _Optional[str] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ExplainDecisionRequest(_message.Message):
    __slots__ = ("order_id", "more_stock", "closed_node_ids", "policy")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    MORE_STOCK_FIELD_NUMBER: _ClassVar[int]
    CLOSED_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    more_stock: _containers.RepeatedCompositeFieldContainer[StockAssumption]
    closed_node_ids: _containers.RepeatedScalarFieldContainer[str]
    policy: _network_pb2.SourcingPolicy
    def __init__(self, order_id: _Optional[str] = ..., more_stock: _Optional[_Iterable[_Union[StockAssumption, _Mapping]]] = ..., closed_node_ids: _Optional[_Iterable[str]] = ..., policy: _Optional[_Union[_network_pb2.SourcingPolicy, _Mapping]] = ...) -> None: ...

class ExplainDecisionResponse(_message.Message):
    __slots__ = ("decision", "assumed")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    ASSUMED_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    assumed: Decision
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ..., assumed: _Optional[_Union[Decision, _Mapping]] = ...) -> None: ...

class ListDecisionsRequest(_message.Message):
    __slots__ = ("order_id", "page")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    page: _refusal_pb2.PageRequest
    def __init__(self, order_id: _Optional[str] = ..., page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListDecisionsResponse(_message.Message):
    __slots__ = ("decisions", "next_page_token")
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    decisions: _containers.RepeatedCompositeFieldContainer[Decision]
    next_page_token: str
    def __init__(self, decisions: _Optional[_Iterable[_Union[Decision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
