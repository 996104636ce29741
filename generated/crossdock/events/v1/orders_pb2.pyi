import datetime

from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from crossdock.partner.fraud.v1 import fraud_pb2 as _fraud_pb2
from crossdock.screening.v1 import screening_pb2 as _screening_pb2
from crossdock.trade.v1 import vat_numbers_pb2 as _vat_numbers_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderPlaced(_message.Message):
    __slots__ = ("channel_id", "channel_reference", "total")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    channel_reference: str
    total: _money_pb2.Money
    def __init__(self, channel_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class OrderAdopted(_message.Message):
    __slots__ = ("channel_id", "channel_reference", "quantity", "shipment_count")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    channel_reference: str
    quantity: int
    shipment_count: int
    def __init__(self, channel_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., quantity: _Optional[int] = ..., shipment_count: _Optional[int] = ...) -> None: ...

class OrderConfirmed(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OrderRejected(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class OrderCanceled(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OrderClosed(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OrderReopened(_message.Message):
    __slots__ = ("cause_id",)
    CAUSE_ID_FIELD_NUMBER: _ClassVar[int]
    cause_id: str
    def __init__(self, cause_id: _Optional[str] = ...) -> None: ...

class NoticeWithheld(_message.Message):
    __slots__ = ("template", "hold_type")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    HOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    template: str
    hold_type: _orders_pb2.HoldType
    def __init__(self, template: _Optional[str] = ..., hold_type: _Optional[_Union[_orders_pb2.HoldType, str]] = ...) -> None: ...

class HoldPlaced(_message.Message):
    __slots__ = ("hold_id", "hold_type", "reason", "scope", "owner")
    HOLD_ID_FIELD_NUMBER: _ClassVar[int]
    HOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    hold_id: str
    hold_type: _orders_pb2.HoldType
    reason: str
    scope: _orders_pb2.HoldScope
    owner: str
    def __init__(self, hold_id: _Optional[str] = ..., hold_type: _Optional[_Union[_orders_pb2.HoldType, str]] = ..., reason: _Optional[str] = ..., scope: _Optional[_Union[_orders_pb2.HoldScope, str]] = ..., owner: _Optional[str] = ...) -> None: ...

class HoldEnded(_message.Message):
    __slots__ = ("hold_id", "hold_type", "status", "note")
    HOLD_ID_FIELD_NUMBER: _ClassVar[int]
    HOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    hold_id: str
    hold_type: _orders_pb2.HoldType
    status: _orders_pb2.HoldStatus
    note: str
    def __init__(self, hold_id: _Optional[str] = ..., hold_type: _Optional[_Union[_orders_pb2.HoldType, str]] = ..., status: _Optional[_Union[_orders_pb2.HoldStatus, str]] = ..., note: _Optional[str] = ...) -> None: ...

class FraudScreened(_message.Message):
    __slots__ = ("advice", "score")
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    advice: _fraud_pb2.Advice
    score: int
    def __init__(self, advice: _Optional[_Union[_fraud_pb2.Advice, str]] = ..., score: _Optional[int] = ...) -> None: ...

class PartiesScreened(_message.Message):
    __slots__ = ("undecided", "lists", "rules_version")
    class ListsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    UNDECIDED_FIELD_NUMBER: _ClassVar[int]
    LISTS_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    undecided: int
    lists: _containers.ScalarMap[str, int]
    rules_version: int
    def __init__(self, undecided: _Optional[int] = ..., lists: _Optional[_Mapping[str, int]] = ..., rules_version: _Optional[int] = ...) -> None: ...

class ScreeningDecided(_message.Message):
    __slots__ = ("match_id", "state")
    MATCH_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    match_id: str
    state: _screening_pb2.MatchState
    def __init__(self, match_id: _Optional[str] = ..., state: _Optional[_Union[_screening_pb2.MatchState, str]] = ...) -> None: ...

class TaxDetermined(_message.Message):
    __slots__ = ("stated", "determined")
    STATED_FIELD_NUMBER: _ClassVar[int]
    DETERMINED_FIELD_NUMBER: _ClassVar[int]
    stated: _money_pb2.Money
    determined: _money_pb2.Money
    def __init__(self, stated: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., determined: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class VatNumberChecked(_message.Message):
    __slots__ = ("state", "consultation_number")
    STATE_FIELD_NUMBER: _ClassVar[int]
    CONSULTATION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    state: _vat_numbers_pb2.VatNumberState
    consultation_number: str
    def __init__(self, state: _Optional[_Union[_vat_numbers_pb2.VatNumberState, str]] = ..., consultation_number: _Optional[str] = ...) -> None: ...

class LinesReserved(_message.Message):
    __slots__ = ("nodes", "why")
    class NodesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    NODES_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    nodes: _containers.ScalarMap[str, int]
    why: str
    def __init__(self, nodes: _Optional[_Mapping[str, int]] = ..., why: _Optional[str] = ...) -> None: ...

class UnitsSentToStore(_message.Message):
    __slots__ = ("transfer_id", "from_node_id", "to_node_id", "quantity", "ready_time")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TO_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    READY_TIME_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    from_node_id: str
    to_node_id: str
    quantity: int
    ready_time: _timestamp_pb2.Timestamp
    def __init__(self, transfer_id: _Optional[str] = ..., from_node_id: _Optional[str] = ..., to_node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., ready_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LinesBackordered(_message.Message):
    __slots__ = ("quantity",)
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    quantity: int
    def __init__(self, quantity: _Optional[int] = ...) -> None: ...

class PromiseChanged(_message.Message):
    __slots__ = ("reason", "line_numbers", "promised_time", "new_time")
    REASON_FIELD_NUMBER: _ClassVar[int]
    LINE_NUMBERS_FIELD_NUMBER: _ClassVar[int]
    PROMISED_TIME_FIELD_NUMBER: _ClassVar[int]
    NEW_TIME_FIELD_NUMBER: _ClassVar[int]
    reason: str
    line_numbers: _containers.RepeatedScalarFieldContainer[int]
    promised_time: _timestamp_pb2.Timestamp
    new_time: _timestamp_pb2.Timestamp
    def __init__(self, reason: _Optional[str] = ..., line_numbers: _Optional[_Iterable[int]] = ..., promised_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., new_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LinesCanceled(_message.Message):
    __slots__ = ("quantity", "reason", "lines")
    class LinesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: int
        def __init__(self, key: _Optional[int] = ..., value: _Optional[int] = ...) -> None: ...
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    quantity: int
    reason: str
    lines: _containers.ScalarMap[int, int]
    def __init__(self, quantity: _Optional[int] = ..., reason: _Optional[str] = ..., lines: _Optional[_Mapping[int, int]] = ...) -> None: ...

class OrderChanged(_message.Message):
    __slots__ = ("change_id", "reason", "added", "removed", "total_before", "total_after", "told")
    class AddedEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: int
        def __init__(self, key: _Optional[int] = ..., value: _Optional[int] = ...) -> None: ...
    class RemovedEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: int
        def __init__(self, key: _Optional[int] = ..., value: _Optional[int] = ...) -> None: ...
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BEFORE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_AFTER_FIELD_NUMBER: _ClassVar[int]
    TOLD_FIELD_NUMBER: _ClassVar[int]
    change_id: str
    reason: str
    added: _containers.ScalarMap[int, int]
    removed: _containers.ScalarMap[int, int]
    total_before: _money_pb2.Money
    total_after: _money_pb2.Money
    told: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, change_id: _Optional[str] = ..., reason: _Optional[str] = ..., added: _Optional[_Mapping[int, int]] = ..., removed: _Optional[_Mapping[int, int]] = ..., total_before: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_after: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., told: _Optional[_Iterable[str]] = ...) -> None: ...
