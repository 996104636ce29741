import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WorkLine(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "title", "hs_code", "origin_country_code", "weight_grams", "personalization", "value_added_services")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    PERSONALIZATION_FIELD_NUMBER: _ClassVar[int]
    VALUE_ADDED_SERVICES_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    title: str
    hs_code: str
    origin_country_code: str
    weight_grams: int
    personalization: str
    value_added_services: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., title: _Optional[str] = ..., hs_code: _Optional[str] = ..., origin_country_code: _Optional[str] = ..., weight_grams: _Optional[int] = ..., personalization: _Optional[str] = ..., value_added_services: _Optional[_Iterable[str]] = ...) -> None: ...

class ReleaseFulfillmentOrderRequest(_message.Message):
    __slots__ = ("call", "fulfillment_order_id", "node_id", "order_id", "lines", "ship_to", "service_code", "ship_by_time", "incoterm", "attributes", "delivery_method", "gift_message", "delivery_instructions")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CALL_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHIP_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    fulfillment_order_id: str
    node_id: str
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[WorkLine]
    ship_to: _address_pb2.Contact
    service_code: str
    ship_by_time: _timestamp_pb2.Timestamp
    incoterm: str
    attributes: _containers.ScalarMap[str, str]
    delivery_method: _orders_pb2.DeliveryMethod
    gift_message: str
    delivery_instructions: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., fulfillment_order_id: _Optional[str] = ..., node_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[WorkLine, _Mapping]]] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., service_code: _Optional[str] = ..., ship_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., incoterm: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., delivery_method: _Optional[_Union[_orders_pb2.DeliveryMethod, str]] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ...) -> None: ...

class ReleaseFulfillmentOrderResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class CancelFulfillmentOrderRequest(_message.Message):
    __slots__ = ("call", "fulfillment_order_id", "lines", "partner_reference")
    CALL_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    PARTNER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    fulfillment_order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[WorkLine]
    partner_reference: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., fulfillment_order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[WorkLine, _Mapping]]] = ..., partner_reference: _Optional[str] = ...) -> None: ...

class CancelFulfillmentOrderResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class CancelDecision(_message.Message):
    __slots__ = ("operation_key", "fulfillment_order_id", "accepted")
    OPERATION_KEY_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    operation_key: str
    fulfillment_order_id: str
    accepted: bool
    def __init__(self, operation_key: _Optional[str] = ..., fulfillment_order_id: _Optional[str] = ..., accepted: _Optional[bool] = ...) -> None: ...

class Update(_message.Message):
    __slots__ = ("update_id", "acknowledgment", "pick", "pack", "shipment", "short", "rejection", "cancel_decision", "ready", "collection")
    UPDATE_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGMENT_FIELD_NUMBER: _ClassVar[int]
    PICK_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    SHORT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_FIELD_NUMBER: _ClassVar[int]
    CANCEL_DECISION_FIELD_NUMBER: _ClassVar[int]
    READY_FIELD_NUMBER: _ClassVar[int]
    COLLECTION_FIELD_NUMBER: _ClassVar[int]
    update_id: str
    acknowledgment: _fulfillment_pb2.Acknowledgment
    pick: _fulfillment_pb2.ProgressReport
    pack: _fulfillment_pb2.ProgressReport
    shipment: _fulfillment_pb2.ShipmentReport
    short: _fulfillment_pb2.ShortReport
    rejection: _fulfillment_pb2.Rejection
    cancel_decision: CancelDecision
    ready: _fulfillment_pb2.ProgressReport
    collection: _fulfillment_pb2.CollectionReport
    def __init__(self, update_id: _Optional[str] = ..., acknowledgment: _Optional[_Union[_fulfillment_pb2.Acknowledgment, _Mapping]] = ..., pick: _Optional[_Union[_fulfillment_pb2.ProgressReport, _Mapping]] = ..., pack: _Optional[_Union[_fulfillment_pb2.ProgressReport, _Mapping]] = ..., shipment: _Optional[_Union[_fulfillment_pb2.ShipmentReport, _Mapping]] = ..., short: _Optional[_Union[_fulfillment_pb2.ShortReport, _Mapping]] = ..., rejection: _Optional[_Union[_fulfillment_pb2.Rejection, _Mapping]] = ..., cancel_decision: _Optional[_Union[CancelDecision, _Mapping]] = ..., ready: _Optional[_Union[_fulfillment_pb2.ProgressReport, _Mapping]] = ..., collection: _Optional[_Union[_fulfillment_pb2.CollectionReport, _Mapping]] = ...) -> None: ...

class PullUpdatesRequest(_message.Message):
    __slots__ = ("pull",)
    PULL_FIELD_NUMBER: _ClassVar[int]
    pull: _call_pb2.Pull
    def __init__(self, pull: _Optional[_Union[_call_pb2.Pull, _Mapping]] = ...) -> None: ...

class PullUpdatesResponse(_message.Message):
    __slots__ = ("updates", "pulled")
    UPDATES_FIELD_NUMBER: _ClassVar[int]
    PULLED_FIELD_NUMBER: _ClassVar[int]
    updates: _containers.RepeatedCompositeFieldContainer[Update]
    pulled: _call_pb2.Pulled
    def __init__(self, updates: _Optional[_Iterable[_Union[Update, _Mapping]]] = ..., pulled: _Optional[_Union[_call_pb2.Pulled, _Mapping]] = ...) -> None: ...

class ReadDocumentRequest(_message.Message):
    __slots__ = ("call", "media_type", "content")
    CALL_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    media_type: str
    content: bytes
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., media_type: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class ReadDocumentResponse(_message.Message):
    __slots__ = ("commands", "problems")
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    commands: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Command]
    problems: _containers.RepeatedCompositeFieldContainer[_inbox_pb2.Problem]
    def __init__(self, commands: _Optional[_Iterable[_Union[_inbox_pb2.Command, _Mapping]]] = ..., problems: _Optional[_Iterable[_Union[_inbox_pb2.Problem, _Mapping]]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find",)
    FIND_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...
