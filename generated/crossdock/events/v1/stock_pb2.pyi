import datetime

from crossdock.inventory.v1 import reservations_pb2 as _reservations_pb2
from crossdock.inventory.v1 import supply_pb2 as _supply_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StockAdjusted(_message.Message):
    __slots__ = ("sku", "node_id", "delta", "cause")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    DELTA_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    delta: int
    cause: str
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., delta: _Optional[int] = ..., cause: _Optional[str] = ...) -> None: ...

class StockCounted(_message.Message):
    __slots__ = ("source", "snapshot_id", "count_time", "node_ids", "row_count", "changed_count")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_ID_FIELD_NUMBER: _ClassVar[int]
    COUNT_TIME_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    source: str
    snapshot_id: str
    count_time: _timestamp_pb2.Timestamp
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    row_count: int
    changed_count: int
    def __init__(self, source: _Optional[str] = ..., snapshot_id: _Optional[str] = ..., count_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., node_ids: _Optional[_Iterable[str]] = ..., row_count: _Optional[int] = ..., changed_count: _Optional[int] = ...) -> None: ...

class StockCountUndone(_message.Message):
    __slots__ = ("source", "snapshot_id", "count_time", "node_ids", "principal", "changed_count", "changes")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_ID_FIELD_NUMBER: _ClassVar[int]
    COUNT_TIME_FIELD_NUMBER: _ClassVar[int]
    NODE_IDS_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    source: str
    snapshot_id: str
    count_time: _timestamp_pb2.Timestamp
    node_ids: _containers.RepeatedScalarFieldContainer[str]
    principal: str
    changed_count: int
    changes: _containers.RepeatedCompositeFieldContainer[StockTakenBack]
    def __init__(self, source: _Optional[str] = ..., snapshot_id: _Optional[str] = ..., count_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., node_ids: _Optional[_Iterable[str]] = ..., principal: _Optional[str] = ..., changed_count: _Optional[int] = ..., changes: _Optional[_Iterable[_Union[StockTakenBack, _Mapping]]] = ...) -> None: ...

class StockTakenBack(_message.Message):
    __slots__ = ("sku", "node_id", "delta", "safety_delta")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    DELTA_FIELD_NUMBER: _ClassVar[int]
    SAFETY_DELTA_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    delta: int
    safety_delta: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., delta: _Optional[int] = ..., safety_delta: _Optional[int] = ...) -> None: ...

class ConditionChanged(_message.Message):
    __slots__ = ("sku", "node_id", "from_condition", "to_condition", "quantity", "cause")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_CONDITION_FIELD_NUMBER: _ClassVar[int]
    TO_CONDITION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    from_condition: _supply_pb2.Condition
    to_condition: _supply_pb2.Condition
    quantity: int
    cause: str
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., from_condition: _Optional[_Union[_supply_pb2.Condition, str]] = ..., to_condition: _Optional[_Union[_supply_pb2.Condition, str]] = ..., quantity: _Optional[int] = ..., cause: _Optional[str] = ...) -> None: ...

class ProtectionPut(_message.Message):
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

