from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.inbox.v1 import inbox_pb2 as _inbox_pb2
from crossdock.partner.call.v1 import call_pb2 as _call_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NoticeTemplate(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_TEMPLATE_UNSPECIFIED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_ORDER_CONFIRMED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_ORDER_SHIPPED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_ORDER_DELAYED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_RETURN_OFFERED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_READY_FOR_PICKUP: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_NOT_COLLECTED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_WITHDRAWAL_CONFIRMED: _ClassVar[NoticeTemplate]
    NOTICE_TEMPLATE_CUSTOMER_CODE: _ClassVar[NoticeTemplate]
NOTICE_TEMPLATE_UNSPECIFIED: NoticeTemplate
NOTICE_TEMPLATE_ORDER_CONFIRMED: NoticeTemplate
NOTICE_TEMPLATE_ORDER_SHIPPED: NoticeTemplate
NOTICE_TEMPLATE_ORDER_DELAYED: NoticeTemplate
NOTICE_TEMPLATE_RETURN_OFFERED: NoticeTemplate
NOTICE_TEMPLATE_READY_FOR_PICKUP: NoticeTemplate
NOTICE_TEMPLATE_NOT_COLLECTED: NoticeTemplate
NOTICE_TEMPLATE_WITHDRAWAL_CONFIRMED: NoticeTemplate
NOTICE_TEMPLATE_CUSTOMER_CODE: NoticeTemplate

class SendNoticeRequest(_message.Message):
    __slots__ = ("call", "order_id", "template", "recipient", "language_code", "values", "channel_id")
    class ValuesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CALL_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    call: _call_pb2.Call
    order_id: str
    template: NoticeTemplate
    recipient: _address_pb2.Contact
    language_code: str
    values: _containers.ScalarMap[str, str]
    channel_id: str
    def __init__(self, call: _Optional[_Union[_call_pb2.Call, _Mapping]] = ..., order_id: _Optional[str] = ..., template: _Optional[_Union[NoticeTemplate, str]] = ..., recipient: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., language_code: _Optional[str] = ..., values: _Optional[_Mapping[str, str]] = ..., channel_id: _Optional[str] = ...) -> None: ...

class SendNoticeResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: _call_pb2.Answer
    def __init__(self, answer: _Optional[_Union[_call_pb2.Answer, _Mapping]] = ...) -> None: ...

class BatchSendNoticesRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[SendNoticeRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[SendNoticeRequest, _Mapping]]] = ...) -> None: ...

class BatchSendNoticesResponse(_message.Message):
    __slots__ = ("responses",)
    RESPONSES_FIELD_NUMBER: _ClassVar[int]
    responses: _containers.RepeatedCompositeFieldContainer[SendNoticeResponse]
    def __init__(self, responses: _Optional[_Iterable[_Union[SendNoticeResponse, _Mapping]]] = ...) -> None: ...

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
