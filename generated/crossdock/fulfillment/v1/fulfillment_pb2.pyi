import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.common.v1 import source_pb2 as _source_pb2
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

class FulfillmentOrderState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FULFILLMENT_ORDER_STATE_UNSPECIFIED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_CREATED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_RELEASED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_ACKNOWLEDGED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_IN_PROGRESS: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_SHIPPED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_CLOSED_SHORT: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_REJECTED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_CANCELED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_READY_FOR_PICKUP: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_COLLECTED: _ClassVar[FulfillmentOrderState]
    FULFILLMENT_ORDER_STATE_NOT_COLLECTED: _ClassVar[FulfillmentOrderState]

class NodeRequestKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NODE_REQUEST_KIND_UNSPECIFIED: _ClassVar[NodeRequestKind]
    NODE_REQUEST_KIND_CANCEL: _ClassVar[NodeRequestKind]
    NODE_REQUEST_KIND_GIVE_BACK: _ClassVar[NodeRequestKind]
    NODE_REQUEST_KIND_PUT_BACK: _ClassVar[NodeRequestKind]

class NodeRequestState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NODE_REQUEST_STATE_UNSPECIFIED: _ClassVar[NodeRequestState]
    NODE_REQUEST_STATE_ASKED: _ClassVar[NodeRequestState]
    NODE_REQUEST_STATE_ACCEPTED: _ClassVar[NodeRequestState]
    NODE_REQUEST_STATE_REFUSED: _ClassVar[NodeRequestState]
    NODE_REQUEST_STATE_LATE: _ClassVar[NodeRequestState]

class ShipmentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHIPMENT_STATE_UNSPECIFIED: _ClassVar[ShipmentState]
    SHIPMENT_STATE_CREATED: _ClassVar[ShipmentState]
    SHIPMENT_STATE_LABELED: _ClassVar[ShipmentState]
    SHIPMENT_STATE_TENDERED: _ClassVar[ShipmentState]
    SHIPMENT_STATE_IN_TRANSIT: _ClassVar[ShipmentState]
    SHIPMENT_STATE_IN_CUSTOMS: _ClassVar[ShipmentState]
    SHIPMENT_STATE_CUSTOMS_HELD: _ClassVar[ShipmentState]
    SHIPMENT_STATE_OUT_FOR_DELIVERY: _ClassVar[ShipmentState]
    SHIPMENT_STATE_AVAILABLE_FOR_PICKUP: _ClassVar[ShipmentState]
    SHIPMENT_STATE_DELIVERED: _ClassVar[ShipmentState]
    SHIPMENT_STATE_FAILED_ATTEMPT: _ClassVar[ShipmentState]
    SHIPMENT_STATE_RETURNING_TO_SENDER: _ClassVar[ShipmentState]
    SHIPMENT_STATE_LOST: _ClassVar[ShipmentState]
    SHIPMENT_STATE_DAMAGED: _ClassVar[ShipmentState]
    SHIPMENT_STATE_VOIDED: _ClassVar[ShipmentState]

class ShortReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHORT_REASON_UNSPECIFIED: _ClassVar[ShortReason]
    SHORT_REASON_NOT_IN_STOCK: _ClassVar[ShortReason]
    SHORT_REASON_MISMATCH: _ClassVar[ShortReason]
    SHORT_REASON_DAMAGED: _ClassVar[ShortReason]

class LabelFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LABEL_FORMAT_UNSPECIFIED: _ClassVar[LabelFormat]
    LABEL_FORMAT_PDF: _ClassVar[LabelFormat]
    LABEL_FORMAT_PNG: _ClassVar[LabelFormat]
    LABEL_FORMAT_ZPL: _ClassVar[LabelFormat]

