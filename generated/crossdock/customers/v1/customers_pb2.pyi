import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.orders.v1 import change_service_pb2 as _change_service_pb2
from crossdock.orders.v1 import order_service_pb2 as _order_service_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from crossdock.returns.v1 import returns_pb2 as _returns_pb2
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

class OwnProgress(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OWN_PROGRESS_UNSPECIFIED: _ClassVar[OwnProgress]
    OWN_PROGRESS_PREPARING: _ClassVar[OwnProgress]
    OWN_PROGRESS_WAITING: _ClassVar[OwnProgress]
    OWN_PROGRESS_SHIPPED: _ClassVar[OwnProgress]
    OWN_PROGRESS_DELIVERED: _ClassVar[OwnProgress]
    OWN_PROGRESS_READY_FOR_PICKUP: _ClassVar[OwnProgress]
    OWN_PROGRESS_COLLECTED: _ClassVar[OwnProgress]
    OWN_PROGRESS_CANCELED: _ClassVar[OwnProgress]
    OWN_PROGRESS_RETURNING: _ClassVar[OwnProgress]
    OWN_PROGRESS_RETURNED: _ClassVar[OwnProgress]
    OWN_PROGRESS_LOST: _ClassVar[OwnProgress]
OWN_PROGRESS_UNSPECIFIED: OwnProgress
OWN_PROGRESS_PREPARING: OwnProgress
OWN_PROGRESS_WAITING: OwnProgress
OWN_PROGRESS_SHIPPED: OwnProgress
OWN_PROGRESS_DELIVERED: OwnProgress
OWN_PROGRESS_READY_FOR_PICKUP: OwnProgress
OWN_PROGRESS_COLLECTED: OwnProgress
OWN_PROGRESS_CANCELED: OwnProgress
OWN_PROGRESS_RETURNING: OwnProgress
OWN_PROGRESS_RETURNED: OwnProgress
OWN_PROGRESS_LOST: OwnProgress

class OwnUnits(_message.Message):
    __slots__ = ("progress", "quantity")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    progress: OwnProgress
    quantity: int
    def __init__(self, progress: _Optional[_Union[OwnProgress, str]] = ..., quantity: _Optional[int] = ...) -> None: ...

class OwnLine(_message.Message):
    __slots__ = ("line_number", "sku", "title", "quantity", "line_total", "promised_time", "units")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    LINE_TOTAL_FIELD_NUMBER: _ClassVar[int]
    PROMISED_TIME_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    title: str
    quantity: int
    line_total: _money_pb2.Money
    promised_time: _timestamp_pb2.Timestamp
    units: _containers.RepeatedCompositeFieldContainer[OwnUnits]
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., title: _Optional[str] = ..., quantity: _Optional[int] = ..., line_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., promised_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., units: _Optional[_Iterable[_Union[OwnUnits, _Mapping]]] = ...) -> None: ...

class OwnLineUnits(_message.Message):
    __slots__ = ("line_number", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class OwnParcel(_message.Message):
    __slots__ = ("tracking_number", "carrier_name", "tracking_url", "ship_time", "deliver_time", "lines")
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CARRIER_NAME_FIELD_NUMBER: _ClassVar[int]
    TRACKING_URL_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_TIME_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    tracking_number: str
    carrier_name: str
    tracking_url: str
    ship_time: _timestamp_pb2.Timestamp
    deliver_time: _timestamp_pb2.Timestamp
    lines: _containers.RepeatedCompositeFieldContainer[OwnLineUnits]
    def __init__(self, tracking_number: _Optional[str] = ..., carrier_name: _Optional[str] = ..., tracking_url: _Optional[str] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[OwnLineUnits, _Mapping]]] = ...) -> None: ...

