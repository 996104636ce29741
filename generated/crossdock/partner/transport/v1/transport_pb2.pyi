import datetime

from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
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
    __slots__ = ("find", "tracking_number", "service_code")
    FIND_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    find: _call_pb2.Find
    tracking_number: str
    service_code: str
    def __init__(self, find: _Optional[_Union[_call_pb2.Find, _Mapping]] = ..., tracking_number: _Optional[str] = ..., service_code: _Optional[str] = ...) -> None: ...

class FindOperationResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

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