class LabelState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LABEL_STATE_UNSPECIFIED: _ClassVar[LabelState]
    LABEL_STATE_ASKED: _ClassVar[LabelState]
    LABEL_STATE_BOUGHT: _ClassVar[LabelState]
    LABEL_STATE_REFUSED: _ClassVar[LabelState]
    LABEL_STATE_UNWANTED: _ClassVar[LabelState]
    LABEL_STATE_VOIDING: _ClassVar[LabelState]
    LABEL_STATE_VOIDED: _ClassVar[LabelState]
    LABEL_STATE_NOT_VOIDED: _ClassVar[LabelState]
FULFILLMENT_ORDER_STATE_UNSPECIFIED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_CREATED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_RELEASED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_ACKNOWLEDGED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_IN_PROGRESS: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_SHIPPED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_CLOSED_SHORT: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_REJECTED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_CANCELED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_READY_FOR_PICKUP: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_COLLECTED: FulfillmentOrderState
FULFILLMENT_ORDER_STATE_NOT_COLLECTED: FulfillmentOrderState
NODE_REQUEST_KIND_UNSPECIFIED: NodeRequestKind
NODE_REQUEST_KIND_CANCEL: NodeRequestKind
NODE_REQUEST_KIND_GIVE_BACK: NodeRequestKind
NODE_REQUEST_KIND_PUT_BACK: NodeRequestKind
NODE_REQUEST_STATE_UNSPECIFIED: NodeRequestState
NODE_REQUEST_STATE_ASKED: NodeRequestState
NODE_REQUEST_STATE_ACCEPTED: NodeRequestState
NODE_REQUEST_STATE_REFUSED: NodeRequestState
NODE_REQUEST_STATE_LATE: NodeRequestState
SHIPMENT_STATE_UNSPECIFIED: ShipmentState
SHIPMENT_STATE_CREATED: ShipmentState
SHIPMENT_STATE_LABELED: ShipmentState
SHIPMENT_STATE_TENDERED: ShipmentState
SHIPMENT_STATE_IN_TRANSIT: ShipmentState
SHIPMENT_STATE_IN_CUSTOMS: ShipmentState
SHIPMENT_STATE_CUSTOMS_HELD: ShipmentState
SHIPMENT_STATE_OUT_FOR_DELIVERY: ShipmentState
SHIPMENT_STATE_AVAILABLE_FOR_PICKUP: ShipmentState
SHIPMENT_STATE_DELIVERED: ShipmentState
SHIPMENT_STATE_FAILED_ATTEMPT: ShipmentState
SHIPMENT_STATE_RETURNING_TO_SENDER: ShipmentState
SHIPMENT_STATE_LOST: ShipmentState
SHIPMENT_STATE_DAMAGED: ShipmentState
SHIPMENT_STATE_VOIDED: ShipmentState
SHORT_REASON_UNSPECIFIED: ShortReason
SHORT_REASON_NOT_IN_STOCK: ShortReason
SHORT_REASON_MISMATCH: ShortReason
SHORT_REASON_DAMAGED: ShortReason
LABEL_FORMAT_UNSPECIFIED: LabelFormat
LABEL_FORMAT_PDF: LabelFormat
LABEL_FORMAT_PNG: LabelFormat
LABEL_FORMAT_ZPL: LabelFormat
LABEL_STATE_UNSPECIFIED: LabelState
LABEL_STATE_ASKED: LabelState
LABEL_STATE_BOUGHT: LabelState
LABEL_STATE_REFUSED: LabelState
LABEL_STATE_UNWANTED: LabelState
LABEL_STATE_VOIDING: LabelState
LABEL_STATE_VOIDED: LabelState
LABEL_STATE_NOT_VOIDED: LabelState

class FulfillmentLine(_message.Message):
    __slots__ = ("line_number", "quantity", "sku")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    sku: str
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., sku: _Optional[str] = ...) -> None: ...

