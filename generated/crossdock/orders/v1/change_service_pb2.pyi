import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
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

class ChangeState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANGE_STATE_UNSPECIFIED: _ClassVar[ChangeState]
    CHANGE_STATE_PROPOSED: _ClassVar[ChangeState]
    CHANGE_STATE_CONFIRMED: _ClassVar[ChangeState]
    CHANGE_STATE_EXPIRED: _ClassVar[ChangeState]

class ChangeRequester(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANGE_REQUESTER_UNSPECIFIED: _ClassVar[ChangeRequester]
    CHANGE_REQUESTER_STAFF: _ClassVar[ChangeRequester]
    CHANGE_REQUESTER_CUSTOMER: _ClassVar[ChangeRequester]
CHANGE_STATE_UNSPECIFIED: ChangeState
CHANGE_STATE_PROPOSED: ChangeState
CHANGE_STATE_CONFIRMED: ChangeState
CHANGE_STATE_EXPIRED: ChangeState
CHANGE_REQUESTER_UNSPECIFIED: ChangeRequester
CHANGE_REQUESTER_STAFF: ChangeRequester
CHANGE_REQUESTER_CUSTOMER: ChangeRequester

class LineQuantity(_message.Message):
    __slots__ = ("line_number", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class ChangeDraft(_message.Message):
    __slots__ = ("lines", "added_lines", "ship_to", "gift_message", "delivery_instructions")
    LINES_FIELD_NUMBER: _ClassVar[int]
    ADDED_LINES_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[LineQuantity]
    added_lines: _containers.RepeatedCompositeFieldContainer[_orders_pb2.OrderLineDraft]
    ship_to: _address_pb2.Contact
    gift_message: str
    delivery_instructions: str
    def __init__(self, lines: _Optional[_Iterable[_Union[LineQuantity, _Mapping]]] = ..., added_lines: _Optional[_Iterable[_Union[_orders_pb2.OrderLineDraft, _Mapping]]] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ...) -> None: ...

class ChangedLine(_message.Message):
    __slots__ = ("line_number", "sku", "quantity_before", "quantity_after", "total_before", "total_after", "promised_time", "waiting_quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_BEFORE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_AFTER_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BEFORE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_AFTER_FIELD_NUMBER: _ClassVar[int]
    PROMISED_TIME_FIELD_NUMBER: _ClassVar[int]
    WAITING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity_before: int
    quantity_after: int
    total_before: _money_pb2.Money
    total_after: _money_pb2.Money
    promised_time: _timestamp_pb2.Timestamp
    waiting_quantity: int
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity_before: _Optional[int] = ..., quantity_after: _Optional[int] = ..., total_before: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_after: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., promised_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., waiting_quantity: _Optional[int] = ...) -> None: ...

class ChangePreview(_message.Message):
    __slots__ = ("lines", "total_before", "total_after", "tax_before", "tax_after", "to_authorize", "to_give_back")
    LINES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BEFORE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_AFTER_FIELD_NUMBER: _ClassVar[int]
    TAX_BEFORE_FIELD_NUMBER: _ClassVar[int]
    TAX_AFTER_FIELD_NUMBER: _ClassVar[int]
    TO_AUTHORIZE_FIELD_NUMBER: _ClassVar[int]
    TO_GIVE_BACK_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[ChangedLine]
    total_before: _money_pb2.Money
    total_after: _money_pb2.Money
    tax_before: _money_pb2.Money
    tax_after: _money_pb2.Money
    to_authorize: _money_pb2.Money
    to_give_back: _money_pb2.Money
    def __init__(self, lines: _Optional[_Iterable[_Union[ChangedLine, _Mapping]]] = ..., total_before: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_after: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax_before: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax_after: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., to_authorize: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., to_give_back: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class OrderChange(_message.Message):
    __slots__ = ("change_id", "order_id", "order_version", "state", "reason", "preview", "create_time", "expire_time", "confirm_time", "requested_by", "ship_to_party_id", "gift_message", "delivery_instructions")
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_TIME_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_BY_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    change_id: str
    order_id: str
    order_version: int
    state: ChangeState
    reason: str
    preview: ChangePreview
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    confirm_time: _timestamp_pb2.Timestamp
    requested_by: ChangeRequester
    ship_to_party_id: str
    gift_message: str
    delivery_instructions: str
    def __init__(self, change_id: _Optional[str] = ..., order_id: _Optional[str] = ..., order_version: _Optional[int] = ..., state: _Optional[_Union[ChangeState, str]] = ..., reason: _Optional[str] = ..., preview: _Optional[_Union[ChangePreview, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., confirm_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., requested_by: _Optional[_Union[ChangeRequester, str]] = ..., ship_to_party_id: _Optional[str] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ...) -> None: ...

class ProposeChangeRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "change", "reason", "order_version", "requested_by")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ORDER_VERSION_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_BY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    change: ChangeDraft
    reason: str
    order_version: int
    requested_by: ChangeRequester
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., change: _Optional[_Union[ChangeDraft, _Mapping]] = ..., reason: _Optional[str] = ..., order_version: _Optional[int] = ..., requested_by: _Optional[_Union[ChangeRequester, str]] = ...) -> None: ...

class ProposeChangeResponse(_message.Message):
    __slots__ = ("change",)
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    change: OrderChange
    def __init__(self, change: _Optional[_Union[OrderChange, _Mapping]] = ...) -> None: ...

class ConfirmChangeRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "change_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    change_id: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., change_id: _Optional[str] = ...) -> None: ...

class ConfirmChangeResponse(_message.Message):
    __slots__ = ("change", "order")
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    change: OrderChange
    order: _orders_pb2.Order
    def __init__(self, change: _Optional[_Union[OrderChange, _Mapping]] = ..., order: _Optional[_Union[_orders_pb2.Order, _Mapping]] = ...) -> None: ...

class GetChangeRequest(_message.Message):
    __slots__ = ("order_id", "change_id")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    change_id: str
    def __init__(self, order_id: _Optional[str] = ..., change_id: _Optional[str] = ...) -> None: ...

class GetChangeResponse(_message.Message):
    __slots__ = ("change",)
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    change: OrderChange
    def __init__(self, change: _Optional[_Union[OrderChange, _Mapping]] = ...) -> None: ...