class OwnPickup(_message.Message):
    __slots__ = ("store", "hold_until_time")
    STORE_FIELD_NUMBER: _ClassVar[int]
    HOLD_UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    store: str
    hold_until_time: _timestamp_pb2.Timestamp
    def __init__(self, store: _Optional[str] = ..., hold_until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class OwnReturn(_message.Message):
    __slots__ = ("return_id", "state", "lines", "resolution", "return_by_time", "credited")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    RETURN_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    CREDITED_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    state: _returns_pb2.ReturnState
    lines: _containers.RepeatedCompositeFieldContainer[OwnLineUnits]
    resolution: _returns_pb2.MoneyResolution
    return_by_time: _timestamp_pb2.Timestamp
    credited: _money_pb2.Money
    def __init__(self, return_id: _Optional[str] = ..., state: _Optional[_Union[_returns_pb2.ReturnState, str]] = ..., lines: _Optional[_Iterable[_Union[OwnLineUnits, _Mapping]]] = ..., resolution: _Optional[_Union[_returns_pb2.MoneyResolution, str]] = ..., return_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., credited: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class OwnOrder(_message.Message):
    __slots__ = ("order_id", "order_number", "state", "version", "placed_time", "grand_total", "delivery_method", "lines", "parcels", "pickups", "returns", "gift_message", "delivery_instructions")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PLACED_TIME_FIELD_NUMBER: _ClassVar[int]
    GRAND_TOTAL_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    PARCELS_FIELD_NUMBER: _ClassVar[int]
    PICKUPS_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    order_number: str
    state: _orders_pb2.OrderState
    version: int
    placed_time: _timestamp_pb2.Timestamp
    grand_total: _money_pb2.Money
    delivery_method: _orders_pb2.DeliveryMethod
    lines: _containers.RepeatedCompositeFieldContainer[OwnLine]
    parcels: _containers.RepeatedCompositeFieldContainer[OwnParcel]
    pickups: _containers.RepeatedCompositeFieldContainer[OwnPickup]
    returns: _containers.RepeatedCompositeFieldContainer[OwnReturn]
    gift_message: str
    delivery_instructions: str
    def __init__(self, order_id: _Optional[str] = ..., order_number: _Optional[str] = ..., state: _Optional[_Union[_orders_pb2.OrderState, str]] = ..., version: _Optional[int] = ..., placed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., grand_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., delivery_method: _Optional[_Union[_orders_pb2.DeliveryMethod, str]] = ..., lines: _Optional[_Iterable[_Union[OwnLine, _Mapping]]] = ..., parcels: _Optional[_Iterable[_Union[OwnParcel, _Mapping]]] = ..., pickups: _Optional[_Iterable[_Union[OwnPickup, _Mapping]]] = ..., returns: _Optional[_Iterable[_Union[OwnReturn, _Mapping]]] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ...) -> None: ...

class OwnChange(_message.Message):
    __slots__ = ("change_id", "state", "preview", "expire_time")
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    change_id: str
    state: _change_service_pb2.ChangeState
    preview: _change_service_pb2.ChangePreview
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, change_id: _Optional[str] = ..., state: _Optional[_Union[_change_service_pb2.ChangeState, str]] = ..., preview: _Optional[_Union[_change_service_pb2.ChangePreview, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CustomerSession(_message.Message):
    __slots__ = ("token", "order_id", "party_id", "expire_time")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    token: str
    order_id: str
    party_id: str
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, token: _Optional[str] = ..., order_id: _Optional[str] = ..., party_id: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AskForCodeRequest(_message.Message):
    __slots__ = ("request_id", "channel_id", "order_number", "email")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    channel_id: str
    order_number: str
    email: str
    def __init__(self, request_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., order_number: _Optional[str] = ..., email: _Optional[str] = ...) -> None: ...

class AskForCodeResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OpenSessionRequest(_message.Message):
    __slots__ = ("request_id", "channel_id", "order_number", "email", "code")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    channel_id: str
    order_number: str
    email: str
    code: str
    def __init__(self, request_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., order_number: _Optional[str] = ..., email: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class OpenSessionResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: CustomerSession
    def __init__(self, session: _Optional[_Union[CustomerSession, _Mapping]] = ...) -> None: ...

class IssueSessionRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "party_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    party_id: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., party_id: _Optional[str] = ...) -> None: ...

class IssueSessionResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: CustomerSession
    def __init__(self, session: _Optional[_Union[CustomerSession, _Mapping]] = ...) -> None: ...

class EndSessionsRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "party_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    party_id: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., party_id: _Optional[str] = ...) -> None: ...

class EndSessionsResponse(_message.Message):
    __slots__ = ("ended_count",)
    ENDED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ended_count: int
    def __init__(self, ended_count: _Optional[int] = ...) -> None: ...

class ListOwnOrdersRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListOwnOrdersResponse(_message.Message):
    __slots__ = ("orders",)
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[OwnOrder]
    def __init__(self, orders: _Optional[_Iterable[_Union[OwnOrder, _Mapping]]] = ...) -> None: ...

class TrackOrderRequest(_message.Message):
    __slots__ = ("order_id",)
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    def __init__(self, order_id: _Optional[str] = ...) -> None: ...

class TrackOrderResponse(_message.Message):
    __slots__ = ("order",)
    ORDER_FIELD_NUMBER: _ClassVar[int]
    order: OwnOrder
    def __init__(self, order: _Optional[_Union[OwnOrder, _Mapping]] = ...) -> None: ...

class AddedGoods(_message.Message):
    __slots__ = ("sku", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ProposeOwnChangeRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "lines", "added_goods", "ship_to", "gift_message", "delivery_instructions", "order_version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    ADDED_GOODS_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    ORDER_VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[_change_service_pb2.LineQuantity]
    added_goods: _containers.RepeatedCompositeFieldContainer[AddedGoods]
    ship_to: _address_pb2.Contact
    gift_message: str
    delivery_instructions: str
    order_version: int
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[_change_service_pb2.LineQuantity, _Mapping]]] = ..., added_goods: _Optional[_Iterable[_Union[AddedGoods, _Mapping]]] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ..., order_version: _Optional[int] = ...) -> None: ...

class ProposeOwnChangeResponse(_message.Message):
    __slots__ = ("change",)
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    change: OwnChange
    def __init__(self, change: _Optional[_Union[OwnChange, _Mapping]] = ...) -> None: ...

class ConfirmOwnChangeRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "change_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    change_id: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., change_id: _Optional[str] = ...) -> None: ...

class ConfirmOwnChangeResponse(_message.Message):
    __slots__ = ("change", "order")
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    change: OwnChange
    order: OwnOrder
    def __init__(self, change: _Optional[_Union[OwnChange, _Mapping]] = ..., order: _Optional[_Union[OwnOrder, _Mapping]] = ...) -> None: ...

class CancelOwnLinesRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "lines")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[_order_service_pb2.CancelLine]
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[_order_service_pb2.CancelLine, _Mapping]]] = ...) -> None: ...

