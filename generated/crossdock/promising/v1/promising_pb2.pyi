import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.network.v1 import carriers_pb2 as _carriers_pb2
from crossdock.trade.v1 import trade_pb2 as _trade_pb2
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

class WishOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WISH_OUTCOME_UNSPECIFIED: _ClassVar[WishOutcome]
    WISH_OUTCOME_KEPT: _ClassVar[WishOutcome]
    WISH_OUTCOME_TOO_SOON: _ClassVar[WishOutcome]
    WISH_OUTCOME_CALENDAR: _ClassVar[WishOutcome]
    WISH_OUTCOME_CAPACITY: _ClassVar[WishOutcome]
    WISH_OUTCOME_STOCK: _ClassVar[WishOutcome]
    WISH_OUTCOME_NO_SLOT: _ClassVar[WishOutcome]

class DeliveryMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_MODE_UNSPECIFIED: _ClassVar[DeliveryMode]
    DELIVERY_MODE_NOW: _ClassVar[DeliveryMode]
    DELIVERY_MODE_IN_PARTS: _ClassVar[DeliveryMode]
    DELIVERY_MODE_TOGETHER: _ClassVar[DeliveryMode]

class PromiseConfidence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROMISE_CONFIDENCE_UNSPECIFIED: _ClassVar[PromiseConfidence]
    PROMISE_CONFIDENCE_HIGH: _ClassVar[PromiseConfidence]
    PROMISE_CONFIDENCE_MEDIUM: _ClassVar[PromiseConfidence]
    PROMISE_CONFIDENCE_LOW: _ClassVar[PromiseConfidence]

class ExclusionReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXCLUSION_REASON_UNSPECIFIED: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_NO_ROUTE: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_STOCK: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_RULE: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_CAPACITY: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_SKILL: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_NO_RATE: _ClassVar[ExclusionReason]
    EXCLUSION_REASON_WISH: _ClassVar[ExclusionReason]
WISH_OUTCOME_UNSPECIFIED: WishOutcome
WISH_OUTCOME_KEPT: WishOutcome
WISH_OUTCOME_TOO_SOON: WishOutcome
WISH_OUTCOME_CALENDAR: WishOutcome
WISH_OUTCOME_CAPACITY: WishOutcome
WISH_OUTCOME_STOCK: WishOutcome
WISH_OUTCOME_NO_SLOT: WishOutcome
DELIVERY_MODE_UNSPECIFIED: DeliveryMode
DELIVERY_MODE_NOW: DeliveryMode
DELIVERY_MODE_IN_PARTS: DeliveryMode
DELIVERY_MODE_TOGETHER: DeliveryMode
PROMISE_CONFIDENCE_UNSPECIFIED: PromiseConfidence
PROMISE_CONFIDENCE_HIGH: PromiseConfidence
PROMISE_CONFIDENCE_MEDIUM: PromiseConfidence
PROMISE_CONFIDENCE_LOW: PromiseConfidence
EXCLUSION_REASON_UNSPECIFIED: ExclusionReason
EXCLUSION_REASON_NO_ROUTE: ExclusionReason
EXCLUSION_REASON_STOCK: ExclusionReason
EXCLUSION_REASON_RULE: ExclusionReason
EXCLUSION_REASON_CAPACITY: ExclusionReason
EXCLUSION_REASON_SKILL: ExclusionReason
EXCLUSION_REASON_NO_RATE: ExclusionReason
EXCLUSION_REASON_WISH: ExclusionReason

class PromiseLine(_message.Message):
    __slots__ = ("sku", "quantity", "value", "value_added_services")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    VALUE_ADDED_SERVICES_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    value: _money_pb2.Money
    value_added_services: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_added_services: _Optional[_Iterable[str]] = ...) -> None: ...

class LandedCostQuestion(_message.Message):
    __slots__ = ("flow", "incoterm", "declaration", "currency_code")
    FLOW_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    flow: _trade_pb2.TradeFlow
    incoterm: _trade_pb2.Incoterm
    declaration: _trade_pb2.Declaration
    currency_code: str
    def __init__(self, flow: _Optional[_Union[_trade_pb2.TradeFlow, str]] = ..., incoterm: _Optional[_Union[_trade_pb2.Incoterm, str]] = ..., declaration: _Optional[_Union[_trade_pb2.Declaration, str]] = ..., currency_code: _Optional[str] = ...) -> None: ...

class QuotePromisesRequest(_message.Message):
    __slots__ = ("channel_id", "to_country_code", "service_codes", "lines", "demand_class", "each_line_alone", "to_region_code", "to_postal_code", "pickup_node_ids", "landed_cost", "wish")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODES_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    EACH_LINE_ALONE_FIELD_NUMBER: _ClassVar[int]
    TO_REGION_CODE_FIELD_NUMBER: _ClassVar[int]
    TO_POSTAL_CODE_FIELD_NUMBER: _ClassVar[int]
    PICKUP_NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    LANDED_COST_FIELD_NUMBER: _ClassVar[int]
    WISH_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    to_country_code: str
    service_codes: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedCompositeFieldContainer[PromiseLine]
    demand_class: str
    each_line_alone: bool
    to_region_code: str
    to_postal_code: str
    pickup_node_ids: _containers.RepeatedScalarFieldContainer[str]
    landed_cost: LandedCostQuestion
    wish: _carriers_pb2.DeliveryWish
    def __init__(self, channel_id: _Optional[str] = ..., to_country_code: _Optional[str] = ..., service_codes: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[_Union[PromiseLine, _Mapping]]] = ..., demand_class: _Optional[str] = ..., each_line_alone: _Optional[bool] = ..., to_region_code: _Optional[str] = ..., to_postal_code: _Optional[str] = ..., pickup_node_ids: _Optional[_Iterable[str]] = ..., landed_cost: _Optional[_Union[LandedCostQuestion, _Mapping]] = ..., wish: _Optional[_Union[_carriers_pb2.DeliveryWish, _Mapping]] = ...) -> None: ...