class ShipmentPackage(_message.Message):
    __slots__ = ("package_reference", "kind", "tracking_number", "lines")
    PACKAGE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    package_reference: str
    kind: str
    tracking_number: str
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    def __init__(self, package_reference: _Optional[str] = ..., kind: _Optional[str] = ..., tracking_number: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ...) -> None: ...

class FulfillmentOrder(_message.Message):
    __slots__ = ("fulfillment_order_id", "order_id", "node_id", "state", "lines", "partner_reference", "ship_by_time", "create_time", "service_code", "shipments", "recipient", "requests", "pickup", "labels")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    PARTNER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SHIP_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    PICKUP_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    order_id: str
    node_id: str
    state: FulfillmentOrderState
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    partner_reference: str
    ship_by_time: _timestamp_pb2.Timestamp
    create_time: _timestamp_pb2.Timestamp
    service_code: str
    shipments: _containers.RepeatedCompositeFieldContainer[Shipment]
    recipient: _address_pb2.Contact
    requests: _containers.RepeatedCompositeFieldContainer[NodeRequest]
    pickup: Pickup
    labels: _containers.RepeatedCompositeFieldContainer[Label]
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., state: _Optional[_Union[FulfillmentOrderState, str]] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ..., partner_reference: _Optional[str] = ..., ship_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., service_code: _Optional[str] = ..., shipments: _Optional[_Iterable[_Union[Shipment, _Mapping]]] = ..., recipient: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., requests: _Optional[_Iterable[_Union[NodeRequest, _Mapping]]] = ..., pickup: _Optional[_Union[Pickup, _Mapping]] = ..., labels: _Optional[_Iterable[_Union[Label, _Mapping]]] = ...) -> None: ...

