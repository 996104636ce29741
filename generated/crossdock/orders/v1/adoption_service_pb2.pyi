import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AdoptedUnits(_message.Message):
    __slots__ = ("line_number", "state", "quantity", "node_id", "work_reference")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    state: _orders_pb2.SliceState
    quantity: int
    node_id: str
    work_reference: str
    def __init__(self, line_number: _Optional[int] = ..., state: _Optional[_Union[_orders_pb2.SliceState, str]] = ..., quantity: _Optional[int] = ..., node_id: _Optional[str] = ..., work_reference: _Optional[str] = ...) -> None: ...

class AdoptedShipment(_message.Message):
    __slots__ = ("shipment_reference", "node_id", "tracking_number", "lines", "ship_time", "deliver_time", "work_reference")
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_TIME_FIELD_NUMBER: _ClassVar[int]
    WORK_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    shipment_reference: str
    node_id: str
    tracking_number: str
    lines: _containers.RepeatedCompositeFieldContainer[_fulfillment_pb2.FulfillmentLine]
    ship_time: _timestamp_pb2.Timestamp
    deliver_time: _timestamp_pb2.Timestamp
    work_reference: str
    def __init__(self, shipment_reference: _Optional[str] = ..., node_id: _Optional[str] = ..., tracking_number: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[_fulfillment_pb2.FulfillmentLine, _Mapping]]] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., work_reference: _Optional[str] = ...) -> None: ...

class AdoptedMoney(_message.Message):
    __slots__ = ("instrument_number", "authorized", "captured", "refunded", "authorization_reference", "expire_time", "capture_reference")
    INSTRUMENT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZED_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_FIELD_NUMBER: _ClassVar[int]
    REFUNDED_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZATION_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    instrument_number: int
    authorized: _money_pb2.Money
    captured: _money_pb2.Money
    refunded: _money_pb2.Money
    authorization_reference: str
    expire_time: _timestamp_pb2.Timestamp
    capture_reference: str
    def __init__(self, instrument_number: _Optional[int] = ..., authorized: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., captured: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., refunded: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., authorization_reference: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., capture_reference: _Optional[str] = ...) -> None: ...

class AdoptedHold(_message.Message):
    __slots__ = ("type", "reason")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    type: _orders_pb2.HoldType
    reason: str
    def __init__(self, type: _Optional[_Union[_orders_pb2.HoldType, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class AdoptedOrder(_message.Message):
    __slots__ = ("order", "units", "shipments", "money", "holds", "resume_time")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    MONEY_FIELD_NUMBER: _ClassVar[int]
    HOLDS_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    order: _orders_pb2.OrderDraft
    units: _containers.RepeatedCompositeFieldContainer[AdoptedUnits]
    shipments: _containers.RepeatedCompositeFieldContainer[AdoptedShipment]
    money: _containers.RepeatedCompositeFieldContainer[AdoptedMoney]
    holds: _containers.RepeatedCompositeFieldContainer[AdoptedHold]
    resume_time: _timestamp_pb2.Timestamp
    def __init__(self, order: _Optional[_Union[_orders_pb2.OrderDraft, _Mapping]] = ..., units: _Optional[_Iterable[_Union[AdoptedUnits, _Mapping]]] = ..., shipments: _Optional[_Iterable[_Union[AdoptedShipment, _Mapping]]] = ..., money: _Optional[_Iterable[_Union[AdoptedMoney, _Mapping]]] = ..., holds: _Optional[_Iterable[_Union[AdoptedHold, _Mapping]]] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AdoptOrderRequest(_message.Message):
    __slots__ = ("request_id", "order")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order: AdoptedOrder
    def __init__(self, request_id: _Optional[str] = ..., order: _Optional[_Union[AdoptedOrder, _Mapping]] = ...) -> None: ...

class AdoptOrdersRequest(_message.Message):
    __slots__ = ("orders", "dry_run")
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[AdoptOrderRequest]
    dry_run: bool
    def __init__(self, orders: _Optional[_Iterable[_Union[AdoptOrderRequest, _Mapping]]] = ..., dry_run: _Optional[bool] = ...) -> None: ...

class AdoptOrdersResponse(_message.Message):
    __slots__ = ("results", "report")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[AdoptOrdersResult]
    report: AdoptionReport
    def __init__(self, results: _Optional[_Iterable[_Union[AdoptOrdersResult, _Mapping]]] = ..., report: _Optional[_Union[AdoptionReport, _Mapping]] = ...) -> None: ...

class AdoptOrdersResult(_message.Message):
    __slots__ = ("request_id", "channel_reference", "order", "refusal")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    channel_reference: str
    order: _orders_pb2.Order
    refusal: _refusal_pb2.Refusal
    def __init__(self, request_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., order: _Optional[_Union[_orders_pb2.Order, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class AdoptionReport(_message.Message):
    __slots__ = ("taken_count", "held_count", "refused_counts", "totals", "claims")
    class RefusedCountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TAKEN_COUNT_FIELD_NUMBER: _ClassVar[int]
    HELD_COUNT_FIELD_NUMBER: _ClassVar[int]
    REFUSED_COUNTS_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    taken_count: int
    held_count: int
    refused_counts: _containers.ScalarMap[str, int]
    totals: _containers.RepeatedCompositeFieldContainer[AdoptedTotals]
    claims: _containers.RepeatedCompositeFieldContainer[AdoptedClaims]
    def __init__(self, taken_count: _Optional[int] = ..., held_count: _Optional[int] = ..., refused_counts: _Optional[_Mapping[str, int]] = ..., totals: _Optional[_Iterable[_Union[AdoptedTotals, _Mapping]]] = ..., claims: _Optional[_Iterable[_Union[AdoptedClaims, _Mapping]]] = ...) -> None: ...

class AdoptedTotals(_message.Message):
    __slots__ = ("ordered", "shipped", "authorized", "settled")
    ORDERED_FIELD_NUMBER: _ClassVar[int]
    SHIPPED_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZED_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    ordered: _money_pb2.Money
    shipped: _money_pb2.Money
    authorized: _money_pb2.Money
    settled: _money_pb2.Money
    def __init__(self, ordered: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shipped: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., authorized: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., settled: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class AdoptedClaims(_message.Message):
    __slots__ = ("node_id", "reserved", "allocated")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    ALLOCATED_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    reserved: int
    allocated: int
    def __init__(self, node_id: _Optional[str] = ..., reserved: _Optional[int] = ..., allocated: _Optional[int] = ...) -> None: ...