class FreezePromiseRequest(_message.Message):
    __slots__ = ("request_id", "question", "hold_stock")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    HOLD_STOCK_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    question: QuotePromisesRequest
    hold_stock: bool
    def __init__(self, request_id: _Optional[str] = ..., question: _Optional[_Union[QuotePromisesRequest, _Mapping]] = ..., hold_stock: _Optional[bool] = ...) -> None: ...

class FreezePromiseResponse(_message.Message):
    __slots__ = ("quote",)
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    quote: PromiseQuote
    def __init__(self, quote: _Optional[_Union[PromiseQuote, _Mapping]] = ...) -> None: ...

class QuotePromisesResponse(_message.Message):
    __slots__ = ("quotes",)
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    quotes: _containers.RepeatedCompositeFieldContainer[PromiseQuote]
    def __init__(self, quotes: _Optional[_Iterable[_Union[PromiseQuote, _Mapping]]] = ...) -> None: ...

class PromiseQuote(_message.Message):
    __slots__ = ("lines", "options", "nodes", "expire_time", "quote_id", "reservation_ids", "wish_answer")
    LINES_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    NODES_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    QUOTE_ID_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_IDS_FIELD_NUMBER: _ClassVar[int]
    WISH_ANSWER_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[PromiseLine]
    options: _containers.RepeatedCompositeFieldContainer[PromiseOption]
    nodes: _containers.RepeatedCompositeFieldContainer[ConsideredNodes]
    expire_time: _timestamp_pb2.Timestamp
    quote_id: str
    reservation_ids: _containers.RepeatedScalarFieldContainer[str]
    wish_answer: WishAnswer
    def __init__(self, lines: _Optional[_Iterable[_Union[PromiseLine, _Mapping]]] = ..., options: _Optional[_Iterable[_Union[PromiseOption, _Mapping]]] = ..., nodes: _Optional[_Iterable[_Union[ConsideredNodes, _Mapping]]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., quote_id: _Optional[str] = ..., reservation_ids: _Optional[_Iterable[str]] = ..., wish_answer: _Optional[_Union[WishAnswer, _Mapping]] = ...) -> None: ...

class WishAnswer(_message.Message):
    __slots__ = ("outcome", "detail")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    outcome: WishOutcome
    detail: str
    def __init__(self, outcome: _Optional[_Union[WishOutcome, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class PromiseOption(_message.Message):
    __slots__ = ("number", "mode", "service_code", "deliver_from_time", "deliver_by_time", "order_by_time", "delivery_fee", "cost", "confidence", "parts", "pickup_node_id", "landed_costs", "carbon_grams", "wish")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    DELIVER_FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FEE_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    PICKUP_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    LANDED_COSTS_FIELD_NUMBER: _ClassVar[int]
    CARBON_GRAMS_FIELD_NUMBER: _ClassVar[int]
    WISH_FIELD_NUMBER: _ClassVar[int]
    number: int
    mode: DeliveryMode
    service_code: str
    deliver_from_time: _timestamp_pb2.Timestamp
    deliver_by_time: _timestamp_pb2.Timestamp
    order_by_time: _timestamp_pb2.Timestamp
    delivery_fee: _money_pb2.Money
    cost: _money_pb2.Money
    confidence: PromiseConfidence
    parts: _containers.RepeatedCompositeFieldContainer[DeliveryPromise]
    pickup_node_id: str
    landed_costs: _containers.RepeatedCompositeFieldContainer[_trade_pb2.LandedCost]
    carbon_grams: int
    wish: _carriers_pb2.DeliveryWish
    def __init__(self, number: _Optional[int] = ..., mode: _Optional[_Union[DeliveryMode, str]] = ..., service_code: _Optional[str] = ..., deliver_from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., order_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delivery_fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., confidence: _Optional[_Union[PromiseConfidence, str]] = ..., parts: _Optional[_Iterable[_Union[DeliveryPromise, _Mapping]]] = ..., pickup_node_id: _Optional[str] = ..., landed_costs: _Optional[_Iterable[_Union[_trade_pb2.LandedCost, _Mapping]]] = ..., carbon_grams: _Optional[int] = ..., wish: _Optional[_Union[_carriers_pb2.DeliveryWish, _Mapping]] = ...) -> None: ...

class DeliveryPromise(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "node_id", "ship_time", "deliver_by_time")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    node_id: str
    ship_time: _timestamp_pb2.Timestamp
    deliver_by_time: _timestamp_pb2.Timestamp
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., node_id: _Optional[str] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ConsideredNodes(_message.Message):
    __slots__ = ("service_code", "node_ids", "coverable_quantity", "least_cost", "exclusion", "detail")
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    COVERABLE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    LEAST_COST_FIELD_NUMBER: _ClassVar[int]
    EXCLUSION_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    service_code: str
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    coverable_quantity: int
    least_cost: _money_pb2.Money
    exclusion: ExclusionReason
    detail: str
    def __init__(self, service_code: _Optional[str] = ..., node_ids: _Optional[_Iterable[str]] = ..., coverable_quantity: _Optional[int] = ..., least_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., exclusion: _Optional[_Union[ExclusionReason, str]] = ..., detail: _Optional[str] = ...) -> None: ...