class SafetyStockSet(_message.Message):
    __slots__ = ("sku", "node_id", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class SupplyPut(_message.Message):
    __slots__ = ("supply_id", "source", "reference", "line", "kind", "sku", "node_id", "quantity", "received", "state", "expect_time", "came", "reason")
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    source: str
    reference: str
    line: str
    kind: _supply_pb2.SupplyKind
    sku: str
    node_id: str
    quantity: int
    received: int
    state: _supply_pb2.SupplyState
    expect_time: _timestamp_pb2.Timestamp
    came: int
    reason: str
    def __init__(self, supply_id: _Optional[str] = ..., source: _Optional[str] = ..., reference: _Optional[str] = ..., line: _Optional[str] = ..., kind: _Optional[_Union[_supply_pb2.SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., received: _Optional[int] = ..., state: _Optional[_Union[_supply_pb2.SupplyState, str]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., came: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class SupplySlipped(_message.Message):
    __slots__ = ("supply_id", "source", "reference", "line", "kind", "sku", "node_id", "quantity", "received", "state", "expect_time", "came", "reason")
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    source: str
    reference: str
    line: str
    kind: _supply_pb2.SupplyKind
    sku: str
    node_id: str
    quantity: int
    received: int
    state: _supply_pb2.SupplyState
    expect_time: _timestamp_pb2.Timestamp
    came: int
    reason: str
    def __init__(self, supply_id: _Optional[str] = ..., source: _Optional[str] = ..., reference: _Optional[str] = ..., line: _Optional[str] = ..., kind: _Optional[_Union[_supply_pb2.SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., received: _Optional[int] = ..., state: _Optional[_Union[_supply_pb2.SupplyState, str]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., came: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class SupplyReceived(_message.Message):
    __slots__ = ("supply_id", "source", "reference", "line", "kind", "sku", "node_id", "quantity", "received", "state", "expect_time", "came", "reason")
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    source: str
    reference: str
    line: str
    kind: _supply_pb2.SupplyKind
    sku: str
    node_id: str
    quantity: int
    received: int
    state: _supply_pb2.SupplyState
    expect_time: _timestamp_pb2.Timestamp
    came: int
    reason: str
    def __init__(self, supply_id: _Optional[str] = ..., source: _Optional[str] = ..., reference: _Optional[str] = ..., line: _Optional[str] = ..., kind: _Optional[_Union[_supply_pb2.SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., received: _Optional[int] = ..., state: _Optional[_Union[_supply_pb2.SupplyState, str]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., came: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class SupplyCompleted(_message.Message):
    __slots__ = ("supply_id", "source", "reference", "line", "kind", "sku", "node_id", "quantity", "received", "state", "expect_time", "came", "reason")
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    source: str
    reference: str
    line: str
    kind: _supply_pb2.SupplyKind
    sku: str
    node_id: str
    quantity: int
    received: int
    state: _supply_pb2.SupplyState
    expect_time: _timestamp_pb2.Timestamp
    came: int
    reason: str
    def __init__(self, supply_id: _Optional[str] = ..., source: _Optional[str] = ..., reference: _Optional[str] = ..., line: _Optional[str] = ..., kind: _Optional[_Union[_supply_pb2.SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., received: _Optional[int] = ..., state: _Optional[_Union[_supply_pb2.SupplyState, str]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., came: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class SupplyCanceled(_message.Message):
    __slots__ = ("supply_id", "source", "reference", "line", "kind", "sku", "node_id", "quantity", "received", "state", "expect_time", "came", "reason")
    SUPPLY_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    supply_id: str
    source: str
    reference: str
    line: str
    kind: _supply_pb2.SupplyKind
    sku: str
    node_id: str
    quantity: int
    received: int
    state: _supply_pb2.SupplyState
    expect_time: _timestamp_pb2.Timestamp
    came: int
    reason: str
    def __init__(self, supply_id: _Optional[str] = ..., source: _Optional[str] = ..., reference: _Optional[str] = ..., line: _Optional[str] = ..., kind: _Optional[_Union[_supply_pb2.SupplyKind, str]] = ..., sku: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., received: _Optional[int] = ..., state: _Optional[_Union[_supply_pb2.SupplyState, str]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., came: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class StockReserved(_message.Message):
    __slots__ = ("reservation_id", "state", "quantity", "units_by_sku")
    class UnitsBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    reservation_id: str
    state: _reservations_pb2.ReservationState
    quantity: int
    units_by_sku: _containers.ScalarMap[str, int]
    def __init__(self, reservation_id: _Optional[str] = ..., state: _Optional[_Union[_reservations_pb2.ReservationState, str]] = ..., quantity: _Optional[int] = ..., units_by_sku: _Optional[_Mapping[str, int]] = ...) -> None: ...

class ReservationExtended(_message.Message):
    __slots__ = ("reservation_id", "state", "expire_time")
    RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    reservation_id: str
    state: _reservations_pb2.ReservationState
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, reservation_id: _Optional[str] = ..., state: _Optional[_Union[_reservations_pb2.ReservationState, str]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReservationReleased(_message.Message):
    __slots__ = ("reservation_id", "state", "quantity", "units_by_sku", "reason")
    class UnitsBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    reservation_id: str
    state: _reservations_pb2.ReservationState
    quantity: int
    units_by_sku: _containers.ScalarMap[str, int]
    reason: str
    def __init__(self, reservation_id: _Optional[str] = ..., state: _Optional[_Union[_reservations_pb2.ReservationState, str]] = ..., quantity: _Optional[int] = ..., units_by_sku: _Optional[_Mapping[str, int]] = ..., reason: _Optional[str] = ...) -> None: ...

class ReservationExpired(_message.Message):
    __slots__ = ("reservation_id", "state", "quantity", "units_by_sku")
    class UnitsBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    reservation_id: str
    state: _reservations_pb2.ReservationState
    quantity: int
    units_by_sku: _containers.ScalarMap[str, int]
    def __init__(self, reservation_id: _Optional[str] = ..., state: _Optional[_Union[_reservations_pb2.ReservationState, str]] = ..., quantity: _Optional[int] = ..., units_by_sku: _Optional[_Mapping[str, int]] = ...) -> None: ...

class ReservationConsumed(_message.Message):
    __slots__ = ("reservation_id", "state", "quantity", "units_by_sku", "order_id")
    class UnitsBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    reservation_id: str
    state: _reservations_pb2.ReservationState
    quantity: int
    units_by_sku: _containers.ScalarMap[str, int]
    order_id: str
    def __init__(self, reservation_id: _Optional[str] = ..., state: _Optional[_Union[_reservations_pb2.ReservationState, str]] = ..., quantity: _Optional[int] = ..., units_by_sku: _Optional[_Mapping[str, int]] = ..., order_id: _Optional[str] = ...) -> None: ...

class ScenarioActivated(_message.Message):
    __slots__ = ("scenario_id", "version", "kind", "title")
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    scenario_id: str
    version: int
    kind: str
    title: str
    def __init__(self, scenario_id: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ...) -> None: ...

class ScenarioDeactivated(_message.Message):
    __slots__ = ("scenario_id", "kind", "title")
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    scenario_id: str
    kind: str
    title: str
    def __init__(self, scenario_id: _Optional[str] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ...) -> None: ...

class TransferRequested(_message.Message):
    __slots__ = ("transfer_id", "reference", "from_node_id", "to_node_id", "quantity", "units_by_sku", "ship_by_time")
    class UnitsBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    SHIP_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    reference: str
    from_node_id: str
    to_node_id: str
    quantity: int
    units_by_sku: _containers.ScalarMap[str, int]
    ship_by_time: _timestamp_pb2.Timestamp
    def __init__(self, transfer_id: _Optional[str] = ..., reference: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., units_by_sku: _Optional[_Mapping[str, int]] = ..., ship_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class TransferShipped(_message.Message):
    __slots__ = ("transfer_id", "reference", "from_node_id", "to_node_id", "quantity", "units_by_sku", "expect_time", "tracking_number")
    class UnitsBySkuEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_BY_SKU_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    reference: str
    from_node_id: str
    to_node_id: str
    quantity: int
    units_by_sku: _containers.ScalarMap[str, int]
    expect_time: _timestamp_pb2.Timestamp
    tracking_number: str
    def __init__(self, transfer_id: _Optional[str] = ..., reference: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., units_by_sku: _Optional[_Mapping[str, int]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class TransferReceived(_message.Message):
    __slots__ = ("transfer_id", "reference", "from_node_id", "to_node_id", "receipt_reference", "quantity", "damaged_quantity", "in_transit_quantity", "missing_quantity")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DAMAGED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    IN_TRANSIT_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    MISSING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    reference: str
    from_node_id: str
    to_node_id: str
    receipt_reference: str
    quantity: int
    damaged_quantity: int
    in_transit_quantity: int
    missing_quantity: int
    def __init__(self, transfer_id: _Optional[str] = ..., reference: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., receipt_reference: _Optional[str] = ..., quantity: _Optional[int] = ..., damaged_quantity: _Optional[int] = ..., in_transit_quantity: _Optional[int] = ..., missing_quantity: _Optional[int] = ...) -> None: ...

class TransferCanceled(_message.Message):
    __slots__ = ("transfer_id", "reference", "from_node_id", "to_node_id")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    reference: str
    from_node_id: str
    to_node_id: str
    def __init__(self, transfer_id: _Optional[str] = ..., reference: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ...) -> None: ...