class Label(_message.Message):
    __slots__ = ("label_id", "shipment_reference", "state", "weight_grams", "length_mm", "width_mm", "height_mm", "format", "tracking_number", "carrier_code", "cost", "expected_cost", "cost_difference", "refusal_code", "ask_time", "deadline_time")
    LABEL_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    LENGTH_MM_FIELD_NUMBER: _ClassVar[int]
    WIDTH_MM_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_MM_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CARRIER_CODE_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_COST_FIELD_NUMBER: _ClassVar[int]
    COST_DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_CODE_FIELD_NUMBER: _ClassVar[int]
    ASK_TIME_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_TIME_FIELD_NUMBER: _ClassVar[int]
    label_id: str
    shipment_reference: str
    state: LabelState
    weight_grams: int
    length_mm: int
    width_mm: int
    height_mm: int
    format: LabelFormat
    tracking_number: str
    carrier_code: str
    cost: _money_pb2.Money
    expected_cost: _money_pb2.Money
    cost_difference: _money_pb2.Money
    refusal_code: str
    ask_time: _timestamp_pb2.Timestamp
    deadline_time: _timestamp_pb2.Timestamp
    def __init__(self, label_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ..., state: _Optional[_Union[LabelState, str]] = ..., weight_grams: _Optional[int] = ..., length_mm: _Optional[int] = ..., width_mm: _Optional[int] = ..., height_mm: _Optional[int] = ..., format: _Optional[_Union[LabelFormat, str]] = ..., tracking_number: _Optional[str] = ..., carrier_code: _Optional[str] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., expected_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., cost_difference: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., refusal_code: _Optional[str] = ..., ask_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deadline_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Pickup(_message.Message):
    __slots__ = ("ready_time", "hold_until_time", "wrong_code_count", "expire_time")
    READY_TIME_FIELD_NUMBER: _ClassVar[int]
    HOLD_UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    WRONG_CODE_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    ready_time: _timestamp_pb2.Timestamp
    hold_until_time: _timestamp_pb2.Timestamp
    wrong_code_count: int
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, ready_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., hold_until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., wrong_code_count: _Optional[int] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class NodeRequest(_message.Message):
    __slots__ = ("request_id", "kind", "state", "lines", "ask_time", "deadline_time", "answer_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    ASK_TIME_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    kind: NodeRequestKind
    state: NodeRequestState
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    ask_time: _timestamp_pb2.Timestamp
    deadline_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., kind: _Optional[_Union[NodeRequestKind, str]] = ..., state: _Optional[_Union[NodeRequestState, str]] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ..., ask_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deadline_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Shipment(_message.Message):
    __slots__ = ("shipment_id", "fulfillment_order_id", "state", "tracking_number", "shipment_reference", "lines", "ship_time", "deliver_time", "packages", "carrier_code", "carrier_name", "weight_grams", "tracking_url")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVER_TIME_FIELD_NUMBER: _ClassVar[int]
    PACKAGES_FIELD_NUMBER: _ClassVar[int]
    CARRIER_CODE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    TRACKING_URL_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    fulfillment_order_id: str
    state: ShipmentState
    tracking_number: str
    shipment_reference: str
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    ship_time: _timestamp_pb2.Timestamp
    deliver_time: _timestamp_pb2.Timestamp
    packages: _containers.RepeatedCompositeFieldContainer[ShipmentPackage]
    carrier_code: str
    carrier_name: str
    weight_grams: int
    tracking_url: str
    def __init__(self, shipment_id: _Optional[str] = ..., fulfillment_order_id: _Optional[str] = ..., state: _Optional[_Union[ShipmentState, str]] = ..., tracking_number: _Optional[str] = ..., shipment_reference: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deliver_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., packages: _Optional[_Iterable[_Union[ShipmentPackage, _Mapping]]] = ..., carrier_code: _Optional[str] = ..., carrier_name: _Optional[str] = ..., weight_grams: _Optional[int] = ..., tracking_url: _Optional[str] = ...) -> None: ...

class FulfillmentResult(_message.Message):
    __slots__ = ("fulfillment_order", "refusal", "parked_event")
    FULFILLMENT_ORDER_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order: FulfillmentOrder
    refusal: _refusal_pb2.Refusal
    parked_event: _source_pb2.ParkedEvent
    def __init__(self, fulfillment_order: _Optional[_Union[FulfillmentOrder, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ..., parked_event: _Optional[_Union[_source_pb2.ParkedEvent, _Mapping]] = ...) -> None: ...

class ShipmentResult(_message.Message):
    __slots__ = ("shipment", "refusal", "parked_event")
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_FIELD_NUMBER: _ClassVar[int]
    shipment: Shipment
    refusal: _refusal_pb2.Refusal
    parked_event: _source_pb2.ParkedEvent
    def __init__(self, shipment: _Optional[_Union[Shipment, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ..., parked_event: _Optional[_Union[_source_pb2.ParkedEvent, _Mapping]] = ...) -> None: ...

class Acknowledgment(_message.Message):
    __slots__ = ("fulfillment_order_id", "partner_reference", "occur_time")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PARTNER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    partner_reference: str
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., partner_reference: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ProgressReport(_message.Message):
    __slots__ = ("fulfillment_order_id", "lines", "occur_time", "order_reference", "sequence")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    ORDER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    occur_time: _timestamp_pb2.Timestamp
    order_reference: _source_pb2.OrderReference
    sequence: _source_pb2.SourceSequence
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., order_reference: _Optional[_Union[_source_pb2.OrderReference, _Mapping]] = ..., sequence: _Optional[_Union[_source_pb2.SourceSequence, _Mapping]] = ...) -> None: ...

class CollectionReport(_message.Message):
    __slots__ = ("fulfillment_order_id", "code", "occur_time")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    code: str
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., code: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ShipmentReport(_message.Message):
    __slots__ = ("fulfillment_order_id", "shipment_reference", "tracking_number", "lines", "occur_time", "packages", "order_reference", "sequence", "carrier_code", "carrier_name", "weight_grams", "tracking_url")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    PACKAGES_FIELD_NUMBER: _ClassVar[int]
    ORDER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_CODE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    TRACKING_URL_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    shipment_reference: str
    tracking_number: str
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    occur_time: _timestamp_pb2.Timestamp
    packages: _containers.RepeatedCompositeFieldContainer[ShipmentPackage]
    order_reference: _source_pb2.OrderReference
    sequence: _source_pb2.SourceSequence
    carrier_code: str
    carrier_name: str
    weight_grams: int
    tracking_url: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ..., tracking_number: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., packages: _Optional[_Iterable[_Union[ShipmentPackage, _Mapping]]] = ..., order_reference: _Optional[_Union[_source_pb2.OrderReference, _Mapping]] = ..., sequence: _Optional[_Union[_source_pb2.SourceSequence, _Mapping]] = ..., carrier_code: _Optional[str] = ..., carrier_name: _Optional[str] = ..., weight_grams: _Optional[int] = ..., tracking_url: _Optional[str] = ...) -> None: ...

class ShortReport(_message.Message):
    __slots__ = ("fulfillment_order_id", "report_reference", "lines", "reason", "occur_time")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REPORT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    report_reference: str
    lines: _containers.RepeatedCompositeFieldContainer[FulfillmentLine]
    reason: ShortReason
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., report_reference: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[FulfillmentLine, _Mapping]]] = ..., reason: _Optional[_Union[ShortReason, str]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Rejection(_message.Message):
    __slots__ = ("fulfillment_order_id", "reason", "occur_time")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    reason: str
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., reason: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DeliveryReport(_message.Message):
    __slots__ = ("shipment_id", "tracking_number", "occur_time", "fulfillment_order_id", "order_reference", "sequence")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    tracking_number: str
    occur_time: _timestamp_pb2.Timestamp
    fulfillment_order_id: str
    order_reference: _source_pb2.OrderReference
    sequence: _source_pb2.SourceSequence
    def __init__(self, shipment_id: _Optional[str] = ..., tracking_number: _Optional[str] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., fulfillment_order_id: _Optional[str] = ..., order_reference: _Optional[_Union[_source_pb2.OrderReference, _Mapping]] = ..., sequence: _Optional[_Union[_source_pb2.SourceSequence, _Mapping]] = ...) -> None: ...

class CarrierEvent(_message.Message):
    __slots__ = ("tracking_number", "state", "occur_time", "event_reference", "fulfillment_order_id", "order_reference", "sequence", "tracking_url")
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TRACKING_URL_FIELD_NUMBER: _ClassVar[int]
    tracking_number: str
    state: ShipmentState
    occur_time: _timestamp_pb2.Timestamp
    event_reference: str
    fulfillment_order_id: str
    order_reference: _source_pb2.OrderReference
    sequence: _source_pb2.SourceSequence
    tracking_url: str
    def __init__(self, tracking_number: _Optional[str] = ..., state: _Optional[_Union[ShipmentState, str]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event_reference: _Optional[str] = ..., fulfillment_order_id: _Optional[str] = ..., order_reference: _Optional[_Union[_source_pb2.OrderReference, _Mapping]] = ..., sequence: _Optional[_Union[_source_pb2.SourceSequence, _Mapping]] = ..., tracking_url: _Optional[str] = ...) -> None: ...

class AcknowledgeFulfillmentOrdersRequest(_message.Message):
    __slots__ = ("request_id", "acknowledgments")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    acknowledgments: _containers.RepeatedCompositeFieldContainer[Acknowledgment]
    def __init__(self, request_id: _Optional[str] = ..., acknowledgments: _Optional[_Iterable[_Union[Acknowledgment, _Mapping]]] = ...) -> None: ...

class AcknowledgeFulfillmentOrdersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordPicksRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[ProgressReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[ProgressReport, _Mapping]]] = ...) -> None: ...

class RecordPicksResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordPacksRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[ProgressReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[ProgressReport, _Mapping]]] = ...) -> None: ...

class RecordPacksResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordReadyRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[ProgressReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[ProgressReport, _Mapping]]] = ...) -> None: ...

class RecordReadyResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordCollectionsRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[CollectionReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[CollectionReport, _Mapping]]] = ...) -> None: ...

class RecordCollectionsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RenewPickupsRequest(_message.Message):
    __slots__ = ("request_id", "fulfillment_order_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    fulfillment_order_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., fulfillment_order_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RenewPickupsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordShipmentsRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[ShipmentReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[ShipmentReport, _Mapping]]] = ...) -> None: ...

class RecordShipmentsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordShortsRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[ShortReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[ShortReport, _Mapping]]] = ...) -> None: ...

class RecordShortsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RejectFulfillmentOrdersRequest(_message.Message):
    __slots__ = ("request_id", "rejections")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REJECTIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    rejections: _containers.RepeatedCompositeFieldContainer[Rejection]
    def __init__(self, request_id: _Optional[str] = ..., rejections: _Optional[_Iterable[_Union[Rejection, _Mapping]]] = ...) -> None: ...

class RejectFulfillmentOrdersResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[FulfillmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[FulfillmentResult, _Mapping]]] = ...) -> None: ...

class RecordDeliveriesRequest(_message.Message):
    __slots__ = ("request_id", "reports")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reports: _containers.RepeatedCompositeFieldContainer[DeliveryReport]
    def __init__(self, request_id: _Optional[str] = ..., reports: _Optional[_Iterable[_Union[DeliveryReport, _Mapping]]] = ...) -> None: ...

class RecordDeliveriesResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ShipmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ShipmentResult, _Mapping]]] = ...) -> None: ...

class RecordCarrierEventsRequest(_message.Message):
    __slots__ = ("request_id", "events")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    events: _containers.RepeatedCompositeFieldContainer[CarrierEvent]
    def __init__(self, request_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[CarrierEvent, _Mapping]]] = ...) -> None: ...

class RecordCarrierEventsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ShipmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ShipmentResult, _Mapping]]] = ...) -> None: ...

class ShipmentWriteOff(_message.Message):
    __slots__ = ("shipment_id", "reason")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    reason: str
    def __init__(self, shipment_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class WriteOffShipmentsRequest(_message.Message):
    __slots__ = ("request_id", "write_offs")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WRITE_OFFS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    write_offs: _containers.RepeatedCompositeFieldContainer[ShipmentWriteOff]
    def __init__(self, request_id: _Optional[str] = ..., write_offs: _Optional[_Iterable[_Union[ShipmentWriteOff, _Mapping]]] = ...) -> None: ...

class WriteOffShipmentsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ShipmentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ShipmentResult, _Mapping]]] = ...) -> None: ...

class GetFulfillmentOrderRequest(_message.Message):
    __slots__ = ("fulfillment_order_id",)
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ...) -> None: ...

class GetFulfillmentOrderResponse(_message.Message):
    __slots__ = ("fulfillment_order",)
    FULFILLMENT_ORDER_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order: FulfillmentOrder
    def __init__(self, fulfillment_order: _Optional[_Union[FulfillmentOrder, _Mapping]] = ...) -> None: ...

class ListFulfillmentOrdersRequest(_message.Message):
    __slots__ = ("page", "order_id", "node_id", "state")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    order_id: str
    node_id: str
    state: FulfillmentOrderState
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., state: _Optional[_Union[FulfillmentOrderState, str]] = ...) -> None: ...

class ListFulfillmentOrdersResponse(_message.Message):
    __slots__ = ("fulfillment_orders", "next_page_token")
    FULFILLMENT_ORDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    fulfillment_orders: _containers.RepeatedCompositeFieldContainer[FulfillmentOrder]
    next_page_token: str
    def __init__(self, fulfillment_orders: _Optional[_Iterable[_Union[FulfillmentOrder, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
