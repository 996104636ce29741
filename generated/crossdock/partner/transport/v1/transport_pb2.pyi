import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RegisterParcelRequest(_message.Message):
    __slots__ = ("call", "tracking_number", "from_node_id", "ship_to", "service_code", "ship_time", "promised_time", "ship_from", "weight_grams")
    CALL_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FROM_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHIP_TIME_FIELD_NUMBER: _ClassVar[int]
    PROMISED_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIP_FROM_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    tracking_number: str
    from_node_id: str
    ship_to: _address_pb2.Contact
    service_code: str
    ship_time: _timestamp_pb2.Timestamp
    promised_time: _timestamp_pb2.Timestamp
    ship_from: _address_pb2.Contact
    weight_grams: int
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., tracking_number: _Optional[str] = ..., from_node_id: _Optional[str] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., service_code: _Optional[str] = ..., ship_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., promised_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ship_from: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., weight_grams: _Optional[int] = ...) -> None: ...

class RegisterParcelResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class CustomsGoods(_message.Message):
    __slots__ = ("description", "hs_code", "origin_country_code", "quantity", "net_grams", "value")
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NET_GRAMS_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    description: str
    hs_code: str
    origin_country_code: str
    quantity: int
    net_grams: int
    value: _money_pb2.Money
    def __init__(self, description: _Optional[str] = ..., hs_code: _Optional[str] = ..., origin_country_code: _Optional[str] = ..., quantity: _Optional[int] = ..., net_grams: _Optional[int] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class CustomsInfo(_message.Message):
    __slots__ = ("goods", "incoterm", "registrations")
    class RegistrationsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    GOODS_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    REGISTRATIONS_FIELD_NUMBER: _ClassVar[int]
    goods: _containers.RepeatedCompositeFieldContainer[CustomsGoods]
    incoterm: str
    registrations: _containers.ScalarMap[str, str]
    def __init__(self, goods: _Optional[_Iterable[_Union[CustomsGoods, _Mapping]]] = ..., incoterm: _Optional[str] = ..., registrations: _Optional[_Mapping[str, str]] = ...) -> None: ...

class BuyLabelRequest(_message.Message):
    __slots__ = ("call", "service_code", "ship_from", "ship_to", "weight_grams", "length_mm", "width_mm", "height_mm", "format", "customs")
    CALL_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHIP_FROM_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    LENGTH_MM_FIELD_NUMBER: _ClassVar[int]
    WIDTH_MM_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_MM_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    service_code: str
    ship_from: _address_pb2.Contact
    ship_to: _address_pb2.Contact
    weight_grams: int
    length_mm: int
    width_mm: int
    height_mm: int
    format: _fulfillment_pb2.LabelFormat
    customs: CustomsInfo
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., service_code: _Optional[str] = ..., ship_from: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., weight_grams: _Optional[int] = ..., length_mm: _Optional[int] = ..., width_mm: _Optional[int] = ..., height_mm: _Optional[int] = ..., format: _Optional[_Union[_fulfillment_pb2.LabelFormat, str]] = ..., customs: _Optional[_Union[CustomsInfo, _Mapping]] = ...) -> None: ...

class Label(_message.Message):
    __slots__ = ("tracking_number", "format", "document", "cost", "carrier_code")
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    CARRIER_CODE_FIELD_NUMBER: _ClassVar[int]
    tracking_number: str
    format: _fulfillment_pb2.LabelFormat
    document: bytes
    cost: _money_pb2.Money
    carrier_code: str
    def __init__(self, tracking_number: _Optional[str] = ..., format: _Optional[_Union[_fulfillment_pb2.LabelFormat, str]] = ..., document: _Optional[bytes] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., carrier_code: _Optional[str] = ...) -> None: ...

class BuyLabelResponse(_message.Message):
    __slots__ = ("answer", "label")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    label: Label
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., label: _Optional[_Union[Label, _Mapping]] = ...) -> None: ...

class RefundLabelRequest(_message.Message):
    __slots__ = ("call", "label_key", "tracking_number")
    CALL_FIELD_NUMBER: _ClassVar[int]
    LABEL_KEY_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    label_key: str
    tracking_number: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., label_key: _Optional[str] = ..., tracking_number: _Optional[str] = ...) -> None: ...

class RefundLabelResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class PullUpdatesRequest(_message.Message):
    __slots__ = ("pull",)
    PULL_FIELD_NUMBER: _ClassVar[int]
    pull: _call_pb2.Pull
    def __init__(self, pull: _Optional[_Union[_call_pb2.Pull, _Mapping]] = ...) -> None: ...

class PullUpdatesResponse(_message.Message):
    __slots__ = ("events", "pulled")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    PULLED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_fulfillment_pb2.CarrierEvent]
    pulled: _call_pb2.Pulled
    def __init__(self, events: _Optional[_Iterable[_Union[_fulfillment_pb2.CarrierEvent, _Mapping]]] = ..., pulled: _Optional[_Union[_call_pb2.Pulled, _Mapping]] = ...) -> None: ...

class FindOperationRequest(_message.Message):
    __slots__ = ("find", "tracking_number", "service_code", "label_key")
    FIND_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    LABEL_KEY_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    tracking_number: str
    service_code: str
    label_key: str
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ..., tracking_number: _Optional[str] = ..., service_code: _Optional[str] = ..., label_key: _Optional[str] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer", "label")
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    label: Label
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ..., label: _Optional[_Union[Label, _Mapping]] = ...) -> None: ...

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