class CancelOwnLinesResponse(_message.Message):
    __slots__ = ("order", "canceled_quantity", "requested_quantity")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    CANCELED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    order: OwnOrder
    canceled_quantity: int
    requested_quantity: int
    def __init__(self, order: _Optional[_Union[OwnOrder, _Mapping]] = ..., canceled_quantity: _Optional[int] = ..., requested_quantity: _Optional[int] = ...) -> None: ...

class OwnReturnDraft(_message.Message):
    __slots__ = ("lines", "resolution", "agreed_total", "exchange_goods")
    LINES_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    AGREED_TOTAL_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_GOODS_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[_returns_pb2.ReturnLineDraft]
    resolution: _returns_pb2.MoneyResolution
    agreed_total: _money_pb2.Money
    exchange_goods: _containers.RepeatedCompositeFieldContainer[AddedGoods]
    def __init__(self, lines: _Optional[_Iterable[_Union[_returns_pb2.ReturnLineDraft, _Mapping]]] = ..., resolution: _Optional[_Union[_returns_pb2.MoneyResolution, str]] = ..., agreed_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., exchange_goods: _Optional[_Iterable[_Union[AddedGoods, _Mapping]]] = ...) -> None: ...

class PreviewOwnReturnRequest(_message.Message):
    __slots__ = ("order_id", "draft")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DRAFT_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    draft: OwnReturnDraft
    def __init__(self, order_id: _Optional[str] = ..., draft: _Optional[_Union[OwnReturnDraft, _Mapping]] = ...) -> None: ...

class PreviewOwnReturnResponse(_message.Message):
    __slots__ = ("total", "lines", "return_by_time")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RETURN_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    total: _money_pb2.Money
    lines: _containers.RepeatedCompositeFieldContainer[_returns_pb2.CreditLine]
    return_by_time: _timestamp_pb2.Timestamp
    def __init__(self, total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[_returns_pb2.CreditLine, _Mapping]]] = ..., return_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RequestOwnReturnRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "draft")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DRAFT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    draft: OwnReturnDraft
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., draft: _Optional[_Union[OwnReturnDraft, _Mapping]] = ...) -> None: ...

class RequestOwnReturnResponse(_message.Message):
    __slots__ = ("rma",)
    RMA_FIELD_NUMBER: _ClassVar[int]
    rma: OwnReturn
    def __init__(self, rma: _Optional[_Union[OwnReturn, _Mapping]] = ...) -> None: ...

class CancelOwnReturnRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "return_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    return_id: str
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., return_id: _Optional[str] = ...) -> None: ...

class CancelOwnReturnResponse(_message.Message):
    __slots__ = ("rma",)
    RMA_FIELD_NUMBER: _ClassVar[int]
    rma: OwnReturn
    def __init__(self, rma: _Optional[_Union[OwnReturn, _Mapping]] = ...) -> None: ...

class GetOwnWithdrawalRightRequest(_message.Message):
    __slots__ = ("order_id",)
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    def __init__(self, order_id: _Optional[str] = ...) -> None: ...

class GetOwnWithdrawalRightResponse(_message.Message):
    __slots__ = ("right",)
    RIGHT_FIELD_NUMBER: _ClassVar[int]
    right: _returns_pb2.WithdrawalRight
    def __init__(self, right: _Optional[_Union[_returns_pb2.WithdrawalRight, _Mapping]] = ...) -> None: ...

class WithdrawnUnits(_message.Message):
    __slots__ = ("line_number", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class ConfirmOwnWithdrawalRequest(_message.Message):
    __slots__ = ("request_id", "order_id", "lines")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[WithdrawnUnits]
    def __init__(self, request_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[WithdrawnUnits, _Mapping]]] = ...) -> None: ...

class ConfirmOwnWithdrawalResponse(_message.Message):
    __slots__ = ("withdrawal",)
    WITHDRAWAL_FIELD_NUMBER: _ClassVar[int]
    withdrawal: _returns_pb2.Withdrawal
    def __init__(self, withdrawal: _Optional[_Union[_returns_pb2.Withdrawal, _Mapping]] = ...) -> None: ...
