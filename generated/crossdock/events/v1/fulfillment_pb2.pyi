from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.trade.v1 import declarations_pb2 as _declarations_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FulfillmentOrderReleased(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class FulfillmentOrderAcknowledged(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class FulfillmentOrderRejected(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "reason")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    reason: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class UnitsPicked(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class UnitsPacked(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class UnitsReady(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class UnitsCollected(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity", "shipment_id")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    shipment_id: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., shipment_id: _Optional[str] = ...) -> None: ...

class PickupCodeRefused(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class PickupRenewed(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class PickupExpired(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class UnitsShort(_message.Message):
    __slots__ = ("node_id", "quantity", "reason", "fulfillment_order_id")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    quantity: int
    reason: _fulfillment_pb2.ShortReason
    fulfillment_order_id: str
    def __init__(self, node_id: _Optional[str] = ..., quantity: _Optional[int] = ..., reason: _Optional[_Union[_fulfillment_pb2.ShortReason, str]] = ..., fulfillment_order_id: _Optional[str] = ...) -> None: ...

class UnitsAskedBack(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class AcceptanceMissed(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class UnitsSourcedAgain(_message.Message):
    __slots__ = ("node_id", "quantity")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    quantity: int
    def __init__(self, node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class CancelRequested(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class CancelRefused(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class CancelAccepted(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "quantity")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    quantity: int
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class CancelUnanswered(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...

class ShipmentLeft(_message.Message):
    __slots__ = ("shipment_id", "node_id", "tracking_number", "quantity")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    node_id: str
    tracking_number: str
    quantity: int
    def __init__(self, shipment_id: _Optional[str] = ..., node_id: _Optional[str] = ..., tracking_number: _Optional[str] = ..., quantity: _Optional[int] = ...) -> None: ...

class ShipmentDelivered(_message.Message):
    __slots__ = ("shipment_id", "tracking_number", "state")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    tracking_number: str
    state: _fulfillment_pb2.ShipmentState
    def __init__(self, shipment_id: _Optional[str] = ..., tracking_number: _Optional[str] = ..., state: _Optional[_Union[_fulfillment_pb2.ShipmentState, str]] = ...) -> None: ...

class CarrierReported(_message.Message):
    __slots__ = ("shipment_id", "tracking_number", "state")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    tracking_number: str
    state: _fulfillment_pb2.ShipmentState
    def __init__(self, shipment_id: _Optional[str] = ..., tracking_number: _Optional[str] = ..., state: _Optional[_Union[_fulfillment_pb2.ShipmentState, str]] = ...) -> None: ...

class LabelBought(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "shipment_reference", "tracking_number")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    shipment_reference: str
    tracking_number: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class LabelRefused(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "shipment_reference")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    shipment_reference: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ...) -> None: ...

class LabelVoided(_message.Message):
    __slots__ = ("fulfillment_order_id", "node_id", "shipment_reference")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    node_id: str
    shipment_reference: str
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., shipment_reference: _Optional[str] = ...) -> None: ...

class DeclarationChanged(_message.Message):
    __slots__ = ("shipment_id", "state", "customs_reference", "why")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    state: _declarations_pb2.DeclarationState
    customs_reference: str
    why: str
    def __init__(self, shipment_id: _Optional[str] = ..., state: _Optional[_Union[_declarations_pb2.DeclarationState, str]] = ..., customs_reference: _Optional[str] = ..., why: _Optional[str] = ...) -> None: ...
